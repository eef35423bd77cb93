"""The checklist as the page shows it: stated over document, the verdict, why it is open (5.4, 8, 9.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import get_language, gettext

from inro.japanese.address import AddressComparison, compare_addresses
from inro.paper.press import era_year
from inro.pki.names import authority_text
from inro.practice.authority import AuthorityFault, authority_faults
from inro.practice.checklist import Checklist, OpenReason, Verdict
from inro.practice.enclosures import PaperKind
from inro.practice.shown import Shown, shown_address
from inro.practice.stated import StatedForm, StatedReplacement
from inro.store.reads.application import ApplicationRecord
from inro.store.reads.corporate_register import ConfirmationRecord, confirmation_of
from inro.store.reads.examination import ExaminedItem
from inro.store.reads.intake import EnclosureLine

_DAYS = frozenset({Shown.BIRTH_DATE, Shown.STAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the three verdicts of a row; `tone` is its colour, `key` the key that gives it."""

    verdict: Verdict
    key: int
    tone: str
    is_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed into a row and is on record nowhere yet."""

    verdict: str
    reason: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a text; `is_marked` where the certificate shows another character than the paper."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """A character of the paper beside the one the certificate shows, with their code points and the table."""

    original: str
    printed: str
    original_points: str
    printed_points: str
    source: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAge:
    """How old a paper was on its arrival, in days."""

    line: EnclosureLine
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityLine:
    """An authority exactly as it will be encoded; `code` is empty for a wording of the applicant's own."""

    encoded: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item of the checklist on the page."""

    examined: ExaminedItem
    label: str
    choices: tuple[Choice, ...]
    texts: tuple[tuple[Part, ...], ...]
    day: date | None
    glyphs: tuple[Glyphs, ...]
    ages: tuple[PaperAge, ...]
    address: str
    comparison: AddressComparison | None
    authorities: tuple[AuthorityLine, ...]
    faults: tuple[AuthorityFault, ...]
    confirmation: ConfirmationRecord | None
    reason: str
    read: str
    overlay: str

    @property
    def item(self) -> str:
        """Its name in forms and addresses."""
        return self.examined.item

    @property
    def era(self) -> str:
        """The day in Japanese years, as papers have it."""
        return f"{era_year(self.day)}{self.day.month}月{self.day.day}日" if self.day else ""

    @property
    def version(self) -> int:
        """The version of the verdict that is shown, 0 for none."""
        return self.examined.given.version if self.examined.given else 0

    @property
    def is_bad(self) -> bool:
        """Whether it is marked as a problem."""
        return self.examined.verdict in {Verdict.DEFICIENT, Verdict.MATCH}

    @property
    def asks_number(self) -> bool:
        """Whether the register is asked here."""
        return self.examined.asked.shown is Shown.CORPORATE_NUMBER

    @property
    def shows_paper(self) -> bool:
        """Whether the paper's own age is shown."""
        return self.examined.asked.shown is Shown.PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The items of one paper."""

    paper: PaperKind
    rows: tuple[Row, ...]

    @property
    def is_of_a_paper(self) -> bool:
        """Whether its items are held against a paper at all."""
        return self.paper is not PaperKind.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How far the checklist is answered."""

    asked: int
    answered: int
    undecided: int
    deficient: int
    held: int
    stopped: int

    @property
    def open_words(self) -> str:
        """What is still open, in words."""
        parts = (
            (self.stopped, gettext("to see to: %(count)s")),
            (self.deficient, gettext("deficient: %(count)s")),
            (self.held, gettext("held: %(count)s")),
            (self.undecided, gettext("undecided: %(count)s")),
        )
        return "・".join(words % {"count": count} for count, words in parts if count)


def groups(
    case: ApplicationRecord,
    form: StatedForm,
    items: Sequence[ExaminedItem],
    by: Checklist,
    typed: Mapping[str, Typed],
    overlays: Mapping[str, str],
) -> list[Group]:
    """Return the rows grouped by paper, in the checklist's order, with what was typed into them.

    `overlays` has, by item, the address that lays one seal over the other.
    """
    confirmation = confirmation_of(case.application_id)
    faults = authority_faults(
        form, most_systems=by.most_systems, received_at=case.received_at or case.drafted_at
    )
    rows = [
        _row(one, form, by, faults, confirmation, typed.get(one.item), overlays.get(one.item, ""))
        for one in items
    ]
    return [
        Group(paper=paper, rows=tuple(of_paper))
        for paper, of_paper in groupby(rows, key=lambda row: row.examined.paper)
    ]


def counts(items: Sequence[ExaminedItem]) -> Counts:
    """Return how far the items are answered."""
    undecided = {OpenReason.UNDECIDED, OpenReason.CHANGED}
    plain = undecided | {OpenReason.DEFICIENT, OpenReason.HELD, None}
    answered = sum(one.verdict is not None for one in items)
    return Counts(
        asked=len(items),
        answered=answered,
        undecided=len(items) - answered,
        deficient=sum(one.verdict is Verdict.DEFICIENT for one in items),
        held=sum(one.verdict is Verdict.HELD for one in items),
        stopped=sum(one.open not in plain for one in items),
    )


def _row(
    one: ExaminedItem,
    form: StatedForm,
    by: Checklist,
    faults: tuple[AuthorityFault, ...],
    confirmation: ConfirmationRecord | None,
    typed: Typed | None,
    overlay: str,
) -> Row:
    shown = one.asked.shown
    days = [date.fromisoformat(text) for text in one.stated] if shown in _DAYS else []
    address = shown_address(form, shown)
    read = typed.read if typed else one.given.read if one.given else ""
    is_authority = shown is Shown.AUTHORITY
    return Row(
        examined=one,
        label=one.label if get_language() == "ja" else one.asked.english,
        choices=_choices(one, typed.verdict if typed else one.verdict or ""),
        texts=() if days or is_authority else tuple(_parts(text, one.replacements) for text in one.stated),
        day=days[0] if days else None,
        glyphs=tuple(map(_glyphs, one.replacements)),
        ages=tuple(map(_age, one.papers)) if shown is Shown.PAPER else (),
        address=address,
        comparison=compare_addresses(address, read) if address and read else None,
        authorities=tuple(
            AuthorityLine(encoded=authority_text(authority), code=by.code_of(authority.text))
            for authority in form.authorities
        )
        if is_authority
        else (),
        faults=faults if is_authority else (),
        confirmation=confirmation if shown is Shown.CORPORATE_NUMBER else None,
        reason=typed.reason if typed else one.reason,
        read=read,
        overlay=overlay,
    )


def _choices(one: ExaminedItem, given: str) -> tuple[Choice, ...]:
    tones = {Verdict.FIT: "ok", Verdict.HELD: "hd"}
    return tuple(
        Choice(verdict=verdict, key=key, tone=tones.get(verdict, "no"), is_given=verdict == given)
        for key, verdict in enumerate(one.asked.verdicts, start=1)
    )


def _parts(text: str, replacements: Sequence[StatedReplacement]) -> tuple[Part, ...]:
    """Return a text in pieces, characters of a replacement marked, whichever side of it they are."""
    marked = sorted(
        {each for one in replacements for each in (one.original, one.printed)}, key=len, reverse=True
    )
    parts: list[Part] = []
    while text:
        found = next((each for each in marked if text.startswith(each)), "")
        piece = found or text[0]
        parts.append(Part(text=piece, is_marked=bool(found)))
        text = text[len(piece) :]
    return tuple(
        Part(text="".join(one.text for one in run), is_marked=is_marked)
        for is_marked, run in groupby(parts, key=lambda part: part.is_marked)
    )


def _glyphs(one: StatedReplacement) -> Glyphs:
    return Glyphs(
        original=one.original,
        printed=one.printed,
        original_points=_points(one.original),
        printed_points=_points(one.printed),
        source=one.source,
        clause=one.clause,
    )


def _points(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text)


def _age(line: EnclosureLine) -> PaperAge:
    days = (line.arrived_on - line.issued_on).days if line.issued_on else None
    return PaperAge(line=line, days=days)
