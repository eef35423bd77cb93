"""The gate takes JIS X 0208 and nothing beside it (8.7)."""

import sys

import pytest

from inro.japanese.gate import JIS_X_0208, outside_gate, passes_gate
from inro.pki.names import is_jis_x_0208

FIRST_ROW_OF_KANJI = 0xB0


def test_it_takes_6879_characters_of_which_6355_are_kanji():
    assert len(JIS_X_0208) == 6_879
    kanji = [one for one in JIS_X_0208 if one.encode("euc_jp")[0] >= FIRST_ROW_OF_KANJI]
    assert len(kanji) == 6_355


def test_it_takes_what_a_certificate_takes():
    everything = map(chr, range(sys.maxunicode + 1))
    assert {character for character in everything if is_jis_x_0208(character)} == JIS_X_0208


@pytest.mark.parametrize(
    ("character", "where"),
    [
        ("髙", "Microsoft's additions, in cp932"),
        ("①", "NEC's row 13, in cp932"),
        ("丂", "JIS X 0212, in EUC-JP's three octets"),
        ("𠮷", "a supplementary plane"),
        ("ｱ", "half-width kana, behind 0x8E in EUC-JP"),
        ("A", "ASCII"),
        ("¥", "JIS X 0201"),
        ("～", "Microsoft's twin of the wave dash"),
        ("邉\U000e0100", "a variation selector"),
        ("か\u3099", "a combining mark"),
        ("\ud842", "half a surrogate pair"),
        ("\n", "a control character"),
    ],
    ids=lambda value: ascii(value),
)
def test_it_does_not_take(character, where):
    assert not passes_gate(character)


def test_it_names_what_does_not_pass_once_and_in_order():
    assert outside_gate("髙橋　𠮷郎と髙木") == ("髙", "𠮷")
    assert outside_gate("高橋　吉郎") == ()
    assert passes_gate("")
