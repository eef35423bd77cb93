"""What a certificate says of itself is what was certified, and nothing else passes for one (8.2)."""

import hashlib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given as of
from hypothesis import strategies

from inro.pki.certified_facts import certified_facts
from inro.pki.der import EncodingRefused
from tests.pki import material

CERTIFICATE = material.certificate()


def test_facts_are_those_that_were_certified():
    asked = material.particulars()
    facts = certified_facts(CERTIFICATE)
    organization = asked.content.organization
    assert organization is not None
    assert facts.serial == f"{asked.serial:040x}"
    assert (facts.not_before, facts.not_after) == (asked.issued_at, asked.not_after)
    assert facts.organization == organization.name
    assert facts.corporate_number == (organization.corporate_number or "")
    assert facts.public_key_sha256 == hashlib.sha256(asked.public_key_info).hexdigest()


def test_a_corporate_number_is_told_without_its_register():
    organization = material.content().organization
    assert organization is not None
    content = material.content(organization=replace(organization, corporate_number="7000012050002"))
    assert certified_facts(material.certificate(content=content)).corporate_number == "7000012050002"


def test_without_an_organization_none_is_told():
    facts = certified_facts(material.certificate(content=material.sole_proprietor()))
    assert facts.serial
    assert certified_facts(material.issuer().certificate).organization == ""


@pytest.mark.parametrize("octets", [b"", b"\0", b"0\0", CERTIFICATE[:-1], CERTIFICATE + b"\0"])
def test_what_is_no_certificate_is_refused(octets):
    with pytest.raises(EncodingRefused):
        certified_facts(octets)


@of(strategies.integers(0, len(CERTIFICATE) - 1), strategies.integers(1, 255))
def test_a_damaged_one_is_read_or_refused(place, change):
    damaged = bytearray(CERTIFICATE)
    damaged[place] ^= change
    with suppress(EncodingRefused):
        assert certified_facts(bytes(damaged)).serial
