"""How every letter is pressed: the operator's words, filled from what the letter tells (9.2, 22.2, 43)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from inro.paper.parties import Addressee, Operator, house_values
from inro.paper.press import press, printable
from inro.practice.sheet_words import Passage, SheetWords, plain


class Letter(Protocol):
    """What every letter has besides what it tells."""

    @property
    def number(self) -> str:
        """The notice's number."""

    @property
    def sent_on(self) -> date:
        """The day it bears."""

    @property
    def recipient(self) -> Addressee:
        """Whom it is for."""


def press_letter(
    letter: Letter,
    words: SheetWords,
    operator: Operator,
    *,
    sheet: str = "letter",
    values: Mapping[str, str] | None = None,
    named: Mapping[str, str] | None = None,
    data: Mapping[str, Any] | None = None,
) -> bytes:
    """Return a letter as PDF; `named` says which named passage stands in which row.

    Raises: GlyphMissing, FontMissing.
    """
    known = {
        **texts_of(letter),
        **house_values(operator),
        "name": letter.recipient.name,
        **(values or {}),
    }
    told = words.filled(known)
    facts = words.labelled({**known, **in_rows(told.named, named or {})})
    made = {"letter": letter, "operator": operator, "told": told, "facts": facts, **(data or {})}
    return press(sheet, made_on=letter.sent_on, data=made)


def in_rows(passages: Mapping[str, Passage], named: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each row in which a named passage stands."""
    return {row: plain(passages[name]) for row, name in named.items()}


def texts_of(thing: object) -> dict[str, str]:
    """Return those fields of a letter or sheet that are printed as text, dates and times among them."""
    return {name: text for name, text in printable(thing).items() if isinstance(text, str)}
