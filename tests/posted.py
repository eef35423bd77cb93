"""Cards on their way: parcels, slips, reminders and doubts as the desks record them (17.4, 18)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from inro.practice.calendar import start_of_day
from inro.practice.notices import Channel, Delivery
from inro.practice.parcels import Content, Scanned, parcel_plans
from inro.store.ids import ApplicationId, CertificateId, NoticeId, ParcelId
from inro.store.reads.application import application_record
from inro.store.reads.certificate import certificate_record
from inro.usecases.actor import Actor
from inro.usecases.dispatch import dispatch_mailer, dispatch_parcel
from inro.usecases.notice import NoticeText
from inro.usecases.receipt import SlipVerdict, record_receipt_slip, send_reminder
from tests import given

DAY = date(2026, 12, 1)
TEXT = NoticeText(template="reminder", sha256="0" * 64)
TOGETHER = parcel_plans(proxy=False)[0].contents
TO_PROXY, PIN_ALONE = (plan.contents for plan in parcel_plans(proxy=True))


def issued(house: given.Office, **how: Any) -> ApplicationId:
    """Return an application whose card is made."""
    return application_of(given.issued(house, **how))


def application_of(made: CertificateId) -> ApplicationId:
    """Return the application a certificate was issued for."""
    found = certificate_record(made).application_id
    assert found is not None
    return found


def number_of(application: ApplicationId) -> str:
    """Return the number that card, mailer and slip carry as a code."""
    return application_record(application).number


def tracking(mail_digit: str = "1", number: int = 1) -> str:
    """Return a registered item's number with its check digit."""
    ten = f"{mail_digit}{number:09d}"
    return ten + str(int(ten) % 7)


def scan(application: ApplicationId, contents: Iterable[Content]) -> list[Scanned]:
    """Return what a packer scanned."""
    number = number_of(application)
    return [Scanned(content=content, application=number) for content in contents]


def to_subscriber(
    application: ApplicationId, *, number: int = 1, on: date = DAY, now: datetime = given.NOW
) -> ParcelId:
    """Post card and PIN together."""
    return dispatch_parcel(
        application=application,
        proxy=False,
        scanned=scan(application, TOGETHER),
        tracking=tracking("1", number),
        posted_on=on,
        actor=given.DESK,
        now=now,
    )


def to_proxy(
    application: ApplicationId, *, number: int = 1, on: date = DAY, by: Actor = given.DESK
) -> ParcelId:
    """Post the card to the proxy recipient."""
    return dispatch_parcel(
        application=application,
        proxy=True,
        scanned=scan(application, TO_PROXY),
        tracking=tracking("1", number),
        posted_on=on,
        actor=by,
        now=given.NOW,
    )


def pin_alone(application: ApplicationId, *, on: date = DAY, by: Actor = given.MAIL) -> ParcelId:
    """Post the PIN mailer by itself."""
    return dispatch_mailer(
        application=application,
        scanned=scan(application, PIN_ALONE),
        tracking=tracking("3"),
        posted_on=on,
        actor=by,
        now=given.NOW,
    )


def slip(application: ApplicationId, *, on: date = DAY, **changes: Any) -> SlipVerdict:
    """Record a slip that came."""
    seen = {"name_agrees": True, "seal_matches": True, "shelf": "R-01"} | changes
    return record_receipt_slip(
        application=application,
        arrived_on=on,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.DESK,
        now=start_of_day(on),
        **seen,
    )


def remind(application: ApplicationId, on: date) -> NoticeId:
    """Post the reminder of 18.7; it arrives on the day of its postmark."""
    return send_reminder(
        application=application,
        text=TEXT,
        channel=Channel.POST,
        delivery=Delivery(channel=Channel.POST, postmark=on),
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.DESK,
        now=start_of_day(on),
    )
