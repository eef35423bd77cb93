"""How members of staff come and go: two administrators, neither of them the person concerned (40(7))."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.practice.duties import Duty, DutyPeriod, check_appointment
from inro.practice.errors import Refused

LONGEST_PERSON, LONGEST_NAME, LONGEST_LABEL = 32, 100, 40
FEWEST_ADMINISTRATORS = 2
_PERSON = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
# The audit log tells persons from processes by the name alone.
_OF_PROCESSES = re.compile(r"(?:operator|signer|station|worker|wizard|office|desk|scanner|process)(?:-.*)?")


class ProposalKind(StrEnum):
    """What a first administrator proposes about a person."""

    APPOINTMENT = "appointment"
    END_OF_DUTY = "end_of_duty"
    NEW_KEY = "new_key"
    DISMISSAL = "dismissal"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class StaffFault(StrEnum):
    """What is wrong with what was given about a person."""

    NOT_A_PERSON_ID = "not_a_person_id"
    NAME_OF_A_PROCESS = "name_of_a_process"
    NO_NAME = "no_name"
    OTHER_NAME = "other_name"
    NO_DUTY = "no_duty"
    HELD_ALREADY = "held_already"
    NOT_A_DAY = "not_a_day"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    IN_THE_PAST = "in_the_past"
    DISMISSED = "dismissed"
    PROPOSED_ALREADY = "proposed_already"
    NOT_TWO = "not_two"


class StaffRefused(Refused):
    """Something given about a person that cannot stand; `field` says which."""

    def __init__(self, *, field: str, fault: StaffFault) -> None:
        super().__init__(field=field, fault=fault.value)
        self.field = field
        self.fault = fault


class OneAdministrator(Refused):
    """Proposed, confirmed and concerned are three persons; here two of them are one."""

    def __init__(self, *, person: str) -> None:
        super().__init__(person=person)
        self.person = person


class TooFewAdministrators(Refused):
    """Fewer than two administrators who can sign in would be left, and nobody could appoint any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """A member of staff as seen when counting who can still appoint; `keys` are those in use."""

    person: str
    duties: tuple[DutyPeriod, ...]
    keys: int

    def serves(self, on: date) -> bool:
        """Return whether this person can confirm an appointment on a day and for as long as is known."""
        return self.keys > 0 and any(
            held.duty is Duty.SYSTEM_ADMINISTRATION and held.covers(on) and held.last_day is None
            for held in self.duties
        )


def read_person(text: str) -> str:
    """Return a person's id as typed: small letters and digits, such as `mori` or `mori.sakiko`.

    Raises: StaffRefused.
    """
    person = unicodedata.normalize("NFKC", text).strip().lower()
    if len(person) > LONGEST_PERSON or not _PERSON.fullmatch(person):
        raise StaffRefused(field="person", fault=StaffFault.NOT_A_PERSON_ID)
    if _OF_PROCESSES.fullmatch(person):
        raise StaffRefused(field="person", fault=StaffFault.NAME_OF_A_PROCESS)
    return person


def read_name(text: str) -> str:
    """Return a person's name as typed, without spaces around it.

    Raises: StaffRefused.
    """
    name = text.strip()
    # An ideographic space between family and given name is no control character.
    if not name or len(name) > LONGEST_NAME or not name.replace("　", " ").isprintable():
        raise StaffRefused(field="name", fault=StaffFault.NO_NAME)
    return name


def check_three_persons(*, proposed_by: str, confirmed_by: str | None, person: str) -> None:
    """Refuse a change of staff in which one of two administrators acts twice, or on himself (40(7)).

    Raises: OneAdministrator.
    """
    if proposed_by == person:
        raise OneAdministrator(person=proposed_by)
    if confirmed_by is not None and confirmed_by in (proposed_by, person):
        raise OneAdministrator(person=confirmed_by)


def check_new_duties(
    *, person: str, held: Sequence[DutyPeriod], new: Sequence[DutyPeriod], today: date
) -> None:
    """Refuse duties that are over already, held already, or must be kept apart (40(7)).

    Raises: StaffRefused, SeparationBreached.
    """
    if not new:
        raise StaffRefused(field="duties", fault=StaffFault.NO_DUTY)
    for place, period in enumerate(new):
        if period.last_day is not None and period.last_day < period.first_day:
            raise StaffRefused(field="last_day", fault=StaffFault.ENDS_BEFORE_IT_BEGINS)
        if period.first_day < today:
            raise StaffRefused(field="first_day", fault=StaffFault.IN_THE_PAST)
        if any(_doubled(one, period) for one in held):
            raise StaffRefused(field="duties", fault=StaffFault.HELD_ALREADY)
        check_appointment(person=person, held=(*held, *new[:place]), new=period)


def check_end_of_duty(*, held: DutyPeriod, last_day: date, today: date) -> None:
    """Refuse a last day that is over already, or before the first.

    Raises: StaffRefused.
    """
    if last_day < today:
        raise StaffRefused(field="last_day", fault=StaffFault.IN_THE_PAST)
    if last_day < held.first_day or (held.last_day is not None and held.last_day < last_day):
        raise StaffRefused(field="last_day", fault=StaffFault.ENDS_BEFORE_IT_BEGINS)


def check_administrators_remain(*, others: Iterable[Administrator], on: date) -> None:
    """Refuse to lose an administrator when fewer than two others could go on appointing (40(7)).

    Raises: TooFewAdministrators.
    """
    if sum(other.serves(on) for other in others) < FEWEST_ADMINISTRATORS:
        raise TooFewAdministrators


def _doubled(one: DutyPeriod, other: DutyPeriod) -> bool:
    if one.duty is not other.duty:
        return False
    first = max(one.first_day, other.first_day)
    return one.covers(first) and other.covers(first)
