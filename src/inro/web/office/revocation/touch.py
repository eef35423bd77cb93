"""What a revocation touches: deadlines, card, invoice, certificates beside it (15, 22.1(12), 34.2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.grounds import Invoker
from inro.store.reads.revocation import revocations_of
from inro.usecases.revocation_touch import touched
from inro.web.office.clerk import needs
from inro.web.office.letters.case import allows, case_or_404
from inro.web.office.queue.purpose import reads_case
from inro.web.office.revocation.card import card_shown
from inro.web.office.revocation.entry import certificate_or_404

# What the organization asks for all of its certificates at once (15, 22.1(12)).
_FOR_ALL = {Invoker.SUBSCRIBER: "15", Invoker.ORGANIZATION: "22.1(12)"}


@require_safe
@needs(Act.VIEW_REVOCATIONS)
@reads_case
def touched_by(request: HttpRequest, number: str) -> HttpResponse:
    """Show what ends with the certificate, what stays owed, and which certificates stand beside it."""
    case = case_or_404(number)
    certificate = certificate_or_404(case)
    records = [one for one in revocations_of(case.application_id) if one.stands]
    record = records[0] if records else None
    found = touched(case.application_id, terms=case.terms, calendar=case.calendar)
    invoker = record.invoker if record else Invoker.ORGANIZATION
    context = {
        "place": "revocations",
        "case": case,
        "certificate": certificate,
        "revocation": record,
        "touched": found,
        **card_shown(request, found.card, certificate=certificate, revocation=record),
        "opens": allows(request, Act.RECORD_REVOCATION_REQUEST),
        "opens_as": invoker.value,
        "ground": _FOR_ALL.get(invoker, record.ground if record else ""),
    }
    return render(request, "office/revocation/touched.html", context)
