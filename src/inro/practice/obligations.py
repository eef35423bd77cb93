"""What is owed by which day, by whom, and what follows (6, 9.2, 12.4, 18, 21.2, 22.1(1), 24.2, 35, 40(4)).

One rule for each kind of deadline, and one function from the facts of a case to all that it owes. The facts
alone decide, never the day on which it is asked: what is owed changes only when something happens.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from inro.practice.application import ApplicationState
from inro.practice.calendar import Calendar, start_of_day
from inro.practice.case_facts import CaseFacts, Receipt
from inro.practice.certificate import CertificateState
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import (
    Deadline,
    DeadlineKind,
    Edge,
    deficiency_deadline,
    expiry_deadline,
    expiry_notice_deadlines,
    issuing_deadline,
    original_deadline,
    parcel_return_deadline,
    proxy_deficiency_deadline,
    stay_deadlines,
    until_end,
)
from inro.practice.duties import Duty
from inro.practice.editions import Terms
from inro.practice.fees import payment_deadline, unpaid_power
from inro.practice.receipt import ReceiptClock, receipt_clock, suspends
from inro.practice.retention import case_retention, certificate_retention


class Weight(StrEnum):
    """What must be done, what may be done if a person decides so, what somebody is only reminded of."""

    DUTY = "duty"
    POWER = "power"
    REMINDER = "reminder"


class Consequence(StrEnum):
    """What is done about a deadline, before it or once it is reached."""

    REJECT_OR_EXTEND = "reject_or_extend"
    LAPSE_PROXY_REQUEST = "lapse_proxy_request"
    CLOSE_WINDOW = "close_window"
    REMIND_OF_SLIP = "remind_of_slip"
    AWAIT_REVOCATION = "await_revocation"
    REVOKE = "revoke"
    MAY_REVOKE = "may_revoke"
    ISSUE_OR_END = "issue_or_end"
    ASK_THE_POST = "ask_the_post"
    SEND_EXPIRY_NOTICE = "send_expiry_notice"
    RECORD_EXPIRY = "record_expiry"
    REMIND_OF_STAY = "remind_of_stay"
    FOLLOW_UP_STAY = "follow_up_stay"
    CHASE_ORIGINAL = "chase_original"
    ASK_FOR_PAYMENT = "ask_for_payment"
    DISPOSE = "dispose"
    PUBLISH_LISTS = "publish_lists"
    TELL_OF_CHANGE = "tell_of_change"
    RENEW_CERTIFICATE = "renew_certificate"
    SERVICE_TOKEN = "service_token"
    FILE_RENEWAL = "file_renewal"
    MAKE_BACKUP = "make_backup"
    DELETE_DRAFT = "delete_draft"
    SETTLE_NOTICE = "settle_notice"
    RUN_THE_NIGHT = "run_the_night"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a kind of deadline means: what follows, whose it is (None: the platform's own), its weight."""

    consequence: Consequence
    duty: Duty | None
    weight: Weight = Weight.DUTY


_K, _C, _D = DeadlineKind, Consequence, Duty

RULES: Mapping[DeadlineKind, Rule] = MappingProxyType(
    {
        _K.DEFICIENCY: Rule(consequence=_C.REJECT_OR_EXTEND, duty=_D.ACCEPTANCE),
        _K.PROXY_DEFICIENCY: Rule(consequence=_C.LAPSE_PROXY_REQUEST, duty=None),
        _K.OBJECTION: Rule(consequence=_C.CLOSE_WINDOW, duty=_D.RECEIPT, weight=Weight.REMINDER),
        _K.SLIP: Rule(consequence=_C.REMIND_OF_SLIP, duty=_D.RECEIPT),
        _K.REMINDER: Rule(consequence=_C.REMIND_OF_SLIP, duty=_D.NOTICE),
        _K.SLIP_AFTER_REMINDER: Rule(consequence=_C.AWAIT_REVOCATION, duty=_D.RECEIPT),
        _K.LATE_SLIP_POWER: Rule(
            consequence=_C.MAY_REVOKE, duty=_D.REVOCATION_EXAMINATION, weight=Weight.POWER
        ),
        _K.REVOCATION_WITHOUT_SLIP: Rule(consequence=_C.REVOKE, duty=_D.REVOCATION_EXAMINATION),
        _K.PARCEL_RETURN: Rule(consequence=_C.ASK_THE_POST, duty=_D.DISPATCH, weight=Weight.REMINDER),
        _K.ISSUING: Rule(consequence=_C.ISSUE_OR_END, duty=_D.ISSUANCE_APPROVAL),
        _K.EXPIRY_NOTICE: Rule(consequence=_C.SEND_EXPIRY_NOTICE, duty=_D.NOTICE),
        _K.EXPIRY: Rule(consequence=_C.RECORD_EXPIRY, duty=None),
        _K.STAY_REMINDER: Rule(consequence=_C.REMIND_OF_STAY, duty=_D.NOTICE, weight=Weight.REMINDER),
        _K.STAY_END: Rule(consequence=_C.FOLLOW_UP_STAY, duty=_D.REVOCATION_INTAKE),
        _K.ORIGINAL: Rule(consequence=_C.CHASE_ORIGINAL, duty=_D.REVOCATION_INTAKE),
        _K.PAYMENT: Rule(consequence=_C.ASK_FOR_PAYMENT, duty=_D.BILLING),
        _K.UNPAID_POWER: Rule(consequence=_C.MAY_REVOKE, duty=_D.REVOCATION_EXAMINATION, weight=Weight.POWER),
        _K.RETENTION: Rule(consequence=_C.DISPOSE, duty=_D.RECORDS, weight=Weight.POWER),
        _K.DRAFT: Rule(consequence=_C.DELETE_DRAFT, duty=None),
        _K.UNSETTLED_NOTICE: Rule(consequence=_C.SETTLE_NOTICE, duty=_D.NOTICE),
        _K.LIST_RENEWAL: Rule(consequence=_C.PUBLISH_LISTS, duty=None),
        _K.CHANGE_NOTICE: Rule(consequence=_C.TELL_OF_CHANGE, duty=_D.PUBLICATION),
        _K.CERTIFICATE_RENEWAL: Rule(consequence=_C.RENEW_CERTIFICATE, duty=_D.SYSTEM_ADMINISTRATION),
        _K.TOKEN_SERVICE: Rule(consequence=_C.SERVICE_TOKEN, duty=_D.SYSTEM_ADMINISTRATION),
        _K.ACCREDITATION: Rule(consequence=_C.FILE_RENEWAL, duty=_D.PUBLICATION),
        _K.BACKUP: Rule(consequence=_C.MAKE_BACKUP, duty=_D.SYSTEM_ADMINISTRATION),
        _K.NIGHT_RUN: Rule(consequence=_C.RUN_THE_NIGHT, duty=_D.SYSTEM_ADMINISTRATION),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One thing owed; `turn` tells several of one kind apart, such as the first and the second notice."""

    deadline: Deadline
    turn: int = 1

    @property
    def kind(self) -> DeadlineKind:
        """The kind of deadline."""
        return self.deadline.kind

    @property
    def rule(self) -> Rule:
        """What follows, whose it is, how it binds."""
        return RULES[self.kind]


def reached_from(deadline: Deadline) -> datetime:
    """Return the first instant (UTC) at which `Deadline.is_reached` says so; the sum never moves with it."""
    if deadline.edge is Edge.UNTIL_END:
        return start_of_day(deadline.day + timedelta(days=1))
    return deadline.at


def case_obligations(facts: CaseFacts, *, terms: Terms, calendar: Calendar) -> tuple[Obligation, ...]:
    """Return all that a case owes, each with clause and sum.

    Raises: InstantWithoutZone.
    """
    return tuple(owed for rule in _RULES_OF_CASES for owed in rule(facts, terms, calendar))


def _is_live(facts: CaseFacts) -> bool:
    return facts.state is ApplicationState.ISSUED and facts.certificate is CertificateState.VALID


def _alone(deadline: Deadline) -> list[Obligation]:
    return [Obligation(deadline=deadline)]


def _deficiency(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[Obligation]:
    if facts.state is not ApplicationState.DEFICIENT or facts.deficiency_notice_on is None:
        return []
    return _alone(
        deficiency_deadline(
            notice_arrived_on=facts.deficiency_notice_on,
            terms=terms,
            calendar=calendar,
            extended_to=facts.extended_to,
        )
    )


def _issuing(facts: CaseFacts, _terms: Terms, _calendar: Calendar) -> list[Obligation]:
    if facts.state is not ApplicationState.ACCEPTED or facts.examination_ended_at is None:
        return []
    return _alone(issuing_deadline(examination_ended_at=facts.examination_ended_at, period=facts.period))


def _receipt(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[Obligation]:
    """Return what runs until a slip confirms delivery: an open revocation stops none of it, only its end."""
    if not _is_live(facts) or facts.confirmed or facts.receipt is None:
        return []
    clock = clock_of(facts.receipt, terms=terms, calendar=calendar)
    deadlines = [clock.late_slip_power]
    if not suspends(facts.receipt.objection, clock=clock):
        deadlines += _towards_revocation(facts.receipt, clock)
    return [Obligation(deadline=deadline) for deadline in deadlines]


def _towards_revocation(receipt: Receipt, clock: ReceiptClock) -> Iterable[Deadline]:
    if receipt.objection is None and receipt.settled is None:
        yield clock.objection
    if clock.slip_after_reminder is not None and clock.revocation is not None:
        yield clock.slip_after_reminder
        yield clock.revocation
        return
    # Where doubts moved the reminder, the slip's first day has no meaning any more (18.5).
    if clock.reminder.day == clock.slip.day + timedelta(days=1):
        yield clock.slip
    yield clock.reminder


def clock_of(receipt: Receipt, *, terms: Terms, calendar: Calendar) -> ReceiptClock:
    """Return the deadlines of a dispatch, by the reminder that counts."""
    counted = partial(
        receipt_clock,
        dispatched_on=receipt.dispatched_on,
        terms=terms,
        calendar=calendar,
        settled=receipt.settled,
    )
    clock = counted(reminder_arrived_on=None)
    arrived_on = receipt.reminder_arrived_on
    # After a change of the calendar a reminder may have come too early to count.
    if arrived_on is None or arrived_on < clock.reminder.day:
        return clock
    return counted(reminder_arrived_on=arrived_on)


def _parcel(facts: CaseFacts, terms: Terms, _calendar: Calendar) -> list[Obligation]:
    if not _is_live(facts) or facts.confirmed or facts.parcel_out_on is None:
        return []
    return _alone(parcel_return_deadline(dispatched_on=facts.parcel_out_on, terms=terms))


def _proxy_papers(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[Obligation]:
    if facts.proxy_told_on is None:
        return []
    return _alone(proxy_deficiency_deadline(notified_on=facts.proxy_told_on, terms=terms, calendar=calendar))


def _expiry(facts: CaseFacts, terms: Terms, _calendar: Calendar) -> list[Obligation]:
    if not _is_live(facts) or facts.not_after is None:
        return []
    notices = expiry_notice_deadlines(not_after=facts.not_after, terms=terms)
    return [
        *_turns(notices, done=facts.expiry_notices),
        Obligation(deadline=expiry_deadline(not_after=facts.not_after)),
    ]


def _stay(facts: CaseFacts, terms: Terms, _calendar: Calendar) -> list[Obligation]:
    if not _is_live(facts) or facts.stay_ends_on is None:
        return []
    *reminders, end = stay_deadlines(stay_ends_on=facts.stay_ends_on, terms=terms)
    return [*_turns(reminders, done=facts.stay_reminders), Obligation(deadline=end)]


def _turns(deadlines: Iterable[Deadline], *, done: int) -> list[Obligation]:
    turns = enumerate(deadlines, start=1)
    return [Obligation(deadline=deadline, turn=turn) for turn, deadline in turns if turn > done]


def _original(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[Obligation]:
    if facts.state is ApplicationState.DISPOSED or facts.faxed_on is None:
        return []
    return _alone(original_deadline(faxed_on=facts.faxed_on, terms=terms, calendar=calendar))


def _payment(facts: CaseFacts, terms: Terms, calendar: Calendar) -> list[Obligation]:
    bill = facts.unpaid
    if facts.state is ApplicationState.DISPOSED or bill is None:
        return []
    due = payment_deadline(invoiced_on=bill.issued_on, terms=terms, calendar=calendar)
    if due.day != bill.due_on:
        # The day that the invoice names holds, also after a change of the terms (35.2).
        due = until_end(kind=DeadlineKind.PAYMENT, clause="35.2", day_sum=DaySum.of(bill.due_on))
    # What is revoked or has expired can't be revoked for lack of payment any more.
    power = _alone(unpaid_power(due)) if _is_live(facts) else []
    return [*_alone(due), *power]


_ENDED = frozenset({ApplicationState.REJECTED, ApplicationState.WITHDRAWN, ApplicationState.TERMINATED})


def _retention(facts: CaseFacts, terms: Terms, _calendar: Calendar) -> list[Obligation]:
    if facts.state in _ENDED:
        return _alone(case_retention(ended_on=facts.ended_on, terms=terms))
    if facts.state is not ApplicationState.ISSUED or facts.not_after is None or _is_live(facts):
        return []
    return _alone(certificate_retention(not_after=facts.not_after, terms=terms))


_RULES_OF_CASES: tuple[Callable[[CaseFacts, Terms, Calendar], list[Obligation]], ...] = (
    _deficiency,
    _issuing,
    _receipt,
    _parcel,
    _proxy_papers,
    _expiry,
    _stay,
    _original,
    _payment,
    _retention,
)
