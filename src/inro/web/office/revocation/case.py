"""One revocation: what came, two officers on one page, refusal, originals, the notice (21, 22, 27)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.grounds import Invoker
from inro.practice.grounds import ground as ground_of
from inro.practice.letters import LetterState
from inro.practice.notices import NoticeKind, RevocationAddressee
from inro.practice.revocation import FollowingPaper, RequestRefused
from inro.store.errors import Conflict
from inro.store.reads.letters import letters_of
from inro.store.reads.revocation import RevocationRecord, revocations_of
from inro.store.reads.revocation_board import waiting_papers
from inro.usecases.revocation_letters import sender_of, write_revocation_notice
from inro.usecases.revocation_original import receive_original, write_original_reminder
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import Said, said
from inro.web.office.letters.answers import typed_day
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.queue.purpose import reads_case
from inro.web.office.revocation.board import LABELS
from inro.web.office.revocation.entry import certificate_or_404
from inro.web.office.revocation.signing import matter_of
from inro.web.office.revocation.standing import (
    REVOKED,
    SHOWN_REFUSALS,
    check_seen,
    officers_step,
    standing_shown,
)

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
        check_seen(request, desk.standing)
        do = _DOING.get(text_of(request.POST, "do"))
        if do is None:
            officers_step(request, matter_of(desk.case), desk.standing)
        else:
            do(request, desk.case, desk.standing)
    except SHOWN_REFUSALS as refusal:
        return _show(request, _desk(number), [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("revocation", args=[number]))


def _desk(number: str) -> Desk:
    case = case_or_404(number)
    records = revocations_of(case.application_id)
    standing = [one for one in records if one.stands]
    return Desk(
        case=case,
        record=standing[0] if standing else None,
        refused=tuple(one for one in records if not one.stands),
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
    letters = [one for one in letters_of(case.application_id) if one.revocation == record.number]
    shown = standing_shown(request, matter_of(case), record, wrong)
    notifies = (
        record.state in REVOKED
        and allows(request, Act.WRITE_REVOCATION_NOTICE)
        and not any(one.kind is NoticeKind.REVOCATION and one.state not in _NOT_TOLD for one in letters)
    )
    return shown | {
        "other_name": record.paper is not None and record.paper.name_on_form != _name(case),
        "receives": record.outstanding and allows(request, Act.RECEIVE_ORIGINAL),
        "reminds": record.outstanding and allows(request, Act.WRITE_ORIGINAL_REMINDER),
        "following": [(paper, record.arrived_on(paper)) for paper in FollowingPaper],
        "forms": _forms(case, record),
        "sender": sender_of(record),
        "letters": letters,
        "notifies": notifies,
        # A page that renews itself would take away what somebody is filling in.
        "renews": shown["renews"] and not record.outstanding and not notifies,
    }


def _forms(case: LetterCase, record: RevocationRecord) -> list[Any]:
    form = ground_of(record.ground).form.value
    return [one for one in waiting_papers(case.application_id) if one.kind == form]


def _name(case: LetterCase) -> str:
    return str((case.record.content or {}).get("name", ""))
