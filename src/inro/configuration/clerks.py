"""`clerks.toml`: who works in a demonstration's office, with the duties held today (40(7))."""

from dataclasses import dataclass
from pathlib import Path

from inro.configuration.reading import read_toml, reading
from inro.pki.section import ProfileRefused, Section
from inro.practice.duties import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """One member of staff with the duties held today."""

    person: str
    name: str
    duties: frozenset[Duty]


def load_clerks(file: Path) -> tuple[Clerk, ...]:
    """Return the clerks of a file, in its order.

    Raises: ConfigurationRefused naming file and key.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        tables = section.take("clerks", list)
        section.close()
        clerks = tuple(_clerk(table) for table in tables)
        if len({clerk.person for clerk in clerks}) != len(clerks):
            raise ProfileRefused(path="clerks.person", problem="one person twice")
    return clerks


def _clerk(table: object) -> Clerk:
    section = Section(table, "clerks")
    person, name = section.take_text("person"), section.take_text("name")
    duties = section.take("duties", list)
    section.close()
    unknown = [str(duty) for duty in duties if duty not in list(Duty)]
    if unknown:
        raise ProfileRefused(path=f"clerks.{person}.duties", problem=f"no duty: {', '.join(unknown)}")
    return Clerk(person=person, name=name, duties=frozenset(Duty(duty) for duty in duties))
