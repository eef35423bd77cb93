"""What the signer holds against its journal before it signs anything."""

from inro.store.models import AuditRow, Certificate, IssuanceOrder, RevocationCase, RevokedEntry
from inro.store.states import OrderState, RevocationState, Scope


def certificate_hashes() -> tuple[dict[str, str], frozenset[str]]:
    """Return subscriber certificates' hashes by serial (hexadecimal), and serials of unfinished orders."""
    rows = Certificate.objects.filter(role=Scope.SUBSCRIBER).values_list("serial__serial", "sha256")
    unfinished = IssuanceOrder.objects.filter(state=OrderState.HANDED_OVER, serial__isnull=False).values_list(
        "serial__serial", flat=True
    )
    return (
        {bytes(serial).hex(): sha256 for serial, sha256 in rows.iterator()},
        frozenset(bytes(serial).hex() for serial in unfinished),
    )


def revoked_entry_hex() -> tuple[dict[str, str], frozenset[str]]:
    """Return entries by serial (both hexadecimal), and the serials of cases decided but not recorded."""
    rows = RevokedEntry.objects.values_list("serial", "entry")
    unfinished = RevocationCase.objects.filter(state=RevocationState.DECIDED).values_list(
        "certificate__serial__serial", flat=True
    )
    return (
        {bytes(serial).hex(): bytes(entry).hex() for serial, entry in rows.iterator()},
        frozenset(bytes(serial).hex() for serial in unfinished),
    )


def audit_hash_at(seq: int) -> str | None:
    """Return the hash of an audit row, or None if there is no such row."""
    return AuditRow.objects.filter(seq=seq).values_list("hash", flat=True).first()
