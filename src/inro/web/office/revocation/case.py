"""One revocation: what came, two officers on one page, refusal, originals, the notice (21, 22, 27)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.configuration.errors import ConfigurationRefused
from inro.practice.acts import Act
from inro.practice.approval import Purpose
from inro.practice.calendar import jst_date
from inro.practice.grounds import Invoker, Obligation
from inro.practice.grounds import ground as ground_of
from inro.practice.letters import LetterState
from inro.practice.notices import NoticeKind, RevocationAddressee
from inro.practice.revocation import FollowingPaper, RefusalReason, RequestRefused
from inro.store.errors import Conflict
from inro.store.reads.letters import letters_of
from inro.store.reads.revocation import RevocationRecord, revocations_of
from inro.store.reads.revocation_board import waiting_papers
from inro.store.states import RevocationState
from inro.usecases.revocation_letters import sender_of, write_revocation_notice
from inro.usecases.revocation_original import receive_original, write_original_reminder
from inro.usecases.revocation_refusal import REFUSABLE, refuse_revocation
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import Question, question
from inro.web.office.decisions.officers import officers
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import typed_day
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.queue.purpose import reads_case
from inro.web.office.revocation.board import LABELS
from inro.web.office.revocation.entry import certificate_or_404
from inro.web.office.revocation.signing import items_of, record_lacking, sign, to_sign
from inro.web.office.revocation.times import TARGET, running, steps

_REFUSALS = (*REFUSALS, ConfigurationRefused)
# Whose turn it is: what is signed next, and the act it is.
_TURN = {
    RevocationState.REQUESTED: (Purpose.REVOCATION_EXAMINATION, Act.EXAMINE_REVOCATION),
    RevocationState.EXAMINED: (Purpose.REVOCATION, Act.DECIDE_REVOCATION),
}
_REVOKED = (RevocationState.REVOKED, RevocationState.PUBLISHED)
_ON_ITS_WAY = (RevocationState.DECIDED, RevocationState.REVOKED)
_WAITS_FOR_SLIP = ("18.7", "22.1(1)")
_NOT_TOLD = (LetterState.DROPPED, LetterState.FAILED)
_TYPED = ("reason", "refusal", "arrived_on", "unreachable", "paper", "to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One application's certificate at the desk: its case that stands, and those that were refused."""

    case: LetterCase
    record: RevocationRecord | None
    refused: tuple[RevocationRecord, ...]

    @property
    def standing(self) -> RevocationRecord:
        """The case that stands.

        Raises: Conflict where none does.
        """
        if self.record is None:
            raise Conflict(what="case", detail=f"none of {self.case.number} is open")
        return self.record


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_REVOCATIONS)
@reads_case
def revocation(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case with both officers' steps; record what an officer signs or says, unless it has moved on."""
    desk = _desk(number)
    if request.method != "POST":
        return _show(request, desk, [])
    try:
        _check_seen(request, desk.standing)
        do = _DOING.get(text_of(request.POST, "do"))
        if do is None:
            raise Http404
        do(request, desk.case, desk.standing)
    except _REFUSALS as refusal:
        return _show(request, _desk(number), [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("revocation", args=[number]))


def _desk(number: str) -> Desk:
    case = case_or_404(number)
    records = revocations_of(case.application_id)
    standing = [one for one in records if one.state is not RevocationState.REFUSED]
    return Desk(
        case=case,
        record=standing[0] if standing else None,
        refused=tuple(one for one in records if one.state is RevocationState.REFUSED),
    )


def seen_of(record: RevocationRecord) -> str:
    """Return what a page says of the state that it shows."""
    return f"{record.number}/{record.state.value}"


def _check_seen(request: HttpRequest, record: RevocationRecord) -> None:
    """Refuse to act on a state that is no longer the one the page showed.

    Raises: Conflict.
    """
    if text_of(request.POST, "seen") != seen_of(record):
        raise Conflict(what="case", detail=f"{record.number} is {record.state.value}")


def _refuse(request: HttpRequest, case: LetterCase, record: RevocationRecord) -> None:
    reason = text_of(request.POST, "reason")
    if reason not in list(RefusalReason):
        raise RequestRefused(field="reason", problem="missing")
    refuse_revocation(
        case=record.case_id,
        reason=RefusalReason(reason),
        text=text_of(request.POST, "refusal"),
        seen=record.state,
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _receive(request: HttpRequest, case: LetterCase, record: RevocationRecord) -> None:
    paper = text_of(request.POST, "paper")
    if paper not in list(FollowingPaper):
        raise RequestRefused(field="paper", problem="missing")
    form = [one for one in _forms(case, record) if paper == FollowingPaper.FORM and not one.by_fax]
    receive_original(
        case=record.case_id,
        paper=FollowingPaper(paper),
        arrived_on=typed_day(request.POST, "arrived_on"),
        enclosure=form[0].enclosure_id if form else None,
        actor=actor_of(request),
        now=clock.now(),
    )


def _remind(request: HttpRequest, _case: LetterCase, record: RevocationRecord) -> None:
    write_original_reminder(case=record.case_id, actor=actor_of(request), now=clock.now())


def _notify(request: HttpRequest, _case: LetterCase, record: RevocationRecord) -> None:
    to_organization = text_of(request.POST, "to") == RevocationAddressee.ORGANIZATION
    why = text_of(request.POST, "unreachable") if to_organization else ""
    if to_organization and not why:
        raise RequestRefused(field="unreachable", problem="missing")
    write_revocation_notice(case=record.case_id, unreachable=why, actor=actor_of(request), now=clock.now())


_DOING: Mapping[str, Callable[[HttpRequest, LetterCase, RevocationRecord], None]] = MappingProxyType(
    {
        "": sign,
        "lacking": record_lacking,
        "refuse": _refuse,
        "receive": _receive,
        "remind": _remind,
        "notify": _notify,
    }
)


def _show(request: HttpRequest, desk: Desk, errors: list[Said], *, status: int = 200) -> HttpResponse:
    context = {
        "place": "revocations",
        "case": desk.case,
        "certificate": certificate_or_404(desk.case),
        "name": _name(desk.case),
        "revocation": desk.record,
        "refused": desk.refused,
        "entries": [(invoker, LABELS[invoker]) for invoker in Invoker],
        "opens": allows(request, Act.RECORD_REVOCATION_REQUEST),
        "may_read": allows(request, Act.VIEW_DOCUMENTS),
        "typed": typed_fields(request.POST, _TYPED),
        "today": jst_date(clock.now()),
    }
    wrong = list(errors)
    if desk.record is not None:
        context |= _of_case(request, desk.case, desk.record, wrong)
    context["errors"] = wrong
    return render(request, "office/revocation/case.html", context, status=422 if wrong else status)


def _of_case(
    request: HttpRequest, case: LetterCase, record: RevocationRecord, wrong: list[Said]
) -> dict[str, Any]:
    ground, now = ground_of(record.ground), clock.now()
    put = _question(request, case, record, wrong)
    letters = [one for one in letters_of(case.application_id) if one.revocation == record.number]
    return {
        "ground": ground,
        "label": LABELS[record.invoker],
        "seen": seen_of(record),
        "items": _items(request, case, record),
        "question": put,
        "sign_to": reverse("revocation", args=[case.number]),
        "to_examine": record.state is RevocationState.REQUESTED,
        "to_decide": record.state is RevocationState.EXAMINED,
        "same_person": record.examiner == actor_of(request).name,
        "lacks": record.findings is not None and not record.findings.bear_it,
        "other_name": record.paper is not None and record.paper.name_on_form != _name(case),
        "refuses": record.state in REFUSABLE and allows(request, Act.REFUSE_REVOCATION),
        "reasons": _reasons(record),
        "steps": steps(record),
        "running": running(record, now=now),
        "target": int(TARGET.total_seconds()),
        "on_its_way": record.state in _ON_ITS_WAY,
        "is_revoked": record.state in _REVOKED,
        "receives": record.outstanding and allows(request, Act.RECEIVE_ORIGINAL),
        "reminds": record.outstanding and allows(request, Act.WRITE_ORIGINAL_REMINDER),
        "following": [(paper, record.arrived_on(paper)) for paper in FollowingPaper],
        "forms": _forms(case, record),
        "sender": sender_of(record),
        "letters": letters,
        "notifies": record.state in _REVOKED
        and allows(request, Act.WRITE_REVOCATION_NOTICE)
        and not any(one.kind is NoticeKind.REVOCATION and one.state not in _NOT_TOLD for one in letters),
    }


def _question(
    request: HttpRequest, case: LetterCase, record: RevocationRecord, wrong: list[Said]
) -> Question | None:
    turn = _TURN.get(record.state)
    if turn is None or not allows(request, turn[1]):
        return None
    now = clock.now()
    try:
        among = officers(now)
        return question(request, to_sign(case, record, turn[0], among, now), among)
    except _REFUSALS as refusal:
        wrong.append(said(refusal))
        return None


def _items(request: HttpRequest, case: LetterCase, record: RevocationRecord) -> list[tuple[Any, str]]:
    """Return the items with the answer just given, or else the one on record."""
    on_record = record.findings.answers if record.findings else {}
    return [
        (one, text_of(request.POST, one.item) or on_record.get(one.item, ""))
        for one in items_of(case, record)
    ]


def _reasons(record: RevocationRecord) -> list[RefusalReason]:
    """Return for what a case may be refused at all (18.7, 22.1)."""
    ground = ground_of(record.ground)
    slip = [RefusalReason.SLIP_NOT_OVERDUE] if ground.clause in _WAITS_FOR_SLIP else []
    if ground.obligation is Obligation.POWER:
        return [*slip, RefusalReason.OTHER]
    return slip if record.invoker is Invoker.CA else [RefusalReason.NOT_AUTHENTIC, RefusalReason.FORM_LACKING]


def _forms(case: LetterCase, record: RevocationRecord) -> list[Any]:
    form = ground_of(record.ground).form.value
    return [one for one in waiting_papers(case.application_id) if one.kind == form]


def _name(case: LetterCase) -> str:
    return str((case.record.content or {}).get("name", ""))
