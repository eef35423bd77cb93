"""Which certificates of a CA go into which attribute of its entry (RFC 4523 2.2, 2.3)."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from inro.pki import der
from inro.pki.ca_certificates import (
    CaCertificateKind,
    NotOfThisCa,
    check_issued_here,
    kind_of,
    sorted_certificates,
)
from tests.pki.material import CA_FROM, issuer, key

BRIDGE = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Bridge")])


def issued(
    *, by: x509.Name, signed_with: RSAPrivateKey, to: x509.Name, about: RSAPrivateKey, ca: bool = True
) -> bytes:
    """Return a certificate from one CA to another, or to itself."""
    number = x509.random_serial_number()
    until = CA_FROM + timedelta(days=365)
    builder = x509.CertificateBuilder(by, to, about.public_key(), number, CA_FROM, until)
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    return builder.sign(signed_with, SHA256()).public_bytes(Encoding.DER)


def ours() -> x509.Name:
    """Return the CA's own name."""
    return issuer().x509_name


def test_link_certificates_stand_beside_the_cas_own_and_cross_certificates_in_one_pair():
    new_with_old = issued(by=ours(), signed_with=key("ca"), to=ours(), about=key("next"))
    old_with_new = issued(by=ours(), signed_with=key("next"), to=ours(), about=key("ca"))
    to_us = issued(by=BRIDGE, signed_with=key("bridge"), to=ours(), about=key("next"))
    by_us = issued(by=ours(), signed_with=key("next"), to=BRIDGE, about=key("bridge"))
    found = sorted_certificates(issuer=issuer(), others=[to_us, old_with_new, by_us, new_with_old])
    assert found.own == (issuer().certificate, old_with_new, new_with_old)
    (pair,) = found.pairs
    inside = list(der.children(pair, der.read_whole(pair, der.SEQUENCE)))
    assert [(part.tag, pair[part.body : part.end]) for part in inside] == [(0xA0, to_us), (0xA1, by_us)]


def test_the_cas_own_certificate_given_again_is_one():
    found = sorted_certificates(issuer=issuer(), others=[issuer().certificate])
    assert (found.own, found.pairs) == ((issuer().certificate,), ())


def test_half_a_pair_is_a_pair():
    to_us = issued(by=BRIDGE, signed_with=key("bridge"), to=ours(), about=key("ca"))
    (pair,) = sorted_certificates(issuer=issuer(), others=[to_us]).pairs
    assert pair == der.encode(der.SEQUENCE, der.encode(0xA0, to_us))


@pytest.mark.parametrize(
    ("by", "with_", "to", "about", "problem"),
    [
        ("us", "stranger", "us", "next", "not signed by a key of this CA"),
        ("us", "stranger", "bridge", "bridge", "not signed by a key of this CA"),
        ("bridge", "bridge", "us", "stranger", "about another key"),
        ("bridge", "bridge", "bridge", "bridge", "neither issued by this CA nor to it"),
    ],
)
def test_what_is_not_this_cas_is_refused_by_its_place(by, with_, to, about, problem):
    names = {"us": ours(), "bridge": BRIDGE}
    foreign = issued(by=names[by], signed_with=key(with_), to=names[to], about=key(about))
    with pytest.raises(NotOfThisCa, match=problem) as refused:
        sorted_certificates(issuer=issuer(), others=[issuer().certificate, foreign])
    assert refused.value.place == 2


def test_octets_that_are_no_certificate_are_refused():
    with pytest.raises(NotOfThisCa):
        sorted_certificates(issuer=issuer(), others=[b"\x30\x03abc"])


def test_what_the_cas_keys_signed_is_told_from_all_else():
    new_with_old = issued(by=ours(), signed_with=key("ca"), to=ours(), about=key("next"))
    by_new = issued(by=ours(), signed_with=key("next"), to=BRIDGE, about=key("bridge"))
    for certificate, known in (
        (issuer().certificate, []),
        (new_with_old, []),
        (by_new, [issuer().certificate, new_with_old]),
    ):
        check_issued_here(certificate=certificate, issuer=issuer(), known=known)
    assert [kind_of(one) for one in (issuer().certificate, new_with_old, by_new)] == [
        CaCertificateKind.SELF_SIGNED,
        CaCertificateKind.LINK,
        CaCertificateKind.CROSS,
    ]


@pytest.mark.parametrize(
    ("by", "with_", "ca", "problem"),
    [
        ("us", "stranger", True, "not signed by a key of this CA"),
        ("us", "next", True, "not signed by a key of this CA"),
        ("bridge", "bridge", True, "not issued by this CA"),
        ("us", "ca", False, "no certificate of a CA"),
    ],
)
def test_what_no_key_of_the_ca_signed_for_a_ca_is_not_among_its_certificates(by, with_, ca, problem):
    names = {"us": ours(), "bridge": BRIDGE}
    foreign = issued(by=names[by], signed_with=key(with_), to=ours(), about=key("stranger"), ca=ca)
    with pytest.raises(NotOfThisCa, match=problem):
        check_issued_here(certificate=foreign, issuer=issuer(), known=[issuer().certificate])
    with pytest.raises(NotOfThisCa):
        check_issued_here(certificate=b"\x30\x03abc", issuer=issuer(), known=[])
