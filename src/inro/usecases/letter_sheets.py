"""A letter's sheets as printed for a day, from what it tells and the days the rules give (9.2, 18.7, 22.2).

Nothing is recorded here: who prints does that, with the sheets it has.
"""

from collections.abc import Mapping
from datetime import date

from inro.paper.letters import (
    Deficiency,
    DeficiencyLetter,
    RejectionLetter,
    ReminderLetter,
    ReplySheet,
    render_deficiency_letter,
    render_rejection_letter,
    render_reminder,
    render_reply_sheet,
)
from inro.paper.parties import Addressee, Operator
from inro.practice.calendar import Calendar
from inro.practice.deadlines import Deadline, deficiency_deadline
from inro.practice.deficiency import DeficiencyPoint
from inro.practice.editions import Terms
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import NoticeKind
from inro.practice.receipt import ReminderTooEarly, receipt_clock
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.address import home_address
from inro.store.reads.deficiency import correction_time
from inro.store.reads.letters import LetterRecord
from inro.store.reads.receipt import card_serial, receipt_record
from inro.usecases.printed_letter import PrintedLetter, as_printed
from inro.usecases.revocation_sheets import revocation_sheets
from inro.words.day_sums import counted


def letter_sheets(
    record: LetterRecord,
    *,
    dated_on: date,
    terms: Terms,
    calendar: Calendar,
    words: Mapping[NoticeKind, NoticeWords],
    operator: Operator,
) -> PrintedLetter:
    """Return a letter as printed with a day on it; posted on that day, it gives the time it states (9.2, 43).

    Raises: Unknown once disposed of; ReminderTooEarly, GlyphMissing, FontMissing, SheetRefused.
    """
    said = words[record.kind]
    if record.kind is NoticeKind.REJECTION:
        return _rejection(record, dated_on, said, operator)
    if record.kind is NoticeKind.RECEIPT_REMINDER:
        return _reminder(record, dated_on, terms, calendar, said, operator)
    if record.revocation:
        return revocation_sheets(record, dated_on=dated_on, words=said, operator=operator)
    due = _due(record, dated_on, terms, calendar)
    letter = DeficiencyLetter(
        number=record.number,
        sent_on=dated_on,
        recipient=_recipient(record.application_id),
        application=record.application,
        points=_printed(record.points),
        due_on=due.day,
        counted=counted(due),
    )
    pdf = render_deficiency_letter(letter=letter, words=said, operator=operator)
    return as_printed(record, said, pdf, due_on=due.day)


def reply_sheet(
    record: LetterRecord,
    *,
    due: Deadline,
    made_on: date,
    words: Mapping[NoticeKind, NoticeWords],
    operator: Operator,
) -> bytes:
    """Return the reply sheet of a letter that was sent, as PDF, with the day that now holds (9.2).

    Raises: Unknown once disposed of; GlyphMissing, FontMissing, SheetRefused.
    """
    reply = ReplySheet(
        application=record.application,
        letter=record.number,
        name=_recipient(record.application_id).name,
        points=_printed(record.points),
        due_on=due.day,
        counted=counted(due),
    )
    return render_reply_sheet(reply=reply, made_on=made_on, words=words[record.kind], operator=operator)


def _rejection(record: LetterRecord, dated_on: date, words: NoticeWords, operator: Operator) -> PrintedLetter:
    letter = RejectionLetter(
        number=record.number,
        sent_on=dated_on,
        recipient=_recipient(record.application_id),
        application=record.application,
        reason=record.reason,
        clause=record.clause,
    )
    pdf = render_rejection_letter(letter=letter, words=words, operator=operator)
    return as_printed(record, words, pdf)


def _reminder(
    record: LetterRecord,
    dated_on: date,
    terms: Terms,
    calendar: Calendar,
    words: NoticeWords,
    operator: Operator,
) -> PrintedLetter:
    known = receipt_record(record.application_id)
    clock = receipt_clock(
        dispatched_on=known.dispatched_on,
        # Posted on the day it bears, it counts as arrived on that day (43).
        reminder_arrived_on=dated_on,
        terms=terms,
        calendar=calendar,
        settled=known.settled,
    )
    if clock.slip_after_reminder is None or clock.revocation is None:
        raise ReminderTooEarly(arrived_on=dated_on, earliest=clock.reminder.day)
    letter = ReminderLetter(
        number=record.number,
        sent_on=dated_on,
        recipient=_recipient(record.application_id),
        application=record.application,
        certificate_number=card_serial(record.application_id),
        dispatched_on=known.dispatched_on,
        due_on=clock.slip_after_reminder.day,
        revocation_on=clock.revocation.day,
        counted=counted(clock.slip_after_reminder, clock.revocation),
    )
    pdf = render_reminder(letter=letter, words=words, operator=operator)
    return as_printed(record, words, pdf, due_on=letter.due_on)


def _due(record: LetterRecord, dated_on: date, terms: Terms, calendar: Calendar) -> Deadline:
    time = correction_time(record.application_id, terms=terms, calendar=calendar)
    extended = [one.extended_to for one in time.extensions] if time is not None else []
    return deficiency_deadline(
        notice_arrived_on=dated_on,
        terms=terms,
        calendar=calendar,
        extended_to=max(extended, default=None),
    )


def _recipient(application: ApplicationId) -> Addressee:
    home = home_address(application)
    return Addressee(name=home.name, postal_code=home.postal_code, address=home.lines)


def _printed(points: tuple[DeficiencyPoint, ...]) -> tuple[Deficiency, ...]:
    if not points:
        raise Unknown(what="letter", detail="what it told was disposed of")
    return tuple(Deficiency(item=point.item, finding=point.finding, remedy=point.remedy) for point in points)
