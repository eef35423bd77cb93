"""After the card is made: parcels, slips, notices, invoices, expiry, disposal (6.1, 17.4, 18, 33-37)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inro.configuration.policy import load_policy
from inro.practice.calendar import Calendar, end_of_day, start_of_day
from inro.practice.certificate import CertificateState
from inro.practice.fees import InvoiceRefused
from inro.practice.notices import Channel, ChannelRefused, Delivery, NotArrived, NoticeKind
from inro.practice.retention import RetentionRunning
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, InvoiceId, NoticeId
from inro.store.models import (
    Application,
    Certificate,
    Decision,
    Disposal,
    Invoice,
    Notice,
    RevokedEntry,
    SerialNumber,
    SigningIntent,
    SubscriberKey,
)
from inro.store.reads.certificate import (
    certificate_by_serial,
    certificate_of_application,
    certificate_record,
    valid_certificates_ending_before,
)
from inro.store.reads.receipt import receipt_record
from inro.usecases.actor import DutyMissing, process
from inro.usecases.expiry import expire_certificates
from inro.usecases.invoice import issue_invoice, record_payment
from inro.usecases.notice import NoticeText, record_arrival, send_notice
from inro.usecases.retention import dispose_application
from tests import given

TERMS = load_policy(given.POLICY).editions[given.EDITION].terms
CALENDAR = Calendar()
DESK = {"actor": given.DESK, "now": given.NOW}
POSTED = date(2026, 12, 1)
TEXT = NoticeText(template="reminder", sha256="0" * 64)
WORKER = process("worker")


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def issued(house) -> ApplicationId:
    made = given.issued(house)
    found = certificate_record(made).application_id
    assert found is not None
    return found


def notice(application: ApplicationId | None, **changes) -> NoticeId:
    acting = {
        "application": application,
        "kind": NoticeKind.EXPIRY,
        "clause": "6.2",
        "channel": Channel.EMAIL,
        "text": TEXT,
        "sent_on": POSTED,
        "delivery": None,
        **DESK,
    }
    return send_notice(**acting | changes)


def test_an_email_counts_once_staff_sent_it_and_sending_is_confirmed(issued):
    made = notice(issued)
    assert Notice.objects.get().arrived_on is None
    unreleased = Delivery(channel=Channel.EMAIL, confirmed_at=given.NOW)
    with pytest.raises(NotArrived):
        record_arrival(notice=made, delivery=unreleased, **DESK)
    released = Delivery(channel=Channel.EMAIL, confirmed_at=given.NOW, released_by="p-desk")
    assert record_arrival(notice=made, delivery=released, **DESK) == date(2026, 12, 1)
    with pytest.raises(Conflict):
        record_arrival(notice=made, delivery=released, **DESK)
    with pytest.raises(Unknown):
        record_arrival(notice=NoticeId(99), delivery=released, **DESK)


def test_a_notice_goes_only_by_a_way_the_terms_give(issued):
    with pytest.raises(ChannelRefused):
        notice(issued, kind=NoticeKind.REJECTION, channel=Channel.EMAIL)
    with pytest.raises(DutyMissing):
        notice(issued, actor=given.EXAMINER)
    assert Notice.objects.count() == 0
    notice(None, kind=NoticeKind.MAINTENANCE, channel=Channel.WEB, clause="30(2)")
    assert Notice.objects.get().application_id is None


def invoice(application: ApplicationId, *, now: datetime = given.NOW) -> InvoiceId:
    return issue_invoice(
        application=application,
        terms=TERMS,
        calendar=CALENDAR,
        registration_number="T0000000000000",
        actor=given.DESK,
        now=now,
    )


def test_an_issued_certificate_is_invoiced_once_and_paid_in_full(issued):
    made = invoice(issued)
    row = Invoice.objects.get()
    assert (row.amount, row.tax, row.total) == (11_000, 1_100, 12_100)
    with pytest.raises(Conflict):
        invoice(issued)
    with pytest.raises(Conflict):
        record_payment(invoice=made, amount=12_099, paid_on=POSTED, **DESK)
    record_payment(invoice=made, amount=12_100, paid_on=POSTED, **DESK)
    assert Invoice.objects.get().paid_on == POSTED
    with pytest.raises(Conflict):
        record_payment(invoice=made, amount=12_100, paid_on=POSTED, **DESK)
    with pytest.raises(Unknown):
        record_payment(invoice=InvoiceId(99), amount=1, paid_on=POSTED, **DESK)


def test_before_issuance_there_is_nothing_to_invoice(house):
    application = given.examined(house)
    with pytest.raises(InvoiceRefused):
        invoice(application)
    assert Invoice.objects.count() == 0


def test_certificates_expire_the_second_after_and_a_revoked_one_stays_revoked(house):
    one, other = given.issued(house), given.issued(house)
    given.revoked(house, other)
    end = end_of_day(date(2027, 12, 31))
    assert [
        record.certificate_id for record in valid_certificates_ending_before(end + timedelta(days=1))
    ] == [one]
    assert expire_certificates(actor=WORKER, now=end) == 0
    assert expire_certificates(actor=WORKER, now=end + timedelta(seconds=1)) == 1
    assert expire_certificates(actor=WORKER, now=end + timedelta(seconds=1)) == 0
    states = {record.certificate_id: record.state for record in map(certificate_record, (one, other))}
    assert states == {one: CertificateState.EXPIRED, other: CertificateState.REVOKED}


def dispose(application: ApplicationId, *, now: datetime, held: bool = False) -> None:
    dispose_application(application=application, terms=TERMS, actor=given.ACCEPTOR, now=now, held=held)


DISPOSAL_DAY = date(2038, 1, 1)


@pytest.mark.parametrize("is_revoked", [False, True])
def test_disposal_takes_the_person_and_leaves_the_tombstones(house, is_revoked):
    made = given.issued(house)
    application = ApplicationId(Application.objects.get().pk)
    record = certificate_of_application(application)
    if is_revoked:
        given.revoked(house, made)
    expire_certificates(actor=WORKER, now=datetime(2028, 1, 1, tzinfo=UTC))
    dispose(application, now=start_of_day(DISPOSAL_DAY))

    row = Application.objects.get()
    assert (row.state, row.stated, row.content) == ("disposed", None, None)
    after = certificate_by_serial(record.serial)
    assert (after.state, after.der, after.sha256) == (CertificateState.DISPOSED, None, record.sha256)
    assert set(Decision.objects.values_list("content", flat=True)) == {None}
    assert SigningIntent.objects.get().tbs is None
    key = SubscriberKey.objects.get()
    assert (key.public_key_info, key.spki_sha256) == (None, record.spki_sha256)
    assert SerialNumber.objects.count() == Disposal.objects.count() == 1
    assert RevokedEntry.objects.count() == int(is_revoked)


@pytest.mark.parametrize("held", [False, True])
def test_before_its_day_or_while_held_nothing_is_disposed_of(issued, held):
    expire_certificates(actor=WORKER, now=datetime(2028, 1, 1, tzinfo=UTC))
    before = chain_end()
    now = start_of_day(DISPOSAL_DAY) if held else end_of_day(DISPOSAL_DAY - timedelta(days=1))
    with pytest.raises(RetentionRunning):
        dispose(issued, now=now, held=held)
    assert chain_end() == before
    assert Application.objects.get().stated == given.FORM.as_record()
    assert Certificate.objects.get().der is not None


def test_a_case_without_a_certificate_is_kept_as_long_as_the_longest_would_have_been(house):
    application = given.drafted()
    given.withdraw(application)
    with pytest.raises(RetentionRunning):
        dispose(application, now=start_of_day(date(2041, 10, 31)))
    dispose(application, now=start_of_day(date(2041, 11, 1)))
    assert Application.objects.get().state == "disposed"


def test_what_is_not_there_is_said_so(db):
    with pytest.raises(Unknown):
        certificate_by_serial(b"\x01" * 20)
    with pytest.raises(Unknown):
        receipt_record(ApplicationId(99))
