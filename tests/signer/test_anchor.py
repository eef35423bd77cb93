"""The audit chain's end is signed every hour: what was anchored can't be rewritten (39.4, 40(7))."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from inro.pki.canonical import canonical_bytes
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.signer.anchor import ChainBroken, sign_anchor
from inro.signer.journal import Kind
from inro.signer.reconciliation import RecordsDisagree, Side
from inro.store.audit import row_hash
from inro.store.audit_verify import Damage, verify_chain
from inro.store.models import AuditAnchor, AuditRow
from inro.usecases.anchor import record_anchor
from tests import given
from tests.signer.given_signer import NOW, World
from tests.signer.tampering import tamper

HOUR = timedelta(hours=1)


def anchors() -> int:
    return AuditAnchor.objects.count()


def test_the_head_is_signed_once_an_hour(world: World) -> None:
    assert anchors() == 1
    world.work(now=NOW + HOUR - timedelta(seconds=1))
    assert anchors() == 1
    world.work(now=NOW + HOUR)
    assert anchors() == 2
    assert [entry.key for entry in world.room.journal.entries(Kind.AUDIT_HEAD)] == [
        str(seq) for seq in AuditAnchor.objects.order_by("seq").values_list("seq", flat=True)
    ]


def test_an_anchor_is_verified_with_the_cas_key_alone(world: World) -> None:
    anchor = AuditAnchor.objects.get()
    assert anchor.hash == AuditRow.objects.get(seq=anchor.seq).hash
    statement = canonical_bytes({"form": "inro audit anchor 1", "seq": anchor.seq, "hash": anchor.hash})
    assert verify_signature(
        data=statement,
        signature=bytes(anchor.signature),
        public_key_info=world.room.issuer.public_key_info,
        algorithm=SignatureAlgorithm.SHA256,
    )


def test_an_anchored_row_that_is_another_now_is_named(world: World) -> None:
    seq = AuditAnchor.objects.get().seq
    tamper("UPDATE store_auditrow SET hash = %s WHERE seq = %s", "00" * 32, seq)
    with pytest.raises(RecordsDisagree) as refusal:
        world.work(now=NOW + HOUR)
    assert [(found.matter, found.key, found.missing_in) for found in refusal.value.differences] == [
        ("audit row", str(seq), Side.BOTH_DIFFER)
    ]


def test_a_chain_rewritten_from_an_old_row_to_its_end_is_named(world: World) -> None:
    """Row by row everything fits; only the journal knows what the head was."""
    seq = AuditAnchor.objects.get().seq
    rewrite(from_seq=2)
    assert verify_chain(connection, anchors=()).findings[0].damage is Damage.ANCHOR
    with pytest.raises(RecordsDisagree, match=f"audit row {seq}"):
        world.work(now=NOW + HOUR)


def test_an_anchored_row_that_was_removed_is_named(world: World) -> None:
    seq = AuditAnchor.objects.get().seq
    tamper("DELETE FROM store_auditrow WHERE seq >= %s", seq)
    with pytest.raises(RecordsDisagree) as refusal:
        world.work(now=NOW + HOUR)
    assert [(found.key, found.missing_in) for found in refusal.value.differences] == [
        (str(seq), Side.DATABASE)
    ]


@pytest.mark.parametrize("column", ["at", "kind", "actor", "subject", "details", "previous", "hash"])
def test_a_row_altered_since_the_last_anchor_is_not_anchored(world: World, column: str) -> None:
    given.drafted()
    seq = AuditAnchor.objects.get().seq + 2
    values = {"kind": "records.disposed", "details": "{}", "previous": "11" * 32, "hash": "22" * 32}
    tamper(f"UPDATE store_auditrow SET {column} = %s WHERE seq = %s", values.get(column, "other"), seq)
    before = world.token.signatures
    with pytest.raises(ChainBroken) as refusal:
        sign_anchor(room=world.room, now=NOW + HOUR)
    assert refusal.value.seq == seq
    assert world.token.signatures == before
    assert anchors() == 1


def test_details_that_are_no_json_are_a_broken_row(world: World) -> None:
    given.drafted()
    seq = AuditAnchor.objects.get().seq + 2
    tamper("UPDATE store_auditrow SET details = '{' WHERE seq = %s", seq)
    with pytest.raises(ChainBroken):
        sign_anchor(room=world.room, now=NOW + HOUR)


def test_a_head_moved_back_over_rows_taken_out_is_not_anchored(world: World) -> None:
    given.drafted()
    end = AuditRow.objects.latest("seq")
    tamper("DELETE FROM store_auditrow WHERE seq = %s", end.seq)
    with pytest.raises(ChainBroken) as refusal:
        sign_anchor(room=world.room, now=NOW + HOUR)
    assert refusal.value.seq in (end.seq - 1, end.seq)


def test_a_later_date_on_record_puts_no_anchor_off(world: World) -> None:
    """The journal remembers when it anchored last; an anchor dated far ahead would silence it."""
    tamper("UPDATE store_auditanchor SET signed_at = %s", NOW + timedelta(days=3650))
    world.work(now=NOW + HOUR)
    assert anchors() == 2


def test_a_crash_between_record_and_journal_is_followed_by_another_anchor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recorded_then_killed(**anchor: object) -> None:
        record_anchor(**anchor)
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr("inro.signer.anchor.record_anchor", recorded_then_killed)
        with pytest.raises(InterruptedError):
            sign_anchor(room=world.room, now=NOW + HOUR)
    sign_anchor(room=world.room, now=NOW + HOUR)
    assert anchors() == 3
    assert world.room.journal.count(Kind.AUDIT_HEAD) == 2


def rewrite(*, from_seq: int) -> None:
    """Alter a row and compute every hash after it anew, as the log's owner can."""
    rows = list(AuditRow.objects.filter(seq__gte=from_seq).order_by("seq").values())
    previous = rows[0]["previous"]
    rows[0]["subject"] = "altered"
    for row in rows:
        hashed = {name: value for name, value in row.items() if name != "hash"}
        hashed |= {"previous": previous, "details": json.loads(row["details"])}
        digest = row_hash(hashed)
        row |= {"previous": previous, "hash": digest}
        previous = digest
    for row in reversed(rows):
        # The last first: no two rows may have one hash in between.
        tamper(
            "UPDATE store_auditrow SET subject = %s, previous = %s, hash = %s WHERE seq = %s",
            row["subject"],
            row["previous"],
            row["hash"],
            row["seq"],
        )
    tamper("UPDATE store_audithead SET hash = %s", previous)
