"""What leaves the signer is signed by the CA and is what was approved, field by field (17.1, 20, 12.8)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inro.pki import der
from inro.pki.assemble import (
    AssemblyRefused,
    assemble_ca_certificate,
    assemble_certificate,
    assemble_list,
    differing_fields,
)
from inro.pki.issuer import issuer_of
from inro.pki.lint import lint_certificate
from inro.pki.signature import (
    AlgorithmNotPermitted,
    SignatureAlgorithm,
    algorithm_of,
    rsa_public_key,
    verify_signature,
    verify_signed,
)
from tests.pki import material

CONTENT = material.content()


def assembled(tbs: bytes, signature: bytes, **changes: Any) -> bytes:
    values: dict[str, Any] = {
        "particulars": material.particulars(),
        "profile": material.profile(),
        "issuer": material.issuer(),
    }
    return assemble_certificate(tbs=tbs, signature=signature, **(values | changes))


def test_the_certificate_holds_the_linted_bytes_and_verifies() -> None:
    tbs = material.draft().tbs
    certificate = assembled(tbs, material.signer("ca")(tbs))
    assert bytes(der.split_signed(certificate).tbs) == tbs
    assert verify_signed(signed=certificate, public_key_info=material.issuer().public_key_info)
    x509.load_der_x509_certificate(certificate).verify_directly_issued_by(
        x509.load_der_x509_certificate(material.issuer().certificate)
    )


@pytest.mark.parametrize("bits", [3072, 4096])
def test_a_larger_ca_key_signs_what_a_small_throwaway_key_drafted(bits: int) -> None:
    """The bytes to be signed name the algorithm and not the key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    info = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    tbs = material.ca_draft(public_key_info=info).tbs
    signature = key.sign(tbs, padding.PKCS1v15(), SHA256())
    issuer = issuer_of(assemble_ca_certificate(tbs=tbs, signature=signature))
    issued = material.draft(issuer=issuer).tbs
    signature = key.sign(issued, padding.PKCS1v15(), SHA256())
    certificate = assembled(issued, signature, issuer=issuer)
    found = lint_certificate(certificate=certificate, profile=material.profile(), issuer=issuer)
    assert found == ()


def test_another_keys_signature_makes_nothing() -> None:
    tbs = material.draft().tbs
    with pytest.raises(AssemblyRefused) as refused:
        assembled(tbs, material.signer("subscriber")(tbs))
    assert refused.value.field == "signature"


def test_bytes_changed_after_lint_make_nothing() -> None:
    tbs = material.draft().tbs
    signature = material.signer("ca")(tbs)
    changed = tbs.replace(b"YAMADA Taro", b"YAMADA Jiro")
    assert changed != tbs
    with pytest.raises(AssemblyRefused) as refused:
        assembled(changed, signature)
    assert refused.value.field == "signature"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"content": replace(CONTENT, name_romaji="YAMADA Jiro")}, "subject"),
        ({"content": replace(CONTENT, name="山田　次郎")}, "name"),
        ({"content": replace(CONTENT, organization=None, authorities=())}, "extensions"),
        ({"content": replace(CONTENT, authorities=())}, "subject_alternative_name"),
        ({"content": replace(CONTENT, address_romaji=None)}, "subject"),
        ({"serial": material.serial("another")}, "serial"),
        ({"issued_at": material.ISSUED + timedelta(seconds=1)}, "not_before"),
        ({"not_after": material.NOT_AFTER - timedelta(seconds=1)}, "not_after"),
        ({"public_key_info": material.public_key_info("another")}, "public_key_info"),
    ],
)
def test_a_field_that_is_not_as_approved_is_named(changes: dict[str, Any], field: str) -> None:
    """Properly signed, yet not what was approved: it does not leave the signer."""
    tbs = material.draft().tbs
    asked = material.particulars(**changes)
    with pytest.raises(AssemblyRefused):
        assembled(tbs, material.signer("ca")(tbs), particulars=asked)
    found = differing_fields(
        certificate=material.certificate(),
        particulars=asked,
        profile=material.profile(),
        issuer=material.issuer(),
    )
    assert field in set(found)


@pytest.mark.parametrize("broken", [b"", b"\x30\x00", b"\x30\x03\x02\x01\x00", b"garbage"])
def test_broken_bytes_are_refused_clearly(broken: bytes) -> None:
    with pytest.raises(AssemblyRefused) as refused:
        assembled(broken, bytes(256))
    assert refused.value.field == "tbs"
    with pytest.raises(AssemblyRefused):
        assemble_ca_certificate(tbs=broken, signature=bytes(256))
    with pytest.raises(AssemblyRefused):
        assemble_list(tbs=broken, signature=bytes(256), issuer=material.issuer())


def test_a_ca_certificate_is_verified_with_its_own_key() -> None:
    tbs = material.ca_draft().tbs
    with pytest.raises(AssemblyRefused):
        assemble_ca_certificate(tbs=tbs, signature=material.signer("subscriber")(tbs))
    issued = material.draft().tbs
    with pytest.raises(AssemblyRefused) as refused:
        assemble_ca_certificate(tbs=issued, signature=material.signer("ca")(issued))
    assert refused.value.field == "issuer"


def test_a_list_of_another_ca_is_refused() -> None:
    elsewhere = replace(material.issuer(), name=material.draft().tbs[:0] + b"\x30\x00")
    tbs = material.list_draft(issuer=elsewhere).tbs
    with pytest.raises(AssemblyRefused) as refused:
        assemble_list(tbs=tbs, signature=material.signer("ca")(tbs), issuer=material.issuer())
    assert refused.value.field == "issuer"


def test_three_algorithms_are_permitted_and_no_other() -> None:
    """12.8: SHA256withRSA, SHA384withRSA, SHA512withRSA."""
    assert [algorithm.oid[-2:] for algorithm in SignatureAlgorithm] == ["11", "12", "13"]
    for algorithm in SignatureAlgorithm:
        signature = material.key("subscriber").sign(b"data", padding.PKCS1v15(), algorithm.hash)
        info = material.public_key_info("subscriber")
        assert verify_signature(data=b"data", signature=signature, public_key_info=info, algorithm=algorithm)
        assert not verify_signature(
            data=b"datum", signature=signature, public_key_info=info, algorithm=algorithm
        )
        assert algorithm_of(algorithm.identifier) is algorithm
    sha1 = bytes.fromhex("300d06092a864886f70d0101050500")
    with pytest.raises(AlgorithmNotPermitted):
        algorithm_of(sha1)


def test_a_signature_of_a_weaker_or_other_hash_does_not_verify() -> None:
    info = material.public_key_info("subscriber")
    for hash_algorithm in (SHA1(), SHA384()):
        signature = material.key("subscriber").sign(b"data", padding.PKCS1v15(), hash_algorithm)
        assert not verify_signature(
            data=b"data", signature=signature, public_key_info=info, algorithm=SignatureAlgorithm.SHA256
        )


def test_only_rsa_keys_are_permitted() -> None:
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    with pytest.raises(AlgorithmNotPermitted):
        rsa_public_key(other.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(der.EncodingRefused):
        rsa_public_key(b"\x30\x00")
