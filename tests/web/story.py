"""Cases in every state that the pages must show."""

from dataclasses import dataclass
from datetime import date, timedelta

from inro.pki.crl import ListKind
from inro.store.ids import CertificateId
from inro.store.models import Certificate, Invoice, ListIntent, Notice, Parcel, ReceiptSlip, RevocationList
from inro.store.reads.issuance import issuance_order
from inro.usecases.actor import process
from inro.usecases.application import find
from inro.usecases.night import mend_ledger
from inro.usecases.queue import mend_queue
from tests import given
from tests.given_ca import put_ca_certificate

LATER = given.NOW + timedelta(days=9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The numbers of the applications, by what became of them, and the CA's certificate (DER)."""

    drafted: str
    examining: str
    accepted: str
    valid: str
    revoked: str
    authority: bytes


def tell() -> Story:
    """Put cases, lists and a CA certificate on record."""
    house = given.office()
    valid, revoked = given.issued(house), given.issued(house)
    given.revoked(house, revoked, now=LATER)
    _posted(valid)
    _lists()
    told = Story(
        drafted=find(given.drafted()).number,
        examining=find(given.examining()).number,
        accepted=issuance_order(given.accepted(house)).application_number,
        valid=_number(valid),
        revoked=_number(revoked),
        authority=_authority(),
    )
    # Parcels, slips and notices above came without the acts that queue and ledger follow.
    mend_queue(now=LATER)
    mend_ledger(actor=process("story"), now=LATER)
    return told


def _number(made: CertificateId) -> str:
    return Certificate.objects.get(pk=made).application.number


def _authority() -> bytes:
    serial = given.serial()
    made = given.certificate(serial=serial)
    put_ca_certificate(made.der, serial=serial, generation=1, now=given.NOW)
    return made.der


def _posted(made: CertificateId) -> None:
    application = Certificate.objects.get(pk=made).application
    card = application.cards.get()
    Parcel.objects.create(
        application=application,
        card=card,
        mailer=card.mailer,
        mail="restricted_delivery",
        address="subscriber_resident_record",
        tracking_number="123-45-67890-1",
        posted_on=date(2026, 12, 2),
        posted_by="p-desk",
    )
    ReceiptSlip.objects.create(
        application=application,
        arrived_on=date(2026, 12, 14),
        name_agrees=True,
        seal_matches=True,
        shelf="R-01",
        checked_by="p-desk",
    )
    Notice.objects.create(
        application=application,
        kind="expiry",
        clause="6.2",
        channel="post",
        template="expiry",
        content_sha256="ef" * 32,
        sent_on=date(2026, 12, 20),
        arrived_on=date(2026, 12, 20),
        released_by="p-desk",
    )
    Invoice.objects.create(
        number="I26-000001-A",
        application=application,
        lines=[],
        amount=11_000,
        tax=1_100,
        total=12_100,
        registration_number="T1234567890123",
        issued_on=date(2026, 12, 2),
        due_on=date(2027, 1, 4),
    )


def _lists() -> None:
    for kind in ListKind:
        period = {"this_update": LATER, "next_update": LATER + timedelta(hours=48)}
        named = {"kind": kind, "number": 12, "entries": 0 if kind is ListKind.ARL else 1}
        intent = ListIntent.objects.create(**named, **period, tbs_sha256="cd" * 32, at=LATER)
        RevocationList.objects.create(
            **named, **period, intent=intent, sha256="ab" * 32, size=700, signed_at=LATER, web_at=LATER
        )
