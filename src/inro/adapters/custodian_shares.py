"""A token's PINs, split among custodians of whom any m of n bring them back (SLIP-39; Ordinance 6(17))."""

import hashlib
import hmac
from collections.abc import Callable, Sequence

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from inro.ports.errors import PortError

SECRET_OCTETS = 16
MOST_CUSTODIANS = 16
_DIGITS = 39  # 10^39 > 2^128


class SharesRefused(PortError):
    """Shares that bring nothing back; `detail` never repeats a word of them."""


def split_secret(*, secret: bytes, threshold: int, custodians: int) -> tuple[str, ...]:
    """Split a 16-octet secret into one share of twenty words for each custodian.

    Raises: SharesRefused for fewer than two, or fewer custodians than needed to bring it back.
    """
    if len(secret) != SECRET_OCTETS or not 2 <= threshold <= custodians <= MOST_CUSTODIANS:
        raise SharesRefused("shares", f"{threshold} of {custodians} can't be made", "2 <= m <= n <= 16")
    return tuple(generate_mnemonics(1, [(threshold, custodians)], secret)[0])


def recover_secret(shares: Sequence[str]) -> bytearray:
    """Return the secret of these shares; more than needed, or one twice, do no harm.

    Raises: SharesRefused, saying which share is misspelled, foreign, or how many are missing.
    """
    parsed: dict[int, str] = {}
    first: Share | None = None
    for number, words in enumerate(shares, start=1):
        share = read_share(words, number=number)
        first = first or share
        if share.common_parameters() != first.common_parameters():
            raise SharesRefused("shares", f"share {number} is of another secret", "bring shares of one token")
        parsed.setdefault(share.index, words)
    needed = first.member_threshold if first else 2
    if len(parsed) < needed:
        detail = f"{len(parsed)} different shares of {needed}"
        raise SharesRefused("shares", detail, "more custodians are needed")
    try:
        return bytearray(combine_mnemonics(list(parsed.values())[:needed]))
    except MnemonicError as error:
        raise SharesRefused("shares", "they do not fit together", "bring shares of one ceremony") from error


def read_share(words: str, *, number: int = 1) -> Share:
    """Parse one share as typed; its checksum finds up to three wrong words.

    Raises: SharesRefused.
    """
    try:
        return Share.from_mnemonic(" ".join(words.lower().split()))
    except MnemonicError as error:
        raise SharesRefused(
            "shares", f"share {number} is misspelled", "read it from the paper again"
        ) from error


def user_pin(secret: bytes | bytearray) -> bytearray:
    """Return the token user's PIN of 39 digits that belongs to a secret."""
    return _digits(secret, b"inro token: user PIN")


def officer_pin(secret: bytes | bytearray) -> bytearray:
    """Return the token security officer's PIN of 39 digits that belongs to a secret."""
    return _digits(secret, b"inro token: security officer PIN")


def recover_pin(prompt: Callable[[int], str]) -> bytearray:
    """Ask for share after share until they bring the user's PIN back; `prompt` is given their number.

    Raises: SharesRefused.
    """
    shares = [prompt(1)]
    needed = read_share(shares[0]).member_threshold
    shares += [prompt(number) for number in range(2, needed + 1)]
    secret = recover_secret(shares)
    try:
        return user_pin(secret)
    finally:
        secret[:] = bytes(len(secret))


def _digits(secret: bytes | bytearray, purpose: bytes) -> bytearray:
    code = hmac.digest(bytes(secret), purpose, hashlib.sha256)[:SECRET_OCTETS]
    return bytearray(str(int.from_bytes(code)).zfill(_DIGITS), "ascii")
