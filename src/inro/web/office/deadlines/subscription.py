"""A calendar by an address of its own: made, revoked, and read by programs that sign in nowhere (40(7))."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.calendar_address import DAYS_AHEAD, TOKEN_OCTETS, kinds_of, token_sha256
from inro.practice.deadlines import DeadlineKind
from inro.practice.permission import ACT_DUTIES
from inro.store.reads.calendar_address import OwedDay, address_made_at, owed_days, person_of_address
from inro.usecases.calendar_address import make_calendar_address, revoke_calendar_address
from inro.web.acts import anyone
from inro.web.frame import address_of
from inro.web.office import clock
from inro.web.office.clerk import actor_of, clerks, needs
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.words.calendar_file import MEDIA_TYPE, CalendarDay, day_lines


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.MAKE_CALENDAR_ADDRESS)
def subscription(request: HttpRequest) -> HttpResponse:
    """Show whether the person has an address; make one, which is shown once, or revoke it."""
    if request.method != "POST":
        return _show(request, [])
    actor, now = actor_of(request), clock.now()
    try:
        if text_of(request.POST, "do") == "make":
            token = secrets.token_urlsafe(TOKEN_OCTETS)
            make_calendar_address(token=token, actor=actor, now=now)
            address = address_of(request, reverse("calendar_feed", args=[token]))
            return _show(request, [], address=address)
        revoke_calendar_address(actor=actor, now=now)
    except REFUSALS as refusal:
        return _show(request, [said(refusal)], status=409)
    return HttpResponseRedirect(reverse("calendar_subscription"))


@require_safe
@anyone(Act.READ_CALENDAR)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give what the duties of an address's person owe, as counts by day; else there is no such page."""
    person = person_of_address(token_sha256(token))
    found = next((one for one in clerks() if one.person == person), None)
    # Whoever has no duty any more has no calendar: the same answer as to a secret that never was.
    if found is None or not found.duties & ACT_DUTIES[Act.VIEW_DEADLINES]:
        raise Http404
    now = clock.now()
    today = jst_date(now)
    lines = day_lines(
        _days(owed_days(kinds_of(found.duties), until=today + timedelta(days=DAYS_AHEAD)), today),
        house=house().installation.operator.service,
        board=address_of(request, reverse("deadlines")),
        language=get_language() or "ja",
        now=now,
    )
    answer = HttpResponse(b"".join(lines), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _days(owed: Iterable[OwedDay], today: date) -> Iterator[CalendarDay]:
    overdue: dict[DeadlineKind, int] = {}
    for one in owed:
        if one.day < today:
            overdue[one.kind] = overdue.get(one.kind, 0) + one.count
        else:
            yield CalendarDay(kind=one.kind, day=one.day, count=one.count)
    for kind, count in overdue.items():
        yield CalendarDay(kind=kind, day=today, count=count, is_overdue=True)


def _show(request: HttpRequest, errors: list[Said], *, address: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "place": "deadlines",
        "errors": errors,
        "address": address,
        "made_at": address_made_at(actor.name),
        "kinds": kinds_of(actor.duties),
    }
    return render(request, "office/deadlines/subscription.html", context, status=status)
