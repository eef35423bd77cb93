"""The demonstration's applicants, as `people.toml` beside this file describes them (5.4, 8.1-8.3, 12.4)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from inro.japanese.replacement import Document, How, replace_text
from inro.practice.calendar import add_months, month_end
from inro.practice.content import CertifiedContent
from inro.practice.validity import ValidityPeriod
from inro.store.states import ApplicantKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A character of the paper and the one that stands for it, with the table that says so (8.8-8.12)."""

    original: str
    printed: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A Japanese address as an envelope shows it (29)."""

    postal_code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One applicant of the story.

    `legal_name` is the name on the identity papers; the parcel bears it even where the certificate shows a
    former surname or an alias. `proxy` is the proxy recipient's name (17.4, 23). `points` are what is
    deficient in the papers.
    """

    key: str
    what: str
    what_english: str
    kind: ApplicantKind
    period: ValidityPeriod
    legal_name: str
    name_choice: str
    kana: str
    birth_date: date
    home: Place
    content: CertifiedContent
    replacements: tuple[Replacement, ...]
    proxy: str
    proxy_home: Place | None
    stay_ends: date | None
    email: str
    points: tuple[str, ...]


def applicants(first_day: date) -> tuple[Applicant, ...]:
    """Return the eight applicants in the order in which their envelopes arrive, from `first_day` on."""
    text = (resources.files("inro.demo") / "people.toml").read_text("utf-8")
    return tuple(_applicant(record, first_day) for record in tomllib.loads(text)["applicants"])


def _applicant(record: dict[str, Any], first_day: date) -> Applicant:
    proxy = record.get("proxy")
    months = record.get("stay_months")
    return Applicant(
        key=record["key"],
        what=record["what"],
        what_english=record["what_english"],
        kind=ApplicantKind(record["kind"]),
        period=ValidityPeriod(record["period"]),
        legal_name=record["legal_name"],
        name_choice=record["name_choice"],
        kana=record["kana"],
        birth_date=record["birth_date"],
        home=_place(record["home"]),
        content=CertifiedContent.from_record(record["content"]),
        replacements=_replacements(record["legal_name"]),
        proxy=proxy["name"] if proxy else "",
        proxy_home=_place(proxy) if proxy else None,
        stay_ends=month_end(add_months(first_day, months)) if months else None,
        email=record.get("email", ""),
        points=tuple(record.get("points", ())),
    )


def _replacements(legal_name: str) -> tuple[Replacement, ...]:
    found = replace_text(legal_name, document=Document.RESIDENT)
    return tuple(
        Replacement(original=unit.original, printed=unit.replacement, source=unit.source)
        for unit in found.units
        if unit.how is How.REPLACED
    )


def _place(record: dict[str, Any]) -> Place:
    return Place(postal_code=record["postal_code"], lines=tuple(record["lines"]))
