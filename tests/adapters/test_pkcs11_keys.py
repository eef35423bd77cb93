"""Keys in tokens: confined, counted, erased with nothing left (5.2, 12.8, 17.3)."""

import ctypes
import multiprocessing
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
)

from inro.adapters.ca_token import CaToken
from inro.adapters.locked_memory import LockedSecret, wipe
from inro.adapters.pkcs11_core import Token
from inro.adapters.roster_token import RosterToken
from inro.adapters.subscriber_token import StationKey, SubscriberToken
from inro.adapters.token_address import KeyRefused, TokenAddress
from inro.adapters.token_keys import make_rsa_key
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.ports.errors import PortError
from tests.adapters.tokens import (
    make_ca_token,
    make_empty_token,
    make_roster_token,
    make_station_token,
    pin,
)


@pytest.fixture(scope="module")
def station(tmp_path_factory) -> TokenAddress:
    return make_station_token(tmp_path_factory.mktemp("station"))


def verified(info: bytes, data: bytes, signature: bytes) -> bool:
    return verify_signature(
        data=data, signature=signature, public_key_info=info, algorithm=SignatureAlgorithm.SHA256
    )


@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_the_ca_key_is_confined_to_its_token(tmp_path, bits):
    address = make_ca_token(tmp_path / "ca", bits=bits)
    with CaToken.open(address, pin()) as ca:
        assert ca.attributes.confined
        assert ca.attributes.bits == bits
        assert verified(ca.public_key_info, b"certificate", ca.sign(b"certificate"))
        assert not verified(ca.public_key_info, b"certificat", ca.sign(b"certificate"))
        assert ca.signatures == 2


def test_the_journals_code_depends_on_key_and_data(tmp_path):
    codes = []
    for name in ("one", "two"):
        with CaToken.open(make_ca_token(tmp_path / name), pin()) as ca:
            codes += [ca.authenticate(b"row 1"), ca.authenticate(b"row 1"), ca.authenticate(b"row 2")]
    assert {len(code) for code in codes} == {32}
    assert codes[0] == codes[1]
    assert len(set(codes)) == 4


def test_a_key_that_could_leave_its_token_is_refused(tmp_path):
    address = make_empty_token(tmp_path / "ca", "loose")
    with Token.open(address, pin()) as token, token.writing() as session:
        session.generate_keypair(
            pkcs11.KeyType.RSA,
            2048,
            store=True,
            label="ca",
            private_template={pkcs11.Attribute.EXTRACTABLE: True, pkcs11.Attribute.SENSITIVE: True},
        )
    with pytest.raises(KeyRefused, match="not confined"):
        CaToken.open(address, pin())
    Token.open(address, pin()).close()  # the refusal left no login behind


def test_a_token_without_its_key_is_refused(station):
    with pytest.raises(KeyRefused, match="0 keys"):
        CaToken.open(station, pin())


def test_a_short_key_is_never_made(tmp_path):
    address = make_empty_token(tmp_path / "t", "short")
    with Token.open(address, pin()) as token:
        before = token.object_files()
        with pytest.raises(KeyRefused, match="1024"):
            make_rsa_key(token=token, label="ca", bits=1024)
        assert token.object_files() == before


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_what_is_long_is_signed_in_pieces_as_one(tmp_path, more):
    data = bytes(range(256)) * (2 << 12) + b"\0" * more if more >= 0 else bytes((2 << 20) - 1)
    with CaToken.open(make_ca_token(tmp_path / "ca"), pin()) as ca:
        assert verified(ca.public_key_info, data, ca.sign(data))


def test_station_and_roster_keys_sign(station, tmp_path):
    with StationKey.open(station, pin()) as key:
        assert key.attributes.confined
        assert verified(key.public_key_info, b"hand-over", key.sign(b"hand-over"))
    with RosterToken.open(make_roster_token(tmp_path / "roster"), pin()) as roster:
        assert roster.attributes.confined
        assert verified(roster.public_key_info, b"roster", roster.sign(b"roster"))


def test_a_subscribers_key_is_given_once_and_erased(station):
    with SubscriberToken.open(station, pin()) as token:
        files = sorted(path for path in station.objects.rglob("*"))
        keys = set()
        for _ in range(2):
            info = token.make_key(2048)
            private = load_der_private_key(bytes(token.take_private_key()), None)
            assert private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) == info
            with pytest.raises(KeyRefused, match="given once"):
                token.take_private_key()
            with pytest.raises(KeyRefused, match="erase it first"):
                token.make_key(2048)
            assert sorted(path for path in station.objects.rglob("*")) == files
            erasure = token.erase_key()
            assert (erasure.objects_before, erasure.objects_after, erasure.absent) == (2, 0, True)
            keys.add(info)
        assert len(keys) == 2
        with pytest.raises(KeyRefused):
            token.take_private_key()
        assert token.erase_key().objects_before == 0
    assert sorted(path for path in station.objects.rglob("*")) == files


def test_a_key_not_taken_is_erased_too(station):
    with SubscriberToken.open(station, pin()) as token:
        token.make_key(2048)
        assert token.erase_key().absent
        assert len(token.station_key.sign(b"x")) == 384


def test_a_file_that_appears_meanwhile_counts_as_left(station):
    stray = next(station.objects.iterdir()) / "stray.object"
    with SubscriberToken.open(station, pin()) as token:
        token.make_key(2048)
        stray.write_bytes(b"")
        try:
            erasure = token.erase_key()
        finally:
            stray.unlink()
    assert erasure.objects_after == 1
    assert not erasure.absent


def _make_one_card(folder: str, answers) -> None:
    from inro.adapters.token_address import read_address

    with SubscriberToken.open(read_address(Path(folder)), pin()) as token:
        token.make_key(2048)
        key = token.take_private_key()
        answers.put((bytes(key), token.erase_key().absent))


def test_children_of_two_cards_work_beside_the_station(station):
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    with StationKey.open(station, pin()) as key:
        children = [
            context.Process(target=_make_one_card, args=(str(station.folder), answers)) for _ in range(2)
        ]
        for child in children:
            child.start()
        made = [answers.get(timeout=300) for _ in children]
        for child in children:
            child.join()
        assert verified(key.public_key_info, b"x", key.sign(b"x"))
        primes = [load_der_private_key(der, None).private_numbers().p for der, _ in made]
        assert all(absent for _, absent in made)
    for path in station.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [
                p for p in primes if p.to_bytes(128) in content or p.to_bytes(128, "little") in content
            ]


def test_a_dead_sessions_key_is_gone(station):
    token = SubscriberToken.open(station, pin())
    token.make_key(2048)
    token.close()
    with pytest.raises(PortError):
        token.erase_key()
    with Token.open(station, pin()) as again:
        assert len(list(again.private_session().get_objects())) == 2  # the station's own pair


def test_a_locked_secret_is_moved_and_wiped():
    given = bytearray(b"3141592653")
    with LockedSecret(given) as kept:
        assert given == bytes(10)
        assert kept.secret == b"3141592653"
        assert "3141" not in repr(kept)
        place = ctypes.addressof(ctypes.c_char.from_buffer(kept.secret))
        assert ctypes.string_at(place, 10) == b"3141592653"
    assert ctypes.string_at(place, 10) == bytes(10)


def test_wiping_leaves_the_length():
    secret = bytearray(b"123")
    wipe(secret)
    assert secret == bytes(3)
