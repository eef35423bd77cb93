"""`[office]` of `inro.toml`: the key of its cookies; in a demonstration, who may sit at the desk (40(7))."""

from dataclasses import dataclass
from pathlib import Path

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.reading import take_path
from inro.pki.section import Section

_SHORTEST_KEY = 32
_MAKE = "python -c 'import secrets; print(secrets.token_urlsafe(48))' > FILE; chmod 600 FILE"


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


def read_office_key(places: OfficePlaces) -> str:
    """Return the key that signs the office's cookies.

    Raises: ConfigurationRefused where it is not there, too short, or others can read it.
    """
    file = places.key
    try:
        mode, text = file.stat().st_mode, file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or "not UTF-8"
        raise ConfigurationRefused(file=file, problem=detail, do=_MAKE) from error
    if mode & 0o077:
        raise ConfigurationRefused(file=file, problem="others can read it", do=f"chmod 600 {file}")
    if len(text) < _SHORTEST_KEY:
        raise ConfigurationRefused(file=file, problem="shorter than 32 characters", do=_MAKE)
    return text
