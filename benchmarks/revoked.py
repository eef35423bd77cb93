"""A population of revoked certificates: in the database, in the signer's journal, in `openssl ca`'s index."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

from django.db import connection

from inro.pki.crl import encode_entry
from inro.signer.journal import Journal, Kind
from inro.store.states import Scope

REASON_CODE = 1
NOT_AFTER = datetime(2028, 12, 31, 14, 59, 59, tzinfo=UTC)
_FIRST = datetime(2026, 1, 2, tzinfo=UTC)
_AT_ONCE = 5000
_COLUMNS = "certificate_id, serial, scope, entry, revoked_at, not_after, reason_code, ground"


def revoked(count: int, *, begin: int = 0) -> Iterator[tuple[bytes, datetime]]:
    """Yield serials (20 octets, in no order) and instants of revocation, always the same ones.

    Those from `begin` up to `count`.
    """
    for number in range(begin, count):
        serial = b"\x40" + hashlib.sha256(number.to_bytes(4)).digest()[:19]
        yield serial, _FIRST + timedelta(seconds=25 * number % 25_000_000)


def entry_of(serial: bytes, revoked_at: datetime) -> bytes:
    """Return the entry of one of them (DER)."""
    return encode_entry(serial=int.from_bytes(serial), revoked_at=revoked_at, reason_code=REASON_CODE)


def fill_database(count: int, *, begin: int = 0, certificates_after: int = 0) -> None:
    """Write the entries lists are made from, without the rows of their certificates, which no list reads.

    `begin` of them are there already; `certificates_after` is the last row of other certificates.
    """
    statement = f"INSERT INTO store_revokedentry ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("BEGIN")
        for some in batched(enumerate(revoked(count, begin=begin), start=begin + 1), _AT_ONCE):
            cursor.executemany(
                statement,
                [
                    (
                        certificates_after + row,
                        serial,
                        "subscriber",
                        entry_of(serial, at),
                        adapt(at),
                        adapt(NOT_AFTER),
                        1,
                        "21.1(3)/lost",
                    )
                    for row, (serial, at) in some
                ],
            )
        cursor.execute("COMMIT")
        cursor.execute("PRAGMA foreign_keys = ON")


def fill_journal(journal: Journal, count: int, *, begin: int = 0) -> None:
    """Have the signer remember the same revocations."""
    for some in batched(revoked(count, begin=begin), _AT_ONCE):
        with journal.together():
            for serial, at in some:
                journal.remember(
                    Kind.REVOKED,
                    serial.hex(),
                    revoked_at=at.isoformat(),
                    not_after=NOT_AFTER.isoformat(),
                    scope=Scope.SUBSCRIBER.value,
                    entry=entry_of(serial, at).hex(),
                )


def write_index(path: Path, count: int) -> None:
    """Write the same revocations as the text database of `openssl ca`."""
    with path.open("w", encoding="ascii") as index:
        for serial, at in revoked(count):
            when = at.strftime("%y%m%d%H%M%SZ")
            until = NOT_AFTER.strftime("%y%m%d%H%M%SZ")
            index.write(
                f"R\t{until}\t{when},keyCompromise\t{serial.hex().upper()}\tunknown\t/CN=Subscriber\n"
            )
