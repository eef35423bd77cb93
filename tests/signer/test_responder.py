"""The responder's certificate comes from the signer's daily work, in time; nobody can slip one in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inro.pki.ocsp_responder import responder_of
from inro.signer.journal import Kind
from inro.signer.reconciliation import RecordsDisagree
from inro.signer.room import OcspKey
from inro.signer.steps import Step
from inro.store.models import AuditRow, ResponderCertificate, SerialNumber
from inro.store.reads.ocsp import responder_certificate
from tests import given
from tests.pki import material, ocsp_material
from tests.signer.given_signer import NOW, World, killed_at

PROFILE = ocsp_material.profile()


@pytest.fixture
def with_ocsp(world: World) -> World:
    """A room that knows the responder's key; the first certificate is made."""
    key = OcspKey(public_key_info=material.public_key_info(ocsp_material.KEY), profile=PROFILE)
    world.room = replace(world.room, ocsp=key)
    world.work()
    return world


def certificates() -> int:
    """Return how many responder certificates are signed."""
    return ResponderCertificate.objects.filter(der__isnull=False).count()


def test_the_key_is_certified_recorded_and_audited(with_ocsp):
    certificate = responder_certificate()
    assert certificate is not None
    responder_of(
        certificate=certificate,
        issuer=with_ocsp.room.issuer,
        public_key_info=material.public_key_info(ocsp_material.KEY),
        now=NOW,
    )
    kinds = list(AuditRow.objects.filter(subject__startswith="responder/").values_list("kind", flat=True))
    assert kinds == ["issuance.signing", "issuance.certificate_issued"]
    with_ocsp.work()
    assert certificates() == 1


def test_it_is_renewed_at_half_of_its_life(with_ocsp):
    with_ocsp.work(now=NOW + PROFILE.life / 2 - timedelta(hours=1))
    assert certificates() == 1
    with_ocsp.work(now=NOW + PROFILE.life / 2)
    assert certificates() == 2


def test_another_key_gets_a_certificate_at_once(with_ocsp):
    other = OcspKey(public_key_info=material.public_key_info("ocsp-2"), profile=PROFILE)
    with_ocsp.room = replace(with_ocsp.room, ocsp=other)
    with_ocsp.work()
    assert certificates() == 2


def test_who_dies_after_it_goes_on(with_ocsp):
    later = NOW + PROFILE.life / 2
    killed_at(with_ocsp, Step.RECORD_RESPONDER, now=later)
    with_ocsp.work(now=later)
    assert certificates() == 2


def test_one_the_journal_does_not_know_as_signed_is_no_disagreement(with_ocsp, monkeypatch):
    """A crash between record and journal leaves one on record that was intended."""
    journal, remember = with_ocsp.room.journal, with_ocsp.room.journal.remember

    def until_signed(kind, key, **details):
        if kind is Kind.RESPONDER:
            raise KeyboardInterrupt
        return remember(kind, key, **details)

    later = NOW + PROFILE.life / 2
    monkeypatch.setattr(journal, "remember", until_signed)
    with pytest.raises(KeyboardInterrupt):
        with_ocsp.work(now=later)
    monkeypatch.undo()
    with_ocsp.work(now=later)
    assert certificates() == 3


def test_one_slipped_into_the_record_stops_the_signer(with_ocsp):
    made = ocsp_material.responder().certificate
    ResponderCertificate.objects.create(
        serial=SerialNumber.objects.create(serial=given.serial(), reserved_at=NOW),
        tbs_sha256="0" * 64,
        profile_sha256="0" * 64,
        not_before=NOW,
        not_after=NOW + timedelta(days=1),
        at=NOW,
        der=made,
        sha256=material.digest(made),
    )
    with pytest.raises(RecordsDisagree, match="responder"):
        with_ocsp.work(lists_anyway=True)
