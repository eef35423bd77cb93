"""Prices, tax, invoices, refund and cap (16, 33-38, F)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.practice.fees import (
    InvoiceLine,
    InvoiceRefused,
    PaymentWay,
    RefundRefused,
    certificate_line,
    charge_is_owed,
    check_invoicing,
    check_refund,
    damages_cap,
    disclosure_line,
    invoice_sum,
    may_revoke_unpaid,
    payment_deadline,
    postal_order_is_valid,
    truncated,
)
from inro.practice.validity import ValidityPeriod
from tests.practice.figures import DAYS, MOVING, PLAIN, TERMS

TEN = Decimal("0.10")
EIGHT = Decimal("0.08")


def line(amount, rate=TEN):
    return InvoiceLine(item="x", amount=amount, tax_rate=rate)


@pytest.mark.parametrize(
    ("period", "net", "tax", "total"),
    [
        ("1y", 11_000, 1_100, 12_100),
        ("2y", 20_000, 2_000, 22_000),
        ("3y", 30_000, 3_000, 33_000),
        ("4y10m", 40_000, 4_000, 44_000),
    ],
)
def test_the_four_prices(period, net, tax, total):
    invoice = invoice_sum([certificate_line(period=ValidityPeriod(period), terms=TERMS)])
    assert (invoice.net, invoice.tax, invoice.total) == (net, tax, total)


def test_the_disclosure_fee_with_and_without_tax():
    assert invoice_sum([disclosure_line(terms=TERMS)]).total == 2_200
    assert invoice_sum([disclosure_line(terms=replace(TERMS, disclosure_fee_taxed=False))]).total == 2_000


def test_two_ways_of_payment():
    assert {way.value for way in PaymentWay} == {"bank_transfer", "postal_money_order"}


def test_tax_is_truncated_once_per_invoice_not_per_line():
    # Line by line the fractions of 0.9 yen would be lost three times.
    assert invoice_sum([line(9), line(9), line(9)]).tax == 2


def test_each_rate_stands_apart():
    invoice = invoice_sum([line(105), line(105, EIGHT), line(9)])
    assert [(rate.tax_rate, rate.net, rate.tax) for rate in invoice.rates] == [
        (TEN, 114, 11),
        (EIGHT, 105, 8),
    ]
    assert (invoice.net, invoice.tax, invoice.total) == (219, 19, 238)


@given(st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=20))
def test_truncation_never_rounds_up_and_loses_less_than_a_yen(amounts):
    tax = invoice_sum([line(amount) for amount in amounts]).tax
    assert tax <= Decimal(sum(amounts)) * TEN < tax + 1


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_fractions_of_a_yen_are_cut_off(amount):
    assert truncated(amount) == amount // 1


def test_a_discount_lowers_the_taxed_sum_but_not_below_nothing():
    assert invoice_sum([line(11_000), line(-1_000)]).total == 11_000
    with pytest.raises(InvoiceRefused) as refusal:
        invoice_sum([line(500), line(-501)])
    assert (refusal.value.problem, refusal.value.clause) == ("discount-above-price", "33")


def test_an_empty_invoice_is_refused():
    with pytest.raises(InvoiceRefused) as refusal:
        invoice_sum([])
    assert refusal.value.problem == "no-lines"


ACCEPTED = date(2026, 11, 20)
ISSUED = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("accepted_on", "on", "owed"),
    [
        (None, ACCEPTED, False),
        (ACCEPTED, ACCEPTED - timedelta(days=1), False),
        (ACCEPTED, ACCEPTED, True),
    ],
)
def test_the_fee_is_owed_from_acceptance(accepted_on, on, owed):
    assert charge_is_owed(accepted_on=accepted_on, on=on) is owed


@pytest.mark.parametrize(
    ("accepted_on", "issued_on", "on", "problem"),
    [
        (None, None, ISSUED, "not-accepted"),
        (ACCEPTED, None, ISSUED, "not-issued"),
        (ACCEPTED, ISSUED, ISSUED - timedelta(days=1), "not-issued"),
        (ACCEPTED, ISSUED, ISSUED, None),
    ],
)
def test_the_invoice_comes_after_issuance(accepted_on, issued_on, on, problem):
    if problem is None:
        check_invoicing(accepted_on=accepted_on, issued_on=issued_on, on=on)
        return
    with pytest.raises(InvoiceRefused) as refusal:
        check_invoicing(accepted_on=accepted_on, issued_on=issued_on, on=on)
    assert refusal.value.problem == problem


@given(DAYS)
def test_an_invoice_names_its_due_day(day):
    due = payment_deadline(invoiced_on=day, terms=TERMS, calendar=PLAIN)
    assert (due.clause, due.day) == ("35.2", day + timedelta(days=30))
    assert not MOVING.is_closed(payment_deadline(invoiced_on=day, terms=TERMS, calendar=MOVING).day)


@pytest.mark.parametrize(
    ("received", "late_by", "may"), [(0, 0, False), (0, 1, True), (12_099, 1, True), (12_100, 1, False)]
)
def test_the_power_to_revoke_what_is_unpaid(received, late_by, may):
    due = payment_deadline(invoiced_on=ISSUED, terms=TERMS, calendar=PLAIN)
    on = due.day + timedelta(days=late_by)
    assert may_revoke_unpaid(due=due, owed=12_100, received=received, on=on) is may


def test_no_refund_after_acceptance_but_for_a_recorded_reason():
    check_refund(accepted=False)
    check_refund(accepted=True, exception_reason="mis-issued by the CA")
    with pytest.raises(RefundRefused) as refusal:
        check_refund(accepted=True, exception_reason=" ")
    assert refusal.value.data == {"clause": "34.2"}


def test_damages_are_capped_at_what_was_received():
    assert damages_cap([12_100, 2_200]) == 14_300
    assert damages_cap([]) == 0


@pytest.mark.parametrize(
    ("on", "valid"),
    [
        (date(2026, 8, 31), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
        (date(2026, 8, 30), False),
    ],
)
def test_a_postal_order_is_good_for_six_months(on, valid):
    assert postal_order_is_valid(issued_on=date(2026, 8, 31), on=on, terms=TERMS) is valid
