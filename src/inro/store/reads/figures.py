"""Numbers of all cases together, counted by the database: no case, no name (17.1, 18.7, 9.2, 6.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import Case, Count, IntegerField, Q, Value, When

from inro.practice.calendar import start_of_day
from inro.practice.certificate import CertificateState
from inro.practice.figures import BANDS
from inro.practice.queue import QueueStage
from inro.store.models import Certificate, QueueRow
from inro.store.plain_sql import rows
from inro.store.states import Scope

type Counted = Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCounts:
    """Cards by the days until their slip came, and those whose slip has not come."""

    came: Counted
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointCount:
    """How often letters told of a paper under a clause."""

    item: str
    clause: str
    count: int


def issue_days(*, first: date, after: date) -> Counted:
    """Return certificates issued from `first` until before `after`, by days since the form came (17.1)."""
    took = _days_between(_jst_day("a.received_at"), _jst_day("c.issued_at"))
    statement = (
        f"SELECT {took}, COUNT(*) FROM store_certificate c "  # nosec B608
        "JOIN store_application a ON a.id = c.application_id "
        "WHERE c.role = 'subscriber' AND c.issued_at >= %s AND c.issued_at < %s "
        "AND a.received_at IS NOT NULL GROUP BY 1"
    )
    return dict(rows(statement, [_instant(first), _instant(after)]))


def receipt_days(*, first: date, after: date) -> ReceiptCounts:
    """Return cards first posted from `first` until before `after`, by days until the slip (18.4, 18.7)."""
    statement = (
        f"SELECT {_days_between('p.posted_on', 's.arrived_on')}, COUNT(*) FROM "  # nosec B608
        "(SELECT application_id, MIN(posted_on) AS posted_on FROM store_parcel "
        "WHERE card_id IS NOT NULL GROUP BY application_id "
        "HAVING MIN(posted_on) >= %s AND MIN(posted_on) < %s) p LEFT JOIN store_receiptslip s "
        "ON s.application_id = p.application_id AND s.parked_for IS NULL GROUP BY 1"
    )
    counted = dict(rows(statement, [_day(first), _day(after)]))
    waiting = counted.pop(None, 0)
    return ReceiptCounts(came=counted, waiting=waiting)


def deficiency_points(*, first: date, after: date, most: int) -> tuple[PointCount, ...]:
    """Return what letters sent in a time told of most often; what is disposed of no longer counts (9.2)."""
    points = (
        "json_each(l.content, '$.points')"
        if _on_sqlite()
        else "jsonb_array_elements(l.content -> 'points') AS point(value)"
    )
    item, clause = (
        (f"json_extract(value, '$.{name}')" if _on_sqlite() else f"value ->> '{name}'")
        for name in ("item", "clause")
    )
    statement = (
        f"SELECT {item}, {clause}, COUNT(*) FROM store_letter l, {points} "  # nosec B608
        "WHERE l.state = 'sent' AND l.kind = 'deficiency' AND l.content IS NOT NULL "
        "AND l.dated_on >= %s AND l.dated_on < %s GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT %s"
    )
    found = rows(statement, [_day(first), _day(after), most])
    return tuple(PointCount(item=item, clause=clause, count=count) for item, clause, count in found)


def open_cases(*, now: datetime) -> Mapping[tuple[QueueStage, int], int]:
    """Return cases at work by stage and band of age, counted from when they came."""
    older = [
        When(came_at__gte=now - timedelta(days=last + 1), then=Value(place))
        for place, last in enumerate(BANDS)
    ]
    band = Case(*older, default=Value(len(BANDS)), output_field=IntegerField())
    at_work = QueueRow.objects.filter(at_work=True).order_by()
    counted = at_work.values_list("stage", band).annotate(Count("pk"))
    return {(QueueStage(stage), place): count for stage, place, count in counted}


def expiries(*, months: Sequence[date]) -> tuple[int, ...]:
    """Return valid certificates by the month they end in; the last of the first days ends the one before."""
    starts = [start_of_day(month) for month in months]
    within = Certificate.objects.filter(
        state=CertificateState.VALID, not_after__gte=starts[0], not_after__lt=starts[-1]
    )
    counts = {
        f"month_{place}": Count(
            "pk", filter=Q(role=Scope.SUBSCRIBER, not_after__gte=begin, not_after__lt=end)
        )
        for place, (begin, end) in enumerate(pairwise(starts))
    }
    return tuple(within.aggregate(**counts).values())


def _jst_day(column: str) -> str:
    if _on_sqlite():
        return f"date({column}, '+9 hours')"
    return f"({column} AT TIME ZONE 'Asia/Tokyo')::date"


def _days_between(first: str, second: str) -> str:
    if _on_sqlite():
        return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"
    return f"({second} - {first})"


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _instant(day: date) -> Any:
    return connection.ops.adapt_datetimefield_value(start_of_day(day))


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)
