"""Lists recorded before they are signed, when signed, when published, when read back (4(6), 26, 39.4)."""

from datetime import datetime
from typing import Any

from inro.pki.crl import ListDraft, ListKey, ListKind
from inro.pki.list_guard import Stop
from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.models import ListIntent, RevocationCase, RevocationList
from inro.store.states import Place, RevocationState, Scope
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.mass_revocation_signing import close_mass_cases
from inro.usecases.outbox import enqueue

_PUBLISHED = {Place.WEB: "web_at", Place.DIRECTORY: "directory_at"}
_READ_BACK = {Place.WEB: "web_read_back_at", Place.DIRECTORY: "directory_read_back_at"}


def record_list_intent(
    *,
    draft: ListDraft,
    this_update: datetime,
    next_update: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the list that is about to be signed; its number is then used, whatever happens (26.2).

    Raises: Conflict when the number was ever intended before.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        ListIntent.objects.create(
            kind=draft.kind,
            partition=draft.partition,
            number=draft.number,
            this_update=this_update,
            next_update=next_update,
            tbs_sha256=draft.tbs_sha256,
            entries=draft.count,
            at=now,
        )
        doing.record(
            EventKind.LIST_SIGNING_INTENDED,
            subject=_subject(draft.key, draft.number),
            tbs_sha256=draft.tbs_sha256,
            entries=draft.count,
        )


def record_list(*, key: ListKey, number: int, sha256: str, size: int, actor: Actor, now: datetime) -> None:
    """Record a signed list and the task of publishing it; its bytes lie in the archive by hash (39.4).

    Raises: Unknown without an intent, Conflict when it is on record already.
    """
    actor.check_process()
    intent = ListIntent.objects.filter(kind=key.kind, partition=key.partition, number=number).first()
    if intent is None:
        raise Unknown(what="list", detail=f"{key.name} {number}")
    with act(actor=actor, now=now) as doing:
        made = RevocationList.objects.create(
            intent=intent,
            kind=key.kind,
            partition=key.partition,
            number=number,
            this_update=intent.this_update,
            next_update=intent.next_update,
            sha256=sha256,
            size=size,
            entries=intent.entries,
            signed_at=now,
        )
        doing.record(EventKind.LIST_SIGNED, subject=_subject(key, number), sha256=sha256, size=size)
        enqueue("publish_list", list_id=made.pk)


def record_publication(*, key: ListKey, number: int, place: Place, actor: Actor, now: datetime) -> None:
    """Record that a list lies in one half of the repository (4(6), 26.1).

    Raises: Unknown, Conflict when it is on record already.
    """
    actor.check_process()
    _record(key, number, _PUBLISHED[place], EventKind.LIST_PUBLISHED, place, actor=actor, now=now)


def record_stop(
    *, key: ListKey, number: int, place: Place | None, why: Stop, actor: Actor, now: datetime
) -> None:
    """Record, once for each reason, that a list may not be published; the one before it stays (26.1).

    `place` is the half of the repository it may not go into, None for both.

    Raises: Unknown, Conflict when another worker records it first.
    """
    actor.check_process()
    row = _list(key, number)
    if row.stopped_for == why:
        return
    with act(actor=actor, now=now) as doing:
        change(
            RevocationList,
            row=row.pk,
            expected={"stopped_for": row.stopped_for},
            to={"stopped_for": why, "stopped_at": now},
        )
        doing.record(
            EventKind.PUBLICATION_FAILED,
            subject=_subject(key, number),
            place=place.value if place else None,
            why=why.value,
        )


def record_read_back(*, key: ListKey, number: int, place: Place, actor: Actor, now: datetime) -> None:
    """Record that a list was read back byte for byte from one half of the repository.

    Raises: Unknown, Conflict when it was not published there or is on record already.
    """
    actor.check_process()
    row = _list(key, number)
    if getattr(row, _PUBLISHED[place]) is None:
        raise Conflict(what="list", detail=f"{key.name} {number} is not published in {place.value}")
    _record(key, number, _READ_BACK[place], EventKind.LIST_READ_BACK, place, actor=actor, now=now)


def record_published_revocations(*, key: ListKey, number: int, actor: Actor, now: datetime) -> int:
    """Close the cases whose entries are in a list that both halves of the repository give back (39.4).

    Returns how many. Raises: Unknown, Conflict when the list is not yet read back.
    """
    actor.check_process()
    row = _list(key, number)
    if row.web_read_back_at is None or row.directory_read_back_at is None:
        raise Conflict(what="list", detail=f"{key.name} {number} is not read back")
    cases = RevocationCase.objects.filter(
        state=RevocationState.REVOKED, revoked_at__lte=row.this_update, **_covered(key)
    )
    with act(actor=actor, now=now) as doing:
        closed = list(cases.filter(mass=None).values_list("pk", "number"))
        for case, case_number in closed:
            change(
                RevocationCase,
                row=case,
                expected={"state": RevocationState.REVOKED},
                to={"state": RevocationState.PUBLISHED, "published_at": now},
            )
            doing.record(
                EventKind.LIST_PUBLISHED,
                subject=f"revocation/{case_number}",
                list=f"{key.name}/{number}",
            )
        in_bulk = close_mass_cases(doing, cases, list_=f"{key.name}/{number}", now=now)
        if not closed and not in_bulk:
            doing.nothing()
    return len(closed) + in_bulk


def _covered(key: ListKey) -> dict[str, Any]:
    match key.kind:
        case ListKind.FULL_CRL:
            return {}
        case ListKind.ARL:
            return {"certificate__role": Scope.CA}
        case ListKind.CRL:
            return {
                "certificate__role": Scope.SUBSCRIBER,
                "certificate__serial__partition": key.partition,
            }


def _record(
    key: ListKey,
    number: int,
    column: str,
    event: EventKind,
    place: Place,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    row = _list(key, number)
    with act(actor=actor, now=now) as doing:
        change(RevocationList, row=row.pk, expected={column: None}, to={column: now})
        doing.record(event, subject=_subject(key, number), place=place.value, sha256=row.sha256)


def _list(key: ListKey, number: int) -> RevocationList:
    row = RevocationList.objects.filter(kind=key.kind, partition=key.partition, number=number).first()
    if row is None:
        raise Unknown(what="list", detail=f"{key.name} {number}")
    return row


def _subject(key: ListKey, number: int) -> str:
    return f"list/{key.name}/{number}"
