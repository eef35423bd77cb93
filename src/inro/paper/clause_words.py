"""A clause id as the terms themselves write it."""

import re

_CLAUSE = re.compile(r"(?P<article>\d+)(?:\.(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?(?:/.*)?")


def clause_words(clause: str) -> str:
    """Return `22.1(9)` as 第22条第1項第9号; a sub-ground after a slash is ours and is left out.

    Anything else is returned as it is.
    """
    found = _CLAUSE.fullmatch(clause)
    if found is None:
        return clause
    words = f"第{found['article']}条"
    if found["paragraph"]:
        words += f"第{found['paragraph']}項"
    if found["item"]:
        words += f"第{found['item']}号"
    return words
