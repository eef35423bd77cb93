"""Who may do what, and which two duties may never meet in one person (40(7); facts of the field 10.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.practice.errors import Refused


class Duty(StrEnum):
    """What a person is appointed to; one person may hold several, each for dated periods."""

    INTAKE = "intake"
    EXAMINATION = "examination"
    ACCEPTANCE = "acceptance"
    REGISTRATION = "registration"
    ISSUANCE_APPROVAL = "issuance_approval"
    ISSUANCE_OPERATION = "issuance_operation"
    KEY_CUSTODY = "key_custody"
    PIN_MAILING = "pin_mailing"
    DISPATCH = "dispatch"
    RECEIPT = "receipt"
    REVOCATION_INTAKE = "revocation_intake"
    REVOCATION_EXAMINATION = "revocation_examination"
    REVOCATION_DECISION = "revocation_decision"
    NOTICE = "notice"
    PUBLICATION = "publication"
    BILLING = "billing"
    DISCLOSURE = "disclosure"
    RECORDS = "records"
    AUDIT = "audit"
    SYSTEM_ADMINISTRATION = "system_administration"
    CONTRACTOR = "contractor"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPeriod:
    """A duty held by a person from a first day to a last day, both included; no last day means until now."""

    duty: Duty
    first_day: date
    last_day: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether the duty is held on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """A duty that a person has performed in a case."""

    duty: Duty
    person: str


class Meeting(StrEnum):
    """Where two duties must not meet in one person."""

    APPOINTMENT = "appointment"
    CASE = "case"
    PROXY_CASE = "proxy_case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Two duties that never meet in one person; equal duties mean two different persons of one duty."""

    duties: tuple[Duty, Duty]
    meeting: Meeting

    def parts(self, one: Duty, other: Duty) -> bool:
        """Return whether this separation parts two duties."""
        return (one, other) in (self.duties, self.duties[::-1])


class SeparationBreached(Refused):
    """The person has done, or holds, what this duty must be kept apart from."""

    def __init__(self, *, person: str, duty: Duty, against: Duty, meeting: Meeting) -> None:
        super().__init__(person=person, duty=duty.value, against=against.value, meeting=meeting.value)
        self.person = person
        self.duty = duty
        self.against = against
        self.meeting = meeting


# The auditor reads and does nothing else; who keeps the machines sees no business data.
_APART = (Duty.AUDIT, Duty.SYSTEM_ADMINISTRATION)

_CASE_PAIRS = (
    (Duty.EXAMINATION, Duty.ACCEPTANCE),
    (Duty.ACCEPTANCE, Duty.ISSUANCE_APPROVAL),
    (Duty.EXAMINATION, Duty.ISSUANCE_OPERATION),
    (Duty.ACCEPTANCE, Duty.ISSUANCE_OPERATION),
    (Duty.REVOCATION_EXAMINATION, Duty.REVOCATION_DECISION),
)


def _separations() -> tuple[Separation, ...]:
    appointments = {
        frozenset((apart, duty)): (apart, duty) for apart in _APART for duty in Duty if duty is not apart
    }
    return (
        *(Separation(duties=pair, meeting=Meeting.APPOINTMENT) for pair in appointments.values()),
        *(Separation(duties=pair, meeting=Meeting.CASE) for pair in _CASE_PAIRS),
        Separation(duties=(Duty.PIN_MAILING, Duty.DISPATCH), meeting=Meeting.PROXY_CASE),
    )


SEPARATIONS: tuple[Separation, ...] = _separations()


def may(person_duties: Iterable[DutyPeriod], duty: Duty, *, on: date) -> bool:
    """Return whether somebody with these duties may act in a duty on a day; what is not held is denied."""
    return any(held.duty is duty and held.covers(on) for held in person_duties)


def check_separation(
    *, duty: Duty, person: str, performed: Iterable[Performed], proxy_case: bool = False
) -> None:
    """Refuse a duty to a person who did in this case what it must be kept apart from (9.1, 17.4, 24.1).

    Raises: SeparationBreached.
    """
    meetings = {Meeting.CASE, Meeting.PROXY_CASE} if proxy_case else {Meeting.CASE}
    for done in performed:
        for separation in SEPARATIONS:
            if done.person == person and separation.meeting in meetings and separation.parts(done.duty, duty):
                raise SeparationBreached(
                    person=person, duty=duty, against=done.duty, meeting=separation.meeting
                )


def check_appointment(*, person: str, held: Iterable[DutyPeriod], new: DutyPeriod) -> None:
    """Refuse an appointment whose duty meets, on any day, one it must be kept apart from (40(7)).

    Raises: SeparationBreached.
    """
    for period in held:
        for separation in SEPARATIONS:
            if (
                separation.meeting is Meeting.APPOINTMENT
                and separation.parts(period.duty, new.duty)
                and _overlap(period, new)
            ):
                raise SeparationBreached(
                    person=person, duty=new.duty, against=period.duty, meeting=Meeting.APPOINTMENT
                )


def _overlap(one: DutyPeriod, other: DutyPeriod) -> bool:
    first = max(one.first_day, other.first_day)
    return one.covers(first) and other.covers(first)
