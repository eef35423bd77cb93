"""The demonstration's applicants, as `people.toml` beside this file describes them (5.4, 8.1-8.3, 12.4)."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from typing import Any

from inro.japanese.replacement import Document, How, replace_text
from inro.practice.calendar import add_months, month_end
from inro.practice.content import CertifiedContent
from inro.practice.stated import StatedForm, StatedReplacement


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """One applicant of the story: what the form states, and `points`, what is deficient in the papers."""

    key: str
    what: str
    what_english: str
    subscriber_id: str
    form: StatedForm
    points: tuple[str, ...]

    @property
    def content(self) -> CertifiedContent:
        """What the certificate shows: the form's content with the Corporate Number, which the CA confirms."""
        content, stated = self.form.content(subscriber_id=self.subscriber_id), self.form.organization
        if content.organization is None or stated is None:
            return content
        confirmed = replace(content.organization, corporate_number=stated.corporate_number)
        return replace(content, organization=confirmed)


def applicants(first_day: date) -> tuple[Applicant, ...]:
    """Return the eight applicants in the order in which their envelopes arrive, from `first_day` on."""
    text = (resources.files("inro.demo") / "people.toml").read_text("utf-8")
    return tuple(_applicant(record, first_day) for record in tomllib.loads(text)["applicants"])


def _applicant(record: dict[str, Any], first_day: date) -> Applicant:
    form, months = StatedForm.from_record(record["form"]), record.get("stay_months")
    return Applicant(
        key=record["key"],
        what=record["what"],
        what_english=record["what_english"],
        subscriber_id=record["subscriber_id"],
        form=replace(
            form,
            stay_ends=month_end(add_months(first_day, months)) if months else None,
            replacements=tuple(_replacements(form.legal_name)),
        ),
        points=tuple(record.get("points", ())),
    )


def _replacements(legal_name: str) -> Iterator[StatedReplacement]:
    for unit in replace_text(legal_name, document=Document.RESIDENT).units:
        if unit.how is How.REPLACED:
            yield StatedReplacement(
                field="legal_name",
                original=unit.original,
                printed=unit.replacement,
                source=unit.source,
                clause="8.8",
            )
