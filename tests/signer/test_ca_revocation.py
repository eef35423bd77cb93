"""The CA's own certificates revoked: onto ARL and full CRL, and nothing is issued after (22.1(5), 39.4)."""

from datetime import timedelta

import pytest
from cryptography import x509

from inro.pki import der
from inro.pki.ca_draft import CaName, draft_ca_certificate
from inro.pki.crl import ListKind
from inro.pki.issuer import tbs_parts
from inro.signer.journal import Kind
from inro.store.models import Certificate
from inro.store.states import RevocationState
from inro.usecases.ca_certificate import enter_ca_certificate
from tests import given
from tests.given_ca import put_ca_certificate
from tests.pki import material
from tests.signer.given_signer import NOW, World, assert_refused, decided, handed_over, listed
from tests.signer.tampering import tamper

LATER = NOW + timedelta(minutes=1)


def entered(world: World, certificate: bytes) -> Certificate:
    made = enter_ca_certificate(
        certificate=certificate,
        issuer=world.room.issuer,
        profile_sha256=given.PROFILE_SHA256,
        actor=given.CUSTODIAN,
        now=NOW,
    )
    return Certificate.objects.get(pk=made)


def link(world: World) -> bytes:
    """Let the CA's key sign its next one's certificate, which ends earlier than its own."""
    issuer = world.room.issuer
    draft = draft_ca_certificate(
        name=CaName(organization="Inro Demonstration", common_name="Inro Demonstration CA 1"),
        public_key_info=material.public_key_info("next"),
        serial=material.serial("link"),
        not_before=issuer.not_before,
        not_after=issuer.not_after - timedelta(days=400),
        profile=material.profile("ca"),
    )
    algorithm = tbs_parts(draft.certificate).algorithm
    signature = der.encode_bits(world.room.token.sign(draft.tbs))
    return der.encode(der.SEQUENCE, draft.tbs, algorithm, signature)


def serial_of(certificate: bytes) -> bytes:
    return x509.load_der_x509_certificate(certificate).serial_number.to_bytes(20)


def test_a_link_certificate_goes_onto_arl_and_full_crl_and_issuing_goes_on(world: World) -> None:
    entered(world, world.room.issuer.certificate)
    linked = entered(world, link(world))
    decided(world, linked, ground_id="22.1(7)")
    assert world.work(now=LATER).revocations == 1
    serial = bytes(linked.serial.serial)
    assert listed(world.room) == {ListKind.CRL: set(), ListKind.ARL: {serial}, ListKind.FULL_CRL: {serial}}
    handed_over(world, now=LATER)
    assert world.work(now=LATER).certificates == 1


def test_nothing_is_issued_once_the_cas_own_certificate_is_revoked(world: World) -> None:
    own = entered(world, world.room.issuer.certificate)
    case = decided(world, own, ground_id="22.1(5)/compromised")
    assert world.work(now=LATER).revocations == 1
    assert listed(world.room)[ListKind.ARL] == {bytes(own.serial.serial)}
    own.refresh_from_db()
    assert own.cases.get().state == RevocationState.REVOKED
    assert case.invoker == "ca"
    order = handed_over(world, now=LATER)
    assert_refused(world, order, why="CaCertificateRevoked", now=LATER)


@pytest.mark.parametrize("how", ["forged", "another end", "another serial"])
def test_a_row_that_no_key_of_the_ca_vouches_for_is_not_revoked(world: World, how: str) -> None:
    own = entered(world, world.room.issuer.certificate)
    if how == "forged":
        stranger = material.issuer().certificate
        put_ca_certificate(stranger, serial=serial_of(stranger), now=NOW)
        own = Certificate.objects.latest("pk")
    elif how == "another end":
        tamper("UPDATE store_certificate SET not_after = %s", own.not_after - timedelta(days=1))
    else:
        tamper("UPDATE store_serialnumber SET serial = %s", given.serial())
    decided(world, Certificate.objects.get(pk=own.pk), ground_id="22.1(5)/feared")
    done = world.work(now=LATER)
    assert [refusal.partition(":")[0] for refusal in done.refused] == ["JournalConflict"]
    assert world.room.journal.count(Kind.REVOKED) == 0
