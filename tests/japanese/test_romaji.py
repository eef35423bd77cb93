"""Roman letters as passports have them: suggested, and judged (8.2, 8.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.romaji import (
    LongVowel,
    ReadingNotSpelled,
    RomanNames,
    compare_roman_names,
    judge_romaji,
    suggest_romaji,
)

# Reading, suggested spelling, others that are accepted. Most are examples that passport offices publish.
SPELLINGS = """
せのお SENOO SENOH
みそのう MISONO MISONOH MISONOU
みそのお MISONOO MISONOH
ごしょのお GOSHONOO
こおり KORI KOHRI KOORI
よこお YOKOO YOKOH
あおう AO AOH AOU
あおお AOO AOH
ほのお HONOO
かのう KANO KANOH KANOU
つとお TSUTOO
つとう TSUTO TSUTOH
こうちわ KOUCHIWA
いのお INOO
いのう INO INOH
ふにう FUNIU
ふにゅう FUNYU FUNYUU
しろうず SHIROZU SHIROHZU
みねう MINEU
がもう GAMO GAMOH
しう SHIU
にしきこおり NISHIKIKORI NISHIKIKOHRI
いおう IO IOH
うりゅう URYU
うりう URIU
かんのお KANNOO
みとうか MITOKA MITOHKA
まつうら MATSUURA
いのうえ INOUE
たけのうち TAKENOUCHI
ふるうち FURUUCHI
たかとお TAKATOO TAKATOH
おおの ONO OHNO OONO
おおい OI OHI OOI
おおたに OTANI OHTANI OOTANI
さいとう SAITO SAITOH SAITOU
ようこ YOKO YOHKO YOUKO
ゆうか YUKA YUUKA
ゆうこ YUKO YUUKO
しょういち SHOICHI SHOHICHI SHOUICHI
りょうたろう RYOTARO RYOHTAROH RYOUTAROU
とおやま TOYAMA TOHYAMA TOOYAMA
おおおか OOKA OHOKA OOOKA
おおうち OUCHI OHUCHI OOUCHI
きよおか KIYOOKA
なおおみ NAOOMI
けいこ KEIKO
にいやま NIIYAMA
にーな NINA NIINA
さりー SARI SARII
じょーじ JOJI JOHJI
さんぺい SAMPEI
なんば NAMBA
ほんま HOMMA
しんばし SHIMBASHI
かんの KANNO
じゅんいちろう JUNICHIRO JUNICHIROH JUNICHIROU
ほっち HOTCHI
はっちょう HATCHO HATCHOH HATCHOU
えっちゅう ETCHU ETCHUU
べっぷ BEPPU
いっしき ISSHIKI
はっとり HATTORI
きっかわ KIKKAWA
みすゞ MISUZU
つゞき TSUZUKI
かをる KAORU
じぇーむず JIEMUZU
シェリー SHIERI
チェン CHIEN
ティナ TEINA
ディラン DEIRAN
デュボワ DEYUBOWA
ファティマ FUATEIMA
フィリップ FUIRIPPU
ヴァレリー BUARERI BARERI
ヴ BU
トゥアン TOUAN
ウィリアム UIRIAMU
クヮン KUWAN
ﾊﾟｸ PAKU
"""
ROWS = [line.split() for line in SPELLINGS.split("\n") if line]
KANA = sorted(
    set(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガジズデドバパ"
    )
)
FIRST = sorted(set(KANA) - {"ン"})
READINGS = st.lists(
    st.tuples(st.sampled_from(FIRST), st.text(alphabet=[*KANA, "ー"], max_size=8)).map("".join),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_passport_spellings_are_suggested_and_accepted(row):
    reading, suggested, *others = row
    assert suggest_romaji(reading) == suggested
    for spelling in (suggested, *others):
        assert judge_romaji(reading=reading, romaji=spelling).fits


@pytest.mark.parametrize(
    ("reading", "romaji", "long_vowels"),
    [
        ("サトウ　ユウコ", "SATO YUKO", LongVowel.SHORTENED),
        ("サトウ　ユウコ", "SATOH YUKO", LongVowel.OH),
        ("サトウ　ユウコ", "SATOU YUUKO", LongVowel.IN_FULL),
        ("サトウ　ユウコ", "SATOH YUUKO", LongVowel.MIXED),
        ("サトウ　リョウ", "SATOH RYO", LongVowel.MIXED),
        ("ヤマダ　ハナ", "YAMADA HANA", LongVowel.SHORTENED),
    ],
)
def test_the_way_of_writing_long_vowels_is_told(reading, romaji, long_vowels):
    assert judge_romaji(reading=reading, romaji=romaji).long_vowels is long_vowels


@pytest.mark.parametrize(
    ("reading", "romaji", "differs_at"),
    [
        ("シンバシ", "SHINBASHI", 3),
        ("ハッチョウ", "HACCHO", 2),
        ("イノウエ", "INOE", 3),
        ("マツウラ", "MATSURA", 5),
        ("シマ", "SIMA", 0),
        ("オオノ", "OHHNO", 2),
        ("ユウコ", "YUHKO", 2),
        ("セノオ", "SENO", 4),
        ("ヤマダ　タロウ", "TARO YAMADA", 0),
        ("ヤマダ　タロウ", "YAMADA", 6),
        ("ヤマダ", "YAMADAA", 6),
    ],
)
def test_another_spelling_does_not_fit_and_its_place_is_told(reading, romaji, differs_at):
    judgement = judge_romaji(reading=reading, romaji=romaji)
    assert not judgement.fits
    assert judgement.differs_at == differs_at


def test_a_mark_set_by_hand_parts_morphemes():
    assert suggest_romaji("コ|ウラ") == "KOURA"
    assert suggest_romaji("コウラ") == "KORA"
    assert not judge_romaji(reading="コ|ウラ", romaji="KORA").fits
    assert suggest_romaji("イノ|ウエ　ヒロ|オ") == "INOUE HIROO"


@pytest.mark.parametrize(
    "romaji", ["NISHI TANAKA", "Nishi-Tanaka", "nishi  tanaka", "NISHITANAKA", "ＮＩＳＨＩ　ＴＡＮＡＫＡ"]
)
def test_double_names_are_judged_with_hyphen_space_or_in_one(romaji):
    assert judge_romaji(reading="ニシ＝タナカ", romaji=romaji).fits


def test_a_foreign_name_is_spelled_as_its_document_has_it():
    judgement = judge_romaji(reading="ジェームズ　スミス", romaji="JAMES SMITH")
    assert not judgement.fits
    assert judgement.suggested == "JIEMUZU SUMISU"
    assert compare_roman_names(documented="SMITH JAMES", written="SMITH JAMES") is RomanNames.SAME
    assert compare_roman_names(documented="MÜLLER-O'NEIL", written="Muller O’Neil") is RomanNames.SAME_LETTERS
    assert compare_roman_names(documented="SMITH JAMES", written="JAMES SMITH") is RomanNames.DIFFERENT


@pytest.mark.parametrize(
    ("reading", "position"), [("山田", 0), ("ヤマダA", 3), ("アッ", 1), ("アッア", 2), ("ミヶ", 1)]
)
def test_what_cannot_be_spelled_is_refused_with_its_place(reading, position):
    with pytest.raises(ReadingNotSpelled) as refused:
        suggest_romaji(reading)
    assert refused.value.position == position


@given(READINGS)
def test_every_suggestion_fits_its_own_reading(names):
    reading = "　".join(names)
    suggested = suggest_romaji(reading)
    judgement = judge_romaji(reading=reading, romaji=suggested.lower())
    assert judgement.fits
    assert judgement.suggested == suggested
    assert suggested.replace(" ", "").isascii()


@given(READINGS, st.data())
def test_a_letter_that_no_spelling_has_never_fits(names, data):
    spelled = suggest_romaji("　".join(names))
    place = data.draw(st.integers(min_value=0, max_value=len(spelled)))
    assert not judge_romaji(reading="　".join(names), romaji=f"{spelled[:place]}Q{spelled[place:]}").fits


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_stops_the_judgement_otherwise(reading, romaji):
    try:
        judgement = judge_romaji(reading=reading, romaji=romaji)
    except ReadingNotSpelled:
        return
    assert judgement.fits == (judgement.differs_at is None)


def test_a_long_row_of_long_vowels_takes_no_time():
    assert not judge_romaji(reading="コ" + "オ" * 400, romaji="K" + "O" * 900).fits
