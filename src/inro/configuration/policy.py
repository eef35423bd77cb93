"""The policy folder: profiles, editions, calendar, checklist, as values or not at all (2.1, 5.3, 9.1, 33)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from inro.configuration.checklists import load_checklist
from inro.configuration.deficiencies import DeficiencyTemplate, load_deficiencies
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.notice_words import load_notice_words
from inro.configuration.reading import read_toml, reading
from inro.pki.profile import (
    ListProfile,
    Profile,
    ProfileRefused,
    check_agreement,
    load_list_profile,
    load_profile,
)
from inro.pki.section import Section
from inro.practice.calendar import Calendar
from inro.practice.checklist import Checklist
from inro.practice.editions import Terms, edition_in_force
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import NoticeKind

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of the terms; `sha256` is of its file, lower-case hexadecimal."""

    terms: Terms
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the operator has set; made by `load_policy` only."""

    profile: Profile
    ca_profile: Profile
    list_profile: ListProfile
    editions: Mapping[str, Edition]
    calendar: Calendar
    checklist: Checklist
    deficiencies: tuple[DeficiencyTemplate, ...]
    notice_words: Mapping[NoticeKind, NoticeWords]

    @property
    def edition_hashes(self) -> Mapping[str, str]:
        """The hash of each edition's file by the edition's name."""
        return {name: edition.sha256 for name, edition in self.editions.items()}

    def edition_on(self, day: date) -> Edition:
        """Return the edition in force on a day (2.1).

        Raises: NoEditionInForce.
        """
        terms = edition_in_force([edition.terms for edition in self.editions.values()], on=day)
        return self.editions[terms.edition]


def load_policy(folder: Path) -> Policy:
    """Return the policy in a folder, or refuse it before any process starts with it.

    Raises: ConfigurationRefused naming file and key.
    """
    profiles = folder / "profiles"
    subscriber = load_profile_file(profiles / "subscriber.toml")
    ca = load_profile_file(profiles / "ca.toml")
    lists = _list_profile(profiles / "lists.toml")
    with reading(profiles):
        check_agreement(subscriber=subscriber, ca=ca, lists=lists)
    return Policy(
        profile=subscriber,
        ca_profile=ca,
        list_profile=lists,
        editions=MappingProxyType(_editions(folder / "editions")),
        calendar=load_calendar(folder / "calendar" / "japan.toml"),
        checklist=load_checklist(folder / "checklists" / "application.toml"),
        deficiencies=load_deficiencies(folder / "deficiencies.toml"),
        notice_words=load_notice_words(folder / "notices"),
    )


def load_calendar(file: Path) -> Calendar:
    """Return the calendar by which periods end (Civil Code 142).

    Raises: ConfigurationRefused.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        made = Calendar(
            moves_last_day=section.take("moves_last_day", bool),
            closed_weekdays=frozenset(_weekdays(section)),
            year_end=frozenset(_month_days(section)),
            added=frozenset(_dates(section, "added")),
            removed=frozenset(_dates(section, "removed")),
        )
        section.close()
    return made


def load_edition(file: Path) -> Edition:
    """Return one edition of the terms (2.1, 33).

    Raises: ConfigurationRefused.
    """
    raw, source = read_toml(file)
    with reading(file):
        terms = Terms.from_record(raw)
    if terms.edition != file.stem:
        problem = f"{terms.edition} is not the file's name"
        raise ConfigurationRefused(file=file, key="edition", problem=problem, do="rename the file")
    return Edition(terms=terms, sha256=hashlib.sha256(source).hexdigest())


def load_profile_file(file: Path) -> Profile:
    """Return the certificate profile in a file (5.3).

    Raises: ConfigurationRefused.
    """
    raw, source = read_toml(file)
    with reading(file):
        return load_profile(raw, source)


def _list_profile(file: Path) -> ListProfile:
    raw, source = read_toml(file)
    with reading(file):
        return load_list_profile(raw, source)


def _editions(folder: Path) -> dict[str, Edition]:
    found = [load_edition(file) for file in sorted(folder.glob("*.toml"))]
    if not found:
        raise ConfigurationRefused(
            file=folder, problem="no edition of the terms", do="write one, such as 2025-04-01.toml"
        )
    starts = [edition.terms.effective_from for edition in found]
    if len(set(starts)) != len(starts):
        raise ConfigurationRefused(file=folder, problem="two editions of one day", do="remove one of them")
    return {edition.terms.edition: edition for edition in found}


def _weekdays(section: Section) -> list[int]:
    names = section.take("closed_weekdays", list)
    for name in names:
        if name not in _WEEKDAYS:
            raise ProfileRefused(path="closed_weekdays", problem=f"{name} is no weekday")
    return [_WEEKDAYS.index(name) for name in names]


def _month_days(section: Section) -> list[tuple[int, int]]:
    return [_month_day(text) for text in section.take("year_end", list)]


def _month_day(text: Any) -> tuple[int, int]:
    try:
        # Any leap year: 02-29 is a day too.
        day = date.fromisoformat(f"2024-{text}")
    except ValueError:
        raise ProfileRefused(path="year_end", problem=f"{text} is no month and day") from None
    return day.month, day.day


def _dates(section: Section, key: str) -> list[date]:
    days = section.take(key, list)
    for day in days:
        if type(day) is not date:
            raise ProfileRefused(path=key, problem=f"{day} is no date")
    return days
