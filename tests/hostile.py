"""Names that mean harm or are none: one list for wizard, command line, import and paper (8.5, 8.7)."""

import random

_SEED = 6879
# What breaks programs, and what only looks as if it did.
PIECES = (
    "髙橋",
    "𠮷",
    "邉\U000e0100",
    "辻\ufe00",
    "\U000e0101",
    "槗鷗麴",
    "か\u3099",
    "ｶﾞ",
    "é",
    "\u0301" * 5,
    "אב",
    "\u202e逆",
    "\u2066",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\x00",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\u2028",
    "\r\n",
    "\ud800",
    "\udfff",
    "\ud83d\ude00",
    "\ufffe",
    "\ufffd",
    "\U0010ffff",
    "\U000f0000",
    "\ue000",
    "😀",
    "👨\u200d👩\u200d👧",
    "①",
    "㈱",
    "ﾀﾅｶ",
    "Ａ",
    "ー" * 20,
    "」" * 20,
    "W" * 30,
    "　",
    " ",
    "<script>alert(1)</script>",
    "<KANA>",
    "{{ 7|add:7 }}",
    "'; DROP TABLE store_draft;--",
    '"',
    "\\u{41}",
    "#panic()",
    "$x$ *_`<a>",
    "=1+1",
    ",",
    "fi ffl",
    "山田",
    "太郎",
)
MEGABYTE = "長" * 350_000
_ONE_IN = 1_000


def hostile_names(count: int, *, seed: int = _SEED) -> list[str]:
    """Return names of odd pieces and random characters, the same in every run; the first is a megabyte."""
    drawn = random.Random(seed)
    return [MEGABYTE if place % _ONE_IN == 0 else _name(drawn) for place in range(count)]


def octets_of(name: str) -> bytes:
    """Return a name as it comes in, unpaired surrogates as they are."""
    return name.encode("utf-8", "surrogatepass")


def is_text(name: str) -> bool:
    """Return whether a name has no unpaired surrogate, so that every program can write it."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _name(drawn: random.Random) -> str:
    pieces = [
        drawn.choice(PIECES) if drawn.random() < 0.8 else chr(drawn.randrange(0x110000))
        for _ in range(drawn.randint(1, 5))
    ]
    # Half of them read well so far as nobody looks closely.
    return "".join([drawn.choice(("", "山田　")), *pieces])
