"""One code point for one character of JIS X 0208: half width, and the seven signs that have two (8.7).

Folding makes no other character of any; what was received is kept untouched beside it.
"""

import re
import unicodedata

# Two code points stand for each of these signs: on the left what Microsoft's tables and the NTA write, on the
# right what JIS X 0208 has in Python's codecs.
SIGNS = {
    "～": "〜",
    "－": "−",
    "∥": "‖",
    "￠": "¢",
    "￡": "£",
    "￢": "¬",
    "—": "―",
}
# ASCII's quotation marks have no full-width twin in JIS X 0208; a Japanese keyboard's conversion gives these.
_QUOTES = {'"': "”", "'": "’", "＂": "”", "＇": "’"}
_HALF_WIDTH_SIGNS = {" ": "　", "¥": "￥", "‾": "￣"}
_VOICED, _SEMI_VOICED = "ﾞ\u3099", "ﾟ\u309a"


def _singles() -> dict[str, str]:
    ascii_signs = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
    kana = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF61, 0xFF9E)}
    folded = ascii_signs | kana | {"ﾞ": "゛", "ﾟ": "゜"} | _HALF_WIDTH_SIGNS | _QUOTES
    return {half: SIGNS.get(full, full) for half, full in folded.items()} | SIGNS


def _marked(marks: str) -> dict[str, str]:
    """Return kana with a mark behind it, half-width or combining, as the one character that both make."""
    marked: dict[str, str] = {}
    for code in (*range(0x3041, 0x30FF), *range(0xFF66, 0xFF9E)):
        kana = unicodedata.normalize("NFKC", chr(code))
        composed = unicodedata.normalize("NFC", kana + marks[1])
        if len(composed) == 1:
            marked |= {chr(code) + mark: composed for mark in marks}
    return marked


def _written(marked: dict[str, str], marks: str) -> str:
    return f"[{''.join(dict.fromkeys(pair[0] for pair in marked))}][{marks}]"


_SINGLES = _singles()
_MARKED = {marks: _marked(marks) for marks in (_VOICED, _SEMI_VOICED)}
_PAIRS = _MARKED[_VOICED] | _MARKED[_SEMI_VOICED]
# A regular expression for kana and mark: two characters that are one.
PAIR = "|".join(_written(marked, marks) for marks, marked in _MARKED.items())
_PAIR = re.compile(PAIR)
_TRANSLATION = str.maketrans(_SINGLES)


def fold_unit(unit: str) -> str:
    """Return a character, or kana with its mark, as JIS X 0208 writes it; any other unchanged."""
    return _PAIRS.get(unit) or _SINGLES.get(unit, unit)


def fold(text: str) -> str:
    """Return a text with one code point for one character of JIS X 0208, everything else unchanged."""
    return _PAIR.sub(lambda found: _PAIRS[found[0]], text).translate(_TRANSLATION)


def comparison_key(text: str) -> str:
    """Return what two writings of one text have in common (NFKC): to compare by, never to store or show."""
    return unicodedata.normalize("NFKC", fold(text))
