"""Keys' destruction on record, kept records written out and receipted (11, 40(4))."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from inro.practice.duties import Duty
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.models import Discontinuation, ListIntent, RevocationList
from inro.store.reads.discontinuation import standing_discontinuation
from inro.store.reads.whole import table_names, table_rows
from inro.usecases.actor import Actor, DutyMissing
from inro.usecases.last_records import (
    TranscriptRefused,
    hand_over_records,
    record_key_destruction,
    write_last_records,
)
from tests import given
from tests.pki import material
from tests.usecases import given_discontinuation as end

CUSTODIAN = Actor(name="p-custody", duties=frozenset({Duty.KEY_CUSTODY}))
ROSTER, CA_KEY = material.key("roster"), material.public_key_info("ca")
TRANSCRIPT = f"Public key of the CA, SHA-256: {hashlib.sha256(CA_KEY).hexdigest()}\n".encode()
MANIFEST = "ab" * 32


def signed(key: rsa.RSAPrivateKey, data: bytes = TRANSCRIPT) -> bytes:
    """Return the roster key's signature."""
    return key.sign(data, padding.PKCS1v15(), SHA256())


def listed(*, published: bool = True) -> None:
    """Bring the house to its last lists; whether both halves give them."""
    house = given.office()
    given.issued(house)
    end.told(house)
    until = end.ON_THE_DAY.replace(year=2037)
    Discontinuation.objects.update(state="listed", until=until, lists_signed_at=end.ON_THE_DAY)
    for kind in ("crl", "arl", "full_crl"):
        intent = ListIntent.objects.create(
            kind=kind,
            number=1,
            this_update=end.ON_THE_DAY,
            next_update=until,
            tbs_sha256="ab" * 32,
            entries=1,
            at=end.ON_THE_DAY,
        )
        at = end.ON_THE_DAY if published else None
        RevocationList.objects.create(
            intent=intent,
            kind=kind,
            number=1,
            sha256="cd" * 32,
            size=700,
            entries=1,
            this_update=end.ON_THE_DAY,
            next_update=until,
            signed_at=end.ON_THE_DAY,
            web_at=at,
            web_read_back_at=at,
            directory_at=at,
            directory_read_back_at=at,
        )


def destroyed(**changes: bytes) -> None:
    """Record the destruction; `changes` are to an honest record."""
    facts = {
        "transcript": TRANSCRIPT,
        "signature": signed(ROSTER),
        "roster_key_info": material.public_key_info("roster"),
        "ca_key_info": CA_KEY,
    }
    record_key_destruction(**facts | changes, actor=CUSTODIAN, now=end.ON_THE_DAY)


def test_keys_then_records_and_the_house_is_closed(db):
    listed()
    destroyed()
    with pytest.raises(GuardRefused):
        hand_over_records(
            receiver="公文書館",
            manifest_sha256=MANIFEST,
            receipt=b"x",
            actor=given.ACCEPTOR,
            now=end.ON_THE_DAY,
        )
    write_last_records(manifest_sha256=MANIFEST, files=9, actor=given.ACCEPTOR, now=end.ON_THE_DAY)
    for manifest, refused in (("cd" * 32, True), (MANIFEST, False)):
        facts = {"receiver": "公文書館", "manifest_sha256": manifest, "receipt": b"receipt"}
        if refused:
            with pytest.raises(GuardRefused):
                hand_over_records(**facts, actor=given.ACCEPTOR, now=end.ON_THE_DAY)
        else:
            hand_over_records(**facts, actor=given.ACCEPTOR, now=end.ON_THE_DAY)
    record = standing_discontinuation()
    assert (record.state, record.receiver) == ("handed_over", "公文書館")
    assert record.transcript_sha256 == hashlib.sha256(TRANSCRIPT).hexdigest()


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"receiver": " "}, "receiver_is_named"),
        ({"receiver": "館" * 201}, "receiver_is_named"),
        ({"receipt": b""}, "manifest_is_receipted"),
    ],
)
def test_records_are_handed_over_to_somebody_who_signed_for_them(db, changes, guard):
    listed()
    facts = {"receiver": "公文書館", "receipt": b"receipt", "manifest_sha256": MANIFEST}
    with pytest.raises(ActNotAllowed):
        hand_over_records(**facts, actor=given.ACCEPTOR, now=end.ON_THE_DAY)
    destroyed()
    write_last_records(manifest_sha256=MANIFEST, files=9, actor=given.ACCEPTOR, now=end.ON_THE_DAY)
    with pytest.raises(GuardRefused) as refused:
        hand_over_records(**facts | changes, actor=given.ACCEPTOR, now=end.ON_THE_DAY)
    assert refused.value.guard == guard


def test_a_transcript_of_another_key_or_signed_by_another_is_refused(db):
    listed()
    with pytest.raises(TranscriptRefused):
        destroyed(signature=signed(material.key("ca")))
    with pytest.raises(GuardRefused) as refused:
        destroyed(ca_key_info=material.public_key_info("other"))
    assert refused.value.guard == "destroyed_key_is_the_cas"


def test_last_lists_not_in_both_halves_keep_the_record_out(db):
    listed(published=False)
    with pytest.raises(GuardRefused) as refused:
        destroyed()
    assert refused.value.guard == "last_lists_are_in_both_halves"


def test_no_records_leave_before_the_keys_are_gone_and_by_no_other_duty(db):
    listed()
    with pytest.raises(ActNotAllowed):
        write_last_records(manifest_sha256=MANIFEST, files=9, actor=given.ACCEPTOR, now=end.ON_THE_DAY)
    with pytest.raises(DutyMissing):
        write_last_records(manifest_sha256=MANIFEST, files=9, actor=given.EXAMINER, now=end.ON_THE_DAY)


def test_every_table_is_written_out_whole(db):
    given.issued(given.office())
    rows = {table: list(table_rows(table)) for table in table_names()}
    assert len(rows["store_certificate"]) == 1
    assert isinstance(rows["store_certificate"][0]["der"], str)
    assert len(rows["store_auditrow"]) > len(rows["store_application"]) > 0
    assert {"store_decision", "store_notice", "store_card"} <= rows.keys()
