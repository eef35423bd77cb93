"""A passkey to sign in with: its registration, the counter that tells of a copy (WebAuthn Level 3, 7)."""

import hashlib
import struct
from dataclasses import dataclass

from fido2 import cbor
from fido2.webauthn import AttestationObject, AuthenticatorData, CollectedClientData

from inro.pki.assertion import Assertion, AssertionFault, AssertionRefused, decode_octets, security_key
from inro.practice.errors import Refused

# What may be refused is an octet string of a stranger: each of these is one way to be no registration.
_UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, struct.error)
LONGEST_CREDENTIAL_ID = 1023


class PasskeyCloned(Refused):
    """The key's counter did not go up: two keys answer as one, or an old answer was sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelyingParty:
    """The site that passkeys are made for: a host name, and the origins its pages are seen at."""

    rp_id: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a browser returned when it made a passkey (WebAuthn Level 3, 5.2.1)."""

    client_data_json: bytes
    attestation_object: bytes

    @classmethod
    def from_record(cls, record: dict[str, str]) -> "Registration":
        """Return the registration of JSON values in base64url without padding.

        Raises: AssertionRefused.
        """
        try:
            return cls(**{name: decode_octets(text) for name, text in record.items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise AssertionRefused(reason=AssertionFault.MALFORMED) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """What is kept of a passkey; `public_key` is its COSE_Key (ES256), a `synced` one can be copied."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    synced: bool


def verify_registration(
    *, registration: Registration, challenge: bytes, relying_party: RelyingParty
) -> NewPasskey:
    """Check what a browser made: for this site and challenge, user present and verified, ES256 (7.1).

    Its maker is not asked for: attestation says who built a key, not whose it is; the code says that.

    Raises: AssertionRefused.
    """
    try:
        client = CollectedClientData(registration.client_data_json)
        data = AttestationObject(registration.attestation_object).auth_data
        credential = data.credential_data
        if credential is None or not 1 <= len(credential.credential_id) <= LONGEST_CREDENTIAL_ID:
            raise AssertionRefused(reason=AssertionFault.MALFORMED)
        public_key = cbor.encode(dict(credential.public_key))
    except _UNREADABLE as error:
        raise AssertionRefused(reason=AssertionFault.MALFORMED) from error
    checks = (
        (client.type == CollectedClientData.TYPE.CREATE.value, AssertionFault.TYPE),
        (client.challenge == challenge, AssertionFault.CHALLENGE),
        (client.origin in relying_party.origins and client.cross_origin is False, AssertionFault.ORIGIN),
        (data.rp_id_hash == hashlib.sha256(relying_party.rp_id.encode()).digest(), AssertionFault.RP_ID),
        (data.is_user_present(), AssertionFault.USER_PRESENCE),
        (data.is_user_verified(), AssertionFault.USER_VERIFICATION),
    )
    for passed, fault in checks:
        if not passed:
            raise AssertionRefused(reason=fault)
    security_key(public_key)
    return NewPasskey(
        credential_id=credential.credential_id,
        public_key=public_key,
        sign_count=data.counter,
        synced=bool(data.flags & AuthenticatorData.FLAG.BE),
    )


def sign_count_of(assertion: Assertion) -> int:
    """Return the counter in an assertion that was verified (WebAuthn Level 3, 6.1.1)."""
    return AuthenticatorData(assertion.authenticator_data).counter


def check_sign_count(*, kept: int, given: int) -> None:
    """Refuse a counter that did not go up; keys without one say 0 for ever (WebAuthn Level 3, 7.2 step 22).

    Raises: PasskeyCloned.
    """
    if (kept or given) and given <= kept:
        raise PasskeyCloned


def user_handle(person: str) -> bytes:
    """Return the id under which authenticators file a person: it says nothing of them (WebAuthn 14.6.1)."""
    return hashlib.sha256(f"inro staff {person}".encode()).digest()
