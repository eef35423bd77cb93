"""The board: three lists, forms without a case, originals after a fax, notices to be written (21, 22)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from inro.paper.codes import PREFIXES
from inro.paper.scan.code import SheetCode, read_code
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.deadlines import Deadline, original_deadline
from inro.practice.enclosures import PaperKind
from inro.practice.grounds import Invoker
from inro.practice.grounds import ground as ground_of
from inro.practice.packing import PackingRefused
from inro.practice.revocation import FollowingPaper
from inro.store.reads.revocation_board import (
    RevocationLine,
    closed_revocations,
    count_by_invoker,
    open_revocations,
    open_revocations_of_ca,
    revocations_after_fax,
    revocations_untold,
    waiting_papers,
)
from inro.store.reads.search import case_of_number
from inro.web.office import clock
from inro.web.office.clerk import needs
from inro.web.office.house import house
from inro.web.office.intake.saying import Said, said
from inro.web.office.letters.case import allows

_CLOSED_FOR = timedelta(days=30)
LABELS = {
    Invoker.SUBSCRIBER: gettext_noop("Applications by subscribers"),
    Invoker.ORGANIZATION: gettext_noop("Requests by organizations"),
    Invoker.CA: gettext_noop("The CA's own"),
}
FORM_OF = {
    PREFIXES[PaperKind.REVOCATION_APPLICATION]: Invoker.SUBSCRIBER,
    PREFIXES[PaperKind.REVOCATION_REQUEST]: Invoker.ORGANIZATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One case as the board shows it; `days` have gone since it arrived."""

    case: RevocationLine
    is_emergency: bool
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """What must still follow a fax, and until when it is waited for before it is asked for (21.2)."""

    case: RevocationLine
    papers: tuple[FollowingPaper, ...]
    due: Deadline
    is_over: bool


@require_safe
@needs(Act.VIEW_REVOCATIONS)
def revocations(request: HttpRequest) -> HttpResponse:
    """Show one of the three lists, and what waits besides."""
    return _show(request, [])


@require_safe
@needs(Act.VIEW_REVOCATIONS)
def find(request: HttpRequest) -> HttpResponse:
    """Lead from the code on a form, or a typed number, to the case or to the form's entry."""
    typed = request.GET.get("number", "").strip()
    code = read_code(typed.upper())
    invoker = FORM_OF.get(code.kind) if isinstance(code, SheetCode) else None
    number = case_of_number(code.number if isinstance(code, SheetCode) else typed)
    if number is None:
        wrong = PackingRefused(field="number", problem="unknown" if typed else "missing")
        return _show(request, [said(wrong)], status=422)
    if invoker is not None and allows(request, Act.RECORD_REVOCATION_REQUEST):
        return HttpResponseRedirect(reverse("new_revocation", args=[number, invoker.value]))
    return HttpResponseRedirect(reverse("revocation", args=[number]))


def _show(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    now, asked = clock.now(), request.GET.get("list", "")
    chosen = Invoker(asked) if asked in list(Invoker) else Invoker.SUBSCRIBER
    counts = count_by_invoker()
    context = {
        "place": "revocations",
        "errors": errors,
        "chosen": chosen,
        "lists": [(invoker, LABELS[invoker], counts[invoker]) for invoker in Invoker],
        "of_ca": len(open_revocations_of_ca()),
        "lines": _lines(open_revocations(chosen), now),
        "closed": _lines(closed_revocations(chosen, since=now - _CLOSED_FOR), now),
        "papers": [(one, FORM_OF[PREFIXES[one.kind]]) for one in waiting_papers()],
        "outstanding": [_outstanding(one, now) for one in revocations_after_fax()],
        "untold": _lines(revocations_untold(), now),
        "typed": request.GET.get("number", ""),
    }
    return render(request, "office/revocation/board.html", context, status=status)


def _lines(cases: tuple[RevocationLine, ...], now: datetime) -> list[ShownLine]:
    """Return cases as shown, those in which every minute counts first."""
    shown = [
        ShownLine(
            case=one,
            is_emergency=ground_of(one.ground).is_emergency,
            days=(jst_date(now) - jst_date(one.requested_at)).days,
        )
        for one in cases
    ]
    return sorted(shown, key=lambda line: not line.is_emergency)


def _outstanding(case: RevocationLine, now: datetime) -> Outstanding:
    policy = house().policy
    due = original_deadline(
        faxed_on=jst_date(case.requested_at),
        terms=policy.editions[case.edition].terms,
        calendar=policy.calendar,
    )
    days = {FollowingPaper.FORM: case.form_arrived_on, FollowingPaper.DOCUMENTS: case.documents_arrived_on}
    return Outstanding(
        case=case,
        papers=tuple(paper for paper, day in days.items() if day is None),
        due=due,
        is_over=due.is_reached(now),
    )
