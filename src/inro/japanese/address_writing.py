"""One writing of an address: widths, dashes, numerals, particles and old forms of characters (8.1)."""

import re
import unicodedata

# Old and new forms that municipalities and their residents use side by side. Not a legal ground for replacing
# a character of a name: this is for recognising a place only.
_FORMS = """
龍竜 澤沢 嶋島 濱浜 瀧滝 條条 廣広 櫻桜 渕淵 檜桧 邊辺 邉辺 﨑崎 冨富 惠恵 槙槇 曾曽 舘館 籔薮 藪薮
圓円 國国 學学 萬万 豐豊 鹽塩 關関 驛駅 鐵鉄 麴麹 篭籠 髙高 德徳 眞真 靜静 縣県 區区 壽寿 榮栄 藏蔵
兒児 會会 彌弥 來来 黑黒 峯峰 埜野 檮梼 餠餅 祇祗 諫諌
"""
_OLD_FORMS = {pair[0]: pair[1] for pair in _FORMS.split()}
_OLD = re.compile(f"[{''.join(_OLD_FORMS)}]")
_DASH = re.compile("[‐‑‒–—―−─━﹣－]")
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SPACES = re.compile(r"\s+")

_DIGITS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")}
_NUMERALS = "〇一二三四五六七八九十百千"
_ANY = f"0-9{_NUMERALS}"
_KANJI = "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff0-9"
# The rare character stands first in these patterns, its neighbours are looked at afterwards: that is faster.
_LONG_MARK = re.compile(f"ー(?<=[{_ANY}]ー)(?=[{_ANY}])")
_ZERO = re.compile(f"[○◯零](?<=[{_ANY}].)(?=$|[{_ANY}番号丁-])")
_PARTICLES = re.compile(f"[のノ之ケヶヵカがガつツッっ](?<=[{_KANJI}].)(?=[{_KANJI}])")
_PARTICLE = {
    **dict.fromkeys("のノ之", "ノ"),
    **dict.fromkeys("ケヶヵカがガ", "ケ"),
    **dict.fromkeys("つツッっ", "ツ"),
}
_RUN = re.compile(f"[{_NUMERALS}]+")
_COUNTED_BEFORE = re.compile(f"丁目|丁|番|号|条(?!市)|線|地割|階|棟|[-ノ][{_ANY}]|\\s*$")
_COUNTED_AFTER = re.compile(f"(?:[{_ANY}][-ノ]|丁目|番地ノ?|[番号])$")
_CONTEXT = 3
_ONE_TO_NINE = "([一二三四五六七八九]?)"
_WITH_UNITS = re.compile(f"(?:{_ONE_TO_NINE}千)?(?:{_ONE_TO_NINE}百)?(?:{_ONE_TO_NINE}十)?{_ONE_TO_NINE}")
# Places whose own name ends as if it were counted.
_NAMED = re.compile("麻布(?:十|10)番")


def one_width(text: str) -> str:
    """Return the text with one width and one dash, without variation selectors."""
    folded = unicodedata.normalize("NFKC", _SELECTOR.sub("", text))
    return _SPACES.sub(" ", _DASH.sub("-", folded)).strip()


def canonical_writing(text: str) -> str:
    """Return a text of one width with counted numerals as digits and one form of each particle."""
    text = _NAMED.sub("麻布ジュウバン", _OLD.sub(_new_form, text))
    text = _LONG_MARK.sub("-", _ZERO.sub("〇", text))
    return _RUN.sub(_counted_as_digits, _PARTICLES.sub(_one_particle, text))


def digits_of(numeral: str) -> str | None:
    """Return a kanji numeral below 10,000 as digits, positional or with units; None if it is neither."""
    if not numeral:
        return None
    if _DIGITS.keys() >= set(numeral):
        return "".join(_DIGITS[character] for character in numeral)
    match = _WITH_UNITS.fullmatch(numeral)
    if match is None:
        return None
    counts = [_DIGITS.get(count or "", None if count is None else "1") for count in match.groups()[:3]]
    value = sum(unit * int(count) for unit, count in zip((1000, 100, 10), counts, strict=True) if count)
    return str(value + int(_DIGITS.get(match[4], "0")))


def _counted_as_digits(match: re.Match[str]) -> str:
    text, start = match.string, match.start()
    if _COUNTED_BEFORE.match(text, match.end()) or _COUNTED_AFTER.search(
        text[max(start - _CONTEXT, 0) : start]
    ):
        return digits_of(match[0]) or match[0]
    return match[0]


def _one_particle(match: re.Match[str]) -> str:
    return _PARTICLE[match[0]]


def _new_form(match: re.Match[str]) -> str:
    return _OLD_FORMS[match[0]]
