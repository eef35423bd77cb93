"""Every due day on a page or in a message stands with clause and sum in words (9.2, 18.7, 35.2, 40(6))."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from inro.configuration.policy import load_policy
from inro.practice.validity import ValidityPeriod, not_after
from inro.store.reads.letters import letter_record
from inro.web.due_days import draft_kept_until, invoice_deadline, letter_deadline, validity_sum
from inro.web.page_tags import letter_why
from tests import given
from tests.usecases import given_letters as made

TEMPLATES = Path("src/inro/web/templates")
# A day that follows from another by a rule, as templates write it.
COMPUTED = re.compile(r"\{\{ *[\w.]*(?:due_on|due\.day|slip\.day|expires_on|not_after)\|")
EXPLAINED = re.compile(r"\|derived|_why\b|\bwhy\b")
# Not counted from anything: a CA's certificate says its own days.
GIVEN = {
    "public/repository/authority.html",
    "office/revocation/ca_certificate.html",
    "office/revocation/ca_certificates.html",
}
POLICY = load_policy(Path("policy"))
FILES = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("file", [file for file in FILES if file not in GIVEN])
def test_no_template_shows_a_computed_day_alone(file):
    lines = (TEMPLATES / file).read_text("utf-8").splitlines()
    assert [line for line in lines if COMPUTED.search(line) and not EXPLAINED.search(line)] == []


def test_the_walk_finds_what_it_looks_for():
    shown = sum(len(COMPUTED.findall((TEMPLATES / file).read_text("utf-8"))) for file in FILES)
    assert shown > 6
    alone = "<td>{{ letter.due_on|day }}</td>"
    assert COMPUTED.search(alone)
    assert not EXPLAINED.search(alone)


def test_a_letters_day_is_counted_from_its_date_or_made_longer():
    dated = date(2026, 12, 1)
    plain = letter_deadline(policy=POLICY, dated_on=dated, due_on=date(2026, 12, 21))
    assert plain.derivation() == "9.2: 2026-12-01, +20 days = 2026-12-21"
    longer = letter_deadline(policy=POLICY, dated_on=dated, due_on=date(2026, 12, 28))
    assert longer.derivation().endswith("extended to 2026-12-28")
    assert letter_deadline(policy=POLICY, dated_on=dated, due_on=date(2026, 12, 20)) is None


def test_an_invoices_and_a_drafts_day_are_those_of_the_rules():
    issued, saved = date(2026, 12, 1), given.NOW
    assert invoice_deadline(policy=POLICY, issued_on=issued, due_on=date(2026, 12, 31)).clause == "35.2"
    assert invoice_deadline(policy=POLICY, issued_on=issued, due_on=date(2027, 1, 1)) is None
    kept = draft_kept_until(policy=POLICY, saved_at=saved, expires_on=saved.date() + timedelta(days=90))
    assert kept.clause == "40(6)"


@pytest.mark.parametrize("period", list(ValidityPeriod))
def test_a_certificates_last_day_is_its_period_and_the_months_end(period):
    end = not_after(issued_at=given.NOW, period=period)
    found = validity_sum(issued_at=given.NOW, not_after=end)
    assert found.steps[1].amount == period.months
    assert validity_sum(issued_at=given.NOW, not_after=end - timedelta(days=40)) is None


def test_a_printed_letter_says_why_its_day(db):
    letter = letter_record(made.printed(made.released(given.examining())))
    assert "第9条第2項" in letter_why(letter)
    assert "+20日で2026年12月21日" in letter_why(letter)
