"""What a case is found by: names, readings, organization, Corporate Number, as keys (8.2, 8.8-8.10)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inro.japanese.search_key import organization_search_key, search_key

_PERSON = ("legal_name", "certificate_name", "kana", "romaji")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKeys:
    """The names of a case, each between line ends, and its Corporate Number, empty for none."""

    names: str
    corporate_number: str


NO_KEYS = CaseKeys(names="", corporate_number="")


def case_keys(stated: Mapping[str, Any] | None, content: Mapping[str, Any] | None) -> CaseKeys:
    """Return the keys of what a form states and a certificate will show; none once disposed of (28).

    What is not shaped as it was written gives no key: the queue only follows, and refuses nothing.
    """
    stated, content = _record(stated), _record(content)
    names = list(dict.fromkeys(filter(None, _names(stated, content))))
    numbers = (_organization(record).get("corporate_number") for record in (content, stated))
    return CaseKeys(
        names="\n".join(("", *names, "")) if names else "",
        corporate_number=next(filter(None, numbers), ""),
    )


def _names(stated: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[str]:
    for field in _PERSON:
        yield search_key(stated.get(field, ""))
    yield search_key(content.get("name", ""))
    yield search_key(content.get("name_romaji", ""))
    for record in (stated, content):
        yield organization_search_key(_organization(record).get("name", ""))


def _organization(record: Mapping[str, Any]) -> Mapping[str, Any]:
    return _record(record.get("organization"))


def _record(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
