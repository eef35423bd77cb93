"""Is a key one that somebody knows how to break: size, exponent, ROCA, small and close factors (12.8).

Estonia's cards taught each of these: keys of a flawed library, moduli damaged on the way, factors too close.
Whether the key was ever seen before is the database's to say.
"""

from collections.abc import Iterator
from functools import cache
from math import gcd, isqrt, prod

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inro.pki.der import EncodingRefused
from inro.pki.finding import Finding, Severity
from inro.pki.signature import AlgorithmNotPermitted, rsa_public_key

SMALL_PRIMES_BELOW = 1 << 15
FERMAT_ROUNDS = 128
# Squares leave few remainders modulo these, so most rounds need no square root.
_SIEVES = tuple((m, frozenset(i * i % m for i in range(m))) for m in (64, 63, 65, 11, 17, 19, 23))
_SIEVE_MODULUS = prod(modulus for modulus, _ in _SIEVES)
# The primes of the published ROCA fingerprint (Nemec et al., CCS 2017): up to 167.
_ROCA_PRIMES_UP_TO = 167


def check_public_key(*, public_key_info: bytes, key_bits: tuple[int, ...]) -> tuple[Finding, ...]:
    """Check a SubjectPublicKeyInfo (DER) against the profile's sizes and known weaknesses; empty is good."""
    try:
        key = rsa_public_key(public_key_info)
    except AlgorithmNotPermitted as error:
        return (_finding("algorithm", error.identifier),)
    except EncodingRefused as error:
        return (_finding("encoding", str(error)),)
    if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != public_key_info:
        return (_finding("encoding", "not the one DER encoding of this key"),)
    numbers = key.public_numbers()
    return tuple(_number_findings(numbers.n, numbers.e, key_bits))


def _number_findings(modulus: int, exponent: int, key_bits: tuple[int, ...]) -> Iterator[Finding]:
    if modulus.bit_length() not in key_bits:
        yield _finding("size", f"{modulus.bit_length()} bits, not {', '.join(map(str, key_bits))}")
    if exponent != 65537:
        yield _finding("exponent", str(exponent))
    if has_small_factor(modulus):
        yield _finding("small_factor", f"a prime below {SMALL_PRIMES_BELOW}")
    if is_roca(modulus):
        yield _finding("roca", "made by the flawed library of CVE-2017-15361")
    if has_close_factors(modulus):
        yield _finding("close_factors", f"found in {FERMAT_ROUNDS} rounds of Fermat's method")


def has_small_factor(modulus: int) -> bool:
    """Say whether a prime below 2^15 divides the modulus."""
    return gcd(modulus, _small_primes_product() % modulus) != 1


def is_roca(modulus: int) -> bool:
    """Say whether the modulus has the fingerprint of ROCA: a power of 65537 modulo every small prime.

    One random modulus in about 2^27 has it by chance.
    """
    return all(modulus % prime in powers for prime, powers in _roca_powers())


def has_close_factors(modulus: int) -> bool:
    """Say whether Fermat's method splits the modulus within a few rounds: its primes lie too close."""
    root = isqrt(modulus)
    root += root * root != modulus
    rest, growth = root * root - modulus, 2 * root + 1
    # Squares are sought among remainders first, which are small numbers.
    small_rest, small_growth = rest % _SIEVE_MODULUS, growth % _SIEVE_MODULUS
    for step in range(FERMAT_ROUNDS):
        if all(small_rest % number in squares for number, squares in _SIEVES):
            found = rest + step * (growth + step - 1)
            if isqrt(found) ** 2 == found:
                return True
        small_rest += small_growth
        small_growth += 2
    return False


@cache
def _primes_below(limit: int) -> tuple[int, ...]:
    sieve = bytearray((0, 0)) + bytearray(b"\x01") * (limit - 2)
    for number in range(2, isqrt(limit) + 1):
        if sieve[number]:
            sieve[number * number :: number] = bytes(len(range(number * number, limit, number)))
    return tuple(number for number in range(limit) if sieve[number])


@cache
def _small_primes_product() -> int:
    product = 1
    for prime in _primes_below(SMALL_PRIMES_BELOW):
        product *= prime
    return product


@cache
def _roca_powers() -> tuple[tuple[int, frozenset[int]], ...]:
    fingerprint = []
    for prime in _primes_below(_ROCA_PRIMES_UP_TO + 1)[1:]:
        powers, value = set(), 1
        while value not in powers:
            powers.add(value)
            value = value * 65537 % prime
        if len(powers) < prime - 1:
            fingerprint.append((prime, frozenset(powers)))
    return tuple(fingerprint)


def _finding(name: str, detail: str) -> Finding:
    return Finding(code=f"key.{name}", severity=Severity.ERROR, clause="12.8", detail=detail)
