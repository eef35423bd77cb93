"""Who read what and why, as the auditor looks through it, and the lists that left (40(1), 40(7))."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from inro.practice.export import Charset
from inro.practice.intake import ReadingPurpose
from inro.practice.reading import ReadThing
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, ExportId
from inro.store.models import Export, Reading

PAGE = 50
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingQuery:
    """Which readings: of a person, of a case, for a purpose, of a thing, from a day to a day (JST)."""

    person: str = ""
    number: str = ""
    purpose: ReadingPurpose | None = None
    thing: ReadThing | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """One person read one thing of one case for one purpose on one day; `first_at` is when first."""

    reading_id: int
    number: str
    person: str
    thing: ReadThing
    purpose: ReadingPurpose
    day: date
    first_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """A list that somebody asked for; without `released_by` nobody has released it yet."""

    export_id: ExportId
    query: str
    cases: int
    charset: Charset
    purpose: ReadingPurpose
    requested_by: str
    requested_at: datetime
    released_by: str | None
    released_at: datetime | None
    written_at: datetime | None


def purpose_on(
    application: ApplicationId, *, person: str, day: date, among: Collection[ReadingPurpose]
) -> ReadingPurpose | None:
    """Return why a person last began to read a case on a day (JST), among these purposes; or None."""
    read = Reading.objects.filter(
        application=application, person=person, day=day, thing=ReadThing.CASE, purpose__in=among
    )
    last = read.order_by("-first_at", "-id").values_list("purpose", flat=True).first()
    return ReadingPurpose(last) if last is not None else None


def reading_page(
    query: ReadingQuery, *, before: int | None, most: int = PAGE
) -> tuple[tuple[ReadingRecord, ...], int | None]:
    """Return a page of readings, the latest first, and where the next one begins, None on the last."""
    rows = _chosen(query)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = [_record(row) for row in rows[: most + 1]]
    following = found[most - 1].reading_id if len(found) > most else None
    return tuple(found[:most]), following


def all_readings(query: ReadingQuery) -> Iterator[ReadingRecord]:
    """Yield every reading of a query, the latest first, some thousands in memory at a time."""
    for row in _chosen(query).iterator(chunk_size=_AT_ONCE):
        yield _record(row)


def exports(*, most: int = 100) -> tuple[ExportRecord, ...]:
    """Return the lists that were asked for, the latest first."""
    return tuple(_export(row) for row in Export.objects.order_by("-pk")[:most])


def export_record(export: ExportId) -> ExportRecord:
    """Return one list that was asked for.

    Raises: Unknown.
    """
    row = Export.objects.filter(pk=export).first()
    if row is None:
        raise Unknown(what="export", detail=str(export))
    return _export(row)


def _chosen(query: ReadingQuery) -> QuerySet[Reading]:
    rows = Reading.objects.select_related("application").order_by("-pk")
    wanted = {
        "person": query.person,
        "application__number": query.number,
        "purpose": query.purpose,
        "thing": query.thing,
        "day__gte": query.first_day,
        "day__lte": query.last_day,
    }
    return rows.filter(**{column: value for column, value in wanted.items() if value})


def _record(row: Reading) -> ReadingRecord:
    return ReadingRecord(
        reading_id=row.pk,
        number=row.application.number,
        person=row.person,
        thing=ReadThing(row.thing),
        purpose=ReadingPurpose(row.purpose),
        day=row.day,
        first_at=row.first_at,
    )


def _export(row: Export) -> ExportRecord:
    return ExportRecord(
        export_id=ExportId(row.pk),
        query=row.query,
        cases=row.cases,
        charset=Charset(row.charset),
        purpose=ReadingPurpose(row.purpose),
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        released_by=row.released_by,
        released_at=row.released_at,
        written_at=row.written_at,
    )
