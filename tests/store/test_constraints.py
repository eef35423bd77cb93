"""What a constraint can hold, the database holds, whoever writes to it (house rule 4; 9.1, 17.4, 39.4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from inro.store.models import (
    Application,
    Card,
    Certificate,
    Decision,
    Invoice,
    IssuanceOrder,
    Mailer,
    Parcel,
    ReceiptObjection,
    ReceiptSlip,
    RevocationCase,
    RevocationList,
    RevokedEntry,
    SerialNumber,
    StaffMember,
)
from tests import given

REFUSED: dict[str, Callable[[], object]] = {
    "an unknown state of an application": lambda: Application.objects.update(state="approved"),
    "an unknown period": lambda: Application.objects.update(period="5y"),
    "one officer for both": lambda: Application.objects.update(decider="p-exam"),
    "an acceptance without officers": lambda: Application.objects.update(examiner=None),
    "an acceptance without findings": lambda: Application.objects.update(findings_sha256=None),
    "a deficiency of no day": lambda: Application.objects.update(state="deficient"),
    "an acceptance without content": lambda: Application.objects.update(content_sha256=None),
    "a disposed case with its data": lambda: Application.objects.update(state="disposed"),
    "an unknown state of an order": lambda: IssuanceOrder.objects.update(state="paused"),
    "an order nobody claimed": lambda: IssuanceOrder.objects.update(claimed_by=None),
    "an order done without a card": lambda: IssuanceOrder.objects.update(card=None),
    "an order handed over unsigned": lambda: IssuanceOrder.objects.update(station_signature=None),
    "an unknown medium": lambda: Card.objects.update(medium="paper"),
    "a card serial of another length": lambda: Card.objects.update(serial="00"),
    "a blank card with a holder": lambda: Card.objects.update(state="blank"),
    "an unknown state of a mailer": lambda: Mailer.objects.update(state="reprinted"),
    "a certificate of an unknown state": lambda: Certificate.objects.update(state="suspended"),
    "a certificate without its bytes": lambda: Certificate.objects.update(der=None),
    "a disposed certificate with its bytes": lambda: Certificate.objects.update(state="disposed"),
    "a serial of eight octets": lambda: SerialNumber.objects.create(
        serial=b"12345678", reserved_at=given.NOW
    ),
    "a free ground": lambda: RevocationCase.objects.update(ground="本人の希望"),
    "one officer for both of a revocation": lambda: RevocationCase.objects.update(decider="p-exam"),
    "a decided case without a day": lambda: RevocationCase.objects.update(decided_at=None),
    "a decided case without findings": lambda: RevocationCase.objects.update(findings=None),
    "a paper of the CA's own": lambda: RevocationCase.objects.update(invoker="ca"),
    "a request on no paper": lambda: RevocationCase.objects.update(way=None),
    "an original that follows no fax": lambda: RevocationCase.objects.update(
        original_arrived_on=given.NOW.date()
    ),
    "a second open case": lambda: RevocationCase.objects.create(
        number="R26-000009-0",
        certificate=Certificate.objects.get(),
        ground="46",
        invoker="ca",
        state="requested",
        requested_at=given.NOW,
    ),
    "certificateHold as a reason": lambda: RevokedEntry.objects.create(
        certificate=Certificate.objects.get(),
        serial=b"1" * 20,
        scope="subscriber",
        entry=b"",
        revoked_at=given.NOW,
        not_after=given.NOW,
        reason_code=6,
        ground="46",
    ),
    "a third decision of one case": lambda: Decision.objects.filter(purpose="revocation").update(
        credential_id=b"", signature=b"", case=None
    ),
    "an empty parcel": lambda: _parcel(),
    "a PIN to a proxy": lambda: _parcel(mailer=Mailer.objects.get(), address="proxy_seal_certificate"),
    "a card by simplified mail": lambda: _parcel(card=Card.objects.get(), mail="simplified_registered"),
    "a parcel that came back before it went": lambda: _parcel(
        card=Card.objects.get(), returned_on=given.NOW.date().replace(day=1, month=1)
    ),
    "card and PIN of a proxy's case by one person": lambda: (
        _parcel(card=Card.objects.get(), address="proxy_seal_certificate"),
        _parcel(mailer=Mailer.objects.get(), tracking_number="30000000034"),
    ),
    "a slip with another seal that confirms": lambda: _slip(seal_matches=False),
    "a slip with another name that confirms": lambda: _slip(name_agrees=False),
    "a second slip that confirms": lambda: (_slip(), _slip()),
    "doubts beside open ones": lambda: (_doubts(), _doubts()),
    "doubts decided on by nobody": lambda: _doubts(decided_on=given.NOW.date()),
    "doubts decided on before they were told": lambda: _doubts(
        decided_on=given.NOW.date() - timedelta(days=1), decided_by="p-accept", founded=False
    ),
    "an invoice that does not add up": lambda: Invoice.objects.create(
        number="B26-000001-0",
        application=Application.objects.get(),
        lines=[],
        amount=1,
        tax=1,
        total=3,
        registration_number="T0000000000000",
        issued_on=given.NOW.date(),
        due_on=given.NOW.date(),
    ),
    "a list nobody intended": lambda: RevocationList.objects.create(
        intent_id=99,
        kind="crl",
        number=1,
        this_update=given.NOW,
        next_update=given.NOW,
        sha256="0" * 64,
        size=1,
        entries=0,
        signed_at=given.NOW,
    ),
}


def _parcel(**changes) -> Parcel:
    columns = {
        "application": Application.objects.get(),
        "mail": "restricted_delivery",
        "address": "subscriber_resident_record",
        "tracking_number": "10000000015",
        "posted_on": given.NOW.date(),
        "posted_by": "p-desk",
    }
    return Parcel.objects.create(**columns | changes)


def _slip(**changes) -> ReceiptSlip:
    columns = {
        "application": Application.objects.get(),
        "arrived_on": given.NOW.date(),
        "name_agrees": True,
        "seal_matches": True,
        "shelf": "R-01",
        "checked_by": "p-desk",
    }
    return ReceiptSlip.objects.create(**columns | changes)


def _doubts(**changes) -> ReceiptObjection:
    columns = {
        "application": Application.objects.get(),
        "contacted_on": given.NOW.date(),
        "recorded_by": "p-desk",
    }
    return ReceiptObjection.objects.create(**columns | changes)


def test_a_split_parcel_of_two_persons_is_taken(db):
    given.issued(given.office())
    _parcel(card=Card.objects.get(), address="proxy_seal_certificate")
    _parcel(mailer=Mailer.objects.get(), tracking_number="30000000034", posted_by="p-mail")
    assert Parcel.objects.count() == 2


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(db, what):
    house = given.office()
    given.revoked(house, given.issued(house))
    with pytest.raises(IntegrityError):
        _write(REFUSED[what])


def _write(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        # Foreign keys are looked at when a transaction ends; this one would be rolled back before.
        connection.check_constraints()


def test_nobody_has_a_password(db):
    member = StaffMember.objects.create(person="p-1", name="試験　太郎", appointed_at=given.NOW)
    assert "password" not in {field.name for field in StaffMember._meta.get_fields()}
    assert StaffMember.objects.get_by_natural_key("p-1") == member
