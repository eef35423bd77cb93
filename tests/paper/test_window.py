"""Every letter's address stands whole inside the window of the envelope, and nothing else does (9.2, 43)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from inro.configuration.postage import load_post_rules
from inro.paper.announcements import AnnouncementLetter, announcement_of, render_announcements
from inro.paper.invoice import render_invoice
from inro.paper.lengths import LIMITS
from inro.paper.letters import (
    render_deficiency_letter,
    render_expiry_notice,
    render_rejection_letter,
    render_reminder,
    render_revocation_notice,
)
from inro.paper.parties import Addressee
from inro.paper.posting import SheetLabel, render_labels
from inro.practice.campaign import CampaignKind, CampaignSubject
from inro.practice.notices import NoticeKind
from tests.paper.sheets import (
    DEFICIENCY,
    EXPIRY,
    INVOICE,
    OPERATOR,
    RECIPIENT,
    REJECTION,
    REMINDER,
    REVOCATION,
    WORDS,
)

MM = 72 / 25.4
# What the envelope shows, in millimetres from the sheet's top left corner; the sheet may lie 2 mm off.
WINDOW = (20.0, 12.0, 110.0, 57.0)
PLAY = 2.0
USUAL = replace(RECIPIENT, name="渡辺　高志", organization="株式会社吉田架空土木")
LONG = Addressee(
    name="勅使河原" * (LIMITS["name"] // 4),
    postal_code="371-0026",
    address=(
        "架空" * (LIMITS["prefecture"] // 2) + "架空" * (LIMITS["city"] // 2),
        "町名番地" * 25,
        "架空レジデンス" * 14,
    ),
    organization="株式会社架空土木" * (LIMITS["organization.name"] // 8),
)
KINDS: dict[str, Callable[[Addressee], bytes]] = {
    "reminder": lambda to: render_reminder(
        letter=replace(REMINDER, recipient=to), words=WORDS[NoticeKind.RECEIPT_REMINDER], operator=OPERATOR
    ),
    "revocation": lambda to: render_revocation_notice(
        letter=replace(REVOCATION, recipient=to), words=WORDS[NoticeKind.REVOCATION], operator=OPERATOR
    ),
    "expiry": lambda to: render_expiry_notice(
        letter=replace(EXPIRY, recipient=to), words=WORDS[NoticeKind.EXPIRY], operator=OPERATOR
    ),
    "deficiency": lambda to: render_deficiency_letter(
        letter=replace(DEFICIENCY, recipient=to), words=WORDS[NoticeKind.DEFICIENCY], operator=OPERATOR
    ),
    "rejection": lambda to: render_rejection_letter(
        letter=replace(REJECTION, recipient=to), words=WORDS[NoticeKind.REJECTION], operator=OPERATOR
    ),
    "invoice": lambda to: render_invoice(
        invoice=replace(INVOICE, recipient=to), words=WORDS[NoticeKind.INVOICE], operator=OPERATOR
    ),
    "announcement": lambda to: announcement(to),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One character and where its ink lies, in millimetres from the top left corner."""

    sign: str
    left: float
    top: float
    right: float
    bottom: float

    def lies_in(self, frame: tuple[float, float, float, float], play: float = 0.0) -> bool:
        left, top, right, bottom = frame
        across = left + play <= self.left and self.right <= right - play
        return across and top + play <= self.top and self.bottom <= bottom - play

    def meets(self, frame: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = frame
        return self.right > left and self.left < right and self.bottom > top and self.top < bottom


def announcement(to: Addressee) -> bytes:
    subject = CampaignSubject(
        kind=CampaignKind.TERMS_CHANGE, day=date(2027, 4, 1), edition="2027-04-01", words="料金の変更"
    )
    told = announcement_of(subject, words=WORDS[NoticeKind.TERMS_CHANGE], operator=OPERATOR)
    letter = AnnouncementLetter(number="K26-1-000001", sent_on=date(2026, 12, 1), recipient=to)
    return render_announcements(told=told, letters=[letter], made_on=date(2026, 12, 1), operator=OPERATOR)


def marks(pdf: bytes) -> Iterator[Mark]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        height = page.get_height()
        text = page.get_textpage()
        for place in range(text.count_chars()):
            sign = text.get_text_range(place, 1)
            left, bottom, right, top = text.get_charbox(place)
            if sign.strip():
                yield Mark(
                    sign=sign,
                    left=left / MM,
                    top=(height - top) / MM,
                    right=right / MM,
                    bottom=(height - bottom) / MM,
                )
    finally:
        document.close()


def address_of(to: Addressee) -> str:
    parts = (f"〒{to.postal_code}", *to.address, to.organization, to.name, to.honorific)
    return "".join("".join(parts).split())


@pytest.mark.parametrize("to", [USUAL, LONG, replace(LONG, organization="")], ids=["usual", "long", "alone"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_window_shows_the_whole_address_and_nothing_else(kind, to):
    inside = [mark for mark in marks(KINDS[kind](to)) if mark.meets(WINDOW)]
    assert all(mark.lies_in(WINDOW, PLAY) for mark in inside), [
        m for m in inside if not m.lies_in(WINDOW, PLAY)
    ]
    assert sorted("".join(mark.sign for mark in inside)) == sorted(address_of(to))


@pytest.mark.parametrize("first", [1, 4])
def test_every_label_lies_in_its_own_cell_of_the_sheet(first):
    sheet = load_post_rules(Path("policy/postage.toml")).sheet
    labels = [
        SheetLabel(
            number=f"P26-{place:06}-1",
            method="本人限定受取",
            restricted=True,
            recipient=replace(LONG, name=f"見本{place}", organization=""),
            tracking="123-45-67890-1",
        )
        for place in range(sheet.columns * sheet.rows + 1 - first)
    ]
    pdf = render_labels(labels=labels, sheet=sheet, first=first, made_on=date(2026, 12, 1), operator=OPERATOR)
    cells = [
        (
            sheet.left + place % sheet.columns * sheet.width,
            sheet.top + place // sheet.columns * sheet.height,
            sheet.left + (place % sheet.columns + 1) * sheet.width,
            sheet.top + (place // sheet.columns + 1) * sheet.height,
        )
        for place in range(sheet.columns * sheet.rows)
    ]
    found = list(marks(pdf))
    used = [cell for cell in cells if any(mark.lies_in(cell, 1.0) for mark in found)]
    assert used == cells[first - 1 :]
    assert [mark for mark in found if not any(mark.lies_in(cell, 1.0) for cell in cells)] == []
