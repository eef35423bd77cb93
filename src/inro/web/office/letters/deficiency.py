"""The page of a case's deficiencies: points, letter, time to mend, calls, originals (9.2, 43)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.paper.page_pictures import page_count
from inro.practice.acts import Act
from inro.practice.application import ApplicationState
from inro.practice.calendar import JST, jst_date
from inro.practice.deficiency import LONGEST, CorrectionStage, DeficiencyPoint
from inro.practice.letters import LetterRefused, LetterState
from inro.practice.notices import CHANNELS, Channel, Contacts, NoticeKind, Way, choose_way
from inro.store.errors import Unknown
from inro.store.ids import LetterId
from inro.store.reads.deficiency import correction_time, rejection_proposal, resubmission
from inro.store.reads.letters import LetterRecord, calls_of, letters_of
from inro.usecases.deficiency import extend_deficiency, record_call
from inro.usecases.letters import drop_letter, release_deficiency_letter, write_deficiency_letter
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import chosen_of, typed_day, typed_instant
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.letters.points import offered_points
from inro.web.office.letters.sheets import sheets_today
from inro.web.office.queue.purpose import reads_case

_WRITABLE = frozenset({ApplicationState.EXAMINING, ApplicationState.EXAMINED, ApplicationState.DEFICIENT})
_TYPED = ("extended_to", "reason", "called_at", "spoken_to", "said")
_MOST_ROWS = 30


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_APPLICATION)
@reads_case
def deficiency(request: HttpRequest, number: str) -> HttpResponse:
    """Show where a case's deficiencies stand; write its letter, give more time, note a call."""
    case = case_or_404(number)
    if request.method != "POST":
        return _show(request, case, _draft_points(case), [])
    do = text_of(request.POST, "do")
    if do == "choose":
        return _show(request, case, _chosen(case, request.POST), [])
    try:
        _DOING.get(do, _nothing)(request, case)
    except REFUSALS as refusal:
        points = _typed_points(request.POST) if do == "write" else _draft_points(case)
        return _show(request, case, points, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("deficiency", args=[number]))


def _nothing(_request: HttpRequest, _case: LetterCase) -> None:
    raise LetterRefused(field="points", problem="none")


def _write(request: HttpRequest, case: LetterCase) -> None:
    write_deficiency_letter(
        application=case.application_id,
        points=_typed_points(request.POST),
        channel=chosen_of(Channel, request.POST, "channel"),
        actor=actor_of(request),
        now=clock.now(),
    )


def _release(request: HttpRequest, case: LetterCase) -> None:
    release_deficiency_letter(
        letter=_draft_id(case),
        content_sha256=text_of(request.POST, "content_sha256"),
        actor=actor_of(request),
        now=clock.now(),
    )


def _drop(request: HttpRequest, case: LetterCase) -> None:
    drop_letter(letter=_draft_id(case), actor=actor_of(request), now=clock.now())


def _extend(request: HttpRequest, case: LetterCase) -> None:
    extend_deficiency(
        application=case.application_id,
        extended_to=typed_day(request.POST, "extended_to"),
        reason=text_of(request.POST, "reason"),
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _call(request: HttpRequest, case: LetterCase) -> None:
    record_call(
        application=case.application_id,
        about=NoticeKind.DEFICIENCY,
        called_at=typed_instant(request.POST, "called_at"),
        spoken_to=text_of(request.POST, "spoken_to"),
        said=text_of(request.POST, "said"),
        actor=actor_of(request),
        now=clock.now(),
    )


_DOING: Mapping[str, Callable[[HttpRequest, LetterCase], None]] = {
    "write": _write,
    "release": _release,
    "drop": _drop,
    "extend": _extend,
    "call": _call,
}


def _draft(case: LetterCase) -> LetterRecord | None:
    letters = letters_of(case.application_id, NoticeKind.DEFICIENCY)
    return next((one for one in letters if one.state is LetterState.DRAFTED), None)


def _draft_id(case: LetterCase) -> LetterId:
    draft = _draft(case)
    if draft is None:
        raise Unknown(what="letter", detail=f"draft of {case.number}")
    return draft.letter_id


def _draft_points(case: LetterCase) -> list[DeficiencyPoint]:
    draft = _draft(case)
    return list(draft.points) if draft is not None else []


def _chosen(case: LetterCase, post: QueryDict) -> list[DeficiencyPoint]:
    """Return the points typed or drafted so far, and those just ticked that are not among them."""
    points = _typed_points(post) or _draft_points(case)
    ticked = post.getlist("point")
    new = [one.point for one in offered_points(case) if one.name in ticked]
    return points + [point for point in new if point not in points]


def _typed_points(post: QueryDict) -> list[DeficiencyPoint]:
    """Return the rows that were typed; one left wholly empty is taken out."""
    points = []
    for place in range(1, _MOST_ROWS + 1):
        texts = {name: text_of(post, f"{name}-{place}") for name in LONGEST}
        if any(texts.values()):
            points.append(DeficiencyPoint(clause=text_of(post, f"clause-{place}") or "9.2", **texts))
    return points


def _show(
    request: HttpRequest,
    case: LetterCase,
    points: Sequence[DeficiencyPoint],
    errors: list[Said],
    *,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    of, terms, calendar = case.application_id, case.terms, case.calendar
    time = correction_time(of, terms=terms, calendar=calendar)
    letters = letters_of(case.application_id)
    draft = _draft(case)
    waiting = any(one.is_waiting and one.kind is NoticeKind.DEFICIENCY for one in letters)
    may_write = allows(request, Act.WRITE_DEFICIENCY_LETTER)
    writes = may_write and case.record.state in _WRITABLE and (draft is not None or not waiting)
    typed = typed_fields(request.POST, _TYPED)
    context = {
        "place": "cases",
        "tab": "deficiency",
        "case": case,
        "errors": errors,
        "time": time,
        "stage": time.stage(now) if time else None,
        "lapsed": time is not None and time.stage(now) is CorrectionStage.LAPSED,
        "answered": resubmission(of, terms=terms, calendar=calendar),
        "proposal": rejection_proposal(of, terms=terms, calendar=calendar, now=now),
        "decides": allows(request, Act.REJECT_APPLICATION),
        "letters": letters,
        "draft": draft,
        "pages": _pages(draft) if draft else (),
        "writes": writes,
        "rows": _rows(points),
        "offered": offered_points(case) if writes else (),
        "channels": _channels(case),
        "channel": text_of(request.POST, "channel")
        or ((draft.wanted or draft.channel) if draft else Channel.POST),
        "extends": time is not None and time.due is not None and allows(request, Act.EXTEND_DEFICIENCY),
        "least_day": max(time.due.day + timedelta(days=1), jst_date(now)) if time and time.due else None,
        "calls": calls_of(case.application_id, NoticeKind.DEFICIENCY),
        "notes_calls": bool(letters) and allows(request, Act.RECORD_CALL),
        "typed": typed | {"called_at": typed["called_at"] or now.astimezone(JST).strftime("%Y/%m/%d %H:%M")},
    }
    return render(request, "office/letters/deficiency.html", context, status=status)


def _rows(points: Sequence[DeficiencyPoint]) -> list[tuple[int, DeficiencyPoint]]:
    """Return the rows to type in: the points, and one empty row after them."""
    empty = DeficiencyPoint(item="", finding="", remedy="")
    return list(enumerate([*points, empty], start=1)) if points else []


def _channels(case: LetterCase) -> list[Way]:
    """Return the ways to choose from; where there is no contact for one, it leads to the post (40(5))."""
    contact = case.record.form.contact if case.record.form else None
    contacts = Contacts(fax=contact.fax, email=contact.email) if contact else Contacts()
    kind = NoticeKind.DEFICIENCY
    return [choose_way(kind=kind, preferred=one, contacts=contacts) for one in CHANNELS[kind]]


def _pages(draft: LetterRecord) -> range:
    return range(1, page_count(sheets_today(draft).pdf) + 1)
