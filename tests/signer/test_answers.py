"""Answers stand beforehand, change with a revocation, follow the CA's lists where the record hides one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_public_key
from cryptography.x509 import ocsp

from inro.adapters.ocsp_tree import (
    ISSUER_FILE,
    RESPONDER_FILE,
    UNAUTHORIZED_FILE,
    OcspTree,
    OcspTreeUnavailable,
)
from inro.pki.assemble import assemble_list
from inro.pki.crl import ListKind, draft_list, encode_entry
from inro.pki.ocsp_request import IdHash, answer_file, certificate_id, request_for
from inro.pki.ocsp_response import ErrorAnswer
from inro.pki.signature import verify_signature
from inro.signer.answers import AnswerSigner, NoResponder
from inro.signer.room import OcspKey
from inro.store.models import Certificate, ListIntent, RevocationList, RevokedEntry
from inro.store.reads.revocation import list_in_force
from tests import given
from tests.given_ca import put_ca_certificate
from tests.pki import material, ocsp_material
from tests.pki.test_ca_certificates import issued as issued_by_a_ca
from tests.signer.given_signer import NOW, World, handed_over
from tests.signer.test_ca_revocation import link

PROFILE = ocsp_material.profile()
NEVER = 0x77 << 150


class SoftKey:
    """The responder's key in memory, as a token would sign."""

    public_key_info = material.public_key_info(ocsp_material.KEY)

    def sign(self, data: bytes) -> bytes:
        """Sign."""
        return material.signer(ocsp_material.KEY)(data)


@dataclass(slots=True, kw_only=True)
class Answers:
    """A world with a tree of answers."""

    world: World
    folder: Path
    tree: OcspTree
    desk: AnswerSigner

    def again(self) -> None:
        """Let the process end and start anew."""
        self.desk = desk_of(self.world, self.tree)

    def file(self, serial: bytes, kind: IdHash = IdHash.SHA1) -> Path:
        """Return where a certificate's answer lies."""
        asked = certificate_id(issuer=self.world.room.issuer, serial=serial, kind=kind)
        return self.folder / answer_file(request_for(asked.encoded))

    def status(self, serial: bytes, kind: IdHash = IdHash.SHA1) -> str:
        """Return what is answered about a serial number."""
        answer = ocsp.load_der_ocsp_response(self.file(serial, kind).read_bytes())
        assert verify_signature(
            data=answer.tbs_response_bytes,
            signature=answer.signature,
            public_key_info=SoftKey.public_key_info,
            algorithm=PROFILE.signature_algorithm,
        )
        return answer.certificate_status.name


def desk_of(world: World, tree: OcspTree) -> AnswerSigner:
    """Return a desk as a process has it that begins."""
    return AnswerSigner(
        token=SoftKey(),
        issuer=world.room.issuer,
        profile=PROFILE,
        tree=tree,
        archive=world.room.archive,
    )


@pytest.fixture
def answers(world: World, tmp_path: Path) -> Iterator[Answers]:
    """A house whose responder is certified."""
    key = OcspKey(public_key_info=SoftKey.public_key_info, profile=PROFILE)
    world.room = replace(world.room, ocsp=key)
    world.work()
    folder = tmp_path / "ocsp"
    with OcspTree.open(folder) as tree:
        yield Answers(world=world, folder=folder, tree=tree, desk=desk_of(world, tree))


def issued(answers: Answers, now: datetime = NOW) -> bytes:
    """Return the serial number of a certificate just issued."""
    made = answers.world.issue(handed_over(answers.world, now=now), now=now)
    return bytes(made.serial.serial)


def revoke(serial: bytes, at: datetime) -> None:
    """Put a revocation on record as the signer does."""
    row = Certificate.objects.get(serial__serial=serial)
    RevokedEntry.objects.create(
        certificate=row,
        serial=serial,
        scope=row.role,
        entry=b"\x30\x00",
        revoked_at=at,
        not_after=row.not_after,
        reason_code=4,
        ground="21.1(3)/lost",
    )


def test_a_certificate_is_answered_for_in_the_next_pass(answers):
    serial = issued(answers)
    assert answers.desk.work(now=NOW).signed == 1
    assert answers.status(serial) == answers.status(serial, IdHash.SHA256) == "GOOD"
    assert datetime.fromtimestamp(answers.file(serial).stat().st_mtime, NOW.tzinfo) == NOW.replace(
        microsecond=0
    )
    assert answers.desk.work(now=NOW).signed == 0
    assert not answers.file(NEVER.to_bytes(20)).exists()
    assert (answers.folder / ISSUER_FILE).read_bytes() == answers.world.room.issuer.certificate
    assert (answers.folder / RESPONDER_FILE).exists()
    assert (answers.folder / UNAUTHORIZED_FILE).read_bytes() == ErrorAnswer.UNAUTHORIZED.encoded


def test_a_revocation_is_answered_at_once_and_stays(answers):
    serial, other = issued(answers), issued(answers)
    answers.desk.work(now=NOW)
    revoke(serial, NOW)
    assert answers.desk.work(now=NOW).revoked == 1
    assert (answers.status(serial), answers.status(other)) == ("REVOKED", "GOOD")
    assert answers.status(serial, IdHash.SHA256) == "REVOKED"
    later = NOW + PROFILE.renewal
    assert answers.desk.work(now=later).signed == 2
    assert (answers.status(serial), answers.status(other)) == ("REVOKED", "GOOD")


def test_a_revocation_while_the_process_was_down_comes_first(answers):
    serial, _ = issued(answers), issued(answers)
    answers.desk.work(now=NOW)
    revoke(serial, NOW - timedelta(seconds=5))
    answers.again()
    assert answers.desk.work(now=NOW + timedelta(seconds=1), most=0).revoked == 1
    assert answers.status(serial) == "REVOKED"
    answers.again()
    assert answers.desk.work(now=NOW + timedelta(seconds=2)).signed == 0


def test_a_process_that_still_reads_answers_revocations_at_once_and_renews_nothing(answers, monkeypatch):
    serials = [issued(answers) for _ in range(4)]
    answers.desk.work(now=NOW)
    revoke(serials[0], NOW)
    revoke(serials[1], NOW)
    monkeypatch.setattr("inro.signer.answers._OVERLAP", 0)
    monkeypatch.setattr("inro.signer.answers._ISSUED_AT_ONCE", 2)
    monkeypatch.setattr("inro.signer.answers._REVOKED_AT_ONCE", 1)
    monkeypatch.setattr("inro.signer.answers._LISTED_AT_ONCE", 1)
    answers.again()
    revoke(serials[3], NOW)
    later = NOW + PROFILE.renewal
    done = [answers.desk.work(now=later) for _ in range(6)]
    # Three pieces of certificates, three of older revocations; then all is read.
    assert [one.revoked for one in done] == [1, 0, 1, 1, 0, 0]
    assert [one.signed - one.revoked for one in done] == [0, 0, 0, 0, 1, 0]
    assert [answers.status(serial) for serial in serials] == ["REVOKED", "REVOKED", "GOOD", "REVOKED"]


def test_a_revocation_hidden_in_the_record_is_told_by_the_signed_list(answers):
    """22: whoever owns the database can't take a revocation back."""
    serial = issued(answers)
    answers.desk.work(now=NOW)
    hidden = signed_full_list(answers, serial)
    assert list_in_force(ListKind.FULL_CRL).sha256 == material.digest(hidden)
    assert answers.desk.work(now=NOW).revoked == 1
    assert answers.status(serial) == "REVOKED"


def signed_full_list(answers: Answers, serial: bytes) -> bytes:
    """Let the CA sign a full CRL with an entry of which the record then knows nothing."""
    room = answers.world.room
    previous = list_in_force(ListKind.FULL_CRL)
    entry = encode_entry(serial=int.from_bytes(serial), revoked_at=NOW.replace(microsecond=0), reason_code=1)
    draft = draft_list(
        kind=ListKind.FULL_CRL,
        number=previous.number + 1,
        this_update=NOW.replace(microsecond=0),
        next_update=NOW.replace(microsecond=0) + timedelta(hours=24),
        entries=[entry],
        profile=room.list_profile,
        issuer=room.issuer,
    )
    made = assemble_list(tbs=draft.tbs, signature=room.token.sign(draft.tbs), issuer=room.issuer)
    (room.archive / f"{material.digest(made)}.crl").write_bytes(made)
    times = {"this_update": NOW, "next_update": NOW + timedelta(hours=24)}
    intent = ListIntent.objects.create(
        kind="full_crl", number=draft.number, tbs_sha256=draft.tbs_sha256, entries=1, at=NOW, **times
    )
    RevocationList.objects.create(
        intent=intent,
        kind="full_crl",
        number=draft.number,
        sha256=material.digest(made),
        size=len(made),
        entries=1,
        signed_at=NOW,
        **times,
    )
    return made


def test_a_certificate_of_another_signer_is_never_good(answers):
    serial = given.serial()
    forged = material.certificate(serial=int.from_bytes(serial))
    put_ca_certificate(forged, serial=serial, generation=9, now=NOW)
    assert answers.desk.work(now=NOW).strangers == (serial.hex(),)
    assert not answers.file(serial).exists()


def test_a_link_by_another_key_of_the_cas_is_no_strangers(answers):
    """Who asks about it names that other key, and is answered elsewhere."""
    issuer = answers.world.room.issuer
    this = SimpleNamespace(public_key=lambda: load_der_public_key(issuer.public_key_info))
    by_next = issued_by_a_ca(
        by=issuer.x509_name, signed_with=material.key("next"), to=issuer.x509_name, about=this
    )
    put_ca_certificate(by_next, serial=serial_of(by_next), generation=1)
    assert answers.desk.work(now=NOW).strangers == (serial_of(by_next).hex(),)
    next_by_this = link(answers.world)
    put_ca_certificate(next_by_this, serial=serial_of(next_by_this), generation=2)
    answers.again()
    assert answers.desk.work(now=NOW).strangers == ()
    assert answers.status(serial_of(next_by_this)) == "GOOD"
    assert not answers.file(serial_of(by_next)).exists()


def serial_of(certificate: bytes) -> bytes:
    """Return a certificate's serial number in 20 octets."""
    return x509.load_der_x509_certificate(certificate).serial_number.to_bytes(20)


def test_without_a_responder_certificate_in_force_nothing_is_signed(answers):
    issued(answers)
    with pytest.raises(NoResponder):
        answers.desk.work(now=NOW + PROFILE.life)


def test_answers_never_outlive_the_responders_certificate(answers):
    serial = issued(answers)
    late = NOW.replace(microsecond=0) + PROFILE.life - timedelta(hours=2)
    answers.desk.work(now=late)
    answer = ocsp.load_der_ocsp_response(answers.file(serial).read_bytes())
    assert answer.next_update_utc == late + timedelta(hours=2) - timedelta(seconds=1)


def test_one_process_writes_the_tree(answers):
    with pytest.raises(OcspTreeUnavailable, match="another process"):
        OcspTree.open(answers.folder)


def test_a_place_that_takes_no_file_leaves_the_old_answer(answers):
    serial = issued(answers)
    answers.desk.work(now=NOW)
    before = answers.file(serial).read_bytes()
    (answers.folder / ".part").mkdir()
    with pytest.raises(OcspTreeUnavailable):
        answers.desk.work(now=NOW + PROFILE.renewal)
    assert answers.file(serial).read_bytes() == before
