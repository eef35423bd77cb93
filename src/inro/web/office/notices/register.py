"""The register of notices with a filter and as a file: what left, how, and when it counts as arrived (43)."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from inro.japanese.eras import read_date
from inro.practice.acts import Act
from inro.practice.export import Charset
from inro.practice.notices import Channel, NoticeKind
from inro.practice.sending import NoticeState
from inro.store.numbers import completed_number
from inro.store.reads.notices import (
    NoticeRecord,
    RegisterFilter,
    notices_to_handle,
    register,
    register_size,
    states_now,
)
from inro.web.office.clerk import needs
from inro.web.office.letters.case import allows
from inro.web.office.queue.csv_file import csv_answer, csv_lines
from inro.words.states import word

_FIELDS = ("state", "channel", "kind", "number", "from", "to")
_LONGEST = 32
_PAGE = 50
_FILE_PAGE = 2000


@require_safe
@needs(Act.VIEW_APPLICATION)
def notices(request: HttpRequest) -> HttpResponse:
    """List the register, newest first, and above it what waits for a person."""
    typed = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in _FIELDS}
    place = request.GET.get("skip", "")
    skip = int(place) if place.isascii() and place.isdigit() and len(place) < 9 else 0
    asked = _asked(request.GET)
    size = register_size(asked)
    address = urlencode([(name, value) for name, value in typed.items() if value])
    counted = states_now()
    context = {
        "place": "notices",
        "typed": typed,
        "unread": [name for name in ("from", "to") if typed[name] and _day(typed[name]) is None],
        "notices": register(asked, most=_PAGE, skip=skip),
        "size": size,
        "states": [(state, counted.get(state, 0)) for state in NoticeState],
        "channels": list(Channel),
        "kinds": list(NoticeKind),
        "to_handle": notices_to_handle(),
        "address": address,
        "following": f"?{address}&skip={skip + _PAGE}" if skip + _PAGE < size else "",
        "releases": allows(request, Act.RELEASE_NOTICES),
        "writes_pages": allows(request, Act.POST_PAGE),
    }
    return render(request, "office/notices/register.html", context)


@require_safe
@needs(Act.VIEW_APPLICATION)
def file(request: HttpRequest) -> HttpResponse:
    """Give the register as a file: numbers, days, hashes and Message-IDs, no names and no addresses."""
    charset = Charset.CP932 if request.GET.get("charset") == Charset.CP932 else Charset.UTF_8
    lines = csv_lines(
        head=_head(),
        rows=_rows(_asked(request.GET)),
        charset=charset,
    )
    return csv_answer(lines, charset=charset, name="notices")


def _head() -> tuple[str, ...]:
    return (
        gettext("Notice"),
        gettext("Let go"),
        gettext("About"),
        gettext("Clause"),
        gettext("Sent by"),
        gettext("Application number"),
        gettext("Letter"),
        gettext("Template"),
        gettext("Edition"),
        "SHA-256",
        "Message-ID",
        gettext("State"),
        gettext("Counts as arrived"),
        gettext("Let go by"),
    )


def _rows(asked: RegisterFilter) -> Iterator[tuple[str, ...]]:
    skip = 0
    while page := register(asked, most=_FILE_PAGE, skip=skip):
        yield from map(_cells, page)
        skip += _FILE_PAGE


def _cells(one: NoticeRecord) -> tuple[str, ...]:
    language = get_language() or "ja"
    return (
        str(one.notice_id),
        one.sent_on.isoformat(),
        word(one.kind, language),
        one.clause,
        word(one.channel, language),
        one.application,
        one.letter,
        one.template,
        one.edition,
        one.content_sha256,
        one.message_id,
        word(one.state, language),
        one.arrived_on.isoformat() if one.arrived_on else "",
        one.released_by,
    )


def _asked(given: QueryDict) -> RegisterFilter:
    state, channel, kind = (given.get(name, "") for name in ("state", "channel", "kind"))
    number = given.get("number", "").strip()[:_LONGEST]
    return RegisterFilter(
        state=NoticeState(state) if state in list(NoticeState) else None,
        channel=Channel(channel) if channel in list(Channel) else None,
        kind=NoticeKind(kind) if kind in list(NoticeKind) else None,
        first=_day(given.get("from", "")),
        last=_day(given.get("to", "")),
        application=completed_number(number, series="A") or number,
    )


def _day(typed: str) -> date | None:
    return read_date(typed.strip()[:_LONGEST]).day if typed.strip() else None
