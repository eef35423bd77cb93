"""Editions of the terms and their figures (2.1, 2.2, 33, 附則)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from inro.practice.editions import (
    EFFECTIVE_DATES,
    ActivationRefused,
    NoEditionInForce,
    Terms,
    TermsRefused,
    change_notice_day,
    check_activation,
    edition_in_force,
)
from inro.practice.validity import ValidityPeriod
from tests.practice.figures import DAYS, POLICY, TERMS, read_terms

EDITIONS = tuple(read_terms(path.stem) for path in sorted((POLICY / "editions").glob("*.toml")))


def record(**changes):
    plain = {
        "edition": "2030-01-01",
        "effective_from": date(2030, 1, 1),
        "prices": {"1y": 11000, "2y": 20000, "3y": 30000, "4y10m": 40000},
        "disclosure_fee": 2000,
        "disclosure_fee_taxed": True,
        "tax_rate": "0.10",
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def test_the_six_effective_dates():
    assert tuple(terms.effective_from for terms in EDITIONS) == EFFECTIVE_DATES
    assert [terms.edition for terms in EDITIONS] == [day.isoformat() for day in EFFECTIVE_DATES]


def test_the_figures_of_the_terms_in_force():
    assert dict(TERMS.prices) == {
        ValidityPeriod.ONE_YEAR: 11_000,
        ValidityPeriod.TWO_YEARS: 20_000,
        ValidityPeriod.THREE_YEARS: 30_000,
        ValidityPeriod.FOUR_YEARS_TEN_MONTHS: 40_000,
    }
    assert (TERMS.disclosure_fee, TERMS.tax_rate) == (2_000, Decimal("0.10"))
    assert (TERMS.slip_days, TERMS.reminder_days, TERMS.late_slip_days) == (20, 10, 30)
    assert (TERMS.deficiency_days, TERMS.proxy_deficiency_days, TERMS.objection_days) == (20, 20, 20)
    assert (TERMS.discontinuation_notice_days, TERMS.list_renewal_hours) == (60, 24)
    assert (TERMS.retention_years, TERMS.pin_tries) == (10, 15)


@given(DAYS)
def test_the_edition_in_force_is_the_last_that_has_begun(day):
    begun = [start for start in EFFECTIVE_DATES if start <= day]
    if not begun:
        with pytest.raises(NoEditionInForce) as refusal:
            edition_in_force(EDITIONS, on=day)
        assert refusal.value.on == day
        return
    assert edition_in_force(reversed(EDITIONS), on=day).effective_from == max(begun)


def test_an_edition_changes_at_midnight_in_japan():
    assert edition_in_force(EDITIONS, on=date(2025, 3, 31)).edition == "2023-04-25"
    assert edition_in_force(EDITIONS, on=date(2025, 4, 1)).edition == "2025-04-01"


def test_prices_cannot_be_changed():
    with pytest.raises(TypeError):
        TERMS.prices[ValidityPeriod.ONE_YEAR] = 1
    assert TERMS.prices[ValidityPeriod.ONE_YEAR] == 11_000


def test_activation_waits_for_every_notice():
    last_day = change_notice_day(TERMS).day
    assert last_day == date(2025, 2, 28)
    check_activation(TERMS, notices={"s1": last_day, "s2": date(2025, 1, 6)})
    check_activation(TERMS, notices={})
    with pytest.raises(ActivationRefused) as refusal:
        check_activation(
            TERMS, notices={"s1": last_day, "s2": None, "s3": last_day + timedelta(days=1), "s4": None}
        )
    assert refusal.value.missing == ("s2", "s4")
    assert refusal.value.late == ("s3",)
    assert (refusal.value.edition, refusal.value.last_day) == ("2025-04-01", last_day)


def test_one_late_notice_alone_refuses():
    with pytest.raises(ActivationRefused) as refusal:
        check_activation(TERMS, notices={"s1": date(2025, 3, 1)})
    assert refusal.value.missing == ()


def test_a_small_change_needs_no_notice():
    check_activation(Terms.from_record(record(important_change=False)), notices={"s1": None})


def test_a_record_becomes_terms():
    terms = Terms.from_record(record(expiry_notice_months=[3], stay_reminder_days=[]))
    assert terms.expiry_notice_months == (3,)
    assert terms.stay_reminder_days == ()
    assert terms.tax_rate == Decimal("0.10")


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"price": 1}, "price", "unknown"),
        ({"edition": None}, "edition", "missing"),
        ({"edition": 7}, "edition", "not-a-str"),
        ({"effective_from": "2030-01-01"}, "effective_from", "not-a-date"),
        ({"effective_from": datetime(2030, 1, 1, tzinfo=UTC)}, "effective_from", "not-a-date"),
        ({"disclosure_fee_taxed": 1}, "disclosure_fee_taxed", "not-a-bool"),
        ({"important_change": "no"}, "important_change", "not-a-bool"),
        ({"prices": {"5y": 50000}}, "prices", "unknown-period"),
        ({"prices": 11000}, "prices", "unknown-period"),
        ({"prices": {"1y": 11000}}, "prices", "not-every-period"),
        ({"prices": {"1y": -1, "2y": 1, "3y": 1, "4y10m": 1}}, "prices", "too-small"),
        ({"prices": {"1y": 0.5, "2y": 1, "3y": 1, "4y10m": 1}}, "prices", "not-a-whole-number"),
        ({"tax_rate": 0.1}, "tax_rate", "not-a-decimal-string"),
        ({"tax_rate": "ten"}, "tax_rate", "not-a-decimal-string"),
        ({"tax_rate": "1"}, "tax_rate", "not-a-fraction"),
        ({"tax_rate": "-0.1"}, "tax_rate", "not-a-fraction"),
        ({"tax_rate": "NaN"}, "tax_rate", "not-a-fraction"),
        ({"slip_days": 0}, "slip_days", "too-small"),
        ({"slip_days": True}, "slip_days", "not-a-whole-number"),
        ({"slip_days": "20"}, "slip_days", "not-a-whole-number"),
        ({"expiry_notice_months": []}, "expiry_notice_months", "too-small"),
        ({"disclosure_fee": -1}, "disclosure_fee", "too-small"),
    ],
)
def test_a_record_of_another_shape_is_refused_by_name(changes, field, problem):
    with pytest.raises(TermsRefused) as refusal:
        Terms.from_record(record(**changes))
    assert (refusal.value.field, refusal.value.problem) == (field, problem)
