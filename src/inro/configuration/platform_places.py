"""`[platform]` and `[alarm]` of `inro.toml`: what of the platform ends, and whom an alarm reaches (26.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inro.configuration.mail_places import MailPlaces
from inro.configuration.reading import take_optional_path
from inro.pki.section import ProfileRefused, Section
from inro.practice.probe import Probers

BACKUP_HOURS = 26
_YEAR_HOURS = 8_784
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformPlaces:
    """What the platform's deadlines are read from.

    `certificates` are files (PEM or DER) by what they are called here, `tokens` the last day on which a
    device may serve, `backups` the folder whose newest file is the last copy of the records,
    `probers` who must report what they see from outside.
    """

    certificates: Mapping[str, Path]
    tokens: Mapping[str, date]
    accredited_until: date | None
    backups: Path | None
    backup_hours: int
    probers: Probers


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPlace:
    """Whom an alarm goes to; it leaves through the house's mail server, as every mail does."""

    receivers: tuple[str, ...]


def take_platform_places(section: Section, *, home: Path) -> PlatformPlaces:
    """Return the places of a `[platform]` table.

    Raises: ProfileRefused.
    """
    made = PlatformPlaces(
        certificates={name: home / text for name, text in _named(section, "certificates", str)},
        tokens=dict(_named(section, "tokens", date)),
        accredited_until=section.take("accredited_until", date) if section.has("accredited_until") else None,
        backups=take_optional_path(section, "backups", home=home),
        backup_hours=section.take_number("backup_hours", least=1, most=_YEAR_HOURS)
        if section.has("backup_hours")
        else BACKUP_HOURS,
        probers=_probers(section),
    )
    section.close()
    return made


def _probers(section: Section) -> Probers:
    if section.has("probers") and section.has("no_prober_because"):
        problem = "probers are named, and a reason is given why there are none"
        raise ProfileRefused(path=section.path("no_prober_because"), problem=problem)
    return Probers(
        names=section.take_list("probers", str) if section.has("probers") else (),
        none_because=section.take_text("no_prober_because") if section.has("no_prober_because") else "",
    )


def take_alarm_place(section: Section, *, mail: MailPlaces | None) -> AlarmPlace:
    """Return the place of an `[alarm]` table.

    Raises: ProfileRefused, also where no mail server is named.
    """
    receivers = section.take_list("receivers", str)
    for address in receivers:
        if "@" not in address or not address.isprintable():
            raise ProfileRefused(path=section.path("receivers"), problem=f"{address} is no mail address")
    section.close()
    if mail is None:
        problem = "alarms leave through the server of [mail], and there is none"
        raise ProfileRefused(path=section.path("receivers"), problem=problem)
    return AlarmPlace(receivers=receivers)


def _named[T](section: Section, key: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    if not section.has(key):
        return
    path = section.path(key)
    for name, value in section.take_section(key).take_rest().items():
        if type(value) is not kind or len(name) > _LONGEST_NAME:
            raise ProfileRefused(path=f"{path}.{name}", problem=f"not of kind {kind.__name__}, or too long")
        yield name, value
