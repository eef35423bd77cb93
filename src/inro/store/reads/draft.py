"""Drafts as the wizard sees them (40(6))."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.wizard import Step
from inro.store.errors import Unknown
from inro.store.models import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAnswers:
    """What was typed on one step, field by field and untouched; `version` counts the step's changes."""

    version: int = 0
    fields: Mapping[str, str]


NOTHING = StepAnswers(fields={})


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecord:
    """One draft; `application` is its application's number once the form was printed."""

    number: str
    answers: Mapping[Step, StepAnswers]
    done: frozenset[Step]
    explained_at: datetime | None
    consented_at: datetime | None
    edition: str | None
    edition_sha256: str | None
    application: str | None
    updated_at: datetime
    expires_on: date

    def of_step(self, step: Step) -> StepAnswers:
        """Return what was typed on a step, nothing if it was never saved."""
        return self.answers.get(step, NOTHING)


def draft_record(number: str) -> DraftRecord:
    """Return one draft by its number.

    Raises: Unknown.
    """
    row = Draft.objects.select_related("application").filter(number=number).first()
    if row is None:
        raise Unknown(what="draft", detail=number)
    return record_of(row)


def record_of(row: Draft) -> DraftRecord:
    """Return a draft's row as a value."""
    return DraftRecord(
        number=row.number,
        answers=read_answers(row.answers),
        done=frozenset(Step(name) for name in row.done),
        explained_at=row.explained_at,
        consented_at=row.consented_at,
        edition=row.edition,
        edition_sha256=row.edition_sha256,
        application=row.application.number if row.application is not None else None,
        updated_at=row.updated_at,
        expires_on=row.expires_on,
    )


def read_answers(text: str) -> dict[Step, StepAnswers]:
    """Return the answers that `write_answers` wrote; none once they were emptied."""
    found = json.loads(text) if text else {}
    return {
        Step(step): StepAnswers(version=version, fields=fields) for step, (version, fields) in found.items()
    }


def write_answers(answers: Mapping[Step, StepAnswers]) -> str:
    """Return answers as JSON in ASCII, whatever characters were typed."""
    return json.dumps({step: [one.version, dict(one.fields)] for step, one in answers.items()})
