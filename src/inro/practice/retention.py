"""How long each book is kept, from what day, and when it may go (40(4), 28; ordinance 12; Act 11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from inro.practice.calendar import jst_date
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import Deadline, DeadlineKind, from_start
from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.validity import ValidityPeriod

_MONTHS_A_YEAR = 12


class RetentionBase(StrEnum):
    """The day a book's retention counts from."""

    CERTIFICATE_END = "certificate_end"
    CASE_END = "case_end"
    LAST_CERTIFICATE_END = "last_certificate_end"
    ACCREDITATION_RENEWAL = "accreditation_renewal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One book of the ordinance's Article 12; `on_paper` says the sealed original itself is kept (12(5))."""

    id: str
    name: str
    base: RetentionBase
    on_paper: bool


def _books(rows: tuple[tuple[str, str, RetentionBase, bool], ...]) -> dict[str, Book]:
    return {id_: Book(id=id_, name=name, base=base, on_paper=paper) for id_, name, base, paper in rows}


_END = RetentionBase.CERTIFICATE_END
_LAST = RetentionBase.LAST_CERTIFICATE_END
_RENEWAL = RetentionBase.ACCREDITATION_RENEWAL

BOOKS: Mapping[str, Book] = MappingProxyType(
    _books(
        (
            ("1-i", "explanations", _END, False),
            ("1-ro", "application_form", _END, True),
            ("1-ha", "identity_papers", _END, True),
            ("1-ni", "deciding_persons", _END, False),
            # No certificate, hence no end of one: see `case_retention`.
            ("1-ho", "rejection_reasons", RetentionBase.CASE_END, False),
            ("1-he", "certificate", _END, False),
            ("1-to", "ca_public_key", _LAST, False),
            ("1-chi", "ca_key_management", _LAST, True),
            ("1-ri/key", "subscriber_key_made_and_destroyed", _END, False),
            ("1-ri/slip", "receipt_slip", _END, True),
            ("2-i", "revocation_request", _END, True),
            ("2-ro", "revoking_persons", _END, False),
            ("2-ha", "refusal_of_request", _END, False),
            ("2-ni", "revocation_lists", _LAST, False),
            ("3-i", "practice_statement", _LAST, False),
            ("3-ro", "procedures", _LAST, False),
            ("3-ha", "responsibilities", _LAST, False),
            ("3-ni", "contracts_with_processors", _LAST, True),
            ("3-ho", "audit_results", _LAST, False),
            ("4-i", "room_entries", _RENEWAL, False),
            ("4-ro", "unauthorised_access", _RENEWAL, False),
            ("4-ha", "equipment_operation", _RENEWAL, False),
            ("4-ni", "permissions", _RENEWAL, False),
            ("4-ho", "maintenance", _RENEWAL, False),
            ("4-he", "incidents", _RENEWAL, False),
            ("4-to", "use_and_disposal_of_books", _RENEWAL, False),
        )
    )
)


class RetentionRunning(Refused):
    """The records must be kept: until a day, or for as long as somebody holds them."""

    def __init__(self, *, disposal_from: date, held: bool) -> None:
        super().__init__(disposal_from=disposal_from.isoformat(), held=held)
        self.disposal_from = disposal_from
        self.held = held


def _kept_after(last_day: DaySum, *, terms: Terms) -> Deadline:
    day_sum = last_day.plus_months(terms.retention_years * _MONTHS_A_YEAR).day_after()
    return from_start(kind=DeadlineKind.RETENTION, clause="40(4)", day_sum=day_sum)


def certificate_retention(*, not_after: datetime, terms: Terms) -> Deadline:
    """Return from when a certificate's records may go: notAfter counts, never an earlier revocation (40(4)).

    Raises: InstantWithoutZone.
    """
    return _kept_after(DaySum.of(jst_date(not_after)), terms=terms)


def case_retention(*, ended_on: date, terms: Terms) -> Deadline:
    """Return from when the papers of a case without a certificate may go (40(4), ordinance 12(1) 1 ho).

    The longest certificate that could have been issued on the day of rejection, withdrawal or termination
    stands for the one that does not exist.
    """
    longest = max(period.months for period in ValidityPeriod)
    return _kept_after(DaySum.of(ended_on).plus_months(longest).at_month_end(), terms=terms)


def facility_retention(*, renewed_on: date) -> Deadline:
    """Return from when a facility log may go: after the accreditation is renewed (ordinance 12(3))."""
    return from_start(kind=DeadlineKind.RETENTION, clause="40(4)", day_sum=DaySum.of(renewed_on).day_after())


def check_disposal(*, retention: Deadline, held: bool, now: datetime) -> None:
    """Refuse to dispose of records before their day, or while somebody holds them (28, 40(4), 41).

    Raises: RetentionRunning.
    """
    if held or not retention.is_reached(now):
        raise RetentionRunning(disposal_from=retention.day, held=held)
