"""A card's RSA key: imported by its CRT values, kept sealed under the PIN, used to sign (5.2, 17.3)."""

import os

from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from inro.virtual_card.apdu import Declined, Status, read_tlv

MODULUS_OCTETS = 256

_TEMPLATE = 0x7F48
_FIRST_PRIME, _SECOND_PRIME, _COEFFICIENT, _FIRST_EXPONENT, _SECOND_EXPONENT = range(0x92, 0x97)
_LONGEST_DIGEST_INFO = MODULUS_OCTETS - 11


def import_key(template: bytes) -> rsa.RSAPrivateKey:
    """Build the 2048-bit key from a private key template (ISO/IEC 7816-8, tag 7F48, tags 92 to 96).

    Raises: Declined (6A80).
    """
    parts = dict(read_tlv(template))
    numbers = {tag: int.from_bytes(value) for tag, value in read_tlv(parts.get(_TEMPLATE, b""))}
    if set(numbers) != set(range(_FIRST_PRIME, _SECOND_EXPONENT + 1)):
        raise Declined(Status.WRONG_DATA)
    p, q, dmp1 = numbers[_FIRST_PRIME], numbers[_SECOND_PRIME], numbers[_FIRST_EXPONENT]
    try:
        exponent = pow(dmp1, -1, p - 1)
        key = rsa.RSAPrivateNumbers(
            p=p,
            q=q,
            d=rsa.rsa_recover_private_exponent(exponent, p, q),
            dmp1=dmp1,
            dmq1=numbers[_SECOND_EXPONENT],
            iqmp=numbers[_COEFFICIENT],
            public_numbers=rsa.RSAPublicNumbers(exponent, p * q),
        ).private_key()
    except ValueError:
        raise Declined(Status.WRONG_DATA) from None
    if key.key_size != 8 * MODULUS_OCTETS:
        raise Declined(Status.WRONG_DATA)
    return key


def seal_key(key: rsa.RSAPrivateKey, *, sealing_key: bytes | bytearray, reference: int) -> bytes:
    """Encrypt the key so that only the right PIN opens it (AES-256-GCM)."""
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return _seal(plain, sealing_key=sealing_key, reference=reference)


def reseal_key(sealed: bytes, *, old: bytes | bytearray, new: bytes | bytearray, reference: int) -> bytes:
    """Move a sealed key from one PIN's sealing key to another's."""
    return _seal(_open(sealed, sealing_key=old, reference=reference), sealing_key=new, reference=reference)


def sign_digest_info(
    sealed: bytes, *, sealing_key: bytes | bytearray, reference: int, digest_info: bytes
) -> bytes:
    """Pad as RSASSA-PKCS1-v1_5 does (RFC 8017 9.2) and sign; the digest is the caller's.

    Raises: Declined (6700).
    """
    if not 0 < len(digest_info) <= _LONGEST_DIGEST_INFO:
        raise Declined(Status.WRONG_LENGTH)
    plain = _open(sealed, sealing_key=sealing_key, reference=reference)
    key = load_der_private_key(plain, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise Declined(Status.CONDITIONS_NOT_SATISFIED)
    return key.sign(digest_info, padding.PKCS1v15(), utils.NoDigestInfo())


def _seal(plain: bytes, *, sealing_key: bytes | bytearray, reference: int) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(sealing_key).encrypt(nonce, plain, bytes([reference]))


def _open(sealed: bytes, *, sealing_key: bytes | bytearray, reference: int) -> bytes:
    return AESGCM(sealing_key).decrypt(sealed[:12], sealed[12:], bytes([reference]))
