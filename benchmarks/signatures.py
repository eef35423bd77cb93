"""RSA signatures through the signer's token adapter against the HSM's own rate (12.8)."""

import tempfile
from pathlib import Path
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256

from benchmarks.cost import Cost, compare, cost_of
from benchmarks.rows import Row, row_of
from benchmarks.size import Size
from benchmarks.world import ca_token
from inro.adapters.ca_token import CaToken
from inro.adapters.pkcs11_core import only_key
from inro.adapters.token_address import CA_KEY
from inro.pki.signature import rsa_public_key

BITS = (2048, 3072)
BOUND = 1.1
# As long as the bytes of a certificate.
_DATA = bytes(range(256)) * 6


def measure(size: Size) -> list[Row]:
    """Return one row for each size of key."""
    with tempfile.TemporaryDirectory() as folder:
        return [_row(Path(folder) / str(bits), bits, size) for bits in BITS]


def _row(folder: Path, bits: int, size: Size) -> Row:
    count = size.of(200)
    with ca_token(folder, bits=bits) as (token, ca), token.private_session() as session:
        private = only_key(session, CA_KEY, pkcs11.ObjectClass.PRIVATE_KEY)
        first = ca.sign(_DATA)
        comparison = compare(
            ours=lambda: _through_adapter(ca, count),
            others={"raw": lambda: _raw(private, count)},
            rounds=size.rounds(9),
        )["raw"]
        checked = {
            "verified": _verifies(ca, first),
            "same_as_raw": first == bytes(private.sign(_DATA, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)),
            "counted": ca.signatures == 1 + count * size.rounds(9),
        }
    return row_of(
        comparison,
        figure="signatures",
        subject=f"RSA-{bits} signature through the signer's token",
        against="the HSM by python-pkcs11 alone",
        per="signature",
        bound=BOUND,
        checked=checked,
    )


def _through_adapter(ca: CaToken, count: int) -> Cost:
    def work() -> None:
        for _ in range(count):
            ca.sign(_DATA)

    return cost_of(work, count=count)


def _raw(private: Any, count: int) -> Cost:
    def work() -> None:
        for _ in range(count):
            private.sign(_DATA, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)

    return cost_of(work, count=count)


def _verifies(ca: CaToken, signature: bytes) -> bool:
    rsa_public_key(ca.public_key_info).verify(signature, _DATA, padding.PKCS1v15(), SHA256())
    return True
