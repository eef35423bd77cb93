"""A passkey is taken only from this site, with its person present and verified, and its copy is found out."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from inro.pki.assertion import AssertionFault, AssertionRefused, verify_assertion
from inro.pki.passkey import (
    PasskeyCloned,
    Registration,
    check_sign_count,
    sign_count_of,
    user_handle,
    verify_registration,
)
from tests.passkeys import HERE, PRESENT, SYNCED, VERIFIED, SecurityKey

CHALLENGE = hashlib.sha256(b"drawn for this test").digest()


def registered(key: SecurityKey, **given):
    return verify_registration(
        registration=key.register(CHALLENGE, **given), challenge=CHALLENGE, relying_party=HERE
    )


def test_a_passkey_made_here_signs_in_here():
    key = SecurityKey()
    made = registered(key)
    assert (made.credential_id, made.public_key) == (key.credential_id, key.public_key)
    assert (made.sign_count, made.synced) == (0, False)
    assertion = key.sign(CHALLENGE)
    verify_assertion(
        assertion=assertion,
        public_key=made.public_key,
        challenge=CHALLENGE,
        rp_id=HERE.rp_id,
        origins=HERE.origins,
    )
    assert sign_count_of(assertion) == 1
    assert registered(SecurityKey(flags=PRESENT | VERIFIED | SYNCED)).synced


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (SecurityKey(origin="http://localhost:8001"), AssertionFault.ORIGIN),
        (SecurityKey(origin="http://evil.localhost:8000"), AssertionFault.ORIGIN),
        (SecurityKey(rp_id="office.example"), AssertionFault.RP_ID),
        (SecurityKey(flags=VERIFIED), AssertionFault.USER_PRESENCE),
        (SecurityKey(flags=PRESENT), AssertionFault.USER_VERIFICATION),
    ],
)
def test_a_passkey_of_another_site_or_without_its_person_is_refused(key, fault):
    with pytest.raises(AssertionRefused) as refusal:
        registered(key)
    assert refusal.value.reason is fault


def test_an_answer_to_another_question_is_no_registration():
    key = SecurityKey()
    with pytest.raises(AssertionRefused) as refusal:
        registered(key, kind="webauthn.get")
    assert refusal.value.reason is AssertionFault.TYPE
    with pytest.raises(AssertionRefused) as refusal:
        verify_registration(registration=key.register(CHALLENGE), challenge=bytes(32), relying_party=HERE)
    assert refusal.value.reason is AssertionFault.CHALLENGE


def test_only_es256_is_taken():
    made = SecurityKey().register(CHALLENGE)
    other = made.attestation_object.replace(bytes.fromhex("a5010203262001"), bytes.fromhex("a5010203272001"))
    assert other != made.attestation_object
    with pytest.raises(AssertionRefused) as refusal:
        verify_registration(
            registration=replace(made, attestation_object=other), challenge=CHALLENGE, relying_party=HERE
        )
    assert refusal.value.reason is AssertionFault.ALGORITHM


@drawn(st.binary(max_size=200), st.binary(max_size=200))
def test_octets_of_a_stranger_are_refused_and_break_nothing(client, attestation):
    with pytest.raises(AssertionRefused):
        verify_registration(
            registration=Registration(client_data_json=client, attestation_object=attestation),
            challenge=CHALLENGE,
            relying_party=HERE,
        )


@drawn(st.data())
def test_a_registration_cut_short_is_refused(data):
    made = SecurityKey().register(CHALLENGE)
    end = data.draw(st.integers(0, len(made.attestation_object) - 1))
    with pytest.raises(AssertionRefused):
        verify_registration(
            registration=replace(made, attestation_object=made.attestation_object[:end]),
            challenge=CHALLENGE,
            relying_party=HERE,
        )


@pytest.mark.parametrize(
    "record", [{}, {"client_data_json": 1}, {"client_data_json": "="}, {"other": ""}, []]
)
def test_what_is_no_record_is_no_registration(record):
    with pytest.raises(AssertionRefused):
        Registration.from_record(record)


@pytest.mark.parametrize(("kept", "given"), [(5, 5), (5, 4), (1, 0), (2**32 - 1, 1)])
def test_a_counter_that_did_not_go_up_tells_of_a_copy(kept, given):
    with pytest.raises(PasskeyCloned):
        check_sign_count(kept=kept, given=given)


@pytest.mark.parametrize(("kept", "given"), [(0, 0), (0, 1), (5, 6), (5, 2**32 - 1)])
def test_a_key_without_a_counter_and_one_that_counts_are_taken(kept, given):
    check_sign_count(kept=kept, given=given)


def test_a_handle_says_nothing_of_the_person_and_is_theirs_alone():
    assert user_handle("mori") != user_handle("oka")
    assert b"mori" not in user_handle("mori")
    assert len(user_handle("mori")) == 32
