"""Keys that live in a token and never leave it: made, read back, used to sign (12.8; Ordinance 6(17))."""

import secrets
import threading
from dataclasses import asdict, dataclass
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, MechanismFlag, ObjectClass

from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import KeyRefused

RSA_BITS = (2048, 3072, 4096)
_SECRET_BITS = 256
_NONCE_OCTETS = 12
_CODE_BITS = 128
# What is longer goes to the token in pieces of so many octets.
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAttributes:
    """What the token itself says about a key, read back and not assumed."""

    label: str
    bits: int
    extractable: bool
    never_extractable: bool
    sensitive: bool
    always_sensitive: bool
    local: bool
    may_sign: bool
    may_decrypt: bool

    @property
    def confined(self) -> bool:
        """Whether the key was made in the token, can't leave it, and serves signatures alone."""
        kept = self.never_extractable and self.sensitive and self.always_sensitive and self.local
        return kept and self.may_sign and not self.extractable and not self.may_decrypt

    def as_record(self) -> dict[str, Any]:
        """Return the attributes as JSON values, for the ceremony's transcript."""
        return asdict(self)


def make_rsa_key(*, token: Token, label: str, bits: int) -> KeyAttributes:
    """Make an RSA key pair in the token, not to be extracted, and return what the token says of it.

    Raises: KeyRefused, TokenLost, ForeignProcess.
    """
    if bits not in RSA_BITS:
        raise KeyRefused(label, f"RSA keys have one of {RSA_BITS} bits, not {bits}", "correct the plan")
    with token.writing() as session:
        _require_absent(session, label)
        session.generate_keypair(
            KeyType.RSA,
            bits,
            store=True,
            label=label,
            id=secrets.token_bytes(16),
            capabilities=MechanismFlag.SIGN | MechanismFlag.VERIFY,
            private_template={Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True},
        )
    return SigningKey(token=token, label=label).attributes


def make_secret_key(*, token: Token, label: str) -> None:
    """Make a 256-bit secret for HMAC-SHA-256 in the token, not to be extracted.

    Raises: KeyRefused, TokenLost, ForeignProcess.
    """
    _make_symmetric_key(
        token,
        label,
        KeyType.GENERIC_SECRET,
        capabilities=MechanismFlag.SIGN | MechanismFlag.VERIFY,
        mechanism=Mechanism.GENERIC_SECRET_KEY_GEN,
    )
    SecretKey(token=token, label=label)


def make_wrapping_key(*, token: Token, label: str) -> None:
    """Make an AES-256 key in the token that encrypts data keys, not to be extracted.

    Raises: KeyRefused, TokenLost, ForeignProcess.
    """
    _make_symmetric_key(
        token,
        label,
        KeyType.AES,
        capabilities=MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT,
        mechanism=Mechanism.AES_KEY_GEN,
    )
    WrappingKey(token=token, label=label)


class SigningKey:
    """An RSA key of a token: `ports.signer.Signer`, usable from several threads."""

    def __init__(self, *, token: Token, label: str) -> None:
        self._token = token
        self._label = label
        self._count = 0
        self._guard = threading.Lock()
        with token.using(label, ObjectClass.PRIVATE_KEY) as private:
            self.attributes = _attributes(private, label)
            self._public_key_info = _public_key_info(private)
        if not self.attributes.confined:
            raise KeyRefused(label, f"not confined to the token: {self.attributes}", "hold a ceremony")

    @property
    def public_key_info(self) -> bytes:
        """The key's SubjectPublicKeyInfo, DER."""
        return self._public_key_info

    @property
    def signatures(self) -> int:
        """How many signatures this object has asked of the token."""
        return self._count

    def sign(self, data: bytes) -> bytes:
        """Return the RSASSA-PKCS1-v1_5 signature with SHA-256 over `data` (12.8).

        Raises: TokenLost, ForeignProcess, KeyRefused.
        """
        with self._guard:
            self._count += 1  # counted before the token is asked: a lost answer may still be a signature
        # Whole, a list of a million entries would be copied twice on its way.
        given = (
            data if len(data) <= _PIECE else (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        )
        with self._token.using(self._label, ObjectClass.PRIVATE_KEY) as private:
            return bytes(private.sign(given, mechanism=Mechanism.SHA256_RSA_PKCS))


class SecretKey:
    """A secret of a token that authenticates records: `ports.signer.Authenticator`."""

    def __init__(self, *, token: Token, label: str) -> None:
        self._token = token
        self._label = label
        with token.using(label, ObjectClass.SECRET_KEY) as key:
            confined = key[Attribute.SENSITIVE] and key[Attribute.LOCAL] and not key[Attribute.EXTRACTABLE]
        if not confined:
            raise KeyRefused(label, "not confined to the token", "hold a ceremony")

    def authenticate(self, data: bytes) -> bytes:
        """Return the 32-octet HMAC-SHA-256 of `data` (RFC 2104).

        Raises: TokenLost, ForeignProcess, KeyRefused.
        """
        with self._token.using(self._label, ObjectClass.SECRET_KEY) as key:
            return bytes(key.sign(data, mechanism=Mechanism.SHA256_HMAC))


class WrappingKey:
    """An AES-256 key of a token that wraps data keys: AES-GCM with a code of 16 octets (SP 800-38D)."""

    def __init__(self, *, token: Token, label: str) -> None:
        self._token = token
        self.label = label
        with token.using(label, ObjectClass.SECRET_KEY) as key:
            kept = key[Attribute.SENSITIVE] and key[Attribute.LOCAL] and key[Attribute.NEVER_EXTRACTABLE]
            confined = kept and not key[Attribute.EXTRACTABLE] and not key[Attribute.SIGN]
        if not confined:
            raise KeyRefused(label, "not confined to the token", "hold a ceremony")
        # The module answers alike to an altered key and to a token that is gone, so one known whole is kept.
        self._whole = self.wrap(bytearray(_SECRET_BITS // 8))

    def wrap(self, data_key: bytearray) -> bytes:
        """Return nonce, ciphertext and code of a data key.

        Raises: TokenLost, ForeignProcess, KeyRefused.
        """
        nonce = secrets.token_bytes(_NONCE_OCTETS)
        with self._token.using(self.label, ObjectClass.SECRET_KEY) as key:
            return nonce + bytes(key.encrypt(bytes(data_key), **self._gcm(nonce)))

    def unwrap(self, wrapped: bytes) -> bytearray | None:
        """Return the data key, or None where the wrapped octets are not what this key made.

        Raises: TokenLost, ForeignProcess, KeyRefused.
        """
        with self._token.using(self.label, ObjectClass.SECRET_KEY) as key:
            try:
                return self._decrypted(key, wrapped)
            except pkcs11.PKCS11Error:
                self._decrypted(key, self._whole)
                return None

    def _decrypted(self, key: Any, wrapped: bytes) -> bytearray:
        gcm = self._gcm(wrapped[:_NONCE_OCTETS])
        return bytearray(key.decrypt(wrapped[_NONCE_OCTETS:], **gcm))

    def _gcm(self, nonce: bytes) -> dict[str, Any]:
        parameters = GCMParams(nonce, self.label.encode(), _CODE_BITS)
        return {"mechanism": Mechanism.AES_GCM, "mechanism_param": parameters}


def public_key_info_of(modulus: bytes, exponent: bytes) -> bytes:
    """Return the SubjectPublicKeyInfo (DER) of an RSA key given as big-endian octets."""
    numbers = rsa.RSAPublicNumbers(int.from_bytes(exponent), int.from_bytes(modulus))
    return numbers.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _public_key_info(private: Any) -> bytes:
    return public_key_info_of(private[Attribute.MODULUS], private[Attribute.PUBLIC_EXPONENT])


def _attributes(private: Any, label: str) -> KeyAttributes:
    return KeyAttributes(
        label=label,
        bits=int.from_bytes(private[Attribute.MODULUS]).bit_length(),
        extractable=private[Attribute.EXTRACTABLE],
        never_extractable=private[Attribute.NEVER_EXTRACTABLE],
        sensitive=private[Attribute.SENSITIVE],
        always_sensitive=private[Attribute.ALWAYS_SENSITIVE],
        local=private[Attribute.LOCAL],
        may_sign=private[Attribute.SIGN],
        may_decrypt=private[Attribute.DECRYPT],
    )


def _make_symmetric_key(
    token: Token, label: str, kind: KeyType, *, capabilities: MechanismFlag, mechanism: Mechanism
) -> None:
    with token.writing() as session:
        _require_absent(session, label)
        session.generate_key(
            kind,
            _SECRET_BITS,
            store=True,
            label=label,
            id=secrets.token_bytes(16),
            capabilities=capabilities,
            mechanism=mechanism,
            template={Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True},
        )


def _require_absent(session: pkcs11.Session, label: str) -> None:
    if list(session.get_objects({Attribute.LABEL: label})):
        raise KeyRefused(label, "the token has a key of this label", "choose another token")
