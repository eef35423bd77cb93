"""The invoice after issuance, and its payment (33-37)."""

from datetime import date, datetime

from inro.practice.acts import Act
from inro.practice.calendar import Calendar, jst_date
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.fees import certificate_line, check_invoicing, invoice_sum, payment_deadline
from inro.practice.validity import ValidityPeriod
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, InvoiceId
from inro.store.models import Application, Certificate, Invoice
from inro.store.numbers import next_number
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject


def issue_invoice(
    *,
    application: ApplicationId,
    terms: Terms,
    calendar: Calendar,
    registration_number: str,
    actor: Actor,
    now: datetime,
) -> InvoiceId:
    """Invoice an issued certificate by its edition's prices, tax apart and cut off (34.1, 35, 36, 37).

    Raises: DutyMissing, InvoiceRefused, Unknown, Conflict when it is invoiced already.
    """
    actor.check(Act.ISSUE_INVOICE)
    row = find(application)
    today = jst_date(now)
    check_invoicing(
        accepted_on=jst_date(row.accepted_at) if row.accepted_at else None,
        issued_on=_issued_on(row),
        on=today,
    )
    line = certificate_line(period=ValidityPeriod(row.period), terms=terms)
    owed = invoice_sum([line])
    with act(actor=actor, now=now) as doing:
        made = Invoice.objects.create(
            number=next_number("B", now=now),
            application=row,
            lines=[{"item": line.item, "amount": line.amount, "tax_rate": str(line.tax_rate)}],
            amount=owed.net,
            tax=owed.tax,
            total=owed.total,
            registration_number=registration_number,
            issued_on=today,
            due_on=payment_deadline(invoiced_on=today, terms=terms, calendar=calendar).day,
        )
        doing.record(
            EventKind.INVOICE_ISSUED,
            subject=subject(row.number),
            invoice=made.number,
            total=made.total,
            edition=terms.edition,
        )
    return InvoiceId(made.pk)


def record_payment(*, invoice: InvoiceId, amount: int, paid_on: date, actor: Actor, now: datetime) -> None:
    """Record that an invoice was paid in full by bank transfer (33, F).

    Raises: DutyMissing, Unknown, Conflict when another amount came or it was paid before.
    """
    actor.check(Act.RECORD_PAYMENT)
    row = Invoice.objects.select_related("application").filter(pk=invoice).first()
    if row is None:
        raise Unknown(what="invoice", detail=str(invoice))
    if amount != row.total:
        raise Conflict(what="invoice", detail=f"{row.number} asks for {row.total}, {amount} came")
    with act(actor=actor, now=now) as doing:
        change(Invoice, row=row.pk, expected={"paid_on": None}, to={"paid_on": paid_on})
        doing.record(
            EventKind.PAYMENT_MATCHED,
            subject=subject(row.application.number),
            invoice=row.number,
            amount=amount,
            paid_on=paid_on.isoformat(),
        )


def _issued_on(row: Application) -> date | None:
    issued_at = Certificate.objects.filter(application=row).values_list("issued_at", flat=True).first()
    return jst_date(issued_at) if issued_at else None
