"""Security keys in software for the demonstration: real WebAuthn assertions (ES256), marked virtual (9.1)."""

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.webauthn import AuthenticatorData, CollectedClientData

from inro.pki.assertion import Assertion, challenge_of
from inro.pki.roster import AuthenticatorMedium, Credential
from inro.practice.approval import ApprovalContent

_PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass(slots=True)
class _Key:
    private: ec.EllipticCurvePrivateKey
    uses: int = 0


class SoftwareAuthenticator:
    """Keeps every demonstration officer's key in memory; it is gone with the process."""

    def __init__(self, *, rp_id: str, origin: str) -> None:
        self._rp_id_hash = hashlib.sha256(rp_id.encode()).digest()
        self._origin = origin
        self._keys: dict[bytes, _Key] = {}
        self._persons: dict[str, bytes] = {}

    def make_credential(self, person: str) -> Credential:
        """Make a key pair for a person and return what the roster keeps of it; a second call replaces it."""
        private = ec.generate_private_key(ec.SECP256R1())
        public_key = cbor.encode(_cose_key(private.public_key()))
        credential_id = hashlib.sha256(public_key).digest()
        self._keys[credential_id] = _Key(private)
        self._persons[person] = credential_id
        return Credential(
            credential_id=credential_id, public_key=public_key, medium=AuthenticatorMedium.VIRTUAL
        )

    def get_assertion(self, *, credential_id: bytes, challenge: bytes) -> Assertion:
        """Return the assertion over a challenge, as a key whose owner touched it and typed its PIN would.

        Raises: KeyError for a credential not made here.
        """
        key = self._keys[credential_id]
        key.uses += 1
        data = bytes(AuthenticatorData.create(self._rp_id_hash, _PRESENT_AND_VERIFIED, key.uses))
        client = bytes(
            CollectedClientData.create(CollectedClientData.TYPE.GET.value, challenge, self._origin)
        )
        signature = key.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return Assertion(
            credential_id=credential_id, authenticator_data=data, client_data_json=client, signature=signature
        )

    def private_key(self, credential_id: bytes) -> ec.EllipticCurvePrivateKey:
        """Return the key of a credential made here, for another authenticator in software to hold.

        Raises: KeyError.
        """
        return self._keys[credential_id].private

    def approve(self, *, person: str, content: ApprovalContent) -> Assertion:
        """Return a person's approval of `content`.

        Raises: KeyError for a person without a credential, CanonicalRefused.
        """
        return self.get_assertion(credential_id=self._persons[person], challenge=challenge_of(content))


def _cose_key(public: ec.EllipticCurvePublicKey) -> dict[int, object]:
    numbers = public.public_numbers()
    return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
