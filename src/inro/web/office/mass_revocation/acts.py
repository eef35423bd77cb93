"""What is done to a mass revocation from its page, each act a form of its own (22.1, 39.4, 40(7))."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.trust import read_trust
from inro.pki.issuer import IssuerRefused, issuer_of
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.export import Charset
from inro.store.reads.mass_list import MassLine, mass_lines
from inro.usecases.mass_notices import write_mass_notices
from inro.usecases.mass_rehearsal import Lists, rehearse_mass_revocation
from inro.usecases.mass_revocation import (
    decide_mass_revocation,
    drop_mass_revocation,
    examine_mass_revocation,
    write_mass_revocation_list,
)
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import answer
from inro.web.office.decisions.officers import officers
from inro.web.office.house import house
from inro.web.office.intake.saying import REFUSALS, said
from inro.web.office.mass_revocation.one import found, mass_page
from inro.web.office.queue.csv_file import csv_answer, csv_lines
from inro.web.page_tags import jst
from inro.words.states import word

_REFUSALS = (*REFUSALS, ConfigurationRefused, IssuerRefused)


@require_POST
@needs(Act.REHEARSE_MASS_REVOCATION)
def rehearse(request: HttpRequest, number: str) -> HttpResponse:
    """Rehearse a plan and show what came of it."""
    record, installation = found(number), house().installation
    try:
        rehearsal = rehearse_mass_revocation(
            number=number,
            lists=Lists(
                profile=house().policy.list_profile,
                issuer=issuer_of(read_trust(installation.trust / "ca.der")),
            ),
            stopwatch=time.perf_counter,
            actor=actor_of(request),
            now=clock.now(),
        )
    except _REFUSALS as refusal:
        return mass_page(request, record, errors=(said(refusal),))
    return mass_page(request, record, rehearsal=rehearsal)


@require_POST
@needs(Act.EXAMINE_MASS_REVOCATION)
def examine(request: HttpRequest, number: str) -> HttpResponse:
    """Record the examining officer's assertion."""
    now = clock.now()
    return _done(
        request,
        number,
        lambda: examine_mass_revocation(
            number=number,
            approval=answer(request),
            officers=officers(now),
            actor=actor_of(request),
            now=now,
        ),
    )


@require_POST
@needs(Act.DECIDE_MASS_REVOCATION)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Record the deciding officer's assertion; the signer acts on it."""
    now = clock.now()
    return _done(
        request,
        number,
        lambda: decide_mass_revocation(
            number=number,
            approval=answer(request),
            officers=officers(now),
            actor=actor_of(request),
            now=now,
        ),
    )


@require_POST
@needs(Act.DROP_MASS_REVOCATION)
def drop(request: HttpRequest, number: str) -> HttpResponse:
    """Give a plan up before it is decided."""
    return _done(
        request,
        number,
        lambda: drop_mass_revocation(number=number, actor=actor_of(request), now=clock.now()),
    )


@require_POST
@needs(Act.WRITE_MASS_NOTICES)
def notices(request: HttpRequest, number: str) -> HttpResponse:
    """Write the next lot of notices."""
    return _done(
        request,
        number,
        lambda: write_mass_notices(number=number, actor=actor_of(request), now=clock.now()),
    )


@require_POST
@needs(Act.WRITE_MASS_REVOCATION_LIST)
def list_csv(request: HttpRequest, number: str) -> HttpResponse:
    """Give the list as a file; that it leaves is on record before its first line."""
    record, now = found(number), clock.now()
    write_mass_revocation_list(number=record.number, actor=actor_of(request), now=now)
    head = (
        gettext("Serial number"),
        gettext("Application number"),
        gettext("Valid until"),
        gettext("Revocation case"),
        gettext("State"),
        gettext("Revoked"),
        gettext("Published"),
    )
    rows = map(_cells, mass_lines(record, at=now))
    lines = csv_lines(head=head, rows=rows, charset=Charset.UTF_8)
    return csv_answer(lines, charset=Charset.UTF_8, name=record.number)


def _cells(line: MassLine) -> tuple[str, ...]:
    language = get_language() or "ja"
    return (
        line.serial,
        line.application,
        jst_date(line.not_after).isoformat(),
        line.case,
        word(line.left_out, language) if line.left_out else gettext("listed"),
        jst(line.revoked_at),
        jst(line.published_at),
    )


def _done(request: HttpRequest, number: str, do: Callable[[], object]) -> HttpResponse:
    record = found(number)
    try:
        do()
    except _REFUSALS as refusal:
        return mass_page(request, record, errors=(said(refusal),))
    return HttpResponseRedirect(reverse("mass_revocation", args=[number]))
