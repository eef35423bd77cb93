"""A letter's sheets as they come out of the printer (9.2, 43)."""

from dataclasses import dataclass
from datetime import date

from inro.practice.notice_words import NoticeWords
from inro.store.ids import LetterId
from inro.store.reads.letters import LetterRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """A letter as PDF; `content_sha256` is of what it tells.

    `edition` and `words_sha256` are of the operator's words on it.
    """

    letter: LetterId
    content_sha256: str
    edition: str
    words_sha256: str
    pdf: bytes
    due_on: date | None


def as_printed(
    record: LetterRecord, words: NoticeWords, pdf: bytes, *, due_on: date | None = None
) -> PrintedLetter:
    """Return what a letter came out as; `due_on` is the last day it gives, if it gives one."""
    return PrintedLetter(
        letter=record.letter_id,
        content_sha256=record.content_sha256,
        edition=words.edition.isoformat(),
        words_sha256=words.sha256,
        pdf=pdf,
        due_on=due_on,
    )
