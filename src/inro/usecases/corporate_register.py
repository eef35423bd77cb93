"""The public register of Corporate Numbers: loaded as a whole, asked for one application (8.2, 8.6)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from inro.japanese.number_publication import PublishedEntry
from inro.japanese.numbers import NumberVerdict, read_corporate_number
from inro.japanese.organization_name import (
    NameSource,
    NameUse,
    OrganizationName,
    canonical_name,
    enter_name,
    name_to_certify,
    reduce_registered_name,
)
from inro.pki.canonical import canonical_sha256
from inro.ports.corporate_register import CorporateRegister, RegisterAnswer
from inro.ports.errors import CorporateRegisterUnavailable
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct
from inro.practice.calendar import jst_date
from inro.practice.corporate_number import ConfirmationMethod, ConfirmationOutcome
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.store.availability import records_needed
from inro.store.corporate_register import exchange_register, fresh_register
from inro.store.ids import ApplicationId
from inro.store.models import CorporateNumberConfirmation
from inro.store.reads.corporate_register import (
    ConfirmationRecord,
    RegisterRecord,
    certified_name,
    confirmation_record,
    published_entries,
    register_record,
)
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import step, subject


class RegisterFileRefused(Refused):
    """A file of published numbers that cannot take the place of the register: `problem` says why."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem=problem)
        self.problem = problem


class CorporateNumberRefused(Refused):
    """What is to be confirmed is no Corporate Number."""

    def __init__(self, *, number: str, verdict: NumberVerdict) -> None:
        super().__init__(number=number, verdict=verdict.value)
        self.verdict = verdict


class LoadedRegister:
    """The register as it was last loaded: the port's answer from the database."""

    def look_up(self, numbers: Sequence[str]) -> RegisterAnswer:
        """Return what the loaded file publishes of these numbers.

        Raises: CorporateRegisterUnavailable if none was ever loaded.
        """
        loaded = register_record()
        if loaded is None:
            raise CorporateRegisterUnavailable(
                "corporate numbers", "no file was loaded yet", "inro corporate-numbers load FILE"
            )
        return RegisterAnswer(
            method=ConfirmationMethod.REGISTER_FILE,
            published_on=loaded.published_on,
            entries=published_entries(numbers),
        )


def load_corporate_register(
    *, entries: Iterable[PublishedEntry], published_on: date, sha256: str, actor: Actor, now: datetime
) -> RegisterRecord:
    """Put a file of published numbers in the place of the one loaded before; until then that one serves.

    `published_on` is the day the file was made, `sha256` (hexadecimal) that of its octets.

    Raises: DutyMissing, RegisterFileRefused, RowRefused, RecordsUnwritable, and what `entries` raises. In
    each case the old register is as it was.
    """
    actor.check(Act.LOAD_CORPORATE_REGISTER)
    if published_on > jst_date(now):
        raise RegisterFileRefused(problem="of_a_day_to_come")
    with records_needed(), fresh_register(entries) as rows:
        if rows == 0:
            raise RegisterFileRefused(problem="empty")
        with act(actor=actor, now=now) as doing:
            exchange_register(published_on=published_on, sha256=sha256, rows=rows, now=now)
            doing.record(
                EventKind.CORPORATE_REGISTER_LOADED,
                subject="corporate-numbers",
                published_on=published_on.isoformat(),
                sha256=sha256,
                rows=rows,
            )
    return RegisterRecord(published_on=published_on, sha256=sha256, rows=rows, loaded_at=now)


def confirm_corporate_number(
    *,
    application: ApplicationId,
    number: str,
    name: str,
    register: CorporateRegister,
    actor: Actor,
    now: datetime,
) -> ConfirmationRecord:
    """Look an application's Corporate Number up and record what is published of it (8.2).

    `number` and `name` are the organization's as the application states them. A number that is not published
    is recorded too: the application may go on, its certificate without it. A closed organization's may not.

    Raises: DutyMissing, CorporateNumberRefused, CorporateRegisterUnavailable, TextRefused, ActNotAllowed,
    Conflict, Unknown.
    """
    actor.check(Act.CONFIRM_CORPORATE_NUMBER)
    reading = read_corporate_number(number)
    if reading.verdict is not NumberVerdict.VALID:
        raise CorporateNumberRefused(number=number, verdict=reading.verdict)
    answer = register.look_up([reading.number])
    found = _found(answer, reading.number, name)
    with act(actor=actor, now=now) as doing:
        row = step(application, ApplicationAct.CONFIRM_NUMBER)
        written = CorporateNumberConfirmation.objects.create(
            application_id=application,
            number=reading.number,
            method=answer.method,
            published_on=answer.published_on,
            confirmed_on=jst_date(now),
            confirmed_by=actor.name,
            **found,
        )
        # The number would name the applicant's organization for ever: its hash goes into the log (40(4)).
        doing.record(
            EventKind.CORPORATE_NUMBER_LOOKED_UP,
            subject=subject(row.number),
            method=answer.method,
            published_on=answer.published_on.isoformat(),
            outcome=found["outcome"],
            found_sha256=canonical_sha256(
                {"number": reading.number} | {name: str(value) for name, value in found.items()}
            ),
        )
    return confirmation_record(written)


def _found(answer: RegisterAnswer, number: str, name: str) -> dict[str, Any]:
    entry = answer.entries.get(number)
    if entry is None or not entry.stands:
        return {"outcome": ConfirmationOutcome.NOT_FOUND}
    use = name_use(entry, published_on=answer.published_on, applied=name)
    closed = entry.closed_on is not None
    return {
        "outcome": ConfirmationOutcome.CLOSED if closed else ConfirmationOutcome.CONFIRMED,
        "published_name": entry.name,
        "closed_on": entry.closed_on,
        "successor": (entry.successor or None) if closed else None,
        "name": use.name,
        "name_source": use.source,
        "name_verdict": use.applied.verdict,
        "name_parts_at": use.applied.parts_at,
    }


def name_use(entry: PublishedEntry, *, published_on: date, applied: str) -> NameUse:
    """Return the name to certify under a published number, and how the applicant's differs (8.2, 8.6)."""
    published = OrganizationName(
        corporate_number=entry.number,
        name=enter_name(entry.name),
        source=NameSource.NUMBER_PUBLICATION,
        read_on=published_on,
    )
    certified = certified_name(entry.number)
    canonical = canonical_name([published, certified] if certified else [published])
    return name_to_certify(applied=applied, canonical=canonical, reduced=reduce_registered_name)
