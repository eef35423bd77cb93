"""Letters in bulk: the same words to many, each in its window, as one PDF (2.2, 6.2, 11.2, 12.4, 30(2))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inro.paper.errors import SheetRefused
from inro.paper.parties import Addressee, Operator, house_values
from inro.paper.press import long_date, press
from inro.practice.campaign import CampaignSubject
from inro.practice.notice_words import NoticeWords
from inro.practice.sheet_words import FilledSheet, Sheet, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What everybody is told: the words filled in, and the rows that are the same for all."""

    told: FilledSheet
    facts: tuple[tuple[str, str], ...]

    def as_page(self) -> tuple[str, str]:
        """Return the same words as heading and plain text of a web page (11.2, 30(2))."""
        told = self.told
        parts = (
            *map(plain, told.opening),
            *(f"{label}：{body}" for label, body in self.facts),
            f"■ {told.box_title}" if told.box_title else "",
            *map(plain, (*told.box, *told.closing)),
        )
        return told.subject, "\n\n".join(part for part in parts if part)

    def as_message(
        self, *, name: str, own: Sequence[tuple[str, str]], number: str, operator: Operator
    ) -> str:
        """Return the same words as an e-mail to one person, with that person's own rows (2.2, 6.2, 12.4)."""
        told = self.told
        facts = "\n".join(f"{label}：{body}" for label, body in (*self.facts, *own))
        box = "\n".join((f"■ {told.box_title}", *map(plain, told.box))) if told.box_title else ""
        sender = (operator.name, operator.service, f"電話　{operator.telephone}", operator.website)
        foot = "\n".join((f"通知番号　{number}", *filter(None, sender)))
        parts = (f"{name} 様", *map(plain, told.opening), facts, box, *map(plain, told.closing), foot)
        return "\n\n".join(part for part in parts if part) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementLetter:
    """One person's letter; `facts` are that person's own rows."""

    number: str
    sent_on: date
    recipient: Addressee
    facts: tuple[tuple[str, str], ...] = ()


def announcement_of(subject: CampaignSubject, *, words: NoticeWords, operator: Operator) -> Announcement:
    """Return what a campaign tells everybody of one kind of notice.

    Raises: KeyError for a kind that no campaign writes.
    """
    sheet = words.sheets[Sheet.ANNOUNCEMENT]
    about = {"day": long_date(subject.day), "words": subject.words}
    told = sheet.filled({**house_values(operator), **about})
    return Announcement(told=told, facts=sheet.labelled(about))


def render_announcements(
    *, told: Announcement, letters: Sequence[AnnouncementLetter], made_on: date, operator: Operator
) -> bytes:
    """Return the letters as one PDF, a page each, in their order; the same arguments give the same bytes.

    Raises: SheetRefused for none, GlyphMissing, FontMissing.
    """
    if not letters:
        raise SheetRefused(sheet="announcement", field="letters")
    data = {"told": told.told, "facts": told.facts, "letters": tuple(letters), "operator": operator}
    return press("announcement", made_on=made_on, data=data)
