"""Drafts carry exactly what was approved, and break no limit of validity (6.1, 8.2, 8.7, 5.4, 12.8)."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from inro.pki import der
from inro.pki.ca_draft import CaName
from inro.pki.draft import DraftRefused
from inro.pki.issuer import IssuerRefused, issuer_of, tbs_parts
from inro.pki.lint.structures import encoded_texts
from inro.pki.names import DESCRIPTION, alternative_name, is_jis_x_0208
from inro.pki.serial import is_proper_serial, new_serial
from inro.pki.show import validity_derivation
from inro.pki.validity import JST, is_month_end, validity_problems
from inro.practice.content import Authority, Organization
from tests.pki import material

pytestmark = pytest.mark.filterwarnings("ignore:Attribute's length must be")

JIS_X_0208 = [chr(point) for point in range(0x80, 0x10000) if is_jis_x_0208(chr(point))]
japanese = st.text(st.sampled_from(JIS_X_0208), min_size=1, max_size=64)


def test_the_gate_takes_exactly_the_characters_of_jis_x_0208() -> None:
    """8.7: levels 1 and 2; no half-width kana, no JIS X 0212, no vendor characters."""
    assert len(JIS_X_0208) == 6879
    assert sum(character.encode("euc_jp")[0] >= 0xB0 for character in JIS_X_0208) == 6355
    assert not any(map(is_jis_x_0208, "A1 ｱ髙﨑𠮷①㈱丂—～"))


def test_the_subject_is_romanised_and_the_alternative_name_japanese() -> None:
    """8.2, 5.4: every consented field is there, in its place."""
    parsed = x509.load_der_x509_certificate(material.draft().certificate)
    assert parsed.subject.rfc4514_string() == (
        "2.5.4.5=S-0000001,CN=YAMADA Taro,STREET=1-2-3 Marunouchi,L=Chiyoda-ku,ST=Tokyo,C=JP"
    )
    names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert not names.critical
    (directory_name,) = names.value.get_values_for_type(x509.DirectoryName)
    assert [(attribute.oid, attribute.value) for attribute in directory_name] == [
        (NameOID.COUNTRY_NAME, "JP"),
        (NameOID.ORGANIZATION_NAME, "株式会社見本"),
        (NameOID.STATE_OR_PROVINCE_NAME, "東京都"),
        (NameOID.LOCALITY_NAME, "千代田区"),
        (NameOID.STREET_ADDRESS, "丸の内一丁目２番３号"),
        (NameOID.ORGANIZATION_IDENTIFIER, "NTRJP-7000012050002"),
        (NameOID.COMMON_NAME, "山田　太郎"),
        (DESCRIPTION, "［委任者］代表取締役　見本一郎［対象］電子入札［権限］入札に関する一切の権限"),
    ]


def test_a_sole_proprietor_has_no_organization_and_no_address_unless_wished() -> None:
    """8.2."""
    drafted = material.draft(particulars=material.particulars(content=material.sole_proprietor()))
    parsed = x509.load_der_x509_certificate(drafted.certificate)
    assert {attribute.oid for attribute in parsed.subject} == {
        NameOID.COUNTRY_NAME,
        NameOID.COMMON_NAME,
        NameOID.SERIAL_NUMBER,
    }
    assert {a.oid for a in alternative_name(material.sole_proprietor())} == {
        NameOID.COUNTRY_NAME,
        NameOID.COMMON_NAME,
    }


@given(name=japanese, organization=japanese, street=japanese)
def test_any_text_of_jis_x_0208_comes_back_as_it_went_in(name: str, organization: str, street: str) -> None:
    """8.7: encoded as UTF8String, decoded to the same text."""
    company = Organization(name=organization, prefecture="東京都", city="港区", street=street)
    encoded = alternative_name(material.content(name=name, organization=company)).public_bytes()
    texts = {text.kind: text for text in encoded_texts(encoded)}
    for kind, wanted in (("550403", name), ("55040a", organization), ("550409", street)):
        found = texts[bytes.fromhex(kind)]
        assert found.tag == der.UTF8_STRING
        assert found.octets.decode() == wanted


@given(parts=st.lists(st.tuples(japanese, japanese, japanese), min_size=2, max_size=2, unique=True))
def test_different_authorities_never_read_the_same(parts: list[tuple[str, str, str]]) -> None:
    """5.4: principal, system and text can be told apart again, or the content is refused."""
    texts = set()
    for principal, system, text in parts:
        authority = Authority(principal=principal, system=system, text=text)
        asked = material.particulars(content=material.content(authorities=(authority,)))
        if {"［", "］"} & set(principal + system):
            with pytest.raises(DraftRefused):
                material.draft(particulars=asked)
            return
        texts.add(alternative_name(asked.content).get_attributes_for_oid(DESCRIPTION)[0].value)
    assert len(texts) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "髙橋　一郎"}, "name"),
        ({"name": "Taro"}, "name"),
        ({"name": "ﾔﾏﾀﾞ"}, "name"),
        ({"name": "山" * 65}, "name"),
        ({"name_romaji": "Yamada_Taro"}, "name_romaji"),
        ({"name_romaji": "山田"}, "name_romaji"),
        ({"name_romaji": "A" * 65}, "name_romaji"),
        ({"subscriber_id": " S1"}, "subscriber_id"),
        (
            {"organization": Organization(name="㈱見本", prefecture="東京都", city="港区", street="一")},
            "organization.name",
        ),
        (
            {"organization": Organization(name="見本", prefecture="", city="港区", street="一")},
            "organization.prefecture",
        ),
        (
            {
                "organization": Organization(
                    name="見本", prefecture="東京都", city="港区", street="一", corporate_number="123"
                )
            },
            "organization.corporate_number",
        ),
        ({"authorities": (Authority(principal="甲", system="［乙］", text="丙"),)}, "authorities"),
    ],
)
def test_content_no_certificate_can_carry_is_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        material.draft(particulars=material.particulars(content=material.content(**changes)))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "not_after",
    [
        datetime(2028, 12, 31, 15, 0, 0, tzinfo=UTC),
        datetime(2028, 12, 31, 14, 59, 58, tzinfo=UTC),
        datetime(2028, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2028, 12, 30, 14, 59, 59, tzinfo=UTC),
        datetime(2028, 12, 31, 14, 59, 59, 1, tzinfo=UTC),
        datetime(2028, 12, 31, 14, 59, 59, tzinfo=UTC).replace(tzinfo=None),
        datetime(2031, 11, 30, 14, 59, 59, tzinfo=UTC),
        datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC),
    ],
)
def test_validity_that_breaks_a_rule_is_refused_and_not_rounded(not_after: datetime) -> None:
    """6.1: month end in Japan, within five years of the examination, after the issue."""
    with pytest.raises(DraftRefused) as refused:
        material.draft(particulars=material.particulars(not_after=not_after))
    assert refused.value.field == "not_after"


def test_the_last_day_of_the_five_years_is_still_allowed() -> None:
    examined = datetime(2026, 11, 30, 14, 59, 59, tzinfo=UTC)
    not_after = datetime(2031, 11, 30, 14, 59, 59, tzinfo=UTC)
    zoneless = examined.replace(tzinfo=None)
    dates = {"issued_at": material.ISSUED, "examination_ended_at": examined}
    assert not list(validity_problems(not_after=not_after, **dates))
    assert list(validity_problems(not_after=not_after, **(dates | {"examination_ended_at": zoneless})))
    late = dates | {"examination_ended_at": examined - timedelta(seconds=1)}
    assert list(validity_problems(not_after=not_after, **late))


@given(st.integers(0, 40 * 366 * 86400))
def test_month_end_is_the_last_second_before_a_first_in_japan(seconds: int) -> None:
    instant = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    following = (instant + timedelta(seconds=1)).astimezone(JST)
    assert is_month_end(instant) == (
        (following.day, following.hour, following.minute, following.second) == (1, 0, 0, 0)
    )
    first = following.replace(day=1, hour=0, minute=0, second=0)
    assert is_month_end((first - timedelta(seconds=1)).astimezone(UTC))


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": 1},
        {"serial": 0},
        {"serial": 1 << 159},
        {"issued_at": datetime(2025, 12, 31, tzinfo=UTC)},
        {"issued_at": datetime(2026, 11, 29, tzinfo=UTC)},
    ],
)
def test_serial_and_issue_have_limits(changes: dict[str, Any]) -> None:
    with pytest.raises(DraftRefused):
        material.draft(particulars=material.particulars(**changes))


def test_a_profile_of_the_other_kind_is_refused() -> None:
    with pytest.raises(DraftRefused):
        material.draft(profile=material.profile("ca"))
    with pytest.raises(DraftRefused):
        material.ca_draft(profile=material.profile())


@given(st.integers())
def test_serials_have_twenty_octets_and_are_positive(seed: int) -> None:
    """RFC 5280 4.1.2.2."""
    drawn = new_serial(random.Random(seed).randbytes)
    assert is_proper_serial(drawn)
    assert len(der.encode_integer(drawn)) == 22


def test_a_serial_of_leading_zeroes_is_drawn_again() -> None:
    draws = iter([bytes(20), b"\x80" + bytes(19), b"\xff" + bytes(19)])
    assert new_serial(lambda _: next(draws)) == 0x7F << 152


def test_the_draft_and_the_throwaway_certificate_share_their_bytes() -> None:
    drafted, again = material.draft(), material.draft()
    assert drafted.tbs == again.tbs
    assert bytes(der.split_signed(drafted.certificate).tbs) == drafted.tbs
    assert tbs_parts(drafted.certificate).public_key_info == material.public_key_info("subscriber")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": CaName(organization="インロウ", common_name="CA")},
        {"name": CaName(organization="A" * 65, common_name="CA")},
        {"not_after": datetime(2047, 1, 1, tzinfo=UTC)},
        {"not_after": material.CA_FROM},
        {"serial": 1},
    ],
)
def test_a_ca_certificate_has_limits(changes: dict[str, Any]) -> None:
    with pytest.raises(DraftRefused):
        material.ca_draft(**changes)


@pytest.mark.parametrize(
    "broken", [material.certificate, lambda: b"", lambda: b"\x30\x80", lambda: b"\x30\x03abc"]
)
def test_only_a_ca_certificate_issues(broken: Callable[[], bytes]) -> None:
    with pytest.raises(IssuerRefused):
        issuer_of(broken())


def test_the_derivation_tells_term_month_end_and_both_times() -> None:
    """6.1: the example of the terms, 15 September with one year."""
    text = validity_derivation(
        not_before=datetime(2025, 9, 15, 1, tzinfo=UTC),
        not_after=datetime(2026, 9, 30, 14, 59, 59, tzinfo=UTC),
    )
    assert text == (
        "発行 2025年9月15日 10:00:00 JST ＋ 有効期間 1年 → 2026年9月 の末日 30日 "
        "→ 2026年9月30日 23:59:59 JST ＝ 2026-09-30 14:59:59Z"
    )
