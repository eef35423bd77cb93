"""A list of many people's data leaves the house: asked for by one, released by another (40(1), 40(7))."""

import hashlib
from datetime import datetime

from inro.practice.acts import Act
from inro.practice.events import EventKind
from inro.practice.export import Charset, check_fetching, check_release
from inro.practice.intake import ReadingPurpose
from inro.practice.reading import check_purpose
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ExportId
from inro.store.models import Export
from inro.usecases.act import act
from inro.usecases.actor import Actor


def request_export(
    *, query: str, cases: int, charset: Charset, purpose: ReadingPurpose, actor: Actor, now: datetime
) -> ExportId:
    """Ask for a list as a file: `query` says which cases, `cases` how many it has now (40(1)).

    Raises: DutyMissing, PurposeNotYours.
    """
    actor.check(Act.REQUEST_EXPORT)
    check_purpose(duties=actor.duties, purpose=purpose)
    query_sha256 = hashlib.sha256(query.encode()).hexdigest()
    with act(actor=actor, now=now) as doing:
        row = Export.objects.create(
            query=query,
            query_sha256=query_sha256,
            cases=cases,
            charset=charset,
            purpose=purpose,
            requested_by=actor.name,
            requested_at=now,
        )
        doing.record(
            EventKind.EXPORT_REQUESTED,
            subject=export_subject(row.pk),
            query_sha256=query_sha256,
            cases=cases,
            purpose=purpose.value,
        )
    return ExportId(row.pk)


def release_export(*, export: ExportId, actor: Actor, now: datetime) -> None:
    """Release a list that another person asked for (40(7)).

    Raises: DutyMissing, ReleasedByTheSame, Unknown, Conflict when it is released already.
    """
    actor.check(Act.RELEASE_EXPORT)
    row = _found(export)
    check_release(requested_by=row.requested_by, releases=actor.name)
    with act(actor=actor, now=now) as doing:
        change(
            Export,
            row=export,
            expected={"released_by": None},
            to={"released_by": actor.name, "released_at": now},
        )
        doing.record(EventKind.EXPORT_RELEASED, subject=export_subject(export), requested_by=row.requested_by)


def write_export(*, export: ExportId, cases: int, actor: Actor, now: datetime) -> None:
    """Record that the file is written now, with so many cases, before its first line leaves (40(7)).

    Raises: DutyMissing, ExportNotReady, Unknown.
    """
    actor.check(Act.WRITE_EXPORT)
    row = _found(export)
    check_fetching(requested_by=row.requested_by, fetches=actor.name, released_at=row.released_at, now=now)
    with act(actor=actor, now=now) as doing:
        change(Export, row=export, expected={"released_at": row.released_at}, to={"written_at": now})
        doing.record(
            EventKind.EXPORT_WRITTEN,
            subject=export_subject(export),
            query_sha256=row.query_sha256,
            cases=cases,
            purpose=row.purpose,
        )


def export_subject(export: int) -> str:
    """Return what the audit log calls an export."""
    return f"export/{export}"


def _found(export: ExportId) -> Export:
    row = Export.objects.filter(pk=export).first()
    if row is None:
        raise Unknown(what="export", detail=str(export))
    return row
