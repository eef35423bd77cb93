"""Which characters of an earlier form today's tables treat otherwise (8.7-8.12).

A renewal form prints what was consented to then (8.11); whoever examines must know that the tables changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from inro.japanese.gate import outside_gate
from inro.japanese.replacement import Document, How, replace_text
from inro.practice.stated import StatedForm, StatedReplacement


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedOtherwise:
    """A replacement as printed, and what the tables give for the same character today."""

    field: str
    original: str
    printed: str
    today: str


def replaced_otherwise(form: StatedForm) -> tuple[ReplacedOtherwise, ...]:
    """Return the replacements of a form for which a table surely says something else today."""
    return tuple(_changes(form))


def certified_outside_gate(form: StatedForm) -> tuple[str, ...]:
    """Return the characters of the certificate's name that no certificate may show today (8.7)."""
    return outside_gate(form.certificate_name)


def _changes(form: StatedForm) -> Iterator[ReplacedOtherwise]:
    for one in form.replacements:
        today = _today(one)
        if today and today != one.printed:
            yield ReplacedOtherwise(field=one.field, original=one.original, printed=one.printed, today=today)


def _today(one: StatedReplacement) -> str:
    """Return what stands for a character now, nothing where a person decides."""
    document = Document.REGISTRY if one.field.startswith("organization") else Document.RESIDENT
    units = replace_text(one.original, document=document).units
    if any(unit.how in (How.REVIEW, How.KANA) for unit in units):
        return ""
    return "".join(unit.replacement for unit in units)
