"""Profiles are valid or refused: limits, unknown keys, nothing rounded (5.3, 12.8, 26.2, 42.4)."""

from copy import deepcopy
from dataclasses import replace

import pytest

from inro.pki.profile import ProfileRefused, check_agreement, load_list_profile, load_profile
from inro.pki.repository import published_names
from tests.pki import material


def test_shipped_profiles_load_and_agree() -> None:
    subscriber, ca = material.profile(), material.profile("ca")
    check_agreement(subscriber=subscriber, ca=ca, lists=material.lists())
    assert subscriber.sha256 == material.digest((material.PROFILES / "subscriber.toml").read_bytes())
    assert subscriber.policy is not None
    assert not subscriber.policy.critical
    assert "対象外" in subscriber.policy.notice


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("colour", "red", "colour"),
        ("repository.ftp", "ftp://x.example", "repository.ftp"),
        ("policy.extra", 1, "policy.extra"),
        ("key_bits", [1024], "key_bits"),
        ("key_bits", [2048, 2048], "key_bits"),
        ("key_bits", [True], "key_bits"),
        ("key_bits", "2048", "key_bits"),
        ("signature_algorithm", "ecdsa-with-SHA256", "signature_algorithm"),
        ("signature_algorithm", "sha1WithRSAEncryption", "signature_algorithm"),
        ("key_usage", ["digitalSignature", "keyEncipherment"], "key_usage"),
        ("key_usage", ["nonRepudiation"], "key_usage"),
        ("kind", "server", "kind"),
        ("name", " subscriber", "name"),
        ("repository.http", "https://repository.inro.example", "repository.http"),
        ("repository.http", "http://repository.inro.example/", "repository.http"),
        ("repository.ldap", "http://directory.inro.example", "repository.ldap"),
        ("policy.oid", "1.2.840.1", "policy.oid"),
        ("policy.arc", "not an oid", "policy.arc"),
        ("policy.critical", "no", "policy.critical"),
        ("policy.cps_uri", "http://例.example/", "policy.cps_uri"),
        ("policy.notice", "氏名" + "対象外" * 100, "policy.notice"),
        ("policy.notice", "電子入札に使います", "policy.notice"),
        ("excused", {"pkix.some_code": "because"}, 'excused."pkix.some_code"'),
        (
            "excused",
            {"terms.month_end": "a reason that is long enough to count"},
            'excused."terms.month_end"',
        ),
    ],
)
def test_a_value_beyond_its_limit_is_refused_by_name(path: str, value: object, named: str) -> None:
    raw = deepcopy(material.raw_profile("subscriber"))
    table, _, name = path.rpartition(".")
    (raw[table] if table else raw)[name] = value
    with pytest.raises(ProfileRefused) as refused:
        load_profile(raw, b"")
    assert refused.value.path == named
    assert named in str(refused.value)


@pytest.mark.parametrize("name", list(material.raw_profile("subscriber")))
def test_every_key_of_the_subscriber_profile_is_needed(name: str) -> None:
    raw = material.raw_profile("subscriber")
    del raw[name]
    with pytest.raises(ProfileRefused) as refused:
        load_profile(raw, b"")
    assert refused.value.path == name
    assert refused.value.problem == "missing"


@pytest.mark.parametrize(("name", "value"), [("longest_years", 21), ("key_usage", ["keyCertSign"])])
def test_a_ca_profile_has_its_own_limits(name: str, value: object) -> None:
    with pytest.raises(ProfileRefused) as refused:
        load_profile(material.raw_profile("ca") | {name: value}, b"")
    assert refused.value.path == name


@pytest.mark.parametrize("hours", [24, 0, -1, 169, 48.0])
def test_a_list_outlives_the_24_hours_of_renewal(hours: object) -> None:
    """26.2: a list that ends with the renewal leaves verifiers without one when a run is late."""
    with pytest.raises(ProfileRefused) as refused:
        load_list_profile(material.raw_profile("lists") | {"lifetime_hours": hours}, b"")
    assert refused.value.path == "lifetime_hours"


def test_profiles_with_different_repositories_are_refused() -> None:
    other = replace(material.lists().repository, http="http://elsewhere.example")
    lists = replace(material.lists(), repository=other)
    with pytest.raises(ProfileRefused, match="repository"):
        check_agreement(subscriber=material.profile(), ca=material.profile("ca"), lists=lists)
    with pytest.raises(ProfileRefused, match="changed places"):
        check_agreement(subscriber=material.profile("ca"), ca=material.profile(), lists=material.lists())


def test_an_excuse_carries_its_reason() -> None:
    reason = "the verifiers in question were asked and accept it"
    excused = load_profile(material.raw_profile("subscriber") | {"excused": {"pkix.x": reason}}, b"").excused
    assert [(excuse.code, excuse.reason) for excuse in excused] == [("pkix.x", reason)]


def test_published_names_follow_from_base_addresses_and_the_ca_name() -> None:
    """4(6): one source for what certificates point to and what is published."""
    names = published_names(repository=material.profile().repository, issuer_name=material.issuer().name)
    assert names.crl_http == "http://repository.inro.example/crl.crl"
    assert names.directory_entry == "CN=Inro Demonstration CA 1,O=Inro Demonstration,C=JP"
    assert names.arl_ldap == (
        "ldap://directory.inro.example/CN=Inro%20Demonstration%20CA%201,O=Inro%20Demonstration,C=JP"
        "?authorityRevocationList;binary?base"
    )
