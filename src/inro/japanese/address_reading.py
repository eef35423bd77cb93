"""Take a written address apart: prefecture, municipality, town, numbers, building, room (8.1, 29)."""

import re
from dataclasses import dataclass, replace

from inro.japanese.address_writing import canonical_writing, one_width

_PREFECTURES = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県
新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県
奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県
熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
PREFECTURES = tuple(_PREFECTURES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address in parts, each reduced to one writing; what is not said is an empty text.

    Without a gazetteer the line between municipality and town is drawn by its usual endings: it serves to
    name a difference, never to decide that there is one. `in_section` says whether the first number is marked
    as a 丁目; None if it bears no mark. `closed` says whether a 号 ends the numbers.
    """

    prefecture: str
    municipality: str
    town: str
    numbers: tuple[str, ...]
    in_section: bool | None
    closed: bool
    building: str
    room: str

    def with_room(self, *, numbers: tuple[str, ...], room: str) -> "Address":
        """Return the address with these numbers and this room."""
        return replace(self, numbers=numbers, room=room)


_PREFECTURE = re.compile("|".join(PREFECTURES))
_MUNICIPALITY = re.compile(
    "(?:大和郡山|蒲郡|小郡|郡山|郡上|市川|市原|余市|[^郡]{1,7}?)市(?![市郡町])(?:.{1,4}?区)?"
    "|.{1,5}?郡(?:玉村|大町|.{1,5}?)[町村]|.{1,5}?区|.{1,6}?[町村]"
)
_SECTION = re.compile("大字|小字|(?<!文)字")
_COURSE = re.compile("(?<=[上下入])[ルる]")
_ORDINAL = re.compile("第(?=[0-9])")
_ORDINAL_SECTION = re.compile("第(?=[0-9]+地割)")
_NUMBER = "[0-9]+[甲乙丙戊]?"
_UNIT = "丁目|丁|地割|番地ノ?|番ノ?(?![町丁街館])|号ノ?(?![室棟館])"
# A space may follow 丁目 and 番, where a number must come; after 番地 and 号 it begins a building.
_JOIN = "\\s*(?:(?:丁目|丁|地割|番(?![町丁街館地])|[-ノ])\\s*|番地ノ?|番ノ|号ノ?)"
_BLOCK = re.compile(
    f"(?<![0-9])(?![0-9]+(?:条|線|番[町丁街])){_NUMBER}(?:{_JOIN}{_NUMBER})*(?:\\s*(?:{_UNIT}))?"
)
_TOKEN = re.compile(f"({_NUMBER})\\s*({_UNIT}|[-ノ])?\\s*")
_LOT_SUFFIX = re.compile(r"[甲乙丙戊イロハニホヘト](?=$|\s)")
_ROOM_DIGITS = 3
_STREET_NUMBERS = 3
_UNMARKED = frozenset({"", "-", "ノ"})


def read_address(text: str) -> Address:
    """Return the parts of an address, however it is written."""
    writing = canonical_writing(one_width(text))
    prefecture = prefecture_of(writing)
    place, block, rest = _cut(_ORDINAL_SECTION.sub("", writing[len(prefecture) :]))
    numbers, joins = _numbers(block)
    room = numbers[-1] if _ends_in_room(numbers, joins) else ""
    if room:
        numbers = numbers[:-1]
    if numbers and not room and (suffix := _LOT_SUFFIX.match(rest)):
        numbers, rest = (*numbers[:-1], numbers[-1] + suffix[0]), rest[1:]
    building, named_room = read_building(rest)
    if room and named_room:
        numbers, room = (*numbers, room), named_room
    municipality, town = _municipality_and_town(place)
    return Address(
        prefecture=prefecture,
        municipality=municipality,
        town=town,
        numbers=numbers,
        in_section=joins[0].startswith("丁") if joins and joins[0] not in _UNMARKED else None,
        closed=bool(room) or joins[-1:] == ("号",),
        building=building,
        room=room or named_room,
    )


def prefecture_of(text: str) -> str:
    """Return the prefecture an address begins with, empty if it names none: then Japan is not shown (29)."""
    match = _PREFECTURE.match(text.lstrip())
    return match[0] if match else ""


def _cut(text: str) -> tuple[str, str, str]:
    block = _BLOCK.search(text)
    if block is None:
        return text, "", ""
    return text[: block.start()], block[0], text[block.end() :]


def _numbers(block: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers of a block, and what stands behind each: a unit, a dash, ノ or nothing."""
    tokens = _TOKEN.findall(block)
    return tuple(number.lstrip("0") or "0" for number, _ in tokens), tuple(join for _, join in tokens)


def _ends_in_room(numbers: tuple[str, ...], joins: tuple[str, ...]) -> bool:
    if len(numbers) < _STREET_NUMBERS or len(numbers[-1]) < _ROOM_DIGITS:
        return False
    if joins[-2] == "号":
        return "番" in joins
    return joins[-2] == "-" and len(numbers) > _STREET_NUMBERS


def _municipality_and_town(place: str) -> tuple[str, str]:
    place = _COURSE.sub("", _SECTION.sub("", place.replace(" ", "")))
    match = _MUNICIPALITY.match(place)
    return (match[0], place[match.end() :]) if match else ("", place)


_IGNORED = re.compile(r"[\s()（）「」『』\[\],、。.．・'’`\"“”]")
_LONG_DASH = re.compile("(?<=[ぁ-ゖァ-ヺー])-(?=[ぁ-ゖァ-ヺ]|$)")
_LOOSE_DASH = re.compile("(?<![0-9])-|-(?![0-9])")
_BLOCK_NAME = re.compile("(?<=[0-9A-Z])号?棟")
_ROOM_UNIT = re.compile("(?<=[0-9])(?:号室|室|号)|^(?:号室|室|号)")
_CARE_OF = re.compile("様方?$")
_ROOM = re.compile("[0-9]+F?(?:-?[0-9]+)*$")
_COUNTED_BUILDING = re.compile("(?<=第)[一二三四五六七八九十]+")
_KANJI_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


def read_building(text: str) -> tuple[str, str]:
    """Return name and room of a building, reduced: コーポ桜A棟101号室 and コーポ桜 A-101 are one."""
    if not text:
        return "", ""
    text = _COUNTED_BUILDING.sub(lambda match: match[0].translate(_KANJI_DIGITS), text.upper())
    text = _LONG_DASH.sub("ー", _IGNORED.sub("", _ORDINAL.sub("", text)))
    text = _BLOCK_NAME.sub("-", text.replace("階", "F"))
    text = _LOOSE_DASH.sub("", _CARE_OF.sub("方", _ROOM_UNIT.sub("", text)))
    room = _ROOM.search(text)
    return (text[: room.start()], room[0]) if room else (text, "")
