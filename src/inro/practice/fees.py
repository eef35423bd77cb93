"""Prices, tax and what is owed: by edition, tax on the sum, fractions of a yen cut off (33-38, F)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from inro.practice.calendar import Calendar
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import Deadline, DeadlineKind, from_start, until_end
from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.validity import ValidityPeriod

_YEN = Decimal(1)
_NOTHING = Decimal(0)


class PaymentWay(StrEnum):
    """How a fee is paid (F)."""

    BANK_TRANSFER = "bank_transfer"
    POSTAL_MONEY_ORDER = "postal_money_order"


class InvoiceRefused(Refused):
    """There is nothing to invoice, or not yet."""

    def __init__(self, *, problem: str, clause: str) -> None:
        super().__init__(problem=problem, clause=clause)
        self.problem = problem
        self.clause = clause


class RefundRefused(Refused):
    """What was paid after acceptance is not paid back (34.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """One line of an invoice; `amount` in whole yen without tax, negative for a discount."""

    item: str
    amount: int
    tax_rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSum:
    """What an invoice adds up to at one tax rate, in whole yen."""

    tax_rate: Decimal
    net: int
    tax: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceSum:
    """What an invoice adds up to, in whole yen; the tax stands apart (37.2)."""

    rates: tuple[RateSum, ...]

    @property
    def net(self) -> int:
        """The sum without tax."""
        return sum(rate.net for rate in self.rates)

    @property
    def tax(self) -> int:
        """The tax."""
        return sum(rate.tax for rate in self.rates)

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.net + self.tax


def certificate_line(*, period: ValidityPeriod, terms: Terms) -> InvoiceLine:
    """Return the line for a certificate, paid by bank transfer (33, F)."""
    return InvoiceLine(
        item=f"certificate-{period.value}", amount=terms.prices[period], tax_rate=terms.tax_rate
    )


def disclosure_line(*, terms: Terms) -> InvoiceLine:
    """Return the line for a disclosure, paid by postal money order (F, 40(4)).

    Whether tax is added to this fee is a figure of the edition, since 37.1 and the fee table leave it open.
    """
    rate = terms.tax_rate if terms.disclosure_fee_taxed else _NOTHING
    return InvoiceLine(item="disclosure", amount=terms.disclosure_fee, tax_rate=rate)


def truncated(amount: Decimal) -> int:
    """Return an amount without its fraction of a yen (36)."""
    return int(amount.quantize(_YEN, rounding=ROUND_DOWN))


def invoice_sum(lines: Iterable[InvoiceLine]) -> InvoiceSum:
    """Return the sum of an invoice, its tax truncated once per rate, never per line (36, 37.1, 37.2).

    Raises: InvoiceRefused.
    """
    nets: dict[Decimal, int] = {}
    for line in lines:
        nets[line.tax_rate] = nets.get(line.tax_rate, 0) + line.amount
    if not nets:
        raise InvoiceRefused(problem="no-lines", clause="35.1")
    if min(nets.values()) < 0:
        raise InvoiceRefused(problem="discount-above-price", clause="33")
    rates = (
        RateSum(tax_rate=rate, net=nets[rate], tax=truncated(nets[rate] * rate))
        for rate in sorted(nets, reverse=True)
    )
    return InvoiceSum(rates=tuple(rates))


def charge_is_owed(*, accepted_on: date | None, on: date) -> bool:
    """Return whether the fee is owed: once the application is accepted (34.1)."""
    return accepted_on is not None and accepted_on <= on


def check_invoicing(*, accepted_on: date | None, issued_on: date | None, on: date) -> None:
    """Refuse an invoice before the certificate is issued (34.1, 35.1).

    Raises: InvoiceRefused.
    """
    if not charge_is_owed(accepted_on=accepted_on, on=on):
        raise InvoiceRefused(problem="not-accepted", clause="34.1")
    if issued_on is None or on < issued_on:
        raise InvoiceRefused(problem="not-issued", clause="35.1")


def payment_deadline(*, invoiced_on: date, terms: Terms, calendar: Calendar) -> Deadline:
    """Return until when an invoice is paid: the due date it names (35.2)."""
    day_sum = DaySum.of(invoiced_on).plus_days(terms.payment_days).moved_by(calendar, clause="35.2")
    return until_end(kind=DeadlineKind.PAYMENT, clause="35.2", day_sum=day_sum)


def unpaid_power(due: Deadline) -> Deadline:
    """Return from when the CA may revoke for lack of payment: the day after the due date (35.3)."""
    return from_start(kind=DeadlineKind.UNPAID_POWER, clause="35.3", day_sum=due.day_sum.day_after())


def may_revoke_unpaid(*, due: Deadline, owed: int, received: int, on: date) -> bool:
    """Return whether the CA may, by a person's decision, revoke for lack of payment (35.3)."""
    return received < owed and on > due.day


def check_refund(*, accepted: bool, exception_reason: str = "") -> None:
    """Refuse to pay back after acceptance, unless a person records why the principle gives way (16, 34.2).

    Raises: RefundRefused.
    """
    if accepted and not exception_reason.strip():
        raise RefundRefused(clause="34.2")


def damages_cap(received: Iterable[int]) -> int:
    """Return the most the CA pays for one contract: what it actually received, in yen (38.5)."""
    return sum(received)


def postal_order_is_valid(*, issued_on: date, on: date, terms: Terms) -> bool:
    """Return whether a postal money order can still be cashed on a day (F, 40(4))."""
    return issued_on <= on <= DaySum.of(issued_on).plus_months(terms.postal_order_months).day
