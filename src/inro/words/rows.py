"""Tables of words: one row a name, `name | Japanese | English`, or three lines where they are long."""

from collections.abc import Mapping
from types import MappingProxyType


class DoubledRow(ValueError):
    """A table of words holds a name twice, or a row of another shape."""


def words_of(table: str) -> Mapping[str, tuple[str, str]]:
    """Return a table's rows as (Japanese, English) by name.

    Raises: DoubledRow.
    """
    found: dict[str, tuple[str, str]] = {}
    for line in table.strip().splitlines():
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 3 or not all(parts) or parts[0] in found:
            raise DoubledRow(line)
        found[parts[0]] = (parts[1], parts[2])
    return MappingProxyType(found)


def stanzas_of(table: str) -> Mapping[str, tuple[str, str]]:
    """Return a table's stanzas of three lines (name, Japanese, English) as (Japanese, English) by name.

    Raises: DoubledRow.
    """
    lines = [line.strip() for line in table.strip().splitlines()]
    found: dict[str, tuple[str, str]] = {}
    for name, japanese, english in zip(lines[0::3], lines[1::3], lines[2::3], strict=True):
        if name in found or " " in name or not japanese or not english:
            raise DoubledRow(name)
        found[name] = (japanese, english)
    return MappingProxyType(found)


def in_language(words: tuple[str, str], language: str) -> str:
    """Return the Japanese for `ja`, the English for anything else."""
    return words[0] if language == "ja" else words[1]
