"""What an officer answers before a revocation: of which cases, and what each answer comes to (21, 22.1).

The wording is the operator's policy. Which items must be among it, and what each feeds, is a rule and stands
here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from inro.practice.grounds import Ground, Invoker
from inro.practice.revocation import RequestRefused, RevocationFindings


class Answer(StrEnum):
    """What the officer finds of one item."""

    FIT = "fit"
    LACKING = "lacking"


class AskedOf(StrEnum):
    """Of which cases an item is asked."""

    PAPER = "paper"
    FORMER_SURNAME = "former_surname"
    CHANGE = "change"
    CA = "ca"


class Feeds(StrEnum):
    """Which finding an item feeds."""

    AUTHENTIC = "authentic"
    COMPLETE = "complete"
    ESTABLISHED = "established"
    NO_MERGER = "no_merger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """An item that no checklist may lack: of what it is asked, by which clause, and what it feeds."""

    asked_of: AskedOf
    clause: str
    feeds: Feeds


REQUIRED: Mapping[str, Required] = MappingProxyType(
    {
        "requester": Required(asked_of=AskedOf.PAPER, clause="22.1", feeds=Feeds.AUTHENTIC),
        "registered_seal": Required(asked_of=AskedOf.PAPER, clause="21.2", feeds=Feeds.AUTHENTIC),
        "form": Required(asked_of=AskedOf.PAPER, clause="21.2", feeds=Feeds.COMPLETE),
        "former_surname": Required(asked_of=AskedOf.FORMER_SURNAME, clause="21.2", feeds=Feeds.COMPLETE),
        "no_merger": Required(asked_of=AskedOf.CHANGE, clause="21.1(2)", feeds=Feeds.NO_MERGER),
        "ground": Required(asked_of=AskedOf.CA, clause="22.1", feeds=Feeds.ESTABLISHED),
    }
)
# What an item of the operator's own feeds, by what it is asked of.
_FEEDS = {AskedOf.CA: Feeds.ESTABLISHED, AskedOf.CHANGE: Feeds.NO_MERGER}
# Under 21.1(2) alone a municipal merger is no change.
_NOT_FOR_MERGERS = "21.1(2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationItem:
    """One item as the operator words it."""

    item: str
    asked_of: AskedOf
    clause: str
    label: str
    english: str

    @property
    def feeds(self) -> Feeds:
        """The finding it feeds."""
        required = REQUIRED.get(self.item)
        return required.feeds if required else _FEEDS.get(self.asked_of, Feeds.COMPLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationChecklist:
    """The operator's items in their order."""

    items: tuple[RevocationItem, ...]

    def asked(self, ground: Ground, *, former_surname: bool) -> tuple[RevocationItem, ...]:
        """Return the items that a case on this ground is asked (21.1(2), 21.2, 22.1)."""
        of = {AskedOf.CA} if ground.invoker is Invoker.CA else {AskedOf.PAPER}
        if former_surname and ground.invoker is not Invoker.CA:
            of.add(AskedOf.FORMER_SURNAME)
        if ground.clause == _NOT_FOR_MERGERS:
            of.add(AskedOf.CHANGE)
        return tuple(item for item in self.items if item.asked_of in of)

    def as_record(self) -> dict[str, Any]:
        """Return the checklist as JSON values."""
        names = ("item", "asked_of", "clause", "label", "english")
        return {"items": [{name: getattr(one, name) for name in names} for one in self.items]}


def checklist_problems(items: Iterable[RevocationItem]) -> tuple[tuple[str, str, str], ...]:
    """Return what is wrong with a checklist, as item, problem and clause: nothing where it is whole."""
    by_name: dict[str, RevocationItem] = {}
    problems = []
    for one in items:
        if one.item in by_name:
            problems.append((one.item, "one item twice", one.clause))
        by_name[one.item] = one
    for name, required in REQUIRED.items():
        found = by_name.get(name)
        if found is None:
            problems.append((name, "is missing", required.clause))
        elif (found.asked_of, found.clause) != (required.asked_of, required.clause):
            problems.append((name, f"is asked of {required.asked_of} by {required.clause}", required.clause))
    return tuple(problems)


def findings_of(
    *, items: Iterable[RevocationItem], answers: Mapping[str, str], checklist_sha256: str
) -> RevocationFindings:
    """Return what the answers come to; each item that was asked has one (21, 22.1).

    Raises: RequestRefused naming the item that has none.
    """
    given: dict[str, str] = {}
    lacking: set[Feeds] = set()
    for one in items:
        answer = answers.get(one.item, "")
        if answer not in list(Answer):
            raise RequestRefused(field=one.item, problem="not_answered")
        given[one.item] = answer
        if answer == Answer.LACKING:
            lacking.add(one.feeds)
    return RevocationFindings(
        authentic=Feeds.AUTHENTIC not in lacking,
        complete=Feeds.COMPLETE not in lacking,
        established=Feeds.ESTABLISHED not in lacking,
        municipal_merger=Feeds.NO_MERGER in lacking,
        answers=given,
        checklist=checklist_sha256,
    )
