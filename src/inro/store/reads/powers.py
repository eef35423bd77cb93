"""On which facts a power is open, and what a person has said about it (22.1(1), 35.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.certificate import CertificateState
from inro.practice.notices import NoticeKind
from inro.practice.powers import Power
from inro.store.ids import ApplicationId
from inro.store.models import (
    DeclinedPower,
    Invoice,
    Notice,
    Parcel,
    ReceiptObjection,
    ReceiptSlip,
    TelephoneCall,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinedRecord:
    """A power that was declined; the reason is empty once disposed of."""

    power: Power
    facts_sha256: str
    reason: str
    declined_at: datetime
    declined_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueInvoice:
    """An invoice that was not paid by its day, of a certificate that is still valid (35.3)."""

    application_id: ApplicationId
    number: str
    issued_on: date
    due_on: date
    total: int


def declined_powers(application: ApplicationId) -> tuple[DeclinedRecord, ...]:
    """Return what was declined in a case, newest first."""
    rows = DeclinedPower.objects.filter(application_id=application).order_by("-pk")
    return tuple(
        DeclinedRecord(
            power=Power(row.power),
            facts_sha256=row.facts_sha256,
            reason=row.reason,
            declined_at=row.declined_at,
            declined_by=row.declined_by,
        )
        for row in rows
    )


def declined_hashes(applications: Collection[ApplicationId]) -> frozenset[tuple[int, str]]:
    """Return the hashes of the facts on which powers were declined, each with its case."""
    rows = DeclinedPower.objects.filter(application__in=applications)
    return frozenset(rows.values_list("application_id", "facts_sha256"))


def events_of_receipt(application: ApplicationId) -> tuple[tuple[str, int], ...]:
    """Return what happened on a card's way, counted: what a person weighs for 22.1(1)."""
    of = {"application_id": application}
    parcels = Parcel.objects.filter(**of)
    return (
        ("parcels", parcels.count()),
        ("returned", parcels.filter(returned_on__isnull=False).count()),
        ("slips", ReceiptSlip.objects.filter(**of).count()),
        ("doubts", ReceiptObjection.objects.filter(**of).count()),
        ("doubts_decided", ReceiptObjection.objects.filter(**of, decided_on__isnull=False).count()),
        ("reminders", Notice.objects.filter(**of, kind=NoticeKind.RECEIPT_REMINDER).count()),
        ("calls", TelephoneCall.objects.filter(**of).count()),
    )


def events_of_payment(application: ApplicationId) -> tuple[tuple[str, int], ...]:
    """Return what happened about a case's invoice, counted: what a person weighs for 35.3."""
    of = {"application_id": application}
    total = Invoice.objects.filter(**of).values_list("total", flat=True).first() or 0
    return (
        ("total", total),
        ("invoices_told", Notice.objects.filter(**of, kind=NoticeKind.INVOICE).count()),
        ("calls", TelephoneCall.objects.filter(**of).count()),
    )


def overdue_invoices(*, today: date, application: ApplicationId | None = None) -> tuple[OverdueInvoice, ...]:
    """Return the invoices whose day is over and whose certificate is still valid, oldest first (35.3)."""
    rows = Invoice.objects.filter(
        paid_on=None, due_on__lt=today, application__certificate__state=CertificateState.VALID
    )
    if application is not None:
        rows = rows.filter(application_id=application)
    return tuple(
        OverdueInvoice(
            application_id=ApplicationId(row.application_id),
            number=row.number,
            issued_on=row.issued_on,
            due_on=row.due_on,
            total=row.total,
        )
        for row in rows.order_by("due_on", "pk")
    )
