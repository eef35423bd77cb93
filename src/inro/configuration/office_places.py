"""`[office]` of `inro.toml`: the key of its cookies; in a demonstration, who may sit at the desk (40(7))."""

from dataclasses import dataclass
from pathlib import Path

from inro.configuration.reading import take_path
from inro.pki.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlaces:
    """Where the office finds its key; the other two are a demonstration's, None elsewhere.

    `clerks` lists who may sit at the desk, `custodians` holds the shares of the documents' token.
    """

    key: Path
    clerks: Path | None
    custodians: Path | None


def take_office_places(section: Section, *, home: Path) -> OfficePlaces:
    """Return the places of an `[office]` table.

    Raises: ProfileRefused.
    """
    made = OfficePlaces(
        key=take_path(section, "key", home=home),
        clerks=take_path(section, "clerks", home=home) if section.has("clerks") else None,
        custodians=take_path(section, "custodians", home=home) if section.has("custodians") else None,
    )
    section.close()
    return made
