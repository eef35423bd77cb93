"""A case that stands, as its page shows it: officers' steps, clock, why it may be refused (21, 22)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest

from inro.configuration.errors import ConfigurationRefused
from inro.practice.acts import Act
from inro.practice.approval import Purpose
from inro.practice.grounds import ground as ground_of
from inro.practice.revocation import RefusalReason, RequestRefused, refusal_reasons
from inro.store.errors import Conflict
from inro.store.reads.revocation import RevocationRecord
from inro.store.states import RevocationState
from inro.usecases.revocation_refusal import REFUSABLE, refuse_revocation
from inro.web.office import clock
from inro.web.office.clerk import actor_of
from inro.web.office.decisions.asking import Question, question
from inro.web.office.decisions.officers import officers
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.case import allows
from inro.web.office.revocation.board import LABELS
from inro.web.office.revocation.signing import Matter, items_of, record_lacking, sign, to_sign
from inro.web.office.revocation.times import TARGET, running, steps

SHOWN_REFUSALS = (*REFUSALS, ConfigurationRefused)
REVOKED = (RevocationState.REVOKED, RevocationState.PUBLISHED)
# Whose turn it is: what is signed next, and the act it is.
_TURN = {
    RevocationState.REQUESTED: (Purpose.REVOCATION_EXAMINATION, Act.EXAMINE_REVOCATION),
    RevocationState.EXAMINED: (Purpose.REVOCATION, Act.DECIDE_REVOCATION),
}
_ON_ITS_WAY = (RevocationState.DECIDED, RevocationState.REVOKED)

type Step = Callable[[HttpRequest, Matter, RevocationRecord], None]


def seen_of(record: RevocationRecord) -> str:
    """Return what a page says of the state that it shows."""
    return f"{record.number}/{record.state.value}"


def check_seen(request: HttpRequest, record: RevocationRecord) -> None:
    """Refuse to act on a state that is no longer the one the page showed.

    Raises: Conflict.
    """
    if text_of(request.POST, "seen") != seen_of(record):
        raise Conflict(what="case", detail=f"{record.number} is {record.state.value}")


def refuse(request: HttpRequest, matter: Matter, record: RevocationRecord) -> None:
    """Refuse a case for a reason that its ground allows.

    Raises: RequestRefused, NumberInText, RequestNotRefusable, Conflict.
    """
    reason = text_of(request.POST, "reason")
    if reason not in list(RefusalReason):
        raise RequestRefused(field="reason", problem="missing")
    refuse_revocation(
        case=record.case_id,
        reason=RefusalReason(reason),
        text=text_of(request.POST, "refusal"),
        seen=record.state,
        terms=matter.terms,
        calendar=matter.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


# What both officers do on a page; the page's own address takes it.
OFFICERS_STEPS: Mapping[str, Step] = MappingProxyType({"": sign, "lacking": record_lacking, "refuse": refuse})


def officers_step(request: HttpRequest, matter: Matter, record: RevocationRecord) -> None:
    """Do what an officer's form asks of a case.

    Raises: Http404 for a form that nobody knows; what the steps raise.
    """
    step = OFFICERS_STEPS.get(text_of(request.POST, "do"))
    if step is None:
        raise Http404
    step(request, matter, record)


def standing_shown(
    request: HttpRequest, matter: Matter, record: RevocationRecord, wrong: list[Said]
) -> dict[str, Any]:
    """Return what a page shows of a case that stands; what cannot be asked is added to `wrong`."""
    return {
        "revocation": record,
        "ground": ground_of(record.ground),
        "label": LABELS[record.invoker],
        "seen": seen_of(record),
        "items": _items(request, matter, record),
        "question": _question(request, matter, record, wrong),
        "sign_to": request.path,
        "to_examine": record.state is RevocationState.REQUESTED,
        "to_decide": record.state is RevocationState.EXAMINED,
        "same_person": record.examiner == actor_of(request).name,
        "lacks": record.findings is not None and not record.findings.bear_it,
        "refuses": record.state in REFUSABLE and allows(request, Act.REFUSE_REVOCATION),
        "reasons": refusal_reasons(ground_of(record.ground)),
        "steps": steps(record),
        "running": running(record, now=clock.now()),
        "target": int(TARGET.total_seconds()),
        "on_its_way": record.state in _ON_ITS_WAY,
        "renews": record.state in _ON_ITS_WAY,
        "is_revoked": record.state in REVOKED,
    }


def _question(
    request: HttpRequest, matter: Matter, record: RevocationRecord, wrong: list[Said]
) -> Question | None:
    turn = _TURN.get(record.state)
    if turn is None or not allows(request, turn[1]):
        return None
    now = clock.now()
    try:
        among = officers(now)
        return question(request, to_sign(matter, record, turn[0], among, now), among)
    except SHOWN_REFUSALS as refusal:
        wrong.append(said(refusal))
        return None


def _items(request: HttpRequest, matter: Matter, record: RevocationRecord) -> list[tuple[Any, str]]:
    """Return the items with the answer just given, or else the one on record."""
    on_record = record.findings.answers if record.findings else {}
    return [
        (one, text_of(request.POST, one.item) or on_record.get(one.item, ""))
        for one in items_of(matter, record)
    ]
