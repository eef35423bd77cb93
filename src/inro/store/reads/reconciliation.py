"""What the signer holds against its journal before it signs anything."""

from collections.abc import Iterable, Iterator

from inro.store.models import AuditRow, Certificate, IssuanceOrder, RevocationCase, RevokedEntry
from inro.store.states import OrderState, RevocationState, Scope

_ROWS_AT_ONCE = 5_000


def certificate_hashes() -> Iterator[tuple[str, str]]:
    """Stream serial and hash of every subscriber certificate (both hexadecimal)."""
    rows = Certificate.objects.filter(role=Scope.SUBSCRIBER).values_list("serial__serial", "sha256")
    return ((bytes(serial).hex(), sha256) for serial, sha256 in rows.iterator(_ROWS_AT_ONCE))


def revoked_entry_hex() -> Iterator[tuple[str, str]]:
    """Stream serial and entry of every revocation (both hexadecimal)."""
    rows = RevokedEntry.objects.values_list("serial", "entry")
    return ((bytes(serial).hex(), bytes(entry).hex()) for serial, entry in rows.iterator(_ROWS_AT_ONCE))


def unfinished_orders() -> frozenset[str]:
    """Return the serials (hexadecimal) of orders handed over whose certificate is not on record yet."""
    orders = IssuanceOrder.objects.filter(state=OrderState.HANDED_OVER, serial__isnull=False)
    return _hex(orders.values_list("serial__serial", flat=True))


def unfinished_revocations() -> frozenset[str]:
    """Return the serials (hexadecimal) of cases decided but not recorded as revoked."""
    cases = RevocationCase.objects.filter(state=RevocationState.DECIDED)
    return _hex(cases.values_list("certificate__serial__serial", flat=True))


def _hex(serials: Iterable[bytes | memoryview]) -> frozenset[str]:
    return frozenset(bytes(serial).hex() for serial in serials)


def audit_hash_at(seq: int) -> str | None:
    """Return the hash of an audit row, or None if there is no such row."""
    return AuditRow.objects.filter(seq=seq).values_list("hash", flat=True).first()
