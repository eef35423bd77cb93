"""Where a case stands, what is next, until when, and how a day stands to today (9.2, 18.5-18.7, 40(4))."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inro.practice.application import ApplicationState
from inro.practice.calendar import Calendar
from inro.practice.case_facts import Bill, CaseFacts, OpenRevocation, Receipt
from inro.practice.certificate import CertificateState
from inro.practice.queue import (
    AT_WORK,
    NextAct,
    QueueStage,
    Standing,
    last_near_day,
    next_step,
    shown_act,
    stage_of,
    standing,
)
from inro.practice.receipt import Objection
from inro.practice.validity import ValidityPeriod
from tests import given

ON = date(2026, 12, 1)
ENDED = datetime(2026, 12, 1, 3, tzinfo=UTC)
CALENDAR = Calendar()
PLAIN = CaseFacts(state=ApplicationState.RECEIVED, period=ValidityPeriod.ONE_YEAR, ended_on=ON)
ISSUED = replace(
    PLAIN,
    state=ApplicationState.ISSUED,
    certificate=CertificateState.VALID,
    not_after=datetime(2027, 12, 31, 14, 59, 59, tzinfo=UTC),
)
POSTED = replace(ISSUED, receipt=Receipt(dispatched_on=ON))
CONFIRMED = replace(POSTED, confirmed=True)


def step(facts):
    return next_step(facts, terms=given.TERMS, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("facts", "stage", "act", "day"),
    [
        (replace(PLAIN, state=ApplicationState.DRAFTED), "awaited", "await_form", None),
        (PLAIN, "received", "begin_examination", None),
        (replace(PLAIN, state=ApplicationState.EXAMINING), "examining", "conclude_examination", None),
        (replace(PLAIN, state=ApplicationState.DEFICIENT), "deficient", "send_deficiency_notice", None),
        (
            replace(PLAIN, state=ApplicationState.DEFICIENT, deficiency_notice_on=ON),
            "deficient",
            "await_correction",
            date(2026, 12, 21),
        ),
        (replace(PLAIN, state=ApplicationState.EXAMINED), "examined", "decide", None),
        (
            replace(PLAIN, state=ApplicationState.ACCEPTED, examination_ended_at=ENDED),
            "accepted",
            "approve_issuance",
            date(2030, 11, 30),
        ),
        (
            replace(PLAIN, state=ApplicationState.ACCEPTED, examination_ended_at=ENDED, ordered=True),
            "accepted",
            "issue",
            date(2030, 11, 30),
        ),
        (
            replace(
                PLAIN,
                state=ApplicationState.DEFICIENT,
                deficiency_notice_on=ON,
                extended_to=date(2027, 1, 8),
            ),
            "deficient",
            "await_correction",
            date(2027, 1, 8),
        ),
        (replace(POSTED, proxy_to_decide=True), "receipt", "decide_proxy_request", date(2026, 12, 21)),
        (
            replace(POSTED, proxy_told_on=date(2026, 11, 25)),
            "receipt",
            "await_proxy_correction",
            date(2026, 12, 15),
        ),
        (replace(ISSUED, card_here=True), "to_post", "post_card", None),
        (POSTED, "receipt", "await_slip", date(2026, 12, 21)),
        (replace(POSTED, card_here=True), "to_post", "post_card", None),
        (
            replace(POSTED, unpaid=Bill(issued_on=ON, due_on=date(2026, 12, 10))),
            "receipt",
            "await_payment",
            date(2026, 12, 10),
        ),
        (
            replace(POSTED, unpaid=Bill(issued_on=ON, due_on=date(2026, 12, 31))),
            "receipt",
            "await_slip",
            date(2026, 12, 21),
        ),
        (CONFIRMED, "valid", "send_expiry_notice", date(2027, 10, 31)),
        (replace(CONFIRMED, expiry_notices=1), "valid", "send_expiry_notice", date(2027, 11, 30)),
        (replace(CONFIRMED, expiry_notices=2), "valid", "await_expiry", date(2027, 12, 31)),
        (
            replace(CONFIRMED, revocation=OpenRevocation.EXAMINATION),
            "revocation",
            "examine_revocation",
            None,
        ),
        (replace(CONFIRMED, certificate=CertificateState.EXPIRED), "expired", "dispose", date(2038, 1, 1)),
        (
            replace(CONFIRMED, certificate=CertificateState.REVOKED, faxed_on=ON),
            "revoked",
            "await_original",
            None,
        ),
        (replace(PLAIN, state=ApplicationState.WITHDRAWN), "closed", "dispose", date(2041, 11, 1)),
        (replace(PLAIN, state=ApplicationState.DISPOSED), "disposed", "nothing", None),
    ],
)
def test_every_place_has_its_next_step_and_day(facts, stage, act, day):
    found = step(facts)
    assert (stage_of(facts), found.act) == (stage, act)
    assert (found.deadline.day if found.deadline else None) == day


def test_a_slip_that_does_not_come_is_reminded_of_then_the_certificate_is_revoked():
    waiting = step(POSTED)
    assert waiting.deadline.derivation() == "18.7: 2026-12-01, +20 days = 2026-12-21"
    assert waiting.then is NextAct.SEND_REMINDER

    reminded = step(
        replace(POSTED, receipt=Receipt(dispatched_on=ON, reminder_arrived_on=date(2026, 12, 24)))
    )
    assert (reminded.act, reminded.deadline.day) == (
        NextAct.AWAIT_SLIP_AFTER_REMINDER,
        date(2027, 1, 3),
    )
    assert reminded.then is NextAct.REVOKE_WITHOUT_SLIP


def test_open_doubts_hold_the_reminder_and_settled_ones_let_it_go_out_later():
    doubts = Objection(contacted_on=date(2026, 12, 10))
    held = step(replace(POSTED, receipt=Receipt(dispatched_on=ON, objection=doubts)))
    assert (held.act, held.deadline) == (NextAct.DECIDE_DOUBTS, None)

    settled = replace(doubts, decided_on=date(2026, 12, 28))
    after = step(replace(POSTED, receipt=Receipt(dispatched_on=ON, settled=settled)))
    assert (after.act, after.deadline.day) == (NextAct.SEND_REMINDER, date(2026, 12, 29))


def test_a_reminder_that_came_too_early_to_count_is_none():
    early = Receipt(dispatched_on=ON, reminder_arrived_on=date(2026, 12, 20))
    assert step(replace(POSTED, receipt=early)).act is NextAct.AWAIT_SLIP


def test_every_stage_has_a_step_and_work_is_what_somebody_has_to_do():
    assert {stage_of(replace(PLAIN, state=state)) for state in ApplicationState} | {
        QueueStage.RECEIPT,
        QueueStage.REVOCATION,
        QueueStage.VALID,
        QueueStage.REVOKED,
        QueueStage.EXPIRED,
    } == set(QueueStage)
    assert not AT_WORK & {QueueStage.AWAITED, QueueStage.VALID, QueueStage.CLOSED, QueueStage.DISPOSED}


@pytest.mark.parametrize(
    ("days", "opens", "found"),
    [
        (None, False, Standing.NONE),
        (-1, False, Standing.OVER),
        (0, False, Standing.SOON),
        (3, False, Standing.SOON),
        (4, False, Standing.LATER),
        (0, True, Standing.DUE),
        (-400, True, Standing.DUE),
        (1, True, Standing.LATER),
    ],
)
def test_how_a_day_stands_to_today(days, opens, found):
    due_on = None if days is None else ON + timedelta(days=days)
    soon = last_near_day(on=ON, calendar=CALENDAR)
    assert standing(due_on=due_on, opens=opens, on=ON, soon=soon) is found


def test_near_is_three_open_days():
    # Friday: Saturday and Sunday do not count.
    assert last_near_day(on=date(2026, 12, 4), calendar=CALENDAR) == date(2026, 12, 9)


def test_what_follows_is_shown_once_the_day_is_over():
    assert (
        shown_act(NextAct.AWAIT_SLIP, NextAct.SEND_REMINDER, standing=Standing.OVER) is NextAct.SEND_REMINDER
    )
    assert shown_act(NextAct.AWAIT_SLIP, NextAct.SEND_REMINDER, standing=Standing.SOON) is NextAct.AWAIT_SLIP
    assert shown_act(NextAct.DISPOSE, None, standing=Standing.OVER) is NextAct.DISPOSE
