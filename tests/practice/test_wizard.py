"""The wizard's steps: branches, and that none is skipped (5.4, 8.2, 12.3, 42)."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from inro.practice.stated import ApplicantKind
from inro.practice.validity import ValidityPeriod
from inro.practice.wizard import Choices, Step, StepTooEarly, check_step, first_open_step, steps_of

COMPANY = Choices(kind=ApplicantKind.COMPANY_EMPLOYEE, period=ValidityPeriod.ONE_YEAR)
SOLE = Choices(kind=ApplicantKind.SOLE_PROPRIETOR, period=ValidityPeriod.ONE_YEAR, authority=True)


def test_a_sole_proprietor_is_asked_for_neither_organization_nor_authority():
    assert Step.ORGANIZATION not in steps_of(SOLE)
    assert Step.AUTHORITY not in steps_of(SOLE)
    assert not SOLE.has_authority


def test_a_company_is_asked_for_the_authority_it_wishes():
    assert Step.AUTHORITY not in steps_of(COMPANY)
    wishes = Choices(kind=COMPANY.kind, period=COMPANY.period, authority=True)
    assert steps_of(wishes) == steps_of(None) == tuple(Step)


def test_explanation_and_terms_stand_before_any_data():
    steps = steps_of(COMPANY)
    assert steps.index(Step.EXPLANATION) < steps.index(Step.TERMS) < steps.index(Step.SUBSCRIBER)
    assert steps[-2:] == (Step.CHECK, Step.PRINT)


@for_all(st.sets(st.sampled_from(Step)), st.sampled_from(Step), st.sampled_from([None, COMPANY, SOLE]))
def test_no_step_is_reached_over_one_that_is_open(done, step, choices):
    steps, first = steps_of(choices), first_open_step(choices=choices, done=frozenset(done))
    reachable = step in steps and all(earlier in done for earlier in steps[: steps.index(step)])
    if reachable:
        check_step(step=step, choices=choices, done=frozenset(done))
    else:
        with pytest.raises(StepTooEarly) as refused:
            check_step(step=step, choices=choices, done=frozenset(done))
        assert refused.value.first is first
