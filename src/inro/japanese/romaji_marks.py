"""Readings in which two morphemes meet and only seem to make a long vowel (8.2).

松浦 is MATSUURA and 井上 INOUE, since うら and うえ begin a word of their own. What stands here are endings
of many names; a name the table does not know is marked by hand.
"""

import re

_MARK = "|"
# A vowel of the u row, or の, before 裏・浦, 内, 上: ミツ|ウラ, タケノ|ウチ, イノ|ウエ.
_BEFORE_U = re.compile("(?<=[ツクスヌルムグズブノ])(?=(?:ウラ|ウチ|ウエ)$)")
# Two letters or more that end in o, before 丘・岡, 臣, 興: キヨ|オカ, ナオ|オミ. トオミ and オオキ are long.
_BEFORE_O = re.compile("(?<=.[オコソトノホモヨロゴゾドボ])(?=(?:オカ|オミ|オキ)$)")
_WHOLE = {"コウチワ": "コ|ウチワ", "クウチ": "ク|ウチ", "シウ": "シ|ウ"}


def with_marks(name: str) -> str:
    """Return a name in katakana with | where morphemes meet; marks set by hand are left alone."""
    if _MARK in name:
        return name
    return _WHOLE.get(name) or _BEFORE_O.sub(_MARK, _BEFORE_U.sub(_MARK, name))
