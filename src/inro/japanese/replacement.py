"""Replaces what lies outside JIS X 0208, unit by unit, by the tables of the terms in our order (8.7-8.12).

The order and the cases decided by us: ADR 17.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from inro.japanese.folding import fold_unit
from inro.japanese.gate import JIS_X_0208, passes_gate
from inro.japanese.tables import TITLES, MjEntry, Table, mj_entry, tax_agency_target
from inro.japanese.units import split_units, without_selector
from inro.practice.errors import Refused

# A name has few units; hostile input has many, and is not remembered.
_REMEMBERED = 65_536


class Document(StrEnum):
    """What a text was taken from: a resident record (8.8) or the commercial register's certificate (8.9)."""

    RESIDENT = "resident"
    REGISTRY = "registry"


class How(StrEnum):
    """What became of a unit."""

    KEPT = "kept"
    REPLACED = "replaced"
    REVIEW = "review"
    KANA = "kana"


class GateBroken(Refused):
    """A table gave a character that JIS X 0208 does not have: the table is wrong (8.7)."""

    def __init__(self, *, original: str, replacement: str) -> None:
        super().__init__(original=original, replacement=replacement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit as received and what stands for it.

    `replacement` is empty where a person decides; `candidates` are what the tables offer for that. `mark` is
    what the table says beside the target, or where candidates come from.
    """

    original: str
    replacement: str
    how: How
    table: Table
    mj_number: str = ""
    mark: str = ""
    candidates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.how in (How.KEPT, How.REPLACED) and not (self.replacement and passes_gate(self.replacement)):
            raise GateBroken(original=self.original, replacement=self.replacement)

    @property
    def source(self) -> str:
        """The table with its edition, the MJ number, the mark the table sets, and the candidates."""
        candidates = f"候補 {'・'.join(self.candidates)}" if self.candidates else ""
        return " ".join(part for part in (TITLES[self.table], self.mj_number, self.mark, candidates) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A text as received and its units in order; joined, their originals are the text."""

    original: str
    document: Document
    units: tuple[Unit, ...]

    @property
    def settled(self) -> bool:
        """Whether every unit has its character, so that no person is needed."""
        return all(unit.replacement for unit in self.units)

    @property
    def text(self) -> str:
        """The text with every settled unit replaced, the others left out."""
        return "".join(unit.replacement for unit in self.units)


def replace_text(text: str, *, document: Document) -> Replacement:
    """Return a text with each of its units kept, replaced, or left to a person (8.8, 8.9, 8.10).

    Raises: TextRefused for what is no text of a name, GateBroken if a table is wrong.
    """
    find = _FIND[document]
    return Replacement(original=text, document=document, units=tuple(map(find, split_units(text))))


def replace_unit(unit: str, *, document: Document) -> Unit:
    """Return what stands for one unit, as `split_units` gives it (8.8, 8.9, 8.10)."""
    return _FIND[document](unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A unit on its way through the tables; `code_point` is empty where MJ knows it as a glyph of its own."""

    unit: str
    character: str
    selector: str
    code_point: str
    entry: MjEntry | None

    def replaced(self, replacement: str, table: Table, mark: str = "") -> Unit:
        return Unit(
            original=self.unit,
            replacement=replacement,
            how=How.REPLACED,
            table=table,
            mj_number=self._number(table),
            mark=mark,
        )

    def open(self, how: How, table: Table, candidates: tuple[str, ...] = (), mark: str = "") -> Unit:
        return Unit(
            original=self.unit,
            replacement="",
            how=how,
            table=table,
            mj_number=self._number(table),
            mark=mark,
            candidates=tuple(candidate for candidate in candidates if passes_gate(candidate)),
        )

    def _number(self, table: Table) -> str:
        by_glyph = table in (Table.CORRECT_FORMS, Table.FAMILY_REGISTER, Table.UNIFICATION, Table.NONE)
        return self.entry.mj_number if self.entry and by_glyph else ""


def _find_for(document: Document) -> Callable[[str], Unit]:
    @lru_cache(maxsize=_REMEMBERED)
    def find(unit: str) -> Unit:
        written, selector = without_selector(unit)
        character = fold_unit(written)
        if not selector and character in JIS_X_0208:
            table = Table.JIS_X_0208 if character == unit else Table.WIDTH
            return Unit(original=unit, replacement=character, how=How.KEPT, table=table)
        asked = _asked(unit, character, selector)
        found = (step(asked) for step in _STEPS[document])
        return next(filter(None, found), None) or _kana(asked, document)

    return find


def _asked(unit: str, character: str, selector: str) -> _Asked:
    """Look a unit up; a sequence MJ has not, or has as the plain character's glyph, is that character."""
    plain = mj_entry(character)
    own = mj_entry(character + selector) if selector else plain
    is_plain = own is None or (plain is not None and own.mj_number == plain.mj_number)
    return _Asked(
        unit=unit,
        character=character,
        selector=selector,
        code_point=character if is_plain or not selector else "",
        entry=own or plain,
    )


def _by_correct_forms(asked: _Asked) -> Unit | None:
    """誤字俗字・正字一覧表; a shape that is another character's too (別字) is a person's matter."""
    entry = asked.entry
    if entry is None:
        return None
    if entry.another:
        return asked.open(
            How.REVIEW, Table.CORRECT_FORMS, (*entry.another, *entry.correct_forms), mark="別字"
        )
    mark = "俗字" if entry.vulgar else "誤字"
    return _only(asked, entry.correct_forms, Table.CORRECT_FORMS, mark=mark)


def _by_base(asked: _Asked) -> Unit | None:
    if asked.selector and asked.character in JIS_X_0208:
        return asked.replaced(asked.character, Table.SELECTOR, mark=f"U+{ord(asked.selector):04X}")
    return None


def _by_family_register(asked: _Asked) -> Unit | None:
    if asked.entry is None or not asked.entry.family_register:
        return None
    hops = min(hops for hops, _ in asked.entry.family_register)
    return _only(
        asked, asked.entry.nearest_in_register, Table.FAMILY_REGISTER, mark="" if hops == 1 else f"{hops}段"
    )


def _by_tax_agency(asked: _Asked) -> Unit | None:
    target = tax_agency_target(asked.code_point) if asked.code_point else None
    return asked.replaced(target, Table.TAX_AGENCY) if target else None


def _by_unification(asked: _Asked) -> Unit | None:
    return _only(asked, asked.entry.unification, Table.UNIFICATION) if asked.entry else None


def _by_canonical(asked: _Asked) -> Unit | None:
    canonical = unicodedata.normalize("NFC", asked.code_point)
    return asked.replaced(canonical, Table.CANONICAL) if canonical and passes_gate(canonical) else None


def _offered_by_tax_agency(asked: _Asked) -> Unit | None:
    """8.8 does not name the NTA's map, 8.10 does: what it knows is not yet a matter of katakana."""
    target = tax_agency_target(asked.code_point) if asked.code_point else None
    return asked.open(How.REVIEW, Table.TAX_AGENCY, (target,)) if target else None


def _only(asked: _Asked, targets: tuple[str, ...], table: Table, mark: str = "") -> Unit | None:
    """Return the one target; several are a person's choice."""
    if len(targets) > 1:
        return asked.open(How.REVIEW, table, targets, mark=mark)
    return asked.replaced(targets[0], table, mark) if targets else None


def _kana(asked: _Asked, document: Document) -> Unit:
    """What none of its tables replaces is katakana (8.10); what others say of it is noted for the person."""
    if document is Document.REGISTRY and asked.entry and asked.entry.nearest_in_register:
        title = TITLES[Table.FAMILY_REGISTER]
        return asked.open(How.KANA, Table.NONE, asked.entry.nearest_in_register, mark=f"参考 {title}")
    if asked.selector and not asked.code_point:
        plain = _FIND[document](asked.character)
        offered = (plain.replacement,) if plain.replacement else plain.candidates
        if offered:
            return asked.open(How.KANA, Table.NONE, offered, mark=f"参考 基底文字 {TITLES[plain.table]}")
    return asked.open(How.KANA, Table.NONE)


# Where the NTA's map has no row, it has no target either: JIS包摂 after it is JIS包摂 "if it has no row".
_STEPS: dict[Document, tuple[Callable[[_Asked], Unit | None], ...]] = {
    Document.RESIDENT: (
        _by_correct_forms,
        _by_base,
        _by_family_register,
        _by_unification,
        _by_canonical,
        _offered_by_tax_agency,
    ),
    Document.REGISTRY: (_by_correct_forms, _by_base, _by_tax_agency, _by_unification, _by_canonical),
}
_FIND = {document: _find_for(document) for document in Document}
