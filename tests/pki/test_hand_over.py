"""A hand-over needs the station's signature, the card's proof and the key nowhere else (17.1, 17.3)."""

import base64
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from inro.pki.canonical import canonical_bytes
from inro.pki.hand_over import HandOver, HandOverFault, HandOverRefused, verify_hand_over
from tests.pki import material

CHALLENGE = bytes(range(32))


def honest() -> HandOver:
    return HandOver(
        order=1,
        application="A26-000001-5",
        approvals=("aa" * 32, "bb" * 32, "cc" * 32),
        card_serial="0011223344556677",
        medium="virtual",
        public_key_info=material.public_key_info("card"),
        challenge=CHALLENGE,
        proof=material.signer("card")(CHALLENGE),
        key_absent=True,
    )


def verified(payload: bytes, *, by: str = "station") -> HandOver:
    """Verify what the station of that name signed, as one that expects the station."""
    return verify_hand_over(
        payload=payload,
        signature=material.signer(by)(payload),
        station_key_info=material.public_key_info("station"),
    )


def fault_of(payload: bytes, **how: Any) -> HandOverFault:
    with pytest.raises(HandOverRefused) as refusal:
        verified(payload, **how)
    return refusal.value.fault


def record() -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(honest().encode())
    return decoded


def test_what_an_honest_station_says_is_believed() -> None:
    assert verified(honest().encode()) == honest()


def test_another_stations_signature_is_none() -> None:
    assert fault_of(honest().encode(), by="other-station") is HandOverFault.STATION_SIGNATURE


@given(st.data())
def test_one_bit_changed_after_the_signature_is_refused(data: st.DataObject) -> None:
    payload = bytearray(honest().encode())
    signature = material.signer("station")(bytes(payload))
    position = data.draw(st.integers(0, len(payload) * 8 - 1))
    payload[position // 8] ^= 1 << position % 8
    with pytest.raises(HandOverRefused) as refusal:
        verify_hand_over(
            payload=bytes(payload),
            signature=signature,
            station_key_info=material.public_key_info("station"),
        )
    assert refusal.value.fault is HandOverFault.STATION_SIGNATURE


@pytest.mark.parametrize("station_key_info", [b"", b"\x30\x00", b"no key at all"])
def test_a_key_of_the_station_that_is_none_verifies_nothing(station_key_info: bytes) -> None:
    payload = honest().encode()
    with pytest.raises(HandOverRefused):
        verify_hand_over(
            payload=payload, signature=material.signer("station")(payload), station_key_info=station_key_info
        )


def test_a_signature_by_a_weaker_hash_is_none() -> None:
    payload = honest().encode()
    signature = material.key("station").sign(payload, padding.PKCS1v15(), SHA1())
    with pytest.raises(HandOverRefused):
        verify_hand_over(
            payload=payload, signature=signature, station_key_info=material.public_key_info("station")
        )


@pytest.mark.parametrize(
    "spelling",
    [
        json.dumps(json.loads(honest().encode())).encode(),
        honest().encode() + b"\n",
        b" " + honest().encode(),
        honest().encode().replace(b'"order":1,', b'"order":1.0,'),
        honest().encode().replace(b'"order":1,', b'"order":7,"order":1,'),
        honest().encode().replace(b"A26", b"\\u0041\\u0032\\u0036"),
    ],
)
def test_only_the_canonical_form_is_read(spelling: bytes) -> None:
    assert spelling != honest().encode()
    assert fault_of(spelling) is HandOverFault.FORM


WRONG: dict[str, dict[str, Any]] = {
    "unknown key": {"pin": "12345678"},
    "another form": {"form": "inro hand-over 2"},
    "order true": {"order": True},
    "order text": {"order": "1"},
    "order none": {"order": None},
    "application number": {"application": 5},
    "card none": {"card_serial": None},
    "medium list": {"medium": ["virtual"]},
    "one approval": {"approvals": ["aa" * 32]},
    "four approvals": {"approvals": ["aa" * 32] * 4},
    "approvals text": {"approvals": "abc"},
    "approvals numbers": {"approvals": [1, 2, 3]},
    "no base64": {"proof": "***"},
    "base64 with filler": {"challenge": base64.b64encode(CHALLENGE).decode() + "="},
    "absent as one": {"key_absent": 1},
    "absent as text": {"key_absent": "true"},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_statement_of_another_shape_is_refused(what: str) -> None:
    assert fault_of(canonical_bytes(record() | WRONG[what])) is HandOverFault.FORM


@pytest.mark.parametrize("missing", record())
def test_a_statement_that_leaves_something_out_is_refused(missing: str) -> None:
    rest = {name: value for name, value in record().items() if name != missing}
    assert fault_of(canonical_bytes(rest)) is HandOverFault.FORM


@pytest.mark.parametrize("payload", [b"", b"[]", b"null", b"1", b"{", b"\xff", b'"text"', b"[" * 200])
def test_what_is_no_statement_is_refused(payload: bytes) -> None:
    assert fault_of(payload) is HandOverFault.FORM


@pytest.mark.parametrize(
    "changes",
    [
        {"proof": b""},
        {"proof": material.signer("mallory")(CHALLENGE)},
        {"challenge": b"another"},
        {"public_key_info": material.public_key_info("mallory")},
        {"public_key_info": b"no key"},
        {"public_key_info": b""},
    ],
)
def test_a_card_that_did_not_prove_this_key_is_refused(changes: dict[str, bytes]) -> None:
    assert fault_of(replace(honest(), **changes).encode()) is HandOverFault.CARD_PROOF


def test_a_key_of_another_kind_proves_nothing() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    info = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    proof = key.sign(CHALLENGE, ec.ECDSA(SHA256()))
    payload = replace(honest(), public_key_info=info, proof=proof).encode()
    assert fault_of(payload) is HandOverFault.CARD_PROOF


def test_a_key_that_is_left_in_the_equipment_is_not_certified() -> None:
    assert fault_of(replace(honest(), key_absent=False).encode()) is HandOverFault.NOT_ERASED


@given(
    st.builds(
        HandOver,
        order=st.integers(0, 2**53 - 1),
        application=st.text(st.characters(exclude_categories=["Cs"])),
        approvals=st.tuples(*[st.text("0123456789abcdef")] * 3),
        card_serial=st.text("0123456789abcdef", min_size=16, max_size=16),
        medium=st.sampled_from(["virtual", "hardware"]),
        public_key_info=st.binary(),
        challenge=st.binary(),
        proof=st.binary(),
        key_absent=st.booleans(),
    )
)
def test_every_statement_comes_back_from_its_bytes(hand_over: HandOver) -> None:
    assert HandOver.decode(hand_over.encode()) == hand_over
