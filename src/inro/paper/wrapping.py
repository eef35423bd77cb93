"""Lets text without a place to break run on to the next line instead of out of its box."""

import re

# Ideographs and kana break anywhere; of all else a line holds this many at the smallest width we print.
_LONGEST_RUN = 24
_ZERO_WIDTH_SPACE = "\u200b"
_BREAKS_BY_ITSELF = r"\s\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[^{_BREAKS_BY_ITSELF}]{{{_LONGEST_RUN},}}")
# No break between a character and its variation selector.
_WITHIN = re.compile(r"(?<=.)(?=[^\ufe00-\ufe0f\U000e0100-\U000e01ef])", re.DOTALL)


def breakable(text: str) -> str:
    """Return `text` with a zero-width space after each character of a run that no line would hold."""
    return _RUN.sub(lambda run: _WITHIN.sub(_ZERO_WIDTH_SPACE, run[0]), text)
