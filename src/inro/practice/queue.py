"""Where a case stands in the queue, what is done next, and until when (6, 9.2, 18.5-18.7, 21, 35.2, 40(4)).

The next step of a case follows from its facts alone, never from the day it is asked on: a stored due day
stays right until something happens to the case, or the terms or the calendar change.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from inro.practice.application import ApplicationState
from inro.practice.calendar import Calendar, jst_date
from inro.practice.certificate import CertificateState
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import (
    Deadline,
    DeadlineKind,
    deficiency_deadline,
    expiry_notice_deadlines,
    issuing_deadline,
    proxy_deficiency_deadline,
    until_end,
)
from inro.practice.editions import Terms
from inro.practice.fees import payment_deadline
from inro.practice.receipt import Objection, ReceiptClock, receipt_clock, suspends
from inro.practice.retention import case_retention, certificate_retention
from inro.practice.validity import ValidityPeriod

SOON_OPEN_DAYS = 3


class QueueStage(StrEnum):
    """Where a case stands; those from `received` to `revocation` are at work."""

    AWAITED = "awaited"
    RECEIVED = "received"
    EXAMINING = "examining"
    DEFICIENT = "deficient"
    EXAMINED = "examined"
    ACCEPTED = "accepted"
    TO_POST = "to_post"
    RECEIPT = "receipt"
    REVOCATION = "revocation"
    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    CLOSED = "closed"
    DISPOSED = "disposed"


AT_WORK: frozenset[QueueStage] = frozenset(
    {
        QueueStage.RECEIVED,
        QueueStage.EXAMINING,
        QueueStage.DEFICIENT,
        QueueStage.EXAMINED,
        QueueStage.ACCEPTED,
        QueueStage.TO_POST,
        QueueStage.RECEIPT,
        QueueStage.REVOCATION,
    }
)


class NextAct(StrEnum):
    """What a case waits for, or what the house does with it."""

    AWAIT_FORM = "await_form"
    BEGIN_EXAMINATION = "begin_examination"
    CONCLUDE_EXAMINATION = "conclude_examination"
    SEND_DEFICIENCY_NOTICE = "send_deficiency_notice"
    AWAIT_CORRECTION = "await_correction"
    REJECT = "reject"
    DECIDE = "decide"
    APPROVE_ISSUANCE = "approve_issuance"
    ISSUE = "issue"
    TERMINATE = "terminate"
    POST_CARD = "post_card"
    AWAIT_SLIP = "await_slip"
    SEND_REMINDER = "send_reminder"
    AWAIT_SLIP_AFTER_REMINDER = "await_slip_after_reminder"
    REVOKE_WITHOUT_SLIP = "revoke_without_slip"
    DECIDE_PROXY_REQUEST = "decide_proxy_request"
    AWAIT_PROXY_CORRECTION = "await_proxy_correction"
    DECIDE_DOUBTS = "decide_doubts"
    EXAMINE_REVOCATION = "examine_revocation"
    DECIDE_REVOCATION = "decide_revocation"
    PUBLISH_REVOCATION = "publish_revocation"
    AWAIT_ORIGINAL = "await_original"
    AWAIT_PAYMENT = "await_payment"
    ASK_FOR_PAYMENT = "ask_for_payment"
    SEND_EXPIRY_NOTICE = "send_expiry_notice"
    AWAIT_EXPIRY = "await_expiry"
    DISPOSE = "dispose"
    NOTHING = "nothing"


class OpenRevocation(StrEnum):
    """What an open revocation waits for (21, 22, 26.1, 39.4)."""

    EXAMINATION = "examination"
    DECISION = "decision"
    PUBLICATION = "publication"


class Standing(StrEnum):
    """How a due day stands to a day: what is over or due now is a problem, what is near a warning."""

    NONE = "none"
    LATER = "later"
    SOON = "soon"
    DUE = "due"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The card's way: first posting, the reminder that counts, the doubts, whether a slip confirmed it."""

    dispatched_on: date
    reminder_arrived_on: date | None = None
    objection: Objection | None = None
    settled: Objection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An invoice that is not paid: when it was issued, and the day it names (35.2)."""

    issued_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the next step of a case follows from.

    `deficiency_notice_on` is when the notice of the present deficiencies counts as arrived, `extended_to` the
    day to which a person made the time to mend longer. `ordered` says that issuing is approved; `card_here`
    that the card lies in the house. `receipt` is None before it was posted, `proxy_told_on` the day of the
    call about a proxy request's papers while they are awaited. From `ended_on` the papers of a case without a
    certificate are kept (40(4)).
    """

    state: ApplicationState
    period: ValidityPeriod
    ended_on: date
    examination_ended_at: datetime | None = None
    deficiency_notice_on: date | None = None
    extended_to: date | None = None
    ordered: bool = False
    certificate: CertificateState | None = None
    not_after: datetime | None = None
    card_here: bool = False
    receipt: Receipt | None = None
    confirmed: bool = False
    proxy_to_decide: bool = False
    proxy_told_on: date | None = None
    revocation: OpenRevocation | None = None
    original_outstanding: bool = False
    expiry_notices: int = 0
    unpaid: Bill | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What is next, until or from when, and what follows once that day is over."""

    act: NextAct
    deadline: Deadline | None = None
    then: NextAct | None = None


def stage_of(facts: CaseFacts) -> QueueStage:
    """Return where a case stands in the queue."""
    stage = _STAGES.get(facts.state)
    if stage is not None:
        return stage
    if facts.revocation is not None:
        return QueueStage.REVOCATION
    if facts.certificate is CertificateState.REVOKED:
        return QueueStage.REVOKED
    if facts.certificate is CertificateState.EXPIRED:
        return QueueStage.EXPIRED
    if facts.confirmed:
        return QueueStage.VALID
    return QueueStage.RECEIPT if facts.receipt is not None and not facts.card_here else QueueStage.TO_POST


def next_step(facts: CaseFacts, *, terms: Terms, calendar: Calendar) -> NextStep:
    """Return the next step of a case with its deadline, each with clause and sum.

    Where several run, a step of the house without a day comes first, then the earliest day.

    Raises: InstantWithoutZone.
    """
    steps = _STEPS_OF[stage_of(facts)](facts, terms, calendar)
    undated = next((step for step in steps if step.deadline is None), None)
    return undated or min(steps, key=_day)


def shown_act(step_act: NextAct, then: NextAct | None, *, standing: Standing) -> NextAct:
    """Return what a page names as the next act: what follows, once the day awaited is over."""
    return then if then is not None and standing is Standing.OVER else step_act


def standing(*, due_on: date | None, opens: bool, on: date, soon: date) -> Standing:
    """Return how a due day stands to `on`; `opens` says that it opens something, which is then never late.

    `soon` is the last day that counts as near, as `last_near_day` gives it.
    """
    if due_on is None:
        return Standing.NONE
    if opens:
        return Standing.DUE if due_on <= on else Standing.LATER
    if due_on < on:
        return Standing.OVER
    return Standing.SOON if due_on <= soon else Standing.LATER


def last_near_day(*, on: date, calendar: Calendar) -> date:
    """Return the third open day after a day: what is due until then is near."""
    day = on
    for _ in range(SOON_OPEN_DAYS):
        day = calendar.next_open(day + timedelta(days=1))
    return day


def _day(step: NextStep) -> date:
    return step.deadline.day if step.deadline is not None else date.max


type _Steps = Callable[[CaseFacts, Terms, Calendar], list[NextStep]]


def _only(act: NextAct) -> _Steps:
    return lambda _facts, _terms, _calendar: [NextStep(act=act)]


def _deficient(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[NextStep]:
    if facts.deficiency_notice_on is None:
        return [NextStep(act=NextAct.SEND_DEFICIENCY_NOTICE)]
    due = deficiency_deadline(
        notice_arrived_on=facts.deficiency_notice_on,
        terms=terms,
        calendar=calendar,
        extended_to=facts.extended_to,
    )
    return [NextStep(act=NextAct.AWAIT_CORRECTION, deadline=due, then=NextAct.REJECT)]


def _accepted(facts: CaseFacts, _terms: Terms, _calendar: Calendar) -> list[NextStep]:
    act = NextAct.ISSUE if facts.ordered else NextAct.APPROVE_ISSUANCE
    if facts.examination_ended_at is None:
        return [NextStep(act=act)]
    due = issuing_deadline(examination_ended_at=facts.examination_ended_at, period=facts.period)
    return [NextStep(act=act, deadline=due, then=NextAct.TERMINATE)]


def _receipt(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[NextStep]:
    receipt = facts.receipt
    if receipt is None:
        return [NextStep(act=NextAct.POST_CARD)]
    clock = receipt_clock_of(receipt, terms, calendar)
    if suspends(receipt.objection, clock=clock):
        return [NextStep(act=NextAct.DECIDE_DOUBTS)]
    if clock.slip_after_reminder is not None and clock.revocation is not None:
        # The last day before 18.7 is open, which never lies before the reminder's ten days are over.
        last = clock.revocation.day_sum.plus_days(-1)
        due = until_end(kind=DeadlineKind.SLIP_AFTER_REMINDER, clause="18.7", day_sum=last)
        step = NextStep(act=NextAct.AWAIT_SLIP_AFTER_REMINDER, deadline=due, then=NextAct.REVOKE_WITHOUT_SLIP)
    elif clock.reminder.day > clock.slip.day + timedelta(days=1):
        step = NextStep(act=NextAct.SEND_REMINDER, deadline=clock.reminder)
    else:
        step = NextStep(act=NextAct.AWAIT_SLIP, deadline=clock.slip, then=NextAct.SEND_REMINDER)
    if facts.proxy_to_decide:
        # The day stays the slip's: a proxy request moves none (23.1).
        step = replace(step, act=NextAct.DECIDE_PROXY_REQUEST)
    return [step, *_proxy_papers(facts, terms, calendar), *_payment(facts, terms, calendar)]


def receipt_clock_of(receipt: Receipt, terms: Terms, calendar: Calendar) -> ReceiptClock:
    """Return the deadlines of a card's way; a reminder that came too early to count is none (18.5, 18.7)."""
    counted = partial(
        receipt_clock,
        dispatched_on=receipt.dispatched_on,
        terms=terms,
        calendar=calendar,
        settled=receipt.settled,
    )
    clock = counted(reminder_arrived_on=None)
    arrived_on = receipt.reminder_arrived_on
    # So it may be after a change of the calendar.
    if arrived_on is None or arrived_on < clock.reminder.day:
        return clock
    return counted(reminder_arrived_on=arrived_on)


def _revocation(facts: CaseFacts, _terms: Terms, _calendar: Calendar) -> list[NextStep]:
    acts = {
        OpenRevocation.EXAMINATION: NextAct.EXAMINE_REVOCATION,
        OpenRevocation.DECISION: NextAct.DECIDE_REVOCATION,
        OpenRevocation.PUBLICATION: NextAct.PUBLISH_REVOCATION,
    }
    return [NextStep(act=acts[facts.revocation or OpenRevocation.EXAMINATION])]


def _valid(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[NextStep]:
    if facts.not_after is None:
        return [NextStep(act=NextAct.NOTHING)]
    notices = expiry_notice_deadlines(not_after=facts.not_after, terms=terms)
    if facts.expiry_notices < len(notices):
        due = notices[facts.expiry_notices]
        step = NextStep(act=NextAct.SEND_EXPIRY_NOTICE, deadline=due)
    else:
        last = DaySum.of(jst_date(facts.not_after))
        due = until_end(kind=DeadlineKind.EXPIRY_NOTICE, clause="6.1", day_sum=last)
        step = NextStep(act=NextAct.AWAIT_EXPIRY, deadline=due)
    return [step, *_payment(facts, terms, calendar)]


def _ended(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[NextStep]:
    if facts.original_outstanding:
        return [NextStep(act=NextAct.AWAIT_ORIGINAL)]
    if facts.not_after is not None:
        due = certificate_retention(not_after=facts.not_after, terms=terms)
    else:
        due = case_retention(ended_on=facts.ended_on, terms=terms)
    return [NextStep(act=NextAct.DISPOSE, deadline=due), *_payment(facts, terms, calendar)]


def _proxy_papers(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[NextStep]:
    if facts.proxy_told_on is None:
        return []
    due = proxy_deficiency_deadline(notified_on=facts.proxy_told_on, terms=terms, calendar=calendar)
    return [NextStep(act=NextAct.AWAIT_PROXY_CORRECTION, deadline=due, then=NextAct.DECIDE_PROXY_REQUEST)]


def _payment(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[NextStep]:
    bill = facts.unpaid
    if bill is None:
        return []
    due = payment_deadline(invoiced_on=bill.issued_on, terms=terms, calendar=calendar)
    if due.day != bill.due_on:
        # The day that the invoice names holds, also after a change of the terms (35.2).
        due = until_end(kind=DeadlineKind.PAYMENT, clause="35.2", day_sum=DaySum.of(bill.due_on))
    return [NextStep(act=NextAct.AWAIT_PAYMENT, deadline=due, then=NextAct.ASK_FOR_PAYMENT)]


_STAGES = {
    ApplicationState.DRAFTED: QueueStage.AWAITED,
    ApplicationState.PRINTED: QueueStage.AWAITED,
    ApplicationState.RECEIVED: QueueStage.RECEIVED,
    ApplicationState.EXAMINING: QueueStage.EXAMINING,
    ApplicationState.DEFICIENT: QueueStage.DEFICIENT,
    ApplicationState.EXAMINED: QueueStage.EXAMINED,
    ApplicationState.ACCEPTED: QueueStage.ACCEPTED,
    ApplicationState.REJECTED: QueueStage.CLOSED,
    ApplicationState.WITHDRAWN: QueueStage.CLOSED,
    ApplicationState.TERMINATED: QueueStage.CLOSED,
    ApplicationState.DISPOSED: QueueStage.DISPOSED,
}
_STEPS_OF: dict[QueueStage, _Steps] = {
    QueueStage.AWAITED: _only(NextAct.AWAIT_FORM),
    QueueStage.RECEIVED: _only(NextAct.BEGIN_EXAMINATION),
    QueueStage.EXAMINING: _only(NextAct.CONCLUDE_EXAMINATION),
    QueueStage.DEFICIENT: _deficient,
    QueueStage.EXAMINED: _only(NextAct.DECIDE),
    QueueStage.ACCEPTED: _accepted,
    QueueStage.TO_POST: _only(NextAct.POST_CARD),
    QueueStage.RECEIPT: _receipt,
    QueueStage.REVOCATION: _revocation,
    QueueStage.VALID: _valid,
    QueueStage.REVOKED: _ended,
    QueueStage.EXPIRED: _ended,
    QueueStage.CLOSED: _ended,
    QueueStage.DISPOSED: _only(NextAct.NOTHING),
}
