"""Keys that somebody knows how to break are found, good ones pass, and quickly (12.8)."""

import random
from math import isqrt, prod

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inro.pki.keys import check_public_key, has_close_factors, has_small_factor, is_roca
from tests.pki import material

BITS = (2048,)
SMALL = [number for number in range(2, 2000) if all(number % below for below in range(2, isqrt(number) + 1))]
CHANCE = random.Random(2017)


def is_probable_prime(number: int) -> bool:
    """Miller and Rabin's test with twelve fixed bases."""
    if any(number % prime == 0 for prime in SMALL):
        return number in SMALL
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        if not any((power := power * power % number) == number - 1 for _ in range(twos - 1)):
            return False
    return True


def next_prime(start: int) -> int:
    """Return the first probable prime from an odd number on."""
    number = start | 1
    while not is_probable_prime(number):
        number += 2
    return number


def roca_prime(bits: int) -> int:
    """Make a prime as the flawed library did: k M + (65537^a mod M), M the the product of 126 primes."""
    modulus = prod(SMALL[:126])
    while True:
        low = CHANCE.randrange(3 << (bits - 2), 1 << bits) // modulus * modulus
        candidate = low + pow(65537, CHANCE.randrange(1 << 60), modulus)
        if candidate.bit_length() == bits and is_probable_prime(candidate):
            return candidate


def info(modulus: int, exponent: int = 65537) -> bytes:
    """Encode a public key of any modulus."""
    key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def codes(public_key_info: bytes) -> list[str]:
    """Return the codes of what is found."""
    return [finding.code for finding in check_public_key(public_key_info=public_key_info, key_bits=BITS)]


def test_a_good_key_passes() -> None:
    assert codes(material.public_key_info("subscriber")) == []


def test_a_key_made_by_the_flawed_library_is_found() -> None:
    """CVE-2017-15361, the fingerprint of Nemec et al."""
    assert codes(info(roca_prime(1024) * roca_prime(1024))) == ["key.roca"]


def test_no_ordinary_modulus_has_the_fingerprint() -> None:
    moduli = [CHANCE.getrandbits(2048) | 1 | 1 << 2047 for _ in range(2000)]
    assert not any(map(is_roca, moduli))


def test_primes_too_close_are_found() -> None:
    first = next_prime(CHANCE.getrandbits(1024) | 3 << 1022)
    second = next_prime(first + (1 << 500))
    assert codes(info(first * second)) == ["key.close_factors"]
    assert has_close_factors(first * first)
    far = next_prime(isqrt(first * first // 2))
    assert not has_close_factors(first * far)


@pytest.mark.parametrize("factor", [3, 5, 257, 32749])
def test_a_small_factor_is_found(factor: int) -> None:
    """A modulus damaged on its way to the card."""
    modulus = factor * (
        CHANCE.getrandbits(2048 - factor.bit_length()) | 1 | 1 << (2047 - factor.bit_length())
    )
    modulus += factor * (1 << 2047) if modulus.bit_length() < 2048 else 0
    assert has_small_factor(modulus)
    assert not has_small_factor(material.key("subscriber").public_key().public_numbers().n)


def test_size_and_exponent_are_the_profiles() -> None:
    small = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key()
    assert codes(small.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)) == ["key.size"]
    assert codes(info(material.key("subscriber").public_key().public_numbers().n, 3)) == ["key.exponent"]


def test_other_algorithms_and_broken_encodings_are_findings() -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    assert codes(curve.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)) == ["key.algorithm"]
    assert codes(b"") == ["key.encoding"]
    assert codes(b"\x30\x03\x02\x01\x05") == ["key.encoding"]
    assert codes(material.public_key_info("subscriber") + b"\0") == ["key.encoding"]
