"""Editions of the terms: figures, which is in force, when one may come into force (2.1, 2.2, 33, 附則)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Self

from inro.practice.day_sum import DaySum
from inro.practice.errors import Refused
from inro.practice.validity import ValidityPeriod

EFFECTIVE_DATES: tuple[date, ...] = (
    date(2021, 4, 14),
    date(2021, 7, 21),
    date(2021, 12, 15),
    date(2022, 4, 8),
    date(2023, 4, 25),
    date(2025, 4, 1),
)


class TermsRefused(Refused):
    """An edition's figures are incomplete, unknown or impossible; `field` says which."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


class NoEditionInForce(Refused):
    """No edition of the terms is in force on this day."""

    def __init__(self, *, on: date) -> None:
        super().__init__(on=on.isoformat())
        self.on = on


class ActivationRefused(Refused):
    """A subscriber's notice of the change is missing or came late (2.2)."""

    def __init__(
        self, *, edition: str, last_day: date, missing: tuple[str, ...], late: tuple[str, ...]
    ) -> None:
        super().__init__(edition=edition, last_day=last_day.isoformat(), missing=missing, late=late)
        self.edition = edition
        self.last_day = last_day
        self.missing = missing
        self.late = late


class EditionAltered(Refused):
    """The policy's edition is another than the one on record, or is no longer there (2.1)."""

    def __init__(self, *, edition: str) -> None:
        super().__init__(edition=edition)
        self.edition = edition


class EditionBegun(Refused):
    """The edition's day has begun; it can't be put in force backwards (2.1, 2.2)."""

    def __init__(self, *, edition: str, effective_from: date) -> None:
        super().__init__(edition=edition, effective_from=effective_from.isoformat())
        self.edition = edition
        self.effective_from = effective_from


class EditionUnpublished(Refused):
    """The edition's texts are not all in the repository, so nobody could read what would hold (10)."""

    def __init__(self, *, edition: str) -> None:
        super().__init__(edition=edition)
        self.edition = edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of one edition, and the practice the operator has set where the terms leave it open.

    Prices are whole yen without tax (33). Months, days and hours say so in their names.
    """

    edition: str
    effective_from: date
    prices: Mapping[ValidityPeriod, int]
    disclosure_fee: int
    disclosure_fee_taxed: bool
    tax_rate: Decimal

    # what the terms fix
    deficiency_days: int = 20
    proxy_deficiency_days: int = 20
    objection_days: int = 20
    slip_days: int = 20
    reminder_days: int = 10
    late_slip_days: int = 30
    change_notice_months: int = 1
    discontinuation_notice_days: int = 60
    maintenance_notice_months: int = 1
    list_renewal_hours: int = 24
    retention_years: int = 10
    pin_tries: int = 15

    # what practice fixes: 6.2, 12.4, 21.2, 35.2 and 40(6) name no figure
    expiry_notice_months: tuple[int, ...] = (2, 1)
    stay_reminder_days: tuple[int, ...] = (60, 30, 0)
    paper_age_months: int = 3
    postal_order_months: int = 6
    payment_days: int = 30
    draft_days: int = 90
    parcel_keeping_days: int = 10
    original_days: int = 14

    important_change: bool = field(default=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "prices", MappingProxyType(dict(self.prices)))
        if self.prices.keys() != set(ValidityPeriod):
            raise TermsRefused(field="prices", problem="not-every-period")
        for name, amounts in _whole_numbers(self).items():
            if any(isinstance(amount, bool) or not isinstance(amount, int) for amount in amounts):
                raise TermsRefused(field=name, problem="not-a-whole-number")
            if min(amounts, default=0) < _LEAST.get(name, 1):
                raise TermsRefused(field=name, problem="too-small")
        if not self.tax_rate.is_finite() or not Decimal(0) <= self.tax_rate < Decimal(1):
            raise TermsRefused(field="tax_rate", problem="not-a-fraction")

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the terms read from an edition's file; a key it does not know is refused by name.

        Raises: TermsRefused.
        """
        known = {item.name for item in fields(cls)}
        if unknown := sorted(record.keys() - known):
            raise TermsRefused(field=unknown[0], problem="unknown")
        if missing := sorted(_REQUIRED - record.keys()):
            raise TermsRefused(field=missing[0], problem="missing")
        for name, kind in _KINDS.items():
            if type(record.get(name, kind())) is not kind:
                raise TermsRefused(field=name, problem=f"not-a-{kind.__name__}")
        # A date and time is a date to Python, but not to the terms.
        if type(record["effective_from"]) is not date:
            raise TermsRefused(field="effective_from", problem="not-a-date")
        read: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
        }
        return cls(**read | {"prices": _prices(record["prices"]), "tax_rate": _fraction(record["tax_rate"])})


_REQUIRED = frozenset(
    {"edition", "effective_from", "prices", "disclosure_fee", "disclosure_fee_taxed", "tax_rate"}
)
_NO_NUMBERS = frozenset({"edition", "effective_from", "disclosure_fee_taxed", "tax_rate", "important_change"})
_KINDS = {"edition": str, "disclosure_fee_taxed": bool, "important_change": bool}
_LEAST = {"prices": 0, "disclosure_fee": 0, "stay_reminder_days": 0}


def _whole_numbers(terms: Terms) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for item in fields(terms):
        value = getattr(terms, item.name)
        if item.name == "prices":
            found[item.name] = tuple(value.values())
        elif item.name not in _NO_NUMBERS:
            found[item.name] = value if isinstance(value, tuple) else (value,)
    return found


def _prices(raw: Any) -> dict[ValidityPeriod, int]:
    try:
        return {ValidityPeriod(period): price for period, price in raw.items()}
    except (ValueError, AttributeError):
        raise TermsRefused(field="prices", problem="unknown-period") from None


def _fraction(raw: Any) -> Decimal:
    # Written as a string in the file: a binary fraction is not a tax rate.
    if not isinstance(raw, str):
        raise TermsRefused(field="tax_rate", problem="not-a-decimal-string")
    try:
        return Decimal(raw)
    except InvalidOperation:
        raise TermsRefused(field="tax_rate", problem="not-a-decimal-string") from None


def edition_in_force(editions: Iterable[Terms], *, on: date) -> Terms:
    """Return the edition in force on a day (JST); it governs earlier contracts too (2.1).

    Raises: NoEditionInForce.
    """
    begun = [terms for terms in editions if terms.effective_from <= on]
    if not begun:
        raise NoEditionInForce(on=on)
    return max(begun, key=lambda terms: terms.effective_from)


def check_standing(terms: Terms, *, published: bool, today: date) -> None:
    """Refuse to put in force what nobody can read yet, or what should have begun already (2.1, 10).

    Raises: EditionBegun, EditionUnpublished.
    """
    if terms.effective_from <= today:
        raise EditionBegun(edition=terms.edition, effective_from=terms.effective_from)
    if not published:
        raise EditionUnpublished(edition=terms.edition)


def change_template(edition: str) -> str:
    """Return the template's name on the notices of a change to an edition: by it they are found (2.2)."""
    return f"terms_change/{edition}"


def change_notice_day(terms: Terms) -> DaySum:
    """Return the last day on which the notice of a new edition may arrive: one clear month before (2.2)."""
    return DaySum.of(terms.effective_from).clear_months_before(terms.change_notice_months)


def check_activation(terms: Terms, *, notices: Mapping[str, date | None]) -> None:
    """Refuse to put an edition in force while a subscriber's notice is missing or late (2.2).

    `notices` has every subscriber with the day the notice counts as arrived, None where there is none. An
    edition that changes neither fees nor another important matter needs no notice.

    Raises: ActivationRefused.
    """
    if not terms.important_change:
        return
    last_day = change_notice_day(terms).day
    missing = tuple(sorted(subscriber for subscriber, day in notices.items() if day is None))
    late = tuple(sorted(subscriber for subscriber, day in notices.items() if day and day > last_day))
    if missing or late:
        raise ActivationRefused(edition=terms.edition, last_day=last_day, missing=missing, late=late)
