"""What is known of a card's way to its subscriber (18, 43)."""

from dataclasses import dataclass
from datetime import date

from inro.practice.card import CardState
from inro.practice.notices import NoticeKind
from inro.practice.receipt import counting_dispatch
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import Notice, Parcel, ReceiptSlip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecord:
    """First posting of the card, arrival of the reminder and of the slip with the registered seal."""

    application_id: ApplicationId
    dispatched_on: date
    reminder_sent_on: date | None
    reminder_arrived_on: date | None
    slip_arrived_on: date | None


def receipt_record(application: ApplicationId) -> ReceiptRecord:
    """Return what the deadlines of 18.7 are counted from.

    Raises: Unknown when no card was posted.
    """
    posted = Parcel.objects.filter(application_id=application, card__isnull=False)
    days = list(posted.values_list("posted_on", flat=True))
    if not days:
        raise Unknown(what="parcel", detail=f"no card of application {application} was posted")
    reminder = (
        Notice.objects.filter(application_id=application, kind=NoticeKind.RECEIPT_REMINDER)
        .order_by("id")
        .first()
    )
    slip = ReceiptSlip.objects.filter(application_id=application, seal_matches=True).first()
    return ReceiptRecord(
        application_id=application,
        dispatched_on=counting_dispatch(days),
        reminder_sent_on=reminder.sent_on if reminder else None,
        reminder_arrived_on=reminder.arrived_on if reminder else None,
        slip_arrived_on=slip.arrived_on if slip else None,
    )


def unconfirmed_receipts() -> tuple[ReceiptRecord, ...]:
    """Return the cards that are on their way or arrived, but not confirmed by a slip, oldest first (18.7)."""
    rows = Parcel.objects.filter(card__state__in=[CardState.SENT.value, CardState.RETURNED.value])
    applications = sorted(set(rows.values_list("application_id", flat=True)))
    return tuple(receipt_record(ApplicationId(pk)) for pk in applications)
