"""The letters the operator owes subscribers and applicants (6.2, 9.2, 18.7, 22.2, 27).

Each takes dates that a rule has already computed and writes them out; no letter counts days itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inro.paper.clause_words import clause_words
from inro.paper.codes import PREFIXES, qr_svg, sheet_payload
from inro.paper.errors import SheetRefused
from inro.paper.parties import Addressee, Operator
from inro.paper.press import press
from inro.practice.enclosures import PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """No receipt slip by the end of `due_on`; revocation follows on `revocation_on` (18.7)."""

    number: str
    sent_on: date
    recipient: Addressee
    application: str
    certificate_number: str
    dispatched_on: date
    due_on: date
    revocation_on: date


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
    """What an application lacks, to be mended by the end of `due_on` (9.2)."""

    number: str
    sent_on: date
    recipient: Addressee
    application: str
    points: tuple[Deficiency, ...]
    due_on: date


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
    """What goes on top of mended papers; `letter` is the number of the notice they answer (9.2)."""

    application: str
    letter: str
    name: str
    points: tuple[Deficiency, ...]
    due_on: date


type Letter = ReminderLetter | RevocationNotice | ExpiryNotice | DeficiencyLetter | RejectionLetter


def render_reminder(*, letter: ReminderLetter, operator: Operator) -> bytes:
    """Return the reminder of the receipt slip as PDF (18.7).

    Raises: GlyphMissing, FontMissing.
    """
    return _render("reminder", letter, operator)


def render_revocation_notice(*, letter: RevocationNotice, operator: Operator) -> bytes:
    """Return the notice of a revocation as PDF, with what to do with the key (22.2, 27).

    Raises: GlyphMissing, FontMissing.
    """
    return _render("revocation", letter, operator, clause=clause_words(letter.ground))


def render_expiry_notice(*, letter: ExpiryNotice, operator: Operator) -> bytes:
    """Return the notice before the end of validity as PDF (6.2).

    Raises: GlyphMissing, FontMissing.
    """
    return _render("expiry", letter, operator)


def render_deficiency_letter(*, letter: DeficiencyLetter, operator: Operator) -> bytes:
    """Return the notice of deficiencies as PDF, the reply sheet on a page of its own (9.2).

    Raises: SheetRefused for a letter that names none, GlyphMissing, FontMissing.
    """
    if not letter.points:
        raise SheetRefused(sheet="deficiency", field="points")
    return press(
        "deficiency",
        made_on=letter.sent_on,
        data={"letter": letter, "operator": operator, **_reply_data(reply_of(letter))},
    )


def render_reply_sheet(*, reply: ReplySheet, made_on: date, operator: Operator) -> bytes:
    """Return the reply sheet alone as PDF, for whoever prints it again (9.2).

    Raises: SheetRefused for one that names no point, GlyphMissing, FontMissing.
    """
    if not reply.points:
        raise SheetRefused(sheet="reply", field="points")
    return press("reply", made_on=made_on, data={"operator": operator, **_reply_data(reply)})


def reply_of(letter: DeficiencyLetter) -> ReplySheet:
    """Return the reply sheet that belongs to a letter."""
    return ReplySheet(
        application=letter.application,
        letter=letter.number,
        name=letter.recipient.name,
        points=letter.points,
        due_on=letter.due_on,
    )


def render_rejection_letter(*, letter: RejectionLetter, operator: Operator) -> bytes:
    """Return the notice that no certificate is issued as PDF, with the reason (9.2).

    Raises: SheetRefused for a letter without a reason, GlyphMissing, FontMissing.
    """
    if not letter.reason:
        raise SheetRefused(sheet="rejection", field="reason")
    return _render("rejection", letter, operator, clause=clause_words(letter.clause))


def _reply_data(reply: ReplySheet) -> dict[str, Any]:
    payload = sheet_payload(kind=PREFIXES[PaperKind.REPLY_SHEET], number=reply.application)
    return {"reply": reply, "qr": qr_svg(payload)}


def _render(sheet: str, letter: Letter, operator: Operator, clause: str = "") -> bytes:
    data = {"letter": letter, "operator": operator, "clause": clause}
    return press(sheet, made_on=letter.sent_on, data=data)
