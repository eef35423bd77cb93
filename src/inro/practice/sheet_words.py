"""The operator's words on paper: passages with gaps and stress, rows of a table by name (2.2, 6.2, 9.2).

In a passage `{gap}` is filled and `*words*` are stressed. What fills a gap is never read for either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter

from inro.practice.errors import Refused

_STRESS = "*"


class Sheet(StrEnum):
    """What is printed of a notice: a letter to one, its reply sheet, the same letter to many."""

    LETTER = "letter"
    REPLY = "reply"
    ANNOUNCEMENT = "announcement"


class Style(StrEnum):
    """How a run of text is set."""

    PLAIN = "plain"
    STRONG = "strong"
    VALUE = "value"


class SheetWordsRefused(Refused):
    """Words that cannot be printed; `part` is where they stand, `problem` what is wrong with them."""

    def __init__(self, *, part: str, problem: str, word: str = "") -> None:
        super().__init__(part=part, problem=problem, word=word)
        self.part = part
        self.problem = problem
        self.word = word


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text of one style."""

    text: str
    style: Style = Style.PLAIN


type Passage = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetShape:
    """What a sheet's words must have: rows and named passages exactly these, gaps only of these."""

    rows: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSheet:
    """A sheet's words with their gaps filled, as they are set."""

    subject: str
    opening: tuple[Passage, ...]
    box_title: str
    box: tuple[Passage, ...]
    list_title: str
    list: tuple[Passage, ...]
    closing: tuple[Passage, ...]
    named: Mapping[str, Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What stands on a sheet; `rows` are labels by name in the order in which they are printed.

    `named` are passages that stand in a row, or only where a case wants them.
    """

    subject: str
    opening: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    box_title: str = ""
    box: tuple[str, ...] = ()
    list_title: str = ""
    list: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)

    def check(self, shape: SheetShape) -> None:
        """Refuse rows or passages too many or too few, a gap that nothing fills, stress that never ends.

        Raises: SheetWordsRefused.
        """
        for part, has, wants in (("rows", self.rows, shape.rows), ("named", self.named, shape.named)):
            for name in sorted(has.keys() ^ wants):
                raise SheetWordsRefused(
                    part=f"{part}.{name}", problem="missing" if name in wants else "unknown"
                )
        for part, words in self._passages():
            for gap in _gaps(part, words):
                if gap not in shape.gaps:
                    raise SheetWordsRefused(part=part, problem="gap", word=gap)
            if words.count(_STRESS) % 2:
                raise SheetWordsRefused(part=part, problem="stress")

    def filled(self, values: Mapping[str, str]) -> FilledSheet:
        """Return the words with their gaps filled; a passage that comes out empty is left out."""
        return FilledSheet(
            subject=plain(_filled(self.subject, values)),
            opening=_each(self.opening, values),
            box_title=self.box_title,
            box=_each(self.box, values),
            list_title=self.list_title,
            list=_each(self.list, values),
            closing=_each(self.closing, values),
            named={name: _filled(words, values) for name, words in self.named.items()},
        )

    def labelled(self, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return the rows that have a value, each with its label, in their order."""
        return tuple((label, values[name]) for name, label in self.rows.items() if values.get(name))

    def _passages(self) -> Iterator[tuple[str, str]]:
        yield "subject", self.subject
        for part in ("opening", "box", "list", "closing"):
            yield from ((part, words) for words in getattr(self, part))
        yield from ((f"named.{name}", words) for name, words in self.named.items())


def plain(passage: Passage) -> str:
    """Return a passage as text alone."""
    return "".join(run.text for run in passage)


def _each(passages: tuple[str, ...], values: Mapping[str, str]) -> tuple[Passage, ...]:
    filled = (_filled(words, values) for words in passages)
    return tuple(passage for passage in filled if plain(passage).strip())


def _filled(words: str, values: Mapping[str, str]) -> Passage:
    runs: list[Run] = []
    style = Style.PLAIN
    for literal, gap, _, _ in Formatter().parse(words):
        for place, text in enumerate(literal.split(_STRESS)):
            if place:
                style = Style.PLAIN if style is Style.STRONG else Style.STRONG
            if text:
                runs.append(Run(text=text, style=style))
        if gap is not None and values.get(gap):
            runs.append(Run(text=values[gap], style=Style.VALUE))
    return tuple(runs)


def _gaps(part: str, words: str) -> Iterator[str]:
    try:
        for _, gap, form, conversion in Formatter().parse(words):
            if gap is not None:
                yield f"{gap}:{form}" if form or conversion else gap
    except ValueError as error:
        raise SheetWordsRefused(part=part, problem="gap", word=str(error)) from error
