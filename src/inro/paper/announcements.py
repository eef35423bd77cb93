"""Letters in bulk: the same words to many, each in its window, as one PDF (2.2, 6.2, 11.2, 12.4, 30(2))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inro.paper.errors import SheetRefused
from inro.paper.parties import Addressee, Operator
from inro.paper.press import press


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What everybody is told: paragraphs, rows of label and value, one thing in a box."""

    subject: str
    opening: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    box_title: str
    box_text: str
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementLetter:
    """One person's letter; `facts` are that person's own rows."""

    number: str
    sent_on: date
    recipient: Addressee
    facts: tuple[tuple[str, str], ...] = ()


def render_announcements(
    *, told: Announcement, letters: Sequence[AnnouncementLetter], made_on: date, operator: Operator
) -> bytes:
    """Return the letters as one PDF, a page each, in their order; the same arguments give the same bytes.

    Raises: SheetRefused for none, GlyphMissing, FontMissing.
    """
    if not letters:
        raise SheetRefused(sheet="announcement", field="letters")
    data = {"told": told, "letters": tuple(letters), "operator": operator}
    return press("announcement", made_on=made_on, data=data)
