"""Where a case stands in the queue, what is done next, and until when (6, 9.2, 18.5-18.7, 21, 35.2, 40(4)).

The next step of a case follows from its facts alone, never from the day it is asked on: a stored due day
stays right until something happens to the case, or the terms or the calendar change.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inro.practice.application import ApplicationState
from inro.practice.calendar import Calendar
from inro.practice.case_facts import CaseFacts, OpenRevocation
from inro.practice.certificate import CertificateState
from inro.practice.deadlines import Deadline, DeadlineKind, until_end
from inro.practice.editions import Terms
from inro.practice.obligations import Obligation, case_obligations

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


class Standing(StrEnum):
    """How a due day stands to a day: what is over or due now is a problem, what is near a warning."""

    NONE = "none"
    LATER = "later"
    SOON = "soon"
    DUE = "due"
    OVER = "over"


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
    stage = stage_of(facts)
    leading = _LEADING.get(stage, frozenset())
    owed = case_obligations(facts, terms=terms, calendar=calendar)
    steps = [_step(one, facts) for one in owed if one.kind in leading]
    undated = _undated(stage, facts, {one.kind for one in owed} & leading)
    return NextStep(act=undated) if undated is not None else min(steps, key=_day)


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


def _undated(stage: QueueStage, facts: CaseFacts, dated: set[DeadlineKind]) -> NextAct | None:
    """Return the step of the house that waits for no day, or None where a day leads."""
    if stage is QueueStage.REVOCATION and facts.revocation is not None:
        return _OF_REVOCATION[facts.revocation]
    if stage in _KEPT and facts.faxed_on is not None:
        return NextAct.AWAIT_ORIGINAL
    if stage is QueueStage.RECEIPT and not dated & _OF_SLIP:
        # Doubts hold what leads to 18.7 until a person has decided on them (18.5).
        return NextAct.DECIDE_DOUBTS
    if dated:
        return None
    return _issuing(facts) if stage is QueueStage.ACCEPTED else _WITHOUT_A_DAY.get(stage, NextAct.NOTHING)


def _step(owed: Obligation, facts: CaseFacts) -> NextStep:
    if owed.kind is DeadlineKind.ISSUING:
        return NextStep(act=_issuing(facts), deadline=owed.deadline, then=NextAct.TERMINATE)
    if owed.kind is DeadlineKind.REVOCATION_WITHOUT_SLIP:
        # The last day before 18.7 is open, which never lies before the reminder's ten days are over.
        last = owed.deadline.day_sum.plus_days(-1)
        due = until_end(kind=DeadlineKind.SLIP_AFTER_REMINDER, clause="18.7", day_sum=last)
    else:
        due = owed.deadline
    act, then = _ACTS[owed.kind]
    if owed.kind in _OF_SLIP and facts.proxy_to_decide:
        # The day stays the slip's: a proxy request moves none (23.1).
        act = NextAct.DECIDE_PROXY_REQUEST
    return NextStep(act=act, deadline=due, then=then)


def _issuing(facts: CaseFacts) -> NextAct:
    return NextAct.ISSUE if facts.ordered else NextAct.APPROVE_ISSUANCE


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
_WITHOUT_A_DAY = {
    QueueStage.AWAITED: NextAct.AWAIT_FORM,
    QueueStage.RECEIVED: NextAct.BEGIN_EXAMINATION,
    QueueStage.EXAMINING: NextAct.CONCLUDE_EXAMINATION,
    QueueStage.DEFICIENT: NextAct.SEND_DEFICIENCY_NOTICE,
    QueueStage.EXAMINED: NextAct.DECIDE,
    QueueStage.TO_POST: NextAct.POST_CARD,
}
_OF_REVOCATION = {
    OpenRevocation.EXAMINATION: NextAct.EXAMINE_REVOCATION,
    OpenRevocation.DECISION: NextAct.DECIDE_REVOCATION,
    OpenRevocation.PUBLICATION: NextAct.PUBLISH_REVOCATION,
}
_KEPT = frozenset({QueueStage.REVOKED, QueueStage.EXPIRED, QueueStage.CLOSED})
_OF_SLIP = frozenset({DeadlineKind.SLIP, DeadlineKind.REMINDER, DeadlineKind.REVOCATION_WITHOUT_SLIP})
# What is awaited or done, and what follows once the day is over.
_ACTS: dict[DeadlineKind, tuple[NextAct, NextAct | None]] = {
    DeadlineKind.DEFICIENCY: (NextAct.AWAIT_CORRECTION, NextAct.REJECT),
    DeadlineKind.SLIP: (NextAct.AWAIT_SLIP, NextAct.SEND_REMINDER),
    DeadlineKind.REMINDER: (NextAct.SEND_REMINDER, None),
    DeadlineKind.REVOCATION_WITHOUT_SLIP: (NextAct.AWAIT_SLIP_AFTER_REMINDER, NextAct.REVOKE_WITHOUT_SLIP),
    DeadlineKind.PROXY_DEFICIENCY: (NextAct.AWAIT_PROXY_CORRECTION, NextAct.DECIDE_PROXY_REQUEST),
    DeadlineKind.PAYMENT: (NextAct.AWAIT_PAYMENT, NextAct.ASK_FOR_PAYMENT),
    DeadlineKind.EXPIRY_NOTICE: (NextAct.SEND_EXPIRY_NOTICE, None),
    DeadlineKind.EXPIRY: (NextAct.AWAIT_EXPIRY, None),
    DeadlineKind.RETENTION: (NextAct.DISPOSE, None),
}
# Which deadlines lead at a stage; the others run beside it and stand in the ledger alone.
_LEADING: dict[QueueStage, frozenset[DeadlineKind]] = {
    QueueStage.DEFICIENT: frozenset({DeadlineKind.DEFICIENCY}),
    QueueStage.ACCEPTED: frozenset({DeadlineKind.ISSUING}),
    QueueStage.RECEIPT: _OF_SLIP | {DeadlineKind.PROXY_DEFICIENCY, DeadlineKind.PAYMENT},
    QueueStage.VALID: frozenset({DeadlineKind.EXPIRY_NOTICE, DeadlineKind.EXPIRY, DeadlineKind.PAYMENT}),
    **dict.fromkeys(_KEPT, frozenset({DeadlineKind.RETENTION, DeadlineKind.PAYMENT})),
}
