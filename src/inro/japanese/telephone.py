"""Telephone and fax numbers of Japan, as forms state them (40(5))."""

import re
import unicodedata

_NUMBER = re.compile(r"0[0-9]{1,4}-?[0-9]{1,4}-?[0-9]{3,4}")
_DIGITS = (10, 11)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


def read_telephone(text: str) -> str | None:
    """Return a number in half width, however it was typed; None for what is none."""
    written = unicodedata.normalize("NFKC", text).translate(DASHES).replace(" ", "")
    written = re.sub(r"[()]", "-", written).strip("-")
    known = _NUMBER.fullmatch(written) and len(written.replace("-", "")) in _DIGITS
    return written if known else None
