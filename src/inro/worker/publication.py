"""Lists into the repository: both halves, read back byte for byte, then the cases are closed (26.1, 39.4)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from inro.pki.crl import ListKind
from inro.ports.errors import PortError
from inro.store.reads.revocation import (
    ListRecord,
    has_unpublished_revocations,
    list_in_force,
    unpublished_lists,
)
from inro.store.states import Place
from inro.usecases.actor import Actor
from inro.usecases.publication import record_publication, record_published_revocations, record_read_back
from inro.worker.repository import Repository

_RESTORE = "restore the archive from its copy"


class ReadBackDiffers(PortError):
    """One half of the repository gives other bytes than were put there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: the archive the signer fills, and the repository."""

    archive: Path
    repository: Repository
    actor: Actor


def publish_lists(*, publisher: Publisher, now: datetime) -> tuple[ListRecord, ...]:
    """Publish the newest list of each kind that isn't in both halves yet; return those that are there now.

    One half or list that fails holds up no other. What is done is on record at once, so the next run takes
    it up where this one stopped.

    Raises: PortError naming the half that failed first; the old list is then still in force there.
    """
    published: list[ListRecord] = []
    failures: list[PortError] = []
    for record in unpublished_lists():
        failed = _publish_list(record, publisher, now)
        failures += failed
        if not failed:
            published.append(record)
    _close_cases(publisher, now)
    if failures:
        raise failures[0]
    return tuple(published)


def _publish_list(record: ListRecord, publisher: Publisher, now: datetime) -> list[PortError]:
    try:
        signed = _archived(publisher.archive, record)
    except PortError as failure:
        return [failure]
    failures = []
    for place in Place:
        try:
            _publish(record, place, signed, publisher, now)
        except PortError as failure:
            failures.append(failure)
    return failures


def _close_cases(publisher: Publisher, now: datetime) -> None:
    """Close the cases whose entry both halves give back, also those of a run that ended just before."""
    if not has_unpublished_revocations():
        return
    # The full CRL repeats the other two.
    for kind in (ListKind.CRL, ListKind.ARL):
        newest = list_in_force(kind)
        if newest is not None and newest.web_read_back_at and newest.directory_read_back_at:
            record_published_revocations(kind=kind, number=newest.number, actor=publisher.actor, now=now)


def _publish(record: ListRecord, place: Place, signed: bytes, publisher: Publisher, now: datetime) -> None:
    kind, repository = record.kind, publisher.repository
    of: dict[str, Any] = {
        "kind": kind,
        "number": record.number,
        "place": place,
        "actor": publisher.actor,
        "now": now,
    }
    published_at, read_back_at = _times(record, place)
    if read_back_at is not None:
        return
    if published_at is None:
        repository.publish(kind=kind, place=place, signed=signed)
        record_publication(**of)
    elif repository.read_back(kind=kind, place=place) != signed:
        # Put there before, and no longer there: put there again.
        repository.publish(kind=kind, place=place, signed=signed)
    if repository.read_back(kind=kind, place=place) != signed:
        raise ReadBackDiffers(
            f"{place} repository",
            f"gives another {kind} than number {record.number}",
            "see who else writes there; the next run publishes again",
        )
    record_read_back(**of)


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
    if _identity(signed) != (record.kind, record.number):
        # An old list under a new number would take revocations back.
        raise PortError("list archive", f"{place.name} is not {record.kind} {record.number}", _RESTORE)
    return signed


def _identity(signed: bytes) -> tuple[ListKind, int]:
    extensions = x509.load_der_x509_crl(signed).extensions
    number = extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    try:
        covered = extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return ListKind.FULL_CRL, number
    return ListKind.ARL if covered.only_contains_ca_certs else ListKind.CRL, number
