"""The operator's words for a kind of notice, as a message and on paper, of an edition (2.2, 9.2, 43)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter

from inro.practice.errors import Refused
from inro.practice.notices import NoticeKind
from inro.practice.sheet_words import Sheet, SheetWords

# What can stand in a gap: known of every notice when it is let go.
GAPS: frozenset[str] = frozenset(
    {
        "name",
        "application",
        "number",
        "due_on",
        "day",
        "sha256",
        "service",
        "operator",
        "telephone",
        "website",
    }
)


class WordsRefused(Refused):
    """Words of a notice that cannot be filled; `gap` is what is unknown or broken in them."""

    def __init__(self, *, kind: NoticeKind, gap: str) -> None:
        super().__init__(kind=kind.value, gap=gap)
        self.kind = kind
        self.gap = gap


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """One file of words; `edition` is the day from which it is used, `sha256` that of the file.

    `subject` and `text` are a message's or a page's, empty for what only goes on paper.
    """

    kind: NoticeKind
    clause: str
    edition: date
    subject: str
    text: str
    sha256: str
    sheets: Mapping[Sheet, SheetWords] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse a gap that nothing fills.

        Raises: WordsRefused.
        """
        for words in (self.subject, self.text):
            try:
                gaps = [
                    (gap, form, conversion)
                    for _, gap, form, conversion in Formatter().parse(words)
                    if gap is not None
                ]
            except ValueError as error:
                raise WordsRefused(kind=self.kind, gap=str(error)) from error
            for gap, form, conversion in gaps:
                if gap not in GAPS or form or conversion:
                    raise WordsRefused(kind=self.kind, gap=gap or "{}")

    def filled(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Return subject and text with their gaps filled; what is not known stays empty."""
        every = {**dict.fromkeys(GAPS, ""), **values}
        return self.subject.format_map(every), self.text.format_map(every)
