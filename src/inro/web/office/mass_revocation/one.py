"""Mass revocations in a list, and one as it stands: its list, who is left out, how far it is (22.1, 39.4)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from inro.configuration.errors import ConfigurationRefused
from inro.practice.acts import Act
from inro.practice.approval import Purpose
from inro.practice.mass_revocation import MassState
from inro.practice.permission import ACT_DUTIES
from inro.store.errors import Unknown
from inro.store.reads.mass_list import untold_count
from inro.store.reads.mass_revocation import (
    MassRecord,
    decisions_of_mass,
    mass_progress,
)
from inro.store.reads.mass_revocation import (
    mass_revocation as mass_record,
)
from inro.store.reads.mass_revocation import (
    mass_revocations as mass_records,
)
from inro.store.states import RevocationState
from inro.usecases.decision import approval_of
from inro.usecases.mass_rehearsal import Rehearsal
from inro.usecases.mass_revocation import content_of
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import Question, content_of_today, question
from inro.web.office.decisions.officers import officers
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.mass_revocation.shown import criterion_lines

_REFUSALS = (*REFUSALS, ConfigurationRefused)
_DOING = (
    Act.PLAN_MASS_REVOCATION,
    Act.REHEARSE_MASS_REVOCATION,
    Act.EXAMINE_MASS_REVOCATION,
    Act.DECIDE_MASS_REVOCATION,
    Act.DROP_MASS_REVOCATION,
    Act.WRITE_MASS_NOTICES,
    Act.WRITE_MASS_REVOCATION_LIST,
)
# Who signs next, and to where.
_NEXT: Mapping[MassState, tuple[Act, Purpose, str]] = MappingProxyType(
    {
        MassState.PLANNED: (
            Act.EXAMINE_MASS_REVOCATION,
            Purpose.REVOCATION_EXAMINATION,
            "examine_mass_revocation",
        ),
        MassState.EXAMINED: (Act.DECIDE_MASS_REVOCATION, Purpose.REVOCATION, "decide_mass_revocation"),
    }
)
_MOST_NAMED = 20


@require_safe
@needs(Act.VIEW_MASS_REVOCATIONS)
def mass_revocations(request: HttpRequest) -> HttpResponse:
    """List every mass revocation, the newest first."""
    context = {"place": "revocations", "records": mass_records(), "may": _may(request)}
    return render(request, "office/mass_revocation/list.html", context)


@require_safe
@needs(Act.VIEW_MASS_REVOCATIONS)
def mass_revocation(request: HttpRequest, number: str) -> HttpResponse:
    """Show one mass revocation, and to the officer whose turn it is what there is to sign."""
    return mass_page(request, found(number))


def found(number: str) -> MassRecord:
    """Return a mass revocation by its number.

    Raises: Http404.
    """
    try:
        return mass_record(number)
    except Unknown as unknown:
        raise Http404 from unknown


def mass_page(
    request: HttpRequest,
    record: MassRecord,
    *,
    errors: tuple[Said, ...] = (),
    rehearsal: Rehearsal | None = None,
) -> HttpResponse:
    """Return the page of a mass revocation, with what was refused or rehearsed."""
    wrong, put = list(errors), None
    try:
        put = _question(request, record)
    except _REFUSALS as refusal:
        wrong.append(said(refusal))
    progress = mass_progress(record.mass_id)
    done = progress[RevocationState.REVOKED] + progress[RevocationState.PUBLISHED]
    context: dict[str, Any] = {
        "place": "revocations",
        "record": record,
        "criterion": criterion_lines(record.criterion),
        "left_out": [(why, count) for why, count in record.left_out.items() if count],
        "left_out_count": sum(record.left_out.values()),
        "done": done,
        "published": progress[RevocationState.PUBLISHED],
        "goes": record.state in (MassState.DECIDED, MassState.REVOKED, MassState.PUBLISHED),
        "untold": untold_count(record.mass_id) if done else 0,
        "open": record.state in _NEXT,
        "own": record.state is MassState.EXAMINED and record.examiner == actor_of(request).name,
        "question": put,
        "sign_to": reverse(_NEXT[record.state][2], args=[record.number]) if record.state in _NEXT else "",
        "may": _may(request),
        "rehearsal": rehearsal,
        "errors": wrong,
    }
    if rehearsal is not None:
        context |= {
            "months": sorted(rehearsal.selection.by_month.items()),
            "organizations": rehearsal.selection.by_organization.most_common(_MOST_NAMED),
            "organization_count": len(rehearsal.selection.by_organization),
        }
    return render(request, "office/mass_revocation/one.html", context, status=422 if errors else 200)


def _question(request: HttpRequest, record: MassRecord) -> Question | None:
    """Return what the person at the desk is asked to sign; nothing where it is another's turn."""
    if record.state not in _NEXT:
        return None
    act, purpose, _ = _NEXT[record.state]
    actor = actor_of(request)
    if not actor.duties & ACT_DUTIES[act] or record.examiner == actor.name:
        return None
    now = clock.now()
    among = officers(now)
    before = [approval_of(one) for one in decisions_of_mass(record.mass_id)]
    asked = content_of_today(
        purpose=purpose,
        case=record.number,
        content=content_of(record),
        among=among,
        now=now,
        after=before[-1] if before else None,
    )
    return question(request, asked, among)


def _may(request: HttpRequest) -> dict[str, bool]:
    duties = actor_of(request).duties
    return {act.value: bool(duties & ACT_DUTIES[act]) for act in _DOING}
