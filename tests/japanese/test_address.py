"""Two writings of an address: the same, equivalent, something left out, or different (8.1, 8.2, 29)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.japanese.address import AddressPart, AddressVerdict, compare_addresses
from inro.japanese.address_reading import PREFECTURES, prefecture_of, read_address
from inro.japanese.address_writing import canonical_writing, digits_of, one_width

PAIRS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "address_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PLACES = (
    ("東京都", "千代田区", "霞が関"),
    ("東京都", "港区", "六本木"),
    ("東京都", "港区", "麻布十番"),
    ("東京都", "千代田区", "三番町"),
    ("北海道", "札幌市中央区", "北三条西"),
    ("北海道", "札幌市西区", "二十四軒四条"),
    ("大阪府", "大阪市淀川区", "十三東"),
    ("三重県", "四日市市", "諏訪町"),
    ("埼玉県", "北足立郡伊奈町", "大字小室"),
    ("青森県", "上北郡六ヶ所村", "大字尾駮字野附"),
    ("秋田県", "横手市", "十文字町字本町"),
    ("山梨県", "甲府市", "丸の内"),
)
BUILDINGS = ("", "メゾン青山", "第二田中ビル", "コーポ桜A棟", "ABCハイツ")
NUMBER = st.integers(min_value=1, max_value=1999)
NUMBERS = st.lists(NUMBER, min_size=1, max_size=3)
DASHES = "-－‐–—―−"
NUMERALS = "〇一二三四五六七八九"


def kanji(number: int) -> str:
    return "".join(NUMERALS[int(digit)] for digit in str(number))


def counted(number: int) -> str:
    digits = str(number).zfill(4)
    units = ("千", "百", "十", "")
    parts = (
        (NUMERALS[int(d)] if d != "1" or not u else "") + u
        for d, u in zip(digits, units, strict=True)
        if d != "0"
    )
    return "".join(parts)


def full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def spelled(numbers: list[int], units: tuple[str, ...], figures) -> str:
    return "".join(figures(number) + unit for number, unit in zip(numbers, units, strict=True))


FIGURES = st.sampled_from([str, full_width, kanji, counted])
ARABIC = st.sampled_from([str, full_width])
UNITS = {
    1: [("番地",), ("番",)],
    2: [("番", "号"), ("番地", ""), ("番地の", "")],
    3: [("丁目", "番", "号"), ("丁目", "番地", ""), ("丁目", "番地の", ""), ("丁目 ", "番 ", "号")],
}


@st.composite
def written_numbers(draw, numbers: list[int]) -> str:
    if draw(st.booleans()):
        figures = draw(st.sampled_from([str, full_width, kanji]) if len(numbers) > 1 else ARABIC)
        return draw(st.sampled_from([*DASHES, "の", "ノ"])).join(figures(number) for number in numbers)
    units = draw(st.sampled_from(UNITS[len(numbers)]))
    return spelled(numbers, units, draw(FIGURES if units[-1] else ARABIC))


@st.composite
def written_place(draw, place: tuple[str, str, str]) -> str:
    text = "".join(place)
    for old, new in (
        ("大字", ""),
        ("ヶ", "ケ"),
        ("が", "ヶ"),
        ("の", "ノ"),
        ("三番町", "3番町"),
        ("三条", "3条"),
        ("四条", "４条"),
    ):
        if draw(st.booleans()):
            text = text.replace(old, new)
    return text.replace("市", "市　", 1) if draw(st.booleans()) and "市市" not in text else text


@st.composite
def written_building(draw, building: str, room: int | None) -> str:
    if room is not None:
        building += (
            draw(st.sampled_from(["", " ", "　"]))
            + draw(ARABIC)(room)
            + draw(st.sampled_from(["", "号", "号室"]))
        )
    if draw(st.booleans()):
        building = building.replace("第二", "第2").replace("A棟", "Ａ－" if room else "A")
    return building


@st.composite
def addresses(draw):
    """Where, which numbers, which building and room: an address before anyone writes it."""
    building = draw(st.sampled_from(BUILDINGS))
    room = draw(st.integers(min_value=101, max_value=1999)) if building and draw(st.booleans()) else None
    return draw(st.sampled_from(PLACES)), draw(NUMBERS), building, room


def writings(address):
    place, numbers, building, room = address
    return st.tuples(
        written_place(place),
        written_numbers(numbers),
        st.sampled_from([" ", "　"]),
        written_building(building, room),
    ).map("".join)


ADDRESS_TEXTS = st.one_of(
    addresses().flatmap(writings),
    st.sampled_from([text for pair in PAIRS for text in pair[2:]]),
    st.text(
        alphabet="東京都市区町村郡大字一二三十百千番地丁目号のケヶが条線割第-－ー 　0123４５コーポA棟室階方",
        max_size=30,
    ),
    st.text(max_size=30),
)


@pytest.mark.parametrize(("verdict", "parts", "left", "right"), PAIRS)
def test_every_pair_of_the_set_is_judged_as_a_person_would(verdict, parts, left, right):
    for one, other in ((left, right), (right, left)):
        found = compare_addresses(one, other)
        assert (found.verdict, ",".join(item.part for item in found.differences)) == (verdict, parts)


def test_the_set_is_large_and_has_every_verdict():
    assert len(PAIRS) >= 150
    assert {pair[0] for pair in PAIRS} == set(AddressVerdict)


@given(ADDRESS_TEXTS)
def test_an_address_is_the_same_as_itself(text):
    found = compare_addresses(text, text)
    assert found.verdict is AddressVerdict.SAME
    assert found.differences == ()


@given(ADDRESS_TEXTS, ADDRESS_TEXTS)
def test_the_sides_may_be_exchanged(left, right):
    there, back = compare_addresses(left, right), compare_addresses(right, left)
    assert there.verdict is back.verdict
    assert [(d.part, d.left, d.right) for d in there.differences] == [
        (d.part, d.right, d.left) for d in back.differences
    ]


@given(addresses().flatmap(lambda address: st.tuples(writings(address), writings(address))))
def test_the_way_of_writing_does_not_matter(pair):
    assert compare_addresses(*pair).verdict in (AddressVerdict.SAME, AddressVerdict.EQUIVALENT)


@given(st.data())
def test_another_number_is_another_place(data):
    place, numbers, building, room = data.draw(addresses())
    position = data.draw(st.integers(min_value=0, max_value=len(numbers) - 1))
    changed = [*numbers]
    changed[position] = data.draw(NUMBER.filter(lambda number: number != numbers[position]))
    left = data.draw(writings((place, numbers, building, room)))
    right = data.draw(writings((place, changed, building, room)))
    found = compare_addresses(left, right)
    assert found.verdict is AddressVerdict.DIFFERENT
    assert AddressPart.NUMBERS in {item.part for item in found.differences}


@given(st.data())
def test_what_one_side_leaves_out_is_named(data):
    place, numbers, _, _ = data.draw(addresses())
    bare = data.draw(writings((place, numbers, "", None)))
    full = data.draw(writings((place, numbers, "メゾン青山", 203)))
    found = compare_addresses(bare, full)
    assert found.verdict is AddressVerdict.BUILDING_MISSING
    assert {item.part for item in found.differences} == {AddressPart.BUILDING, AddressPart.ROOM}
    short = compare_addresses(bare, bare.removeprefix(place[0]))
    assert short.verdict is AddressVerdict.NO_PREFECTURE


@given(st.sampled_from(PLACES), NUMBER, NUMBER, ARABIC)
def test_a_marked_section_is_no_marked_lot(place, first, second, figures):
    bare, one, other = "".join(place), figures(first), figures(second)
    section, lot, unmarked = f"{bare}{one}丁目{other}番地", f"{bare}{one}番地{other}", f"{bare}{one}-{other}"
    (difference,) = compare_addresses(section, lot).differences
    assert (difference.left, difference.right) == (f"{first}丁目-{second}", f"{first}-{second}")
    assert compare_addresses(section, unmarked).verdict is AddressVerdict.EQUIVALENT
    assert compare_addresses(lot, unmarked).verdict is AddressVerdict.EQUIVALENT


def test_differences_show_both_sides_reduced():
    (difference,) = compare_addresses("東京都港区六本木一丁目2番3号", "東京都港区六本木1-2-4").differences
    assert (difference.part, difference.left, difference.right) == (AddressPart.NUMBERS, "1-2-3", "1-2-4")
    assert not difference.is_omission


def test_a_suffix_of_a_lot_belongs_to_its_number():
    assert (
        compare_addresses("石川県羽咋市旭町200番地甲", "石川県羽咋市旭町200甲").verdict
        is AddressVerdict.EQUIVALENT
    )
    found = compare_addresses("石川県羽咋市旭町200番地甲", "石川県羽咋市旭町200番地")
    assert found.verdict is AddressVerdict.DIFFERENT


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_every_prefecture_is_seen(prefecture):
    assert prefecture_of(f"{prefecture}中央市1-1") == prefecture
    assert read_address(f"{prefecture}中央市本町1-1").municipality == "中央市"


def test_an_address_abroad_has_no_prefecture():
    assert len(PREFECTURES) == 47
    assert prefecture_of("10 Downing Street, London") == ""


@given(st.integers(min_value=1, max_value=9999))
def test_kanji_numerals_are_read_both_ways(number):
    assert digits_of(kanji(number)) == str(number)
    assert digits_of(counted(number)) == str(number)


@pytest.mark.parametrize("text", ["", "十十", "百千", "三百二千", "本"])
def test_what_is_no_numeral_is_not_read_as_one(text):
    assert digits_of(text) is None


@given(ADDRESS_TEXTS)
def test_reducing_twice_reduces_no_further(text):
    assert one_width(one_width(text)) == one_width(text)
    reduced = canonical_writing(one_width(text))
    assert isinstance(read_address(reduced).town, str)
