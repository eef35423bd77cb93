"""A reminder that was written and not posted waits for the decision on doubts, and is void or new (18.5)."""

from datetime import date, timedelta

import pytest

from inro.practice.calendar import start_of_day
from inro.practice.letters import LetterState
from inro.practice.notices import NoticeKind
from inro.practice.receipt import ReminderTooEarly
from inro.practice.transitions import ActNotAllowed
from inro.store.ids import ApplicationId, LetterId
from inro.store.models import AuditRow
from inro.store.reads.letters import letter_record, letters_of
from inro.store.reads.receipt_board import cards_on_their_way
from inro.usecases.letters import post_letters
from inro.usecases.objection import admit_objection, decide_objection, record_objection
from inro.usecases.reminder import write_reminders
from tests import given, posted
from tests.usecases import given_letters as made

D = date(2026, 12, 1)
DAY = timedelta(days=1)
WRITTEN, TOLD = D + 21 * DAY, D + 22 * DAY


@pytest.fixture
def sent(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application, on=D)
    return application


def reminder(application: ApplicationId, *, printed: bool) -> LetterId:
    now = start_of_day(WRITTEN)
    write_reminders(cases=[(application, given.TERMS)], calendar=given.CALENDAR, actor=given.DESK, now=now)
    [letter] = letters_of(application, NoticeKind.RECEIPT_REMINDER)
    return made.printed(letter.letter_id, now=now) if printed else letter.letter_id


def told(application: ApplicationId, *, contacted_on: date = D + 20 * DAY):
    return record_objection(
        application=application,
        contacted_on=contacted_on,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.DESK,
        now=start_of_day(TOLD),
    )


def decided(objection, *, founded: bool) -> None:
    decide_objection(objection=objection, founded=founded, actor=given.ACCEPTOR, now=start_of_day(TOLD + DAY))


def post(letter: LetterId, on: date) -> None:
    post_letters(letters=[letter], postmark=on, actor=given.DESK, now=start_of_day(on))


@pytest.mark.parametrize("printed", [False, True])
def test_doubts_in_time_hold_it_in_the_same_transaction(sent, printed):
    letter = reminder(sent, printed=printed)
    told(sent)
    assert letter_record(letter).state is LetterState.HELD
    assert [row.kind for row in AuditRow.objects.order_by("-seq")[:2]] == [
        "letter.held",
        "receipt.objection_received",
    ]
    with pytest.raises(ActNotAllowed):
        made.printed(letter, now=start_of_day(TOLD))
    with pytest.raises(ActNotAllowed):
        post(letter, TOLD)
    [card] = cards_on_their_way(confirmed_since=D)
    assert card.reminder_held


def test_not_founded_it_is_printed_for_a_new_day_after_the_decision(sent):
    letter = reminder(sent, printed=True)
    decided(told(sent), founded=False)
    assert letter_record(letter).state is LetterState.RELEASED
    with pytest.raises(ReminderTooEarly):
        made.printed(letter, now=start_of_day(TOLD + DAY))
    made.printed(letter, now=start_of_day(TOLD + 2 * DAY))
    post(letter, TOLD + 2 * DAY)
    record = letter_record(letter)
    assert (record.state, record.arrived_on) == (LetterState.SENT, TOLD + 2 * DAY)


def test_founded_it_is_void(sent):
    letter = reminder(sent, printed=True)
    decided(told(sent), founded=True)
    assert letter_record(letter).state is LetterState.DROPPED
    assert AuditRow.objects.latest("seq").kind == "letter.dropped"


def test_doubts_too_late_hold_nothing_until_they_are_admitted(sent):
    letter = reminder(sent, printed=False)
    objection = told(sent, contacted_on=D + 22 * DAY)
    assert letter_record(letter).state is LetterState.RELEASED
    admit_objection(objection=objection, actor=given.ACCEPTOR, now=start_of_day(TOLD))
    assert letter_record(letter).state is LetterState.HELD


def test_what_has_left_is_not_held(sent):
    letter = reminder(sent, printed=True)
    post(letter, WRITTEN)
    told(sent)
    assert letter_record(letter).state is LetterState.SENT
