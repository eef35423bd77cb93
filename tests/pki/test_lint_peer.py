"""pkilint with tables of validators finds, node for node, what pkilint finds without."""

from pathlib import Path

import pytest
from pkilint import loader

from inro.pki.lint import peer
from tests.pki import material

CORPUS = Path(__file__).parent / "corpus"


def told(validators, root):
    return [
        (
            type(result.validator),
            result.node.path,
            [(d.finding.code, d.message) for d in result.finding_descriptions],
        )
        for result in validators.validate(root)
    ]


def same_certificate_results(der: bytes) -> list:
    stock, tables = peer.certificate_validators(), peer._certificate_validators()
    both = [told(v, loader.load_der_certificate(der, "certificate").root) for v in (stock, tables)]
    assert both[0] == both[1]
    return both[0]


def test_certificates_of_every_content_get_the_same_results():
    drafts = [
        material.draft(),
        material.draft(particulars=material.particulars(content=material.sole_proprietor())),
        material.ca_draft(),
    ]

    assert all(len(same_certificate_results(draft.certificate)) > 50 for draft in drafts)


@pytest.mark.parametrize("offset", range(40, 1200, 29))
def test_damaged_certificates_get_the_same_results(offset):
    damaged = bytearray(material.draft().certificate)
    damaged[offset] ^= 0x11
    try:
        loader.load_der_certificate(bytes(damaged), "certificate")
    except ValueError:
        assert peer.peer_certificate_findings(bytes(damaged))
        return

    same_certificate_results(bytes(damaged))


def test_lists_get_the_same_results():
    sample = material.list_draft().sample

    both = [
        told(v, loader.load_der_crl(sample, "list").root)
        for v in (peer.list_validators(), peer._list_validators())
    ]

    assert both[0] == both[1]
    assert len(both[0]) > 10
