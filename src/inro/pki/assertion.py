"""An officer's approval: a WebAuthn assertion over the content approved (9.1; WebAuthn Level 3, 7.2)."""

import hashlib
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.webauthn import AuthenticatorData, CollectedClientData

from inro.pki.canonical import canonical_bytes
from inro.practice.approval import ApprovalContent
from inro.practice.errors import Refused

_UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, struct.error)

_ES256 = {1: 2, 3: -7, -1: 1}  # key type EC2, algorithm ES256, curve P-256


class AssertionFault(StrEnum):
    """What is wrong with an assertion."""

    MALFORMED = "malformed"
    TYPE = "type"
    CHALLENGE = "challenge"
    ORIGIN = "origin"
    RP_ID = "rp_id"
    USER_PRESENCE = "user_presence"
    USER_VERIFICATION = "user_verification"
    ALGORITHM = "algorithm"
    SIGNATURE = "signature"


class AssertionRefused(Refused):
    """An assertion that proves no approval; `reason` says which check it failed."""

    def __init__(self, *, reason: AssertionFault) -> None:
        super().__init__(reason=reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What the officer's security key and browser returned (WebAuthn Level 3, 5.2.2)."""

    credential_id: bytes
    authenticator_data: bytes
    client_data_json: bytes
    signature: bytes

    @property
    def sha256(self) -> bytes:
        """The assertion's own hash, 32 octets: one assertion serves once.

        It leaves the signature out, since ECDSA lets anyone write a second valid one for the same data.
        """
        parts = (self.credential_id, self.authenticator_data, self.client_data_json)
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()

    def as_record(self) -> dict[str, str]:
        """Return the assertion as JSON values, octets in base64url without padding."""
        return {name: encode_octets(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_record(cls, record: dict[str, str]) -> "Assertion":
        """Return the assertion `as_record` wrote.

        Raises: AssertionRefused.
        """
        try:
            return cls(**{name: decode_octets(text) for name, text in record.items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise AssertionRefused(reason=AssertionFault.MALFORMED) from error


def challenge_of(content: ApprovalContent) -> bytes:
    """Return what the security key is asked to sign: SHA-256 of the canonical content, 32 octets.

    Raises: CanonicalRefused.
    """
    return hashlib.sha256(canonical_bytes(content.as_record())).digest()


def verify_assertion(
    *, assertion: Assertion, public_key: bytes, challenge: bytes, rp_id: str, origins: Collection[str]
) -> None:
    """Check an assertion against a credential's COSE key: present and verified user, ES256, no other purpose.

    Raises: AssertionRefused.
    """
    try:
        data = AuthenticatorData(assertion.authenticator_data)
        client = CollectedClientData(assertion.client_data_json)
    except _UNREADABLE as error:
        raise AssertionRefused(reason=AssertionFault.MALFORMED) from error
    checks = (
        (client.type == CollectedClientData.TYPE.GET.value, AssertionFault.TYPE),
        (client.challenge == challenge, AssertionFault.CHALLENGE),
        (client.origin in origins and client.cross_origin is False, AssertionFault.ORIGIN),
        (data.rp_id_hash == hashlib.sha256(rp_id.encode()).digest(), AssertionFault.RP_ID),
        (data.is_user_present(), AssertionFault.USER_PRESENCE),
        (data.is_user_verified(), AssertionFault.USER_VERIFICATION),
    )
    for passed, fault in checks:
        if not passed:
            raise AssertionRefused(reason=fault)
    signed = assertion.authenticator_data + hashlib.sha256(assertion.client_data_json).digest()
    try:
        security_key(public_key).verify(assertion.signature, signed, ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise AssertionRefused(reason=AssertionFault.SIGNATURE) from error


def security_key(public_key: bytes) -> ec.EllipticCurvePublicKey:
    """Return a credential's public key (COSE_Key, CBOR) if it is an ES256 key on P-256 (RFC 9053 2.1, 7.1.1).

    Raises: AssertionRefused.
    """
    try:
        key = cbor.decode(public_key)
        if not isinstance(key, dict) or {name: key.get(name) for name in _ES256} != _ES256:
            raise AssertionRefused(reason=AssertionFault.ALGORITHM)
        x, y = key[-2], key[-3]
        if not len(x) == len(y) == 32:
            raise AssertionRefused(reason=AssertionFault.ALGORITHM)
        numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())
        return numbers.public_key()
    except _UNREADABLE as error:
        raise AssertionRefused(reason=AssertionFault.ALGORITHM) from error


def encode_octets(octets: bytes) -> str:
    """Return octets in base64url without padding (RFC 4648 5)."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def decode_octets(text: str) -> bytes:
    """Return the octets of a base64url text without padding.

    Raises: ValueError for any other text: one value has one spelling.
    """
    octets = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if encode_octets(octets) != text:
        raise ValueError("not base64url without padding")
    return octets
