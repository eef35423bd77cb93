"""Letters about deficiencies and rejections: written, released, dated and printed, sent (9.2, 43)."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from inro.japanese.number_detector import holds_forbidden_number
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState
from inro.practice.application import next_state as next_application_state
from inro.practice.calendar import jst_date
from inro.practice.deficiency import LONGEST, DeficiencyPoint, check_points
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.letters import (
    WAITING,
    DatingFacts,
    LetterAct,
    LetterRefused,
    LetterState,
    SendingFacts,
    check_dating,
    check_sending,
    next_state,
)
from inro.practice.notices import (
    CHANNELS,
    Channel,
    Contacts,
    Delivery,
    NoticeKind,
    Way,
    check_channel,
    choose_way,
    deemed_arrival,
)
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, LetterId
from inro.store.models import Application, Letter
from inro.store.numbers import next_number
from inro.store.reads.letters import still_waits
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, make_deficient, subject
from inro.usecases.notice import NoticeText, add_notice
from inro.usecases.printed_letter import PrintedLetter


def write_deficiency_letter(
    *,
    application: ApplicationId,
    points: Sequence[DeficiencyPoint],
    channel: Channel,
    actor: Actor,
    now: datetime,
) -> LetterId:
    """Write the letter about an application's deficiencies, or write its draft anew; nothing is sent (9.2).

    Where the form gives no contact for `channel`, it goes by post, and keeps which way was wanted (40(5)).

    Raises: DutyMissing, LetterRefused, NumberInText, ChannelRefused, ActNotAllowed, Unknown, Conflict while
    an earlier one is released and not sent.
    """
    actor.check(Act.WRITE_DEFICIENCY_LETTER)
    row = find(application)
    _check_state(row)
    way = _way(row, NoticeKind.DEFICIENCY, channel)
    check_points(points)
    _check_texts(points)
    content = {"points": [point.as_record() for point in points]}
    with act(actor=actor, now=now) as doing:
        draft = Letter.objects.filter(
            application=row, kind=NoticeKind.DEFICIENCY, state=LetterState.DRAFTED
        ).first()
        if draft is not None:
            _write_anew(doing, draft, content, way)
            return LetterId(draft.pk)
        written = add_letter(
            doing,
            application=row,
            kind=NoticeKind.DEFICIENCY,
            clause="9.2",
            channel=way.channel,
            wanted=way.wanted or "",
            state=LetterState.DRAFTED,
            content=content,
            written_by=actor.name,
            written_at=now,
        )
    return LetterId(written.pk)


def _write_anew(doing: Doing, draft: Letter, content: dict[str, Any], way: Way) -> None:
    sha256, wanted = canonical_sha256(content), way.wanted or ""
    move_letter(
        draft,
        LetterAct.WRITE,
        content=content,
        content_sha256=sha256,
        channel=way.channel,
        wanted=wanted,
    )
    record_letter(doing, EventKind.LETTER_WRITTEN, draft, content_sha256=sha256, **_said(way))


def release_deficiency_letter(*, letter: LetterId, content_sha256: str, actor: Actor, now: datetime) -> None:
    """Find the papers deficient and let the letter out to be printed, as it was seen (9.2).

    Of a case that is deficient already it is a further notice, and the newest counts.

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict where the draft was changed meanwhile.
    """
    actor.check(Act.RELEASE_DEFICIENCY_LETTER)
    row = _letter(letter)
    _check_state(row.application)
    with act(actor=actor, now=now) as doing:
        move_letter(row, LetterAct.RELEASE, seen={"content_sha256": content_sha256})
        if row.application.state != ApplicationState.DEFICIENT:
            make_deficient(
                doing,
                application=ApplicationId(row.application_id),
                points=len((row.content or {}).get("points", ())),
                points_sha256=content_sha256,
                by=actor.name,
                at=now,
            )
        record_letter(doing, EventKind.LETTER_RELEASED, row, content_sha256=content_sha256)


def add_rejection_letter(
    doing: Doing, *, application: ApplicationId, reason: str, by: str, at: datetime, clause: str = "9.2"
) -> None:
    """Add the letter about a rejection inside the act that rejects, ready to be printed (9.2).

    Raises: Unknown.
    """
    content = {"reason": reason.strip()}
    row = find(application)
    add_letter(
        doing,
        application=row,
        kind=NoticeKind.REJECTION,
        clause=clause,
        channel=Channel.POST,
        state=LetterState.RELEASED,
        content=content,
        written_by=by,
        written_at=at,
    )


def add_reminder_letter(
    doing: Doing, *, application: ApplicationId, dispatched_on: date, by: str, at: datetime
) -> None:
    """Add the reminder of a slip inside the act that found it overdue, ready to be printed (18.7).

    Raises: Unknown, Conflict where one waits already.
    """
    add_letter(
        doing,
        application=find(application),
        kind=NoticeKind.RECEIPT_REMINDER,
        clause="18.7",
        channel=Channel.POST,
        state=LetterState.RELEASED,
        content={"dispatched_on": dispatched_on.isoformat()},
        written_by=by,
        written_at=at,
    )


def drop_letter(*, letter: LetterId, actor: Actor, now: datetime) -> None:
    """Give up a letter that was not sent; what it told is kept with the case (9.2).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.DROP_LETTER)
    row = _letter(letter)
    with act(actor=actor, now=now) as doing:
        move_letter(row, LetterAct.DROP)
        record_letter(doing, EventKind.LETTER_DROPPED, row)


def print_letters(*, printed: Sequence[PrintedLetter], dated_on: date, actor: Actor, now: datetime) -> None:
    """Record letters as printed for a day, all of them or none; printed again they bear a new day (43).

    Raises: DutyMissing, LetterRefused for none, GuardRefused, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.PRINT_LETTERS)
    _check_some(printed)
    with act(actor=actor, now=now) as doing:
        for sheet in printed:
            row = _letter(sheet.letter)
            check_dating(DatingFacts(dated_on=dated_on, today=jst_date(now), case_waits=case_waits(row)))
            sha256 = hashlib.sha256(sheet.pdf).hexdigest()
            way = _way(row.application, NoticeKind(row.kind), Channel(row.channel))
            move_letter(
                row,
                LetterAct.PRINT,
                seen={"content_sha256": sheet.content_sha256},
                pdf=sheet.pdf,
                pdf_sha256=sha256,
                dated_on=dated_on,
                due_on=sheet.due_on,
                edition=sheet.edition,
                words_sha256=sheet.words_sha256,
                channel=way.channel,
                wanted=way.wanted or row.wanted,
            )
            record_letter(
                doing,
                EventKind.LETTER_PRINTED,
                row,
                dated_on=dated_on.isoformat(),
                pdf_sha256=sha256,
                words_sha256=sheet.words_sha256,
                **_said(way),
            )


def post_letters(*, letters: Sequence[LetterId], postmark: date, actor: Actor, now: datetime) -> None:
    """Record printed letters as posted, all or none; they count as arrived on the postmark's day (43).

    Raises: DutyMissing, LetterRefused for none or one that goes another way, GuardRefused, ActNotAllowed,
    Unknown, Conflict.
    """
    actor.check(Act.POST_LETTERS)
    _check_some(letters)
    delivery = Delivery(channel=Channel.POST, postmark=postmark)
    with act(actor=actor, now=now) as doing:
        for letter in letters:
            _send(doing, _letter(letter), delivery, actor, now)


def import_postmarks(*, postmarks: Mapping[LetterId, date], actor: Actor, now: datetime) -> None:
    """Record printed letters as posted, each on its own postmark's day, all or none (43).

    Raises: DutyMissing, LetterRefused for none or one that goes another way, GuardRefused, ActNotAllowed,
    Unknown, Conflict.
    """
    actor.check(Act.IMPORT_POSTMARKS)
    _check_some(list(postmarks))
    with act(actor=actor, now=now) as doing:
        for letter, postmark in postmarks.items():
            delivery = Delivery(channel=Channel.POST, postmark=postmark)
            _send(doing, _letter(letter), delivery, actor, now)


def send_letter(*, letter: LetterId, delivery: Delivery, actor: Actor, now: datetime) -> None:
    """Record that a printed letter went by fax or e-mail, and when its sending was confirmed (43).

    Raises: DutyMissing, LetterRefused where it goes another way, NotArrived, GuardRefused, ActNotAllowed,
    Unknown, Conflict.
    """
    actor.check(Act.SEND_LETTER)
    with act(actor=actor, now=now) as doing:
        _send(doing, _letter(letter), delivery, actor, now)


def _send(doing: Doing, row: Letter, delivery: Delivery, actor: Actor, now: datetime) -> None:
    if row.channel != delivery.channel:
        raise LetterRefused(field="letters", problem="other_way")
    # The act before the guards: of a letter that was never printed there is nothing to be said.
    next_state(LetterState(row.state), LetterAct.SEND)
    kind, arrived_on = NoticeKind(row.kind), deemed_arrival(delivery)
    check_channel(kind=kind, channel=delivery.channel)
    check_sending(
        SendingFacts(
            dated_on=row.dated_on or arrived_on,
            sent_on=arrived_on,
            today=jst_date(now),
            case_waits=case_waits(row),
        )
    )
    notice = add_notice(
        doing,
        application=ApplicationId(row.application_id),
        kind=kind,
        clause=row.clause,
        channel=delivery.channel,
        text=NoticeText(
            template=kind.value,
            sha256=row.pdf_sha256 or "",
            edition=row.edition,
            words_sha256=row.words_sha256,
        ),
        sent_on=arrived_on,
        arrived_on=arrived_on,
        released_by=actor.name,
    )
    move_letter(row, LetterAct.SEND, sent=notice)


def add_letter(doing: Doing, *, content: dict[str, Any], written_at: datetime, **columns: Any) -> Letter:
    """Add a letter inside the act that it comes of; return its row (43).

    Raises: Conflict where one of its kind waits in the case already.
    """
    made = Letter.objects.create(
        number=next_number("L", now=written_at),
        content=content,
        content_sha256=canonical_sha256(content),
        written_at=written_at,
        **columns,
    )
    way = Way(channel=Channel(made.channel), wanted=Channel(made.wanted) if made.wanted else None)
    record_letter(doing, EventKind.LETTER_WRITTEN, made, content_sha256=made.content_sha256, **_said(way))
    return made


def add_letter_instead(doing: Doing, failed: Letter, *, at: datetime) -> None:
    """Add a letter by post that tells what a failed one told, unless another of its kind waits (43)."""
    waiting = [state.value for state in WAITING]
    if Letter.objects.filter(application=failed.application, kind=failed.kind, state__in=waiting).exists():
        return
    add_letter(
        doing,
        application=failed.application,
        kind=failed.kind,
        clause=failed.clause,
        channel=CHANNELS[NoticeKind(failed.kind)][0],
        state=LetterState.RELEASED,
        content=failed.content or {},
        written_by=failed.written_by,
        written_at=at,
        instead_of=failed,
    )


def move_letter(row: Letter, act_: LetterAct, *, seen: dict[str, Any] | None = None, **columns: Any) -> None:
    """Move a letter by compare-and-set, and set what changes with its state.

    Raises: ActNotAllowed, Conflict.
    """
    state = next_state(LetterState(row.state), act_)
    expected = {"state": row.state, **(seen or {})}
    change(Letter, row=row.pk, expected=expected, to={"state": state, **columns})


def record_letter(doing: Doing, kind: EventKind, row: Letter, **details: Any) -> None:
    """Record an event of a letter, under its case."""
    doing.record(
        kind, subject=subject(row.application.number), letter=row.number, about=str(row.kind), **details
    )


def _letter(letter: LetterId) -> Letter:
    row = Letter.objects.select_related("application").filter(pk=letter).first()
    if row is None:
        raise Unknown(what="letter", detail=str(letter))
    return row


def case_waits(row: Letter) -> bool:
    """Return whether the case of a letter still stands where the letter says it does."""
    return still_waits(NoticeKind(row.kind), row.application)


def _check_state(row: Application) -> None:
    if row.state != ApplicationState.DEFICIENT:
        next_application_state(ApplicationState(row.state), ApplicationAct.FIND_DEFICIENT)


def _way(row: Application, kind: NoticeKind, preferred: Channel) -> Way:
    stated = (row.stated or {}).get("contact") or {}
    contacts = Contacts(fax=stated.get("fax", ""), email=stated.get("email", ""))
    return choose_way(kind=kind, preferred=preferred, contacts=contacts)


def _said(way: Way) -> dict[str, str]:
    """Return what the log keeps of a way: also which one was wanted, where there is no contact for it."""
    wanted = {"wanted": way.wanted.value, "why": "no_contact"} if way.wanted else {}
    return {"channel": way.channel.value, **wanted}


def _check_texts(points: Sequence[DeficiencyPoint]) -> None:
    for place, point in enumerate(points, start=1):
        for name in LONGEST:
            if holds_forbidden_number(getattr(point, name)):
                raise NumberInText(field=f"{name}-{place}")


def _check_some(things: Sequence[Any]) -> None:
    if not things:
        raise LetterRefused(field="letters", problem="none")
