"""`policy/checklists/revocation.toml`: what is answered before a revocation, or nothing at all (21)."""

import re
from pathlib import Path

from inro.configuration.checklists import one_of
from inro.configuration.reading import read_toml, reading
from inro.pki.section import ProfileRefused, Section
from inro.practice.revocation_checklist import (
    AskedOf,
    RevocationChecklist,
    RevocationItem,
    checklist_problems,
)

_NAME = re.compile(r"[a-z][a-z_]{1,39}")


def load_revocation_checklist(file: Path) -> RevocationChecklist:
    """Return the checklist in a file (21.2, 22.1).

    Raises: ConfigurationRefused naming file and key.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        made = RevocationChecklist(items=tuple(map(_item, section.take("items", list))))
        section.close()
        for item, problem, clause in checklist_problems(made.items):
            raise ProfileRefused(path=f"items.{item}", problem=problem, clause=clause)
        return made


def _item(table: object) -> RevocationItem:
    section = Section(table, "items")
    name = section.take_text("item")
    if not _NAME.fullmatch(name):
        raise ProfileRefused(path="items.item", problem=f"{name} is not of small letters and low lines")
    made = RevocationItem(
        item=name,
        asked_of=one_of(section, "asked_of", AskedOf),
        clause=section.take_text("clause"),
        label=section.take_text("label"),
        english=section.take_text("english"),
    )
    section.close()
    return made
