"""Lists into the repository: both halves, read back byte for byte, then the cases are closed (26.1, 39.4)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inro.adapters.ocsp_tree import withhold_good
from inro.pki.crl import ListKind
from inro.pki.issuer import Issuer
from inro.pki.list_guard import Stop, stop_after, stop_of
from inro.pki.ocsp_request import IdHash, certificate_id, request_for
from inro.ports.errors import NewerPublished, PortError
from inro.store.reads.revocation import (
    ListRecord,
    certificate_ends,
    has_unpublished_revocations,
    list_before,
    list_in_force,
    newest_lists,
    unpublished_lists,
    unpublished_revocations,
)
from inro.store.states import Place
from inro.usecases.actor import Actor
from inro.usecases.publication import (
    record_publication,
    record_published_revocations,
    record_read_back,
    record_stop,
)
from inro.worker.repository import Repository

_RESTORE = "restore the archive from its copy"
_WAYS = {
    Stop.BROKEN: _RESTORE,
    Stop.FOREIGN: "see who else writes into the archive or the records, then restore them",
    Stop.EXPIRED: "see that the signer runs and its clock is right; its next list is published",
    Stop.FUTURE: "set the clocks of signer and worker right; it is published when its time has come",
    Stop.OLDER: "see that there is one signer and its clock is right; its next list is published",
    Stop.SHRUNK: "do not go on: compare journal and database, see docs/operations",
}


class ReadBackDiffers(PortError):
    """One half of the repository gives other bytes than were put there."""


class ListStopped(PortError):
    """A list that is broken, foreign, out of time or a step back is held back; the old one stays in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: the archive the signer fills, the CA whose lists these are, and the repository.

    `answers` is the tree of answers about certificates, None where nobody answers.
    """

    archive: Path
    issuer: Issuer
    repository: Repository
    actor: Actor
    answers: Path | None = None


def publish_lists(*, publisher: Publisher, now: datetime) -> tuple[ListRecord, ...]:
    """Publish the newest list of each kind that isn't in both halves yet; return those that are there now.

    What a list calls revoked is called good no more before it goes out: see `adapters.ocsp_tree`.
    One half or list that fails holds up no other. What is done is on record at once, so the next run takes
    it up where this one stopped.

    Raises: PortError naming the half that failed first; the old list is then still in force there.
    """
    published: list[ListRecord] = []
    waiting = unpublished_lists()
    failures = _withhold_good(publisher) if waiting else []
    for record in waiting:
        failed = _publish_list(record, publisher, now)
        failures += failed
        if not failed:
            published.append(record)
    _close_cases(publisher, now)
    if failures:
        raise failures[0]
    return tuple(published)


def _withhold_good(publisher: Publisher) -> list[PortError]:
    """Take back what the signer of answers, slower or standing still, has not said revoked of yet (26.1)."""
    if publisher.answers is None:
        return []
    asked = (
        request_for(certificate_id(issuer=publisher.issuer, serial=serial, kind=kind).encoded)
        for serial in unpublished_revocations()
        for kind in IdHash
    )
    try:
        withhold_good(publisher.answers, asked)
    except PortError as failure:
        # Whoever reads lists is not kept waiting for it.
        return [failure]
    return []


def _publish_list(record: ListRecord, publisher: Publisher, now: datetime) -> list[PortError]:
    try:
        signed = _archived(publisher.archive, record)
        _check_alone(record, signed, publisher, now)
    except PortError as failure:
        return [failure]
    failures: list[PortError] = []
    for place in Place:
        try:
            _publish(record, place, signed, publisher, now)
        except PortError as failure:
            failures.append(failure)
    return failures


def _check_alone(record: ListRecord, signed: bytes, publisher: Publisher, now: datetime) -> None:
    """See that a list may go anywhere, whatever is published (26.2).

    Raises: ListStopped, once that is on record.
    """
    stop = stop_of(signed=signed, key=record.key, number=record.number, issuer=publisher.issuer, now=now)
    if stop is not None:
        raise _stopped(record, None, stop, publisher, now)


def _stopped(
    record: ListRecord, place: Place | None, stop: Stop, publisher: Publisher, now: datetime
) -> ListStopped:
    """Record why a list may not be published, and return the refusal."""
    record_stop(key=record.key, number=record.number, place=place, why=stop, actor=publisher.actor, now=now)
    where = f" in the {place.value} repository" if place else ""
    detail = f"{record.key.name} {record.number} is not published{where}: {stop.value}"
    return ListStopped("list", detail, _WAYS[stop])


def _close_cases(publisher: Publisher, now: datetime) -> None:
    """Close the cases whose entry both halves give back, also those of a run that ended just before."""
    if not has_unpublished_revocations():
        return
    # The full CRL repeats the others.
    for newest in newest_lists():
        is_part = newest.kind is not ListKind.FULL_CRL
        if is_part and newest.web_read_back_at and newest.directory_read_back_at:
            record_published_revocations(key=newest.key, number=newest.number, actor=publisher.actor, now=now)


def _publish(record: ListRecord, place: Place, signed: bytes, publisher: Publisher, now: datetime) -> None:
    key, repository = record.key, publisher.repository
    of: dict[str, Any] = {
        "key": key,
        "number": record.number,
        "place": place,
        "actor": publisher.actor,
        "now": now,
    }
    published_at, read_back_at = _times(record, place)
    if read_back_at is not None:
        return
    if published_at is None:
        _put(record, place, signed, publisher, now)
        record_publication(**of)
    elif repository.read_back(key=key, place=place) != signed:
        # Put there before, and no longer there: put there again.
        _put(record, place, signed, publisher, now)
    if repository.read_back(key=key, place=place) != signed:
        raise ReadBackDiffers(
            f"{place} repository",
            f"gives another {key.name} than number {record.number}",
            "see who else writes there; the next run publishes again",
        )
    record_read_back(**of)


def _put(record: ListRecord, place: Place, signed: bytes, publisher: Publisher, now: datetime) -> None:
    """Put a list into one half unless what is there forbids it.

    Raises: ListStopped, once that is on record; NewerPublished when another publisher was faster; PortError.
    """
    before, stops = list_before(record), list[Stop]()

    def may_replace(there: bytes) -> bool:
        stop = stop_after(
            signed=signed,
            published=there,
            listed_at=before.this_update if before else None,
            ends=certificate_ends,
            issuer=publisher.issuer,
        )
        stops.extend(() if stop is None else (stop,))
        return stop is None

    try:
        publisher.repository.publish(key=record.key, place=place, signed=signed, may_replace=may_replace)
    except NewerPublished as refused:
        newest = list_in_force(*record.key)
        if newest is None or newest.number > record.number:
            raise
        raise _stopped(record, place, stops[-1], publisher, now) from refused


def _times(record: ListRecord, place: Place) -> tuple[datetime | None, datetime | None]:
    if place is Place.WEB:
        return record.web_at, record.web_read_back_at
    return record.directory_at, record.directory_read_back_at


def _archived(archive: Path, record: ListRecord) -> bytes:
    place = archive / f"{record.sha256}.crl"
    try:
        signed = place.read_bytes()
    except OSError as error:
        raise PortError("list archive", str(error), _RESTORE) from error
    if hashlib.sha256(signed).hexdigest() != record.sha256:
        raise PortError("list archive", f"{place.name} is damaged", _RESTORE)
    return signed
