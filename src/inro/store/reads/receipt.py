"""What is known of a card's way to its subscriber (18, 43)."""

from dataclasses import dataclass
from datetime import date

from inro.practice.card import CardState
from inro.practice.notices import NoticeKind
from inro.practice.receipt import Objection, counting_dispatch, counting_reminder
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import Card, Notice, Parcel, ReceiptObjection, ReceiptSlip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecord:
    """First posting of the card, the reminder that counts, the slip that confirmed delivery, the doubts.

    `objection` are doubts still open, `settled` those last decided on (18.5).
    """

    application_id: ApplicationId
    dispatched_on: date
    reminder_arrived_on: date | None
    slip_arrived_on: date | None
    objection: Objection | None
    settled: Objection | None


def receipt_record(application: ApplicationId) -> ReceiptRecord:
    """Return what the deadlines of 18.7 are counted from.

    Raises: Unknown when no card was posted.
    """
    posted = Parcel.objects.filter(application_id=application, card__isnull=False)
    days = list(posted.values_list("posted_on", flat=True))
    if not days:
        raise Unknown(what="parcel", detail=f"no card of application {application} was posted")
    slip = ReceiptSlip.objects.filter(application_id=application, parked_for__isnull=True).first()
    settled = _objection(application, still_open=False)
    return ReceiptRecord(
        application_id=application,
        dispatched_on=counting_dispatch(days),
        reminder_arrived_on=counting_reminder(_reminders(application), settled=settled),
        slip_arrived_on=slip.arrived_on if slip else None,
        objection=_objection(application, still_open=True),
        settled=settled,
    )


def card_serial(application: ApplicationId) -> str:
    """Return the number on the card of a case, which also names its certificate on sheets (18.1).

    Raises: Unknown.
    """
    serial = Card.objects.filter(order__application_id=application).values_list("serial", flat=True).first()
    if serial is None:
        raise Unknown(what="card", detail=f"of application {application}")
    return serial


def unconfirmed_receipts() -> tuple[ReceiptRecord, ...]:
    """Return the cards that are on their way or arrived, but not confirmed by a slip, oldest first (18.7)."""
    rows = Parcel.objects.filter(card__state__in=[CardState.SENT.value, CardState.RETURNED.value])
    applications = sorted(set(rows.values_list("application_id", flat=True)))
    return tuple(receipt_record(ApplicationId(pk)) for pk in applications)


def _reminders(application: ApplicationId) -> list[date]:
    sent = Notice.objects.filter(application_id=application, kind=NoticeKind.RECEIPT_REMINDER)
    return [day for day in sent.values_list("arrived_on", flat=True) if day is not None]


def _objection(application: ApplicationId, *, still_open: bool) -> Objection | None:
    rows = ReceiptObjection.objects.filter(application_id=application, decided_on__isnull=still_open)
    row = rows.order_by("-decided_on", "-id").first()
    if row is None:
        return None
    return Objection(
        contacted_on=row.contacted_on, decided_on=row.decided_on, admitted=row.admitted_by is not None
    )
