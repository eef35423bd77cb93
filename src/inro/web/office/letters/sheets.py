"""A letter's sheets as the pages show them: as printed, else as they would be today (9.2)."""

from datetime import date

from inro.configuration.paper_operator import operator_of
from inro.practice.calendar import jst_date
from inro.practice.letters import LetterState
from inro.practice.receipt import ReminderTooEarly
from inro.store.reads.letters import LetterRecord
from inro.usecases.letter_sheets import letter_sheets
from inro.usecases.printed_letter import PrintedLetter
from inro.web.office import clock
from inro.web.office.house import house
from inro.web.office.letters.case import case_of

_AS_THEY_LEFT = frozenset({LetterState.PRINTED, LetterState.ON_WAY, LetterState.SENT, LetterState.FAILED})


def sheets_for(record: LetterRecord, *, dated_on: date) -> PrintedLetter:
    """Return a letter's sheets with a day on them.

    Raises: Unknown once disposed of; GlyphMissing, FontMissing, SheetRefused.
    """
    case = case_of(record.application_id)
    return letter_sheets(
        record,
        dated_on=dated_on,
        terms=case.terms,
        calendar=case.calendar,
        words=house().policy.notice_words,
        operator=operator_of(house().installation),
    )


def sheets_today(record: LetterRecord) -> PrintedLetter:
    """Return a letter's sheets as they would be printed today, or on its first day; nothing is recorded.

    Raises: Unknown once disposed of; GlyphMissing, FontMissing, SheetRefused.
    """
    try:
        return sheets_for(record, dated_on=jst_date(clock.now()))
    except ReminderTooEarly as early:
        return sheets_for(record, dated_on=early.earliest)


def shown_pdf(record: LetterRecord) -> bytes:
    """Return the PDF a page shows of a letter: as it left, or as it would be today.

    Raises: Unknown once disposed of; GlyphMissing, FontMissing, SheetRefused.
    """
    if record.state in _AS_THEY_LEFT and record.pdf is not None:
        return record.pdf
    return sheets_today(record).pdf
