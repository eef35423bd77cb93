"""A divided CRL: each part has its own names, in certificates and in its list (26.1)."""

from dataclasses import replace
from itertools import combinations

import pytest
from cryptography import x509

from inro.pki.crl import ListKey, ListKind, list_file, list_keys
from inro.pki.draft import DraftRefused
from inro.pki.lint import blocking, lint_certificate, lint_list
from inro.pki.profile import ProfileRefused, load_list_profile
from inro.pki.repository import MOST_PARTITIONS, UNDIVIDED, crl_point
from tests.pki import material

PARTITIONS = range(UNDIVIDED, 5)


def names(partition: int) -> list[x509.GeneralName]:
    """Return the names of a part's distribution point."""
    point = crl_point(
        repository=material.lists().repository, issuer_name=material.issuer().name, partition=partition
    )
    return point.general_names()


def test_no_two_parts_share_a_name() -> None:
    """RFC 5280 6.3.3 (b)(2)(i): a common name makes a verifier take another part for its own."""
    for one, other in combinations(PARTITIONS, 2):
        assert not set(map(str, names(one))) & set(map(str, names(other)))


def test_a_part_lies_below_the_ca_in_the_directory_and_beside_the_crl_on_the_web() -> None:
    entry, http, ldap = (name.value for name in names(3))
    assert entry.rfc4514_string() == f"CN=crl-3,{material.issuer().x509_name.rfc4514_string()}"
    assert http == "http://repository.inro.example/crl-3.crl"
    assert ldap.startswith("ldap://directory.inro.example/CN=crl-3,CN=")
    assert [list_file(*key) for key in list_keys(1)] == ["crl.crl", "crl-1.crl", "arl.crl", "full.crl"]


@pytest.mark.parametrize("partition", PARTITIONS)
def test_certificate_and_list_of_a_part_carry_the_same_names(partition: int) -> None:
    drafted = material.draft(particulars=material.particulars(partition=partition))
    certificate = x509.load_der_x509_certificate(drafted.certificate)
    (point,) = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    drawn = material.list_draft(partition=partition)
    signed = x509.load_der_x509_crl(drawn.sample)
    covered = signed.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    assert point.full_name == covered.full_name == names(partition)
    assert covered.only_contains_user_certs
    assert drawn.key == ListKey(ListKind.CRL, partition)


def test_a_certificate_or_list_of_another_part_than_recorded_is_found() -> None:
    issuer, profile = material.issuer(), material.profile()
    drafted = material.draft(particulars=material.particulars(partition=2)).certificate
    for partition in PARTITIONS:
        findings = lint_certificate(
            certificate=drafted,
            profile=profile,
            issuer=issuer,
            examination_ended_at=material.EXAMINED,
            partition=partition,
        )
        codes = [found.code for found in blocking(findings=findings, profile=profile)]
        assert codes == ([] if partition == 2 else ["interoperability.distribution_point"])
    drawn = material.list_draft(partition=2)
    assert (
        blocking(findings=lint_list(draft=drawn, profile=material.lists(), issuer=issuer), profile=profile)
        == ()
    )
    moved = lint_list(draft=replace(drawn, partition=3), profile=material.lists(), issuer=issuer)
    assert "interoperability.idp_names" in [found.code for found in moved]


@pytest.mark.parametrize(
    ("kind", "partition"),
    [(ListKind.ARL, 1), (ListKind.FULL_CRL, 1), (ListKind.CRL, -1), (ListKind.CRL, MOST_PARTITIONS + 1)],
)
def test_only_the_crl_is_divided_and_not_without_end(kind: ListKind, partition: int) -> None:
    with pytest.raises(DraftRefused) as refused:
        material.list_draft(kind=kind, partition=partition)
    assert refused.value.field == "partition"


def test_the_profile_says_how_many_parts_and_one_when_it_says_nothing() -> None:
    raw = material.raw_profile("lists")
    assert load_list_profile(raw, b"").partitions == 1
    assert load_list_profile(raw | {"partitions": 16}, b"").partitions == 16
    del raw["partitions"]
    assert load_list_profile(raw, b"").partitions == 1
    for wrong in (0, MOST_PARTITIONS + 1):
        with pytest.raises(ProfileRefused) as refused:
            load_list_profile(raw | {"partitions": wrong}, b"")
        assert refused.value.path == "partitions"
