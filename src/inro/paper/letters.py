"""The letters the operator owes subscribers and applicants (6.2, 9.2, 18.7, 22.2, 27).

Each takes dates that a rule has already computed and writes them out; no letter counts days itself. What it
says is the operator's (`policy/notices`); only where each thing stands is laid down here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inro.paper.clause_words import clause_words
from inro.paper.codes import PREFIXES, qr_svg, sheet_payload
from inro.paper.errors import SheetRefused
from inro.paper.letter_press import in_rows, press_letter, texts_of
from inro.paper.parties import Addressee, Operator, house_values
from inro.paper.press import press
from inro.practice.enclosures import PaperKind
from inro.practice.notice_words import NoticeWords
from inro.practice.sheet_words import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """No receipt slip by the end of `due_on`; revocation follows on `revocation_on` (18.7).

    `counted` says how the days came about.
    """

    number: str
    sent_on: date
    recipient: Addressee
    application: str
    certificate_number: str
    dispatched_on: date
    due_on: date
    revocation_on: date
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationNotice:
    """A certificate was revoked; `ground` is the clause, `ground_words` what it says (22.2, 27)."""

    number: str
    sent_on: date
    recipient: Addressee
    subscriber_name: str
    certificate_number: str
    serial: str
    revoked_at: datetime
    ground: str
    ground_words: str
    organization_requested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryNotice:
    """A certificate is about to end, and nothing renews it by itself (6.2, 8.11).

    `subscriber_name` says whose it is where the letter goes to somebody else.
    """

    number: str
    sent_on: date
    recipient: Addressee
    certificate_number: str
    not_after: datetime
    form_enclosed: bool = False
    subscriber_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deficiency:
    """One point that keeps an application from being accepted, and what mends it (9.2)."""

    item: str
    finding: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeficiencyLetter:
    """What an application lacks, to be mended by the end of `due_on`; `counted` says how (9.2)."""

    number: str
    sent_on: date
    recipient: Addressee
    application: str
    points: tuple[Deficiency, ...]
    due_on: date
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionLetter:
    """No certificate can be issued, for this reason (9.2)."""

    number: str
    sent_on: date
    recipient: Addressee
    application: str
    reason: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySheet:
    """What goes on top of mended papers; `letter` is the number of the notice they answer (9.2).

    `counted` says how the day due came about.
    """

    application: str
    letter: str
    name: str
    points: tuple[Deficiency, ...]
    due_on: date
    counted: tuple[str, ...]


def render_reminder(*, letter: ReminderLetter, words: NoticeWords, operator: Operator) -> bytes:
    """Return the reminder of the receipt slip as PDF (18.7).

    Raises: GlyphMissing, FontMissing.
    """
    return press_letter(letter, words.sheets[Sheet.LETTER], operator, data={"warns": True})


def render_revocation_notice(*, letter: RevocationNotice, words: NoticeWords, operator: Operator) -> bytes:
    """Return the notice of a revocation as PDF, with what to do with the key (22.2, 27).

    Raises: GlyphMissing, FontMissing.
    """
    asked_by = "asked_by_organization" if letter.organization_requested else "asked_by_others"
    return press_letter(
        letter,
        words.sheets[Sheet.LETTER],
        operator,
        values={"clause": clause_words(letter.ground)},
        named={"ground": "ground", "asked_by": asked_by},
    )


def render_expiry_notice(*, letter: ExpiryNotice, words: NoticeWords, operator: Operator) -> bytes:
    """Return the notice before the end of validity as PDF (6.2).

    Raises: GlyphMissing, FontMissing.
    """
    form = "form_enclosed" if letter.form_enclosed else "form_not_enclosed"
    return press_letter(letter, words.sheets[Sheet.LETTER], operator, data={"also": form})


def render_deficiency_letter(*, letter: DeficiencyLetter, words: NoticeWords, operator: Operator) -> bytes:
    """Return the notice of deficiencies as PDF, the reply sheet on a page of its own (9.2).

    Raises: SheetRefused for a letter that names none, GlyphMissing, FontMissing.
    """
    if not letter.points:
        raise SheetRefused(sheet="deficiency", field="points")
    return press_letter(
        letter,
        words.sheets[Sheet.LETTER],
        operator,
        sheet="deficiency",
        named={"due": "due"},
        data=_reply_data(reply_of(letter), words, operator),
    )


def render_reply_sheet(*, reply: ReplySheet, made_on: date, words: NoticeWords, operator: Operator) -> bytes:
    """Return the reply sheet alone as PDF, for whoever prints it again (9.2).

    Raises: SheetRefused for one that names no point, GlyphMissing, FontMissing.
    """
    if not reply.points:
        raise SheetRefused(sheet="reply", field="points")
    data = {"operator": operator, **_reply_data(reply, words, operator)}
    return press("reply", made_on=made_on, data=data)


def reply_of(letter: DeficiencyLetter) -> ReplySheet:
    """Return the reply sheet that belongs to a letter."""
    return ReplySheet(
        application=letter.application,
        letter=letter.number,
        name=letter.recipient.name,
        points=letter.points,
        due_on=letter.due_on,
        counted=letter.counted,
    )


def render_rejection_letter(*, letter: RejectionLetter, words: NoticeWords, operator: Operator) -> bytes:
    """Return the notice that no certificate is issued as PDF, with the reason (9.2).

    Raises: SheetRefused for a letter without a reason, GlyphMissing, FontMissing.
    """
    if not letter.reason:
        raise SheetRefused(sheet="rejection", field="reason")
    return press_letter(
        letter,
        words.sheets[Sheet.LETTER],
        operator,
        values={"clause": clause_words(letter.clause)},
        named={"ground": "ground", "contact": "contact"},
    )


def _reply_data(reply: ReplySheet, words: NoticeWords, operator: Operator) -> dict[str, Any]:
    sheet = words.sheets[Sheet.REPLY]
    values = {
        **texts_of(reply),
        **house_values(operator),
        "number": reply.letter,
        "postal_code": operator.postal_code,
        "address": operator.address,
    }
    told = sheet.filled(values)
    rows = sheet.labelled({**values, **in_rows(told.named, {"due": "due", "addressee": "addressee"})})
    payload = sheet_payload(kind=PREFIXES[PaperKind.REPLY_SHEET], number=reply.application)
    return {"reply": reply, "reply_told": told, "reply_facts": rows, "qr": qr_svg(payload)}
