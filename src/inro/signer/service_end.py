"""When the signer issues nothing any more: from the last day on, or its certificate revoked (11, 22.1(5))."""

from datetime import date, datetime

from cryptography import x509

from inro.practice.certificate import CaCertificateRevoked
from inro.practice.discontinuation import ServiceEnded, check_open
from inro.signer.journal import Kind
from inro.signer.room import Room
from inro.store.reads.discontinuation import last_day_of_service

_ENDED = "service"


def check_not_ended(*, room: Room, now: datetime) -> None:
    """Refuse to issue once the last day has come; the journal keeps it, whatever the database says (11).

    Stopping needs no officer's assertion: whoever owns the database can stop orders anyway.

    Raises: ServiceEnded, JournalConflict.
    """
    known = room.journal.recall(Kind.SERVICE_ENDED, _ENDED)
    if known is not None:
        raise ServiceEnded(last_day=date.fromisoformat(known.details["last_day"]))
    last_day = last_day_of_service()
    try:
        check_open(last_day=last_day, now=now)
    except ServiceEnded as ended:
        room.journal.remember(Kind.SERVICE_ENDED, _ENDED, last_day=ended.last_day.isoformat())
        raise


def check_ca_stands(room: Room) -> None:
    """Refuse to issue once the CA's own certificate is among the revoked, by the journal's word (22.1(5)).

    Raises: CaCertificateRevoked.
    """
    serial = x509.load_der_x509_certificate(room.issuer.certificate).serial_number.to_bytes(20).hex()
    if room.journal.recall(Kind.REVOKED, serial) is not None:
        raise CaCertificateRevoked(serial=serial)
