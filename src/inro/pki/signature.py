"""The signature algorithms the terms permit, and verification with them (12.8, RFC 8017 8.2)."""

from enum import StrEnum
from functools import lru_cache
from typing import cast

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import load_der_public_key

from inro.pki import der

Sha2 = SHA256 | SHA384 | SHA512


class SignatureAlgorithm(StrEnum):
    """RSASSA-PKCS1-v1_5 with a hash of the SHA-2 family; there is no other (12.8)."""

    SHA256 = "sha256WithRSAEncryption"
    SHA384 = "sha384WithRSAEncryption"
    SHA512 = "sha512WithRSAEncryption"

    @property
    def oid(self) -> str:
        """The algorithm's object identifier (RFC 8017 A.2.4)."""
        return _OIDS[self]

    @property
    def identifier(self) -> bytes:
        """The AlgorithmIdentifier, DER, parameters NULL (RFC 4055 5)."""
        return _IDENTIFIERS[self]

    @property
    def hash(self) -> Sha2:
        """The hash the signature is made over."""
        return _HASHES[self]


_OIDS = {
    SignatureAlgorithm.SHA256: "1.2.840.113549.1.1.11",
    SignatureAlgorithm.SHA384: "1.2.840.113549.1.1.12",
    SignatureAlgorithm.SHA512: "1.2.840.113549.1.1.13",
}
_HASHES: dict[SignatureAlgorithm, Sha2] = {
    SignatureAlgorithm.SHA256: SHA256(),
    SignatureAlgorithm.SHA384: SHA384(),
    SignatureAlgorithm.SHA512: SHA512(),
}
_PKCS_1 = bytes.fromhex("06092a864886f70d0101")
_IDENTIFIERS = {
    algorithm: der.encode(der.SEQUENCE, _PKCS_1 + bytes((last,)), b"\x05\x00")
    for algorithm, last in zip(SignatureAlgorithm, (0x0B, 0x0C, 0x0D), strict=True)
}
_ALGORITHMS = {identifier: algorithm for algorithm, identifier in _IDENTIFIERS.items()}


class AlgorithmNotPermitted(Exception):
    """A signature or key algorithm other than those of 12.8; `identifier` is its DER or name."""

    def __init__(self, *, identifier: str) -> None:
        super().__init__(identifier)
        self.identifier = identifier


def algorithm_of(identifier: bytes) -> SignatureAlgorithm:
    """Return the permitted algorithm an AlgorithmIdentifier (DER) names (12.8).

    Raises: AlgorithmNotPermitted.
    """
    found = _ALGORITHMS.get(identifier)
    if found is None:
        raise AlgorithmNotPermitted(identifier=identifier.hex())
    return found


@lru_cache(maxsize=16)
def rsa_public_key(public_key_info: bytes) -> rsa.RSAPublicKey:
    """Load a SubjectPublicKeyInfo (DER) that holds an RSA key.

    Raises: AlgorithmNotPermitted for another key, EncodingRefused for bytes that are none.
    """
    try:
        key = load_der_public_key(public_key_info)
    except ValueError as error:
        raise der.EncodingRefused(problem="no public key", offset=0) from error
    except UnsupportedAlgorithm as error:
        raise AlgorithmNotPermitted(identifier=str(error)) from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise AlgorithmNotPermitted(identifier=type(key).__name__)
    return key


def verify_signature(
    *, data: bytes | memoryview, signature: bytes, public_key_info: bytes, algorithm: SignatureAlgorithm
) -> bool:
    """Say whether `signature` over `data` is the key's (RFC 8017 8.2.2).

    Raises: AlgorithmNotPermitted if the key is not RSA (12.8).
    """
    key = rsa_public_key(public_key_info)
    try:
        # A list of 49 MB is not copied for this: the library takes any buffer, its annotation bytes only.
        key.verify(signature, cast("bytes", data), padding.PKCS1v15(), algorithm.hash)
    except InvalidSignature:
        return False
    return True


def verify_signed(*, signed: bytes, public_key_info: bytes) -> bool:
    """Say whether a certificate or list (DER) carries the key's signature.

    Raises: AlgorithmNotPermitted (12.8), EncodingRefused.
    """
    parts = der.split_signed(signed)
    return verify_signature(
        data=parts.tbs,
        signature=parts.signature,
        public_key_info=public_key_info,
        algorithm=algorithm_of(parts.algorithm),
    )
