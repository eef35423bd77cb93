"""A case that is open for work stays open while its clerk uses any of its pages (40(7))."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from inro.practice.case_work import OPEN_FOR, CaseOpenElsewhere
from inro.store.errors import StoreError
from inro.store.ids import ApplicationId
from inro.store.reads.queue import opened_before
from inro.usecases.case_work import open_case
from inro.web.office import clock
from inro.web.office.clerk import actor_of

# Not on every picture of a page: a minute is near enough.
_OFTEN = timedelta(minutes=1)


def opening_middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep a case open for whoever has it open and just asked for a page of it."""

    def staying_open(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        match, clerk = request.resolver_match, getattr(request, "clerk", None)
        if match is None or clerk is None or not request.path.startswith("/cases/"):
            return response
        now = clock.now()
        case = opened_before(
            match.kwargs.get("number", ""), person=clerk.person, until=now + OPEN_FOR - _OFTEN, now=now
        )
        if case is not None:
            # Taken over since, or nothing can be written: the page is shown all the same.
            with suppress(CaseOpenElsewhere, StoreError):
                open_case(application=ApplicationId(case), name=clerk.name, actor=actor_of(request), now=now)
        return response

    return staying_open
