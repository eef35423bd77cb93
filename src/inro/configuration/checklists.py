"""`policy/checklists/application.toml`: what an examining officer answers, or nothing at all (8, 9.1)."""

import re
from enum import StrEnum
from pathlib import Path

from inro.configuration.reading import read_toml, reading
from inro.pki.section import ProfileRefused, Section
from inro.practice.checklist import (
    Applies,
    AuthorityItem,
    Checklist,
    ChecklistItem,
    checklist_problems,
)
from inro.practice.enclosures import PaperKind
from inro.practice.shown import Shown

_NAME = re.compile(r"[a-z][a-z_]{1,39}")
_MOST_SYSTEMS = 10
LONGEST_REASON = 200


def load_checklist(file: Path) -> Checklist:
    """Return the checklist in a file (8, 9.1, 46).

    Raises: ConfigurationRefused naming file and key.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        made = Checklist(
            most_systems=section.take_number("most_systems", least=1, most=_MOST_SYSTEMS, clause="5.4"),
            authority_items=tuple(map(_authority_item, section.take("authority_items", list))),
            items=tuple(map(_item, section.take("items", list))),
        )
        section.close()
        for item, problem, clause in checklist_problems(made.items):
            raise ProfileRefused(path=f"items.{item}", problem=problem, clause=clause)
        _check_codes(made)
    return made


def _item(table: object) -> ChecklistItem:
    section = Section(table, "items")
    name = section.take_text("item")
    if not _NAME.fullmatch(name):
        raise ProfileRefused(path="items.item", problem=f"{name} is not of small letters and low lines")
    section = Section(section.take_rest(), f"items.{name}")
    made = ChecklistItem(
        item=name,
        paper=one_of(section, "paper", PaperKind),
        clause=section.take_text("clause"),
        applies=one_of(section, "applies", Applies),
        shown=one_of(section, "shown", Shown),
        label=section.take_text("label"),
        english=section.take_text("english"),
        reasons=tuple(_reason(reason, section) for reason in section.take("reasons", list)),
    )
    section.close()
    return made


def _authority_item(table: object) -> AuthorityItem:
    section = Section(table, "authority_items")
    made = AuthorityItem(code=section.take_text("code"), text=section.take_text("text"))
    section.close()
    return made


def one_of[Kind: StrEnum](section: Section, key: str, kind: type[Kind]) -> Kind:
    """Return a value of an enum that a section names.

    Raises: ProfileRefused naming what it may be.
    """
    text = section.take_text(key)
    if text not in list(kind):
        known = ", ".join(kind)
        raise ProfileRefused(path=section.path(key), problem=f"{text} is none of {known}")
    return kind(text)


def _reason(reason: object, section: Section) -> str:
    if not isinstance(reason, str) or not reason.strip() or len(reason) > LONGEST_REASON:
        raise ProfileRefused(path=section.path("reasons"), problem="a reason empty or too long")
    return reason


def _check_codes(made: Checklist) -> None:
    for name in ("code", "text"):
        values = [getattr(one, name) for one in made.authority_items]
        if len(set(values)) != len(values):
            raise ProfileRefused(path=f"authority_items.{name}", problem="one value twice", clause="5.4")
