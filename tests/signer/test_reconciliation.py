"""Journal and database are held against each other; where they differ the signer stops and says so (39.4)."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inro.signer.journal import Journal
from inro.signer.reconciliation import RecordsDisagree, Side, reconcile
from inro.signer.room import OcspKey
from inro.signer.steps import Step
from inro.store.models import Certificate, IssuanceOrder
from tests import given_mass
from tests.pki import material, ocsp_material
from tests.signer.given_signer import NOW, World, decided, handed_over, killed_at
from tests.signer.tampering import tamper

LATER = NOW + timedelta(minutes=1)
MASS_STEPS = (Step.TAKE_UP_MASS, Step.REMEMBER_MASS, Step.RECORD_MASS, Step.FINISH_MASS)


def revoked(world: World) -> Certificate:
    order = handed_over(world)
    world.work()
    certificate = Certificate.objects.get(application__order=order)
    decided(world, certificate)
    assert world.work().revocations == 1
    return certificate


def differences(world: World) -> list[tuple[str, str, Side]]:
    """Return what a pass with something to do says, having signed nothing."""
    before = world.token.signatures
    with pytest.raises(RecordsDisagree) as refusal:
        world.work(now=NOW + timedelta(days=1))
    assert world.token.signatures == before
    return [(found.matter, found.key, found.missing_in) for found in refusal.value.differences]


def test_what_belongs_together_agrees(world: World) -> None:
    revoked(world)
    handed_over(world)
    world.work()
    reconcile(world.room)


@pytest.mark.parametrize("step", Step)
def test_a_crash_makes_no_difference(world: World, step: Step) -> None:
    if step in (Step.RESERVE_SERIAL, Step.RECORD_INTENT, Step.SIGN, Step.RECORD_CERTIFICATE):
        handed_over(world)
    elif step is Step.RECORD_RESPONDER:
        key = OcspKey(public_key_info=material.public_key_info("ocsp"), profile=ocsp_material.profile())
        world.room = replace(world.room, ocsp=key)
    else:
        handed_over(world)
        world.work()
        if step in MASS_STEPS:
            given_mass.decided(world.house)
        else:
            decided(world, Certificate.objects.get())
    killed_at(world, step, now=LATER)
    reconcile(world.room)
    world.work(now=LATER)
    reconcile(world.room)


ALTERED: dict[str, tuple[str, Side]] = {
    "DELETE FROM store_revokedentry": ("revocation", Side.DATABASE),
    "UPDATE store_revokedentry SET entry = serial": ("revocation", Side.BOTH_DIFFER),
    f"UPDATE store_certificate SET sha256 = '{'0' * 64}'": ("certificate", Side.BOTH_DIFFER),
    "UPDATE store_certificate SET role = 'ca'": ("certificate", Side.DATABASE),
}


@pytest.mark.parametrize("statement", ALTERED)
def test_a_row_changed_or_removed_is_named(world: World, statement: str) -> None:
    serial = bytes(revoked(world).serial.serial).hex()
    tamper(statement)
    matter, side = ALTERED[statement]
    assert differences(world) == [(matter, serial, side)]


def test_a_revocation_taken_back_with_its_case_is_named(world: World) -> None:
    serial = bytes(revoked(world).serial.serial).hex()
    tamper("DELETE FROM store_revokedentry")
    tamper("UPDATE store_certificate SET state = 'valid'")
    tamper("UPDATE store_revocationcase SET state = 'refused'")
    assert differences(world) == [("revocation", serial, Side.DATABASE)]


def test_a_revocation_taken_back_to_be_decided_is_made_again_as_it_was(world: World) -> None:
    """The case stands decided again, so the walk goes on where the journal left it."""
    revoked(world)
    tamper("DELETE FROM store_revokedentry")
    tamper("UPDATE store_certificate SET state = 'valid'")
    tamper("UPDATE store_revocationcase SET state = 'decided'")
    assert world.work(now=NOW + timedelta(days=400)).revocations == 1
    reconcile(world.room)


def test_a_journal_restored_from_an_older_copy_stops_the_signer(world: World, tmp_path: Path) -> None:
    order = handed_over(world)
    place = copied(world, tmp_path)
    world.work()
    serial = bytes(IssuanceOrder.objects.get(pk=order).serial.serial).hex()
    older = Journal.open(place, authenticator=world.token)
    with pytest.raises(RecordsDisagree) as refusal:
        reconcile(replace(world.room, journal=older))
    older.close()
    assert [(found.matter, found.key, found.missing_in) for found in refusal.value.differences] == [
        ("certificate", serial, Side.JOURNAL)
    ]


def test_a_database_restored_from_an_older_copy_stops_the_signer(world: World) -> None:
    order = handed_over(world)
    world.work()
    serial = bytes(IssuanceOrder.objects.get(pk=order).serial.serial).hex()
    tamper("DELETE FROM store_certificate")
    tamper("DELETE FROM store_signingintent")
    tamper("DELETE FROM store_serialnumber")
    assert differences(world) == [("certificate", serial, Side.DATABASE)]


def test_an_idle_pass_compares_and_signs_nothing(world: World) -> None:
    """What is not needed is not read: a pass every two seconds would read every row for ever."""
    revoked(world)
    before = world.token.signatures
    tamper("DELETE FROM store_revokedentry")
    assert world.work(now=LATER).lists is False
    assert world.token.signatures == before


def copied(world: World, folder: Path) -> Path:
    """Return a copy of the journal as it stands."""
    source = folder / "journal.sqlite"
    target = folder / "older"
    target.mkdir()
    world.room.journal._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(source, target / "journal.sqlite")
    return target / "journal.sqlite"
