"""A security key in software for tests of the office's door: it answers rightly, or wrongly where told to."""

import hashlib
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.webauthn import AttestationObject, AuthenticatorData, CollectedClientData

from inro.pki.assertion import Assertion
from inro.pki.passkey import Registration, RelyingParty

HERE = RelyingParty(rp_id="localhost", origins=("http://localhost:8000",))
PRESENT, VERIFIED, SYNCED, ATTESTED = (
    AuthenticatorData.FLAG.UP,
    AuthenticatorData.FLAG.UV,
    AuthenticatorData.FLAG.BE,
    AuthenticatorData.FLAG.AT,
)


@dataclass(slots=True, kw_only=True)
class SecurityKey:
    """One key of one person; `step` is what its counter goes up by, 0 for a key that has none."""

    rp_id: str = HERE.rp_id
    origin: str = HERE.origins[0]
    flags: int = PRESENT | VERIFIED
    step: int = 1
    count: int = 0
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def public_key(self) -> bytes:
        """The COSE_Key (ES256)."""
        numbers = self.private.public_key().public_numbers()
        return cbor.encode({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})

    @property
    def credential_id(self) -> bytes:
        """The id by which browsers know the key."""
        return hashlib.sha256(self.public_key).digest()

    def register(self, challenge: bytes, *, kind: str = "webauthn.create") -> Registration:
        """Return what a browser sends when the key was made."""
        described = (
            bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + self.public_key
        )
        data = self._data(self.flags | ATTESTED) + described
        return Registration(
            client_data_json=self._client(kind, challenge),
            attestation_object=bytes(AttestationObject.create("none", data, {})),
        )

    def sign(self, challenge: bytes, *, kind: str = "webauthn.get") -> Assertion:
        """Return what a browser sends when the key was shown."""
        self.count += self.step
        data, client = self._data(self.flags), self._client(kind, challenge)
        signed = data + hashlib.sha256(client).digest()
        return Assertion(
            credential_id=self.credential_id,
            authenticator_data=data,
            client_data_json=client,
            signature=self.private.sign(signed, ec.ECDSA(SHA256())),
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _client(self, kind: str, challenge: bytes) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, self.origin))
