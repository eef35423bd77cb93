"""What is printed at the dispatch desk: slip, the proxy's sheet, labels (17.4, 18.1, 18.3, 18.4)."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from inro.configuration.paper_operator import operator_of
from inro.paper.parties import Addressee, Operator
from inro.paper.posting import SheetLabel, UnopenedSheet, render_labels, render_unopened_sheet
from inro.paper.slip import ReceiptSlip, render_receipt_slip
from inro.paper.statement import StatementRow
from inro.pki.show import describe
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.receipt import receipt_clock
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.address import home_address, proxy_address
from inro.store.reads.cases import case_record
from inro.store.reads.dispatch import PackingRecord
from inro.store.reads.receipt import card_serial, receipt_record
from inro.web.office import clock
from inro.web.office.clerk import needs
from inro.web.office.dispatch.shown import addressee_of, is_restricted, post_rules
from inro.web.office.found_case import found_case
from inro.web.office.house import house
from inro.web.office.letters.letter_list import as_pdf
from inro.web.office.queue.purpose import reads_case
from inro.words.day_sums import counted
from inro.words.states import word

# What of the certificate the subscriber compares before sealing the slip (18.4).
_ROWS = 6


@require_safe
@needs(Act.PACK_PARCEL)
@reads_case
def slip(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """Give the receipt slip of a case, as it goes into the parcel today (18.1, 18.4)."""
    case = found_case(number)
    certificate = case_record(number).certificate
    if certificate is None or certificate.der is None:
        raise Http404
    home, serial = home_address(case.application_id), card_serial(case.application_id)
    today = jst_date(clock.now())
    terms = house().policy.editions[case.edition].terms
    due = receipt_clock(
        # A parcel that came back counts from its first posting (18.7).
        dispatched_on=_first_posting(case.application_id) or today,
        reminder_arrived_on=None,
        terms=terms,
        calendar=house().policy.calendar,
    ).slip
    paper = ReceiptSlip(
        number=number,
        application=number,
        certificate_number=serial,
        card_serial=serial,
        recipient=Addressee(name=home.name, postal_code=home.postal_code, address=home.lines),
        subscriber_name=str((case.content or {}).get("name", home.name)),
        dispatched_on=today,
        due_on=due.day,
        counted=counted(due),
        rows=tuple(
            StatementRow(label=row.label, value=row.value) for row in describe(certificate.der)[:_ROWS]
        ),
    )
    return as_pdf(render_receipt_slip(slip=paper, operator=_operator()), name=f"slip-{number}")


@require_safe
@needs(Act.PACK_PARCEL)
@reads_case
def unopened(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001
    """Give the sheet that asks a proxy recipient to hand the parcel over unopened (17.4, 18.3)."""
    case = found_case(number)
    proxy = proxy_address(case.application_id)
    if proxy is None:
        raise Http404
    paper = UnopenedSheet(
        application=number,
        subscriber=home_address(case.application_id).name,
        proxy=proxy.name,
        made_on=jst_date(clock.now()),
    )
    return as_pdf(render_unopened_sheet(paper=paper, operator=_operator()), name=f"unopened-{number}")


def labels_pdf(parcels: Sequence[PackingRecord], *, first: int) -> bytes:
    """Return the labels of packed parcels on the sheet's grid, from the first label still there (17.4).

    Raises: Unknown once disposed of; GlyphMissing, FontMissing, SheetRefused.
    """
    labels = [
        SheetLabel(
            number=one.number,
            method=word(one.mail, "ja"),
            restricted=is_restricted(one.mail),
            recipient=addressee_of(one),
            tracking=one.tracking_number,
        )
        for one in parcels
    ]
    return render_labels(
        labels=labels,
        sheet=post_rules().sheet,
        first=first,
        made_on=jst_date(clock.now()),
        operator=_operator(),
    )


def _first_posting(application: ApplicationId) -> date | None:
    try:
        return receipt_record(application).dispatched_on
    except Unknown:
        return None


def _operator() -> Operator:
    return operator_of(house().installation)
