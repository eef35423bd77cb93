"""What the address of a list asks for, and the address that asks for it: one to one, nothing else kept."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from django.http import QueryDict
from django.utils.http import urlencode

from inro.practice.case_work import MOST_AT_ONCE
from inro.practice.queue import QueueStage
from inro.store.reads.queue import Cursor, QueueOrder, QueueQuery, QueueView

_LONGEST = 32


def query_of(given: Mapping[str, str]) -> QueueQuery:
    """Return what an address asks for; what it does not know how to ask is left out."""
    stage = _one_of(QueueStage, given.get("stage", ""))
    # A stage that is not at work has no case among those at work.
    view = _one_of(QueueView, given.get("view", "")) or (QueueView.ALL if stage else QueueView.WORK)
    numbers = given.getlist("number") if isinstance(given, QueryDict) else []
    return QueueQuery(
        view=view,
        order=_one_of(QueueOrder, given.get("order", "")) or QueueOrder.DUE,
        stage=stage,
        assignee=given.get("assignee", "")[:_LONGEST],
        numbers=tuple(number[:_LONGEST] for number in numbers[:MOST_AT_ONCE]),
    )


def address_of(query: QueueQuery, *, after: Cursor | None = None) -> str:
    """Return the address of a list, from its `?` on; equal lists have equal addresses."""
    parts: list[tuple[str, str]] = [("number", number) for number in query.numbers]
    if not parts:
        parts = [
            ("view", query.view.value),
            ("stage", query.stage.value if query.stage else ""),
            ("assignee", query.assignee),
        ]
    parts.append(("order", query.order.value))
    if after is not None:
        parts.append(("after", f"{after.at.isoformat()}~{after.case}"))
    return f"?{urlencode([(name, value) for name, value in parts if value])}"


def cursor_of(text: str, *, order: QueueOrder) -> Cursor | None:
    """Return after which line a page begins, or None: the first page."""
    at, _, case = text.rpartition("~")
    if not (case.isascii() and case.isdigit() and len(case) < 19):
        return None
    try:
        read = date.fromisoformat(at) if order is QueueOrder.DUE else datetime.fromisoformat(at)
    except ValueError:
        return None
    if isinstance(read, datetime) and read.tzinfo is None:
        return None
    return Cursor(at=read, case=int(case))


def _one_of[T: StrEnum](kinds: type[T], value: str) -> T | None:
    return kinds(value) if value in list(kinds) else None
