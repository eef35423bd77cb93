"""Which papers an application needs and how old they may be (8.1, 8.2, 8.4, 8.6, 23)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from inro.practice.enclosures import (
    NUMBER_PAPERS,
    PaperKind,
    is_too_old,
    missing_papers,
    oldest_issue,
    required_papers,
)
from inro.practice.stated import NameChoice
from tests.forms import AUTHORITY, FORM, PROXY, SOLE
from tests.practice.figures import TERMS

K = PaperKind
OF_EVERYBODY = [K.APPLICATION_FORM, K.RESIDENT_RECORD, K.SEAL_CERTIFICATE]
OF_A_COMPANY = [*OF_EVERYBODY, K.COMMERCIAL_REGISTRY, K.REPRESENTATIVE_SEAL_CERTIFICATE]


def kinds(form):
    return [paper.kind for paper in required_papers(form)]


def test_the_checklist_follows_the_branches():
    assert kinds(FORM) == OF_A_COMPANY
    assert kinds(SOLE) == OF_EVERYBODY
    former = kinds(replace(SOLE, name_choice=NameChoice.FORMER_SURNAME))
    assert set(former) - set(OF_EVERYBODY) == {K.FORMER_SURNAME_FORM, K.FAMILY_REGISTER}
    agent = kinds(replace(FORM, authorities=(AUTHORITY,)))
    assert set(agent) - set(OF_A_COMPANY) == {K.AUTHORITY_FORM}
    proxied = kinds(replace(FORM, proxy=PROXY))
    assert set(proxied) - set(OF_A_COMPANY) == {K.PROXY_SEAL_CERTIFICATE}


def test_what_an_authority_issues_is_told_from_forms():
    issued = {paper.kind for paper in required_papers(FORM) if paper.is_issued}
    assert issued == set(OF_A_COMPANY) - {K.APPLICATION_FORM}
    assert K.RESIDENT_RECORD in NUMBER_PAPERS


def test_what_is_not_enclosed_is_missing():
    enclosed = frozenset({K.APPLICATION_FORM, K.RESIDENT_RECORD, K.OTHER})
    assert [paper.kind for paper in missing_papers(form=SOLE, enclosed=enclosed)] == [K.SEAL_CERTIFICATE]


@pytest.mark.parametrize(
    ("issued_on", "arrived_on", "too_old"),
    [
        (date(2026, 8, 27), date(2026, 11, 27), False),
        (date(2026, 8, 26), date(2026, 11, 27), True),
        (date(2026, 8, 31), date(2026, 11, 30), False),
        (date(2026, 11, 30), date(2027, 2, 28), False),
        (date(2026, 11, 30), date(2027, 3, 1), True),
    ],
)
def test_three_months_on_arrival(issued_on, arrived_on, too_old):
    assert is_too_old(issued_on=issued_on, arrived_on=arrived_on, terms=TERMS) is too_old


@for_all(st.dates(date(2021, 1, 1), date(2060, 12, 31)))
def test_the_oldest_day_of_issue_is_the_last_that_is_not_too_old(arrived_on):
    oldest = oldest_issue(arrived_on=arrived_on, terms=TERMS)
    assert not is_too_old(issued_on=oldest, arrived_on=arrived_on, terms=TERMS)
    assert is_too_old(issued_on=oldest - timedelta(days=1), arrived_on=arrived_on, terms=TERMS)
