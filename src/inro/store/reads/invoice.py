"""Invoices as billing reads them (33-37)."""

from dataclasses import dataclass
from datetime import date

from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, InvoiceId
from inro.store.models import Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRecord:
    """One invoice; amounts in yen, tax apart."""

    invoice_id: InvoiceId
    application_id: ApplicationId
    number: str
    amount: int
    tax: int
    total: int
    issued_on: date
    due_on: date
    paid_on: date | None


def invoice_record(invoice: InvoiceId) -> InvoiceRecord:
    """Return one invoice.

    Raises: Unknown.
    """
    row = Invoice.objects.filter(pk=invoice).first()
    if row is None:
        raise Unknown(what="invoice", detail=str(invoice))
    return InvoiceRecord(
        invoice_id=InvoiceId(row.pk),
        application_id=ApplicationId(row.application_id),
        number=row.number,
        amount=row.amount,
        tax=row.tax,
        total=row.total,
        issued_on=row.issued_on,
        due_on=row.due_on,
        paid_on=row.paid_on,
    )
