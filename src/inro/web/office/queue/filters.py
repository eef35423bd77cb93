"""Filters that a person keeps under a name of their own."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from inro.practice.acts import Act
from inro.usecases.case_work import drop_filter, keep_filter
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, said
from inro.web.office.queue.asked import address_of, query_of
from inro.web.office.queue.lists import list_page


@require_POST
@needs(Act.KEEP_FILTER)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filter of a list."""
    query = query_of(QueryDict(request.POST.get("query", "").removeprefix("?")))
    address = address_of(query)
    try:
        keep_filter(
            name=text_of(request.POST, "filter_name"),
            query=address,
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return list_page(request, query, errors=[said(refusal)], status=422)
    return HttpResponseRedirect(f"{reverse('cases')}{address}")


@require_POST
@needs(Act.DROP_FILTER)
def drop(request: HttpRequest, kept: int) -> HttpResponse:
    """Forget a filter of one's own."""
    drop_filter(kept=kept, actor=actor_of(request), now=clock.now())
    return HttpResponseRedirect(reverse("cases"))
