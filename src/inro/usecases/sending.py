"""Notices by e-mail and fax: let go once by a person, tried by the house, settled by what servers say (43).

A try is on record before it begins. Where no process recorded its end, nothing is sent again by itself: a
report tells what became of it, else a person does.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.ports.mail import Answer, Outcome, Report
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.practice.letters import LetterAct, LetterRefused, LetterState, SendingFacts, check_sending
from inro.practice.letters import next_state as next_letter_state
from inro.practice.notices import Channel, Delivery, NoticeKind, check_channel, deemed_arrival
from inro.practice.sending import (
    LONGEST_TRY,
    NoticeAct,
    NoticeState,
    next_state,
    pause_after,
)
from inro.practice.transitions import ActNotAllowed
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, LetterId, NoticeId, TryId
from inro.store.models import Letter, Notice, NoticeTry
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import subject
from inro.usecases.campaign_fallback import fall_to_post
from inro.usecases.letters import add_letter_instead, case_waits, move_letter
from inro.usecases.notice import NoticeText, sent_event
from inro.usecases.outbox import enqueue

_LONGEST_WORDS = 400
_ACTS = {
    Outcome.ACCEPTED: NoticeAct.ACCEPT,
    Outcome.PUT_OFF: NoticeAct.POSTPONE,
    Outcome.REFUSED: NoticeAct.REFUSE,
    Outcome.UNKNOWN: NoticeAct.DOUBT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyNotice:
    """A finished message; `letter` is the printed letter it carries, None for a notice without one."""

    letter: LetterId | None
    application: ApplicationId | None
    kind: NoticeKind
    clause: str
    channel: Channel
    recipient: str
    title: str
    template: str
    edition: str
    words_sha256: str
    message_id: str
    message: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A try that is on record and may now begin."""

    try_id: TryId
    channel: Channel
    recipient: str
    message_id: str
    message: bytes


def release_notices(*, notices: Sequence[ReadyNotice], actor: Actor, now: datetime) -> tuple[NoticeId, ...]:
    """Let notices go by e-mail or fax, all or none: from here the house sends each of them once (43).

    Raises: DutyMissing, LetterRefused for none, ChannelRefused, GuardRefused, ActNotAllowed, Unknown,
    Conflict for a message that was let go before.
    """
    actor.check(Act.RELEASE_NOTICES)
    if not notices:
        raise LetterRefused(field="letters", problem="none")
    for one in notices:
        check_channel(kind=one.kind, channel=one.channel)
        if one.channel not in LONGEST_TRY:
            raise LetterRefused(field="letters", problem="other_way")
    with act(actor=actor, now=now) as doing:
        return tuple(NoticeId(let_go(doing, one, actor, now).pk) for one in notices)


def begin_try(*, notice: NoticeId, actor: Actor, now: datetime) -> Try | None:
    """Put a try on record before it begins; None where the notice is not to be tried any more (43).

    Raises: DutyMissing, Unknown, Conflict where another worker was first.
    """
    actor.check_process()
    row = _notice(notice)
    if row.state != NoticeState.RELEASED or row.content is None or row.message_id is None:
        return None
    with act(actor=actor, now=now) as doing:
        _move(row, NoticeAct.TRY, next_try_at=None)
        made = NoticeTry.objects.create(
            notice=row, number=row.tries.count() + 1, begun_at=now, begun_by=actor.name
        )
        _record(doing, EventKind.NOTICE_TRIED, row, number=made.number)
    return Try(
        try_id=TryId(made.pk),
        channel=Channel(row.channel),
        recipient=row.recipient,
        message_id=row.message_id,
        message=bytes(row.content),
    )


def record_answer(*, tried: TryId, answer: Answer, actor: Actor, now: datetime) -> None:
    """Record what a server answered to a try; one that is queued stays open until a report tells (43).

    Where a report or a person was first, what they told stands.

    Raises: DutyMissing, Unknown, Conflict.
    """
    actor.check_process()
    ended = NoticeTry.objects.filter(pk=tried, outcome__isnull=False).exclude(outcome=NoticeAct.DOUBT)
    if answer.outcome is Outcome.QUEUED or ended.exists():
        return
    row = _notice(NoticeId(NoticeTry.objects.values_list("notice", flat=True).get(pk=tried)))
    if row.state == NoticeState.IN_DOUBT and answer.outcome is Outcome.UNKNOWN:
        return
    with act(actor=actor, now=now) as doing:
        _settle(doing, row, _ACTS[answer.outcome], _Told(said=answer.said, by=actor.name, at=now))


def record_report(*, report: Report, actor: Actor, now: datetime) -> bool:
    """Record what a report tells of a notice, and return whether it told anything new (43).

    Nothing is new of a notice that is unknown here, or where the report only repeats what is on record.

    Raises: DutyMissing, Conflict.
    """
    actor.check_process()
    row = Notice.objects.filter(message_id=report.key).first()
    told = _ACTS.get(report.outcome)
    if row is None or told not in (NoticeAct.ACCEPT, NoticeAct.REFUSE):
        return False
    state = NoticeState(row.state)
    if told is NoticeAct.ACCEPT and state not in (NoticeState.SENDING, NoticeState.IN_DOUBT):
        return False
    if state in (NoticeState.FAILED, NoticeState.RELEASED):
        return False
    with act(actor=actor, now=now) as doing:
        _settle(doing, row, told, _Told(said=report.said, by=actor.name, at=now, confirmed_at=report.at))
    return True


def doubt_open_tries(*, actor: Actor, now: datetime) -> int:
    """Put in doubt what a process began and no process ended, and return how many; nothing is sent (43).

    Raises: DutyMissing, Conflict.
    """
    actor.check_process()
    rows = Notice.objects.filter(state=NoticeState.SENDING, tries__outcome__isnull=True)
    stale = [
        row
        for channel, longest in LONGEST_TRY.items()
        for row in rows.filter(channel=channel, tries__begun_at__lt=now - longest)
    ]
    for row in stale:
        with act(actor=actor, now=now) as doing:
            _settle(doing, row, NoticeAct.DOUBT, _Told(said="", by=actor.name, at=now))
    return len(stale)


def try_again(*, actor: Actor, now: datetime) -> int:
    """Write the task anew of every notice whose pause is over, and return how many.

    Raises: DutyMissing.
    """
    actor.check_process()
    rows = Notice.objects.filter(state=NoticeState.RELEASED, next_try_at__lte=now).order_by(
        "next_try_at", "id"
    )
    due = list(rows.values_list("pk", flat=True))
    if not due:
        return 0
    with act(actor=actor, now=now) as doing:
        doing.nothing()
        for notice in due:
            if Notice.objects.filter(pk=notice, next_try_at__lte=now).update(next_try_at=None):
                enqueue("send_notice", notice_id=notice)
    return len(due)


def resolve_notice(
    *,
    notice: NoticeId,
    was_sent: bool,
    sent_at: datetime | None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say of a notice in doubt whether it was sent, and when, from what was found out; if not, send it (43).

    Raises: DutyMissing, LetterRefused without a reason, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.RESOLVE_NOTICE)
    words = _reason(reason)
    row = _notice(notice)
    if row.state != NoticeState.IN_DOUBT:
        raise ActNotAllowed(
            state=NoticeState(row.state), act=NoticeAct.ACCEPT if was_sent else NoticeAct.POSTPONE
        )
    with act(actor=actor, now=now) as doing:
        told = _Told(said=words, by=actor.name, at=now, confirmed_at=sent_at)
        if was_sent:
            _settle(doing, row, NoticeAct.ACCEPT, told)
        else:
            _move(row, NoticeAct.POSTPONE)
            _end_try(row, NoticeAct.POSTPONE, told)
            _record(doing, EventKind.NOTICE_POSTPONED, row)
            enqueue("send_notice", notice_id=row.pk)


def handle_failure(*, notice: NoticeId, reason: str, actor: Actor, now: datetime) -> None:
    """Record how a failed notice was dealt with, where no letter takes its place by rule (43).

    Raises: DutyMissing, LetterRefused without a reason, Unknown, Conflict unless it failed and waits.
    """
    actor.check(Act.HANDLE_FAILURE)
    words = _reason(reason)
    row = _notice(notice)
    with act(actor=actor, now=now) as doing:
        expected = {"state": NoticeState.FAILED, "handled_at": None}
        change(Notice, row=row.pk, expected=expected, to={"handled_at": now})
        _end_try(row, NoticeAct.REFUSE, _Told(said=words, by=actor.name, at=now))
        _record(doing, EventKind.NOTICE_HANDLED, row)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    said: str
    by: str
    at: datetime
    confirmed_at: datetime | None = None


def let_go(doing: Doing, ready: ReadyNotice, actor: Actor, now: datetime) -> Notice:
    """Let one notice go inside the caller's act, which has checked its way; return its row (43).

    Raises: LetterRefused, GuardRefused, ActNotAllowed, Unknown, Conflict.
    """
    text = NoticeText(template=ready.template, sha256=hashlib.sha256(ready.message).hexdigest())
    row: Notice = Notice.objects.create(
        application_id=ready.application,
        kind=ready.kind,
        clause=ready.clause,
        channel=ready.channel,
        state=NoticeState.RELEASED,
        template=text.template,
        edition=ready.edition,
        words_sha256=ready.words_sha256,
        title=ready.title,
        recipient=ready.recipient,
        message_id=ready.message_id,
        content=ready.message,
        content_sha256=text.sha256,
        sent_on=jst_date(now),
        released_by=actor.name,
        released_at=now,
    )
    if ready.letter is not None:
        _hand_over(ready.letter, row, now)
    _record(doing, EventKind.NOTICE_RELEASED, row, content_sha256=text.sha256, edition=ready.edition)
    enqueue("send_notice", notice_id=row.pk)
    return row


def _hand_over(letter: LetterId, row: Notice, now: datetime) -> None:
    carried = Letter.objects.select_related("application").filter(pk=letter).first()
    if carried is None:
        raise Unknown(what="letter", detail=str(letter))
    if carried.channel != row.channel or carried.application_id != row.application_id:
        raise LetterRefused(field="letters", problem="other_way")
    next_letter_state(LetterState(carried.state), LetterAct.HAND_OVER)
    today = jst_date(now)
    check_sending(
        SendingFacts(
            dated_on=carried.dated_on or today, sent_on=today, today=today, case_waits=case_waits(carried)
        )
    )
    move_letter(carried, LetterAct.HAND_OVER, sent=row)


def _settle(doing: Doing, row: Notice, what: NoticeAct, told: _Told) -> None:
    """Move a notice by what is known now, with its try, its letter, and what follows."""
    match what:
        case NoticeAct.ACCEPT:
            _accept(doing, row, told)
        case NoticeAct.REFUSE:
            _fail(doing, row, told)
        case NoticeAct.POSTPONE:
            pause = pause_after(row.tries.count())
            if pause is None:
                _fail(doing, row, told)
            else:
                _move(row, what, next_try_at=told.at + pause)
                _end_try(row, what, told)
                _record(doing, EventKind.NOTICE_POSTPONED, row)
        case NoticeAct.DOUBT:
            _move(row, what)
            _end_try(row, what, told)
            _record(doing, EventKind.NOTICE_DOUBTED, row)


def _accept(doing: Doing, row: Notice, told: _Told) -> None:
    delivery = Delivery(
        channel=Channel(row.channel), confirmed_at=told.confirmed_at or told.at, released_by=row.released_by
    )
    arrived_on = max(deemed_arrival(delivery), row.sent_on)
    _move(row, NoticeAct.ACCEPT, arrived_on=arrived_on)
    _end_try(row, NoticeAct.ACCEPT, told)
    letter = _letter_of(row)
    if letter is not None:
        move_letter(letter, LetterAct.CONFIRM)
    _record(
        doing,
        sent_event(NoticeKind(row.kind)),
        row,
        kind_of_notice=row.kind,
        clause=row.clause,
        channel=row.channel,
        content_sha256=row.content_sha256,
        arrived_on=arrived_on.isoformat(),
    )


def _fail(doing: Doing, row: Notice, told: _Told) -> None:
    letter = _letter_of(row)
    by_post = letter.content is not None if letter is not None else fall_to_post(doing, row)
    _move(
        row,
        NoticeAct.REFUSE,
        arrived_on=None,
        failed_at=told.at,
        handled_at=told.at if by_post else None,
    )
    _end_try(row, NoticeAct.REFUSE, told)
    _record(doing, EventKind.NOTICE_FAILED, row)
    if letter is not None:
        move_letter(letter, LetterAct.FAIL)
        if by_post:
            add_letter_instead(doing, letter, at=told.at)


def _move(row: Notice, what: NoticeAct, **columns: Any) -> None:
    state = next_state(NoticeState(row.state), what)
    change(Notice, row=row.pk, expected={"state": row.state}, to={"state": state, **columns})


def _end_try(row: Notice, what: NoticeAct, told: _Told) -> None:
    newest = row.tries.order_by("-number").values_list("pk", flat=True)[:1]
    NoticeTry.objects.filter(pk__in=list(newest)).update(
        outcome=what, said=told.said[:_LONGEST_WORDS], told_by=told.by, ended_at=told.at
    )


def _record(doing: Doing, kind: EventKind, row: Notice, **details: Any) -> None:
    number = row.application.number if row.application is not None else ""
    named = subject(number) if number else f"notice/{row.kind}"
    doing.record(kind, subject=named, notice=row.pk, **details)


def _letter_of(row: Notice) -> Letter | None:
    return Letter.objects.select_related("application").filter(sent=row).first()


def _notice(notice: NoticeId) -> Notice:
    row = Notice.objects.select_related("application").filter(pk=notice).first()
    if row is None:
        raise Unknown(what="notice", detail=str(notice))
    return row


def _reason(text: str) -> str:
    words = text.strip()
    if not words:
        raise LetterRefused(field="reason", problem="missing")
    if len(words) > _LONGEST_WORDS:
        raise LetterRefused(field="reason", problem="too_long")
    return words
