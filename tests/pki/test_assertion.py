"""WebAuthn assertions as approvals (9.1): every check of the standard refuses by its own reason."""

import hashlib
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256, ES384, RS256
from hypothesis import given
from hypothesis import strategies as st

from inro.pki.assertion import (
    Assertion,
    AssertionFault,
    AssertionRefused,
    challenge_of,
    security_key,
    verify_assertion,
)
from tests.pki.officers import ORIGIN, RP_ID, make_content, make_roster

ROSTER, AUTHENTICATOR = make_roster()
CONTENT = make_content(ROSTER)
ASSERTION = AUTHENTICATOR.approve(person="examiner", content=CONTENT)
PUBLIC_KEY = ROSTER.officers[0].credentials[0].public_key
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def check(assertion=ASSERTION, public_key=PUBLIC_KEY, content=CONTENT, rp_id=RP_ID, origins=(ORIGIN,)):
    verify_assertion(
        assertion=assertion,
        public_key=public_key,
        challenge=challenge_of(content),
        rp_id=rp_id,
        origins=origins,
    )


def reason_of(**changes):
    with pytest.raises(AssertionRefused) as caught:
        check(**changes)
    return caught.value.reason


def signed_by_a_new_key(*, flags=0x05, **client_changes):
    """An assertion whose signature is right, so that only the check under test can refuse it."""
    private = ec.generate_private_key(ec.SECP256R1())
    client = json.loads(ASSERTION.client_data_json) | client_changes
    client_bytes = json.dumps(client).encode()
    data = ASSERTION.authenticator_data[:32] + bytes([flags]) + ASSERTION.authenticator_data[33:]
    signature = private.sign(data + hashlib.sha256(client_bytes).digest(), ec.ECDSA(SHA256()))
    assertion = replace(
        ASSERTION, authenticator_data=data, client_data_json=client_bytes, signature=signature
    )
    return {
        "assertion": assertion,
        "public_key": cbor.encode(dict(ES256.from_cryptography_key(private.public_key()))),
    }


def test_an_officers_assertion_is_accepted():
    check()
    check(**signed_by_a_new_key())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"flags": 0x04}, AssertionFault.USER_PRESENCE),
        ({"flags": 0x01}, AssertionFault.USER_VERIFICATION),
        ({"type": "webauthn.create"}, AssertionFault.TYPE),
        ({"origin": "https://office.inro.example.evil.example"}, AssertionFault.ORIGIN),
        ({"crossOrigin": True}, AssertionFault.ORIGIN),
        ({"crossOrigin": 0}, AssertionFault.ORIGIN),
        ({"challenge": "AAAA"}, AssertionFault.CHALLENGE),
        ({"challenge": 7}, AssertionFault.CHALLENGE),
        ({"challenge": "A"}, AssertionFault.MALFORMED),
        ({"flags": 0x45}, AssertionFault.MALFORMED),
        ({"flags": 0x85}, AssertionFault.MALFORMED),
    ],
)
def test_each_check_refuses_a_well_signed_assertion(changes, reason):
    assert reason_of(**signed_by_a_new_key(**changes)) is reason


def test_another_site_is_refused():
    assert reason_of(rp_id="inro.example") is AssertionFault.RP_ID
    assert reason_of(origins=("https://inro.example",)) is AssertionFault.ORIGIN


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "fail"},
        {"case": "A26-000002-3"},
        {"nonce": "01" * 16},
        {"profile_sha256": "ac" * 32},
        {"content": {"name": "高橋　花子"}},
        {"roster_version": 2},
    ],
)
def test_an_approval_of_other_content_is_refused(change):
    assert reason_of(content=replace(CONTENT, **change)) is AssertionFault.CHALLENGE


def test_another_officers_key_is_refused():
    other = ROSTER.officers[1].credentials[0].public_key
    assert reason_of(public_key=other) is AssertionFault.SIGNATURE


@given(st.integers(0, 36), st.integers(1, 255))
def test_a_changed_octet_of_the_authenticators_data_is_refused(position, change):
    data = bytearray(ASSERTION.authenticator_data)
    data[position] ^= change
    assert reason_of(assertion=replace(ASSERTION, authenticator_data=bytes(data))) in AssertionFault


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=80))
def test_any_octets_are_refused_and_never_a_crash(data, client, signature):
    made = Assertion(credential_id=b"", authenticator_data=data, client_data_json=client, signature=signature)
    assert reason_of(assertion=made) in AssertionFault
    assert reason_of(assertion=replace(ASSERTION, authenticator_data=data)) in AssertionFault
    assert reason_of(assertion=replace(ASSERTION, client_data_json=client)) in AssertionFault
    assert reason_of(assertion=replace(ASSERTION, signature=signature)) is AssertionFault.SIGNATURE


@pytest.mark.parametrize(
    "key",
    [
        dict(RS256.from_cryptography_key(rsa.generate_private_key(65537, 2048).public_key())),
        dict(ES384.from_cryptography_key(ec.generate_private_key(ec.SECP384R1()).public_key())),
        {1: 2, 3: -7, -1: 2, -2: b"x" * 32, -3: b"y" * 32},
        {1: 2, 3: -7, -1: 1, -2: b"x" * 31, -3: b"y" * 32},
        {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32},
        {1: 2, 3: -7, -1: 1, -2: 1, -3: 2},
        {1: 2, 3: -7, -1: 1},
        {},
        [],
    ],
)
def test_only_es256_on_p256_counts(key):
    with pytest.raises(AssertionRefused) as caught:
        security_key(cbor.encode(key))
    assert caught.value.reason is AssertionFault.ALGORITHM


def test_a_second_signature_for_the_same_data_is_the_same_assertion():
    # Beside any ECDSA signature (r, s) there is (r, n - s): it verifies too, and is no new approval.
    r, s = decode_dss_signature(ASSERTION.signature)
    twin = replace(ASSERTION, signature=encode_dss_signature(r, _P256_ORDER - s))
    check(assertion=twin)
    assert twin.sha256 == ASSERTION.sha256
    again = AUTHENTICATOR.approve(person="examiner", content=CONTENT)
    assert again.sha256 != ASSERTION.sha256


def test_the_record_reads_back():
    assert Assertion.from_record(ASSERTION.as_record()) == ASSERTION


@pytest.mark.parametrize(
    "change", [{"signature": "a"}, {"signature": "AB"}, {"more": "AA"}, {"signature": 7}]
)
def test_a_broken_record_is_refused(change):
    with pytest.raises(AssertionRefused) as caught:
        Assertion.from_record(ASSERTION.as_record() | change)
    assert caught.value.reason is AssertionFault.MALFORMED
