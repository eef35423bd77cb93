"""Damaged bytes, whatever the damage, give a finding or a clear refusal and never another error."""

import logging
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.pki.crl import ListKind, encode_entry
from inro.pki.crl_entries import check_entries
from inro.pki.der import EncodingRefused
from inro.pki.finding import Finding
from inro.pki.issuer import IssuerRefused, issuer_of
from inro.pki.keys import check_public_key
from inro.pki.lint import lint_certificate, lint_list_bytes
from inro.pki.show import describe
from tests.pki import material

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
damage = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 255), st.integers(0, 8)), min_size=1, max_size=4
)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """pkilint logs the traceback of each of its validators that stumbles."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def damaged(good: bytes, hits: list[tuple[int, int, int]]) -> bytes:
    """Overwrite an octet, or cut some away, at each hit."""
    octets = bytearray(good)
    for place, value, cut in hits:
        at = place % max(len(octets), 1)
        octets[at : at + max(cut, 1)] = b"" if cut else bytes((value,))
    return bytes(octets)


@given(damage)
def test_a_damaged_certificate_is_a_matter_of_findings(hits: list[tuple[int, int, int]]) -> None:
    data = damaged(material.certificate(), hits)
    found = lint_certificate(certificate=data, profile=material.profile(), issuer=material.issuer())
    assert all(isinstance(finding, Finding) for finding in found)


@given(damage)
def test_a_damaged_list_is_a_matter_of_findings(hits: list[tuple[int, int, int]]) -> None:
    entry = encode_entry(serial=material.serial("a"), revoked_at=material.ISSUED, reason_code=1)
    data = damaged(material.signed_list(entries=[entry]), hits)
    found = lint_list_bytes(
        certificate_list=data, kind=ListKind.CRL, profile=material.lists(), issuer=material.issuer()
    )
    assert all(isinstance(finding, Finding) for finding in found)
    with suppress(EncodingRefused):
        assert check_entries(data, key=b"sixteen random o").entries.count >= 0


@given(damage)
def test_a_damaged_key_is_a_matter_of_findings(hits: list[tuple[int, int, int]]) -> None:
    data = damaged(material.public_key_info("subscriber"), hits)
    assert isinstance(check_public_key(public_key_info=data, key_bits=(2048,)), tuple)


@given(damage)
def test_damaged_certificates_are_shown_or_refused(hits: list[tuple[int, int, int]]) -> None:
    with suppress(EncodingRefused):
        assert describe(damaged(material.certificate(), hits))
    with suppress(IssuerRefused):
        assert issuer_of(damaged(material.issuer().certificate, hits)).name
