"""What a clause of the terms is called: `8.7` is 第8条第7項, `22.1(9)` 第22条第1項第9号, `F` 別表第2号."""

import re

_CLAUSE = re.compile(r"(\d+)(?:\.(\d+))?(?:\((\d+)\))?")
_NAMED = {"F": ("別表第2号", "Fee table"), "附則": ("附則", "Supplementary provisions")}


def clause_words(clause: str, language: str) -> str:
    """Return a clause's name in `ja` or, for anything else, in English; what is none stays as it is."""
    named = _NAMED.get(clause)
    if named:
        return named[0] if language == "ja" else named[1]
    found = _CLAUSE.fullmatch(clause)
    if found is None:
        return clause
    article, paragraph, item = found.groups()
    if language == "ja":
        return f"第{article}条{f'第{paragraph}項' if paragraph else ''}{f'第{item}号' if item else ''}"
    return f"Article {article}{f'({paragraph})' if paragraph else ''}{f' item {item}' if item else ''}"
