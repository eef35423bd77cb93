"""Whether everything a person may be told has words; `make check` and the tests ask (rule 7 of the house)."""

from collections.abc import Iterable
from enum import StrEnum

from inro.words.records import RECORDS
from inro.words.refusals import REFUSALS, name_of


def unnamed_refusals(classes: Iterable[type[BaseException]]) -> list[str]:
    """Return the names of refusals without words."""
    return sorted({name_of(kind) for kind in classes} - REFUSALS.keys())


def unnamed_states(enums: Iterable[type[StrEnum]]) -> list[str]:
    """Return the values of the record's enums without words."""
    return sorted(
        f"{enum.__name__}.{value.value}"
        for enum in enums
        for value in enum
        if value.value not in RECORDS.get(enum.__name__, {})
    )
