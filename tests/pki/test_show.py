"""The sheet shows every field in Japanese, whole (12.6, 28)."""

import pytest

from inro.pki.show import describe
from inro.practice.content import Authority
from tests.pki import material

pytestmark = pytest.mark.filterwarnings("ignore:Attribute's length must be")


def values(certificate: bytes) -> dict[str, list[str]]:
    """Return the rows by label."""
    found: dict[str, list[str]] = {}
    for row in describe(certificate):
        found.setdefault(row.label, []).append(row.value)
    return found


def test_every_field_of_a_subscriber_is_shown() -> None:
    rows = values(material.certificate())
    assert rows["主体者（ローマ字） 名称（CN）"] == ["YAMADA Taro"]
    assert rows["主体者別名（日本語） 名称（CN）"] == ["山田　太郎"]
    assert rows["主体者別名（日本語） 法人番号（organizationIdentifier）"] == ["NTRJP-7000012050002"]
    assert rows["有効期間の終了"] == ["2028年12月31日 23:59:59 JST（2028-12-31 14:59:59Z）"]
    assert "有効期間 2年" in rows["有効期間の算出"][0]
    assert rows["署名アルゴリズム"] == ["SHA256withRSA"]
    assert rows["鍵用途（重要）"] == ["電子署名（digitalSignature）、否認防止（nonRepudiation）"]
    assert "対象外" in rows["利用者への通知"][0]
    assert rows["シリアル番号"] == [f"{material.serial('subscriber'):040x}"]
    assert len(rows["公開鍵の法（n）"][0]) == 512
    assert len(rows["失効リストの配布点"]) == 2


def test_long_names_are_not_cut() -> None:
    """OpenSSL's text output stops at 256 octets."""
    authorities = tuple(
        Authority(principal="代表取締役" * 20, system="電子入札" * 20, text="権限" * 200) for _ in range(3)
    )
    asked = material.content(name="山" * 64, authorities=authorities)
    rows = values(material.certificate(content=asked))
    assert rows["主体者別名（日本語） 名称（CN）"] == ["山" * 64]
    shown = rows["主体者別名（日本語） 代理権（description）"]
    assert len(shown) == 3
    assert shown[0].endswith("権限" * 200)


def test_a_ca_certificate_is_shown_too() -> None:
    rows = values(material.issuer().certificate)
    assert rows["基本制約（重要）"] == ["認証局、下位の段数 0"]
    assert rows["鍵用途（重要）"] == ["証明書への署名（keyCertSign）、失効リストへの署名（cRLSign）"]


@pytest.mark.parametrize("broken", [b"", b"\x30\x00", b"certificate"])
def test_bytes_that_are_no_certificate_are_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        describe(broken)
