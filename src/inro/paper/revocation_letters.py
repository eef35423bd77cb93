"""Letters to who sent a form of revocation: it was turned down, or its original is awaited (21.2, 22.1)."""

from dataclasses import dataclass
from datetime import date

from inro.paper.errors import SheetRefused
from inro.paper.letter_press import press_letter
from inro.paper.parties import Addressee, Operator
from inro.practice.notice_words import NoticeWords
from inro.practice.sheet_words import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationRefusal:
    """A certificate was not revoked on a paper that arrived; it may be sent anew (21, 22.1)."""

    number: str
    sent_on: date
    recipient: Addressee
    application: str
    case: str
    arrived_on: date
    form: str
    ground_words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalReminder:
    """Papers that must follow a fax and have not come; `revoked` says whether it is done already (21.2)."""

    number: str
    sent_on: date
    recipient: Addressee
    application: str
    case: str
    faxed_on: date
    papers: tuple[str, ...]
    revoked: bool


def render_revocation_refusal(*, letter: RevocationRefusal, words: NoticeWords, operator: Operator) -> bytes:
    """Return the notice that a certificate was not revoked as PDF, with the reason (21, 22.1).

    Raises: SheetRefused for a letter without a reason, GlyphMissing, FontMissing.
    """
    if not letter.reason:
        raise SheetRefused(sheet="revocation-refusal", field="reason")
    return press_letter(letter, words.sheets[Sheet.LETTER], operator, named={"arrived": "arrived"})


def render_original_reminder(*, letter: OriginalReminder, words: NoticeWords, operator: Operator) -> bytes:
    """Return the letter that asks for what must follow a fax as PDF (21.2, 22.2).

    Raises: SheetRefused for a letter that names no paper, GlyphMissing, FontMissing.
    """
    if not letter.papers:
        raise SheetRefused(sheet="original-reminder", field="papers")
    return press_letter(
        letter,
        words.sheets[Sheet.LETTER],
        operator,
        values={"papers": "\n".join(letter.papers)},
        named={"state": "revoked" if letter.revoked else "not_revoked"},
        data={"warns": True},
    )
