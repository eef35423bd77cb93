"""A day due on paper says how it was counted, in Japanese and in English (9.2, 18.7)."""

from dataclasses import replace

from inro.paper.slip import render_receipt_slip
from inro.practice.receipt import receipt_clock
from inro.words.day_sums import counted
from tests import given, posted
from tests.paper.read_back import text_of
from tests.paper.sheets import OPERATOR, SLIP
from tests.usecases import given_letters as made
from tests.usecases.test_reminder_held import WRITTEN, D, reminder

BOTH = ("itself not counted", "初日は数えない")


def said(pdf: bytes, *parts: str) -> None:
    text = "".join(text_of(pdf).split())
    for part in (*BOTH, *parts):
        assert "".join(part.split()) in text, part


def test_a_deficiency_letter_says_how_its_day_was_counted(db):
    letter = made.released(given.examining())
    said(made.sheets(letter).pdf, "約款第9条第2項：通知の到達の日", "+20 days make")


def test_a_reminder_says_how_both_its_days_were_counted(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application, on=D)
    pdf = made.sheets(reminder(application, printed=False), dated_on=WRITTEN).pdf
    said(pdf, "約款第18条第7項：督促の到達の日", "より前にはならず", "+10 days make")


def test_a_slip_says_how_its_day_was_counted():
    clock = receipt_clock(
        dispatched_on=SLIP.dispatched_on,
        reminder_arrived_on=None,
        terms=given.TERMS,
        calendar=given.CALENDAR,
    )
    paper = replace(SLIP, counted=counted(clock.slip))
    said(render_receipt_slip(slip=paper, operator=OPERATOR), "発送の日", "+20 days make")
