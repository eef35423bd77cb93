"""The editions with what each still waits for; putting them on record and in force (2.1, 2.2, 10)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.permission import ACT_DUTIES
from inro.store.reads.edition import edition_records
from inro.usecases.edition import activate_edition, register_editions
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.editions.shown import shown_editions
from inro.web.office.house import house
from inro.web.office.intake.saying import REFUSALS, Said, said


@require_safe
@needs(Act.VIEW_EDITIONS)
def editions(request: HttpRequest) -> HttpResponse:
    """Show every edition, the latest first."""
    return _page(request, [])


@require_POST
@needs(Act.REGISTER_EDITIONS)
def register(request: HttpRequest) -> HttpResponse:
    """Put the policy's editions on record."""
    try:
        register_editions(editions=house().policy.editions.values(), actor=actor_of(request), now=clock.now())
    except REFUSALS as refused:
        return _page(request, [said(refused)], status=409)
    return HttpResponseRedirect(reverse("editions"))


@require_POST
@needs(Act.ACTIVATE_EDITION)
def activate(request: HttpRequest, name: str) -> HttpResponse:
    """Put an edition in force from its day."""
    edition = house().policy.editions.get(name)
    if edition is None:
        raise Http404
    try:
        activate_edition(terms=edition.terms, sha256=edition.sha256, actor=actor_of(request), now=clock.now())
    except REFUSALS as refused:
        return _page(request, [said(refused)], status=409)
    return HttpResponseRedirect(reverse("editions"))


def _page(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    policy, today = house().policy, jst_date(clock.now())
    records = {record.name: record for record in edition_records()}
    duties = actor_of(request).duties
    context = {
        "place": "editions",
        "errors": errors,
        "today": today,
        "editions": shown_editions(policy.editions, records, today=today),
        "unregistered": [name for name in policy.editions if name not in records],
        "altered": [
            name
            for name, record in records.items()
            if name not in policy.editions or policy.editions[name].sha256 != record.sha256
        ],
        "may_register": bool(duties & ACT_DUTIES[Act.REGISTER_EDITIONS]),
        "may_activate": bool(duties & ACT_DUTIES[Act.ACTIVATE_EDITION]),
    }
    return render(request, "office/editions/editions.html", context, status=status)
