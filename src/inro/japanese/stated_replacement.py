"""What a form states of a character that the certificate shows otherwise (8.8-8.12)."""

from inro.japanese.replacement import Document, How, Unit
from inro.japanese.tables import TITLES, Table
from inro.practice.stated import StatedReplacement

_CLAUSES = {Document.RESIDENT: "8.8", Document.REGISTRY: "8.9"}
_KANA_CLAUSE = "8.10"


def stated_replacement(*, unit: Unit, printed: str, field: str, document: Document) -> StatedReplacement:
    """Return a unit with what is printed for it: by a table, or else in katakana."""
    by_table = unit.how is How.REPLACED or printed in unit.candidates
    return StatedReplacement(
        field=field,
        original=unit.original,
        printed=printed,
        source=unit.source if by_table else TITLES[Table.NONE],
        clause=_CLAUSES[document] if by_table else _KANA_CLAUSE,
    )
