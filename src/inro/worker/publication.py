"""Lists into the repository: both halves, read back byte for byte, then the cases are closed (26.1, 39.4)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inro.pki.crl import ListKind
from inro.ports.errors import PortError
from inro.store.reads.revocation import ListRecord, unpublished_lists
from inro.store.states import Place
from inro.usecases.actor import Actor
from inro.usecases.publication import record_publication, record_published_revocations, record_read_back
from inro.worker.repository import Repository


class ReadBackDiffers(PortError):
    """One half of the repository gives other bytes than were put there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes: the archive the signer fills, and the repository."""

    archive: Path
    repository: Repository
    actor: Actor


def publish_lists(*, publisher: Publisher, now: datetime) -> tuple[ListRecord, ...]:
    """Publish the newest list of each kind that isn't in both halves yet; return what was published.

    What is done is on record at once, so a run that ends in between is taken up where it stopped.

    Raises: PortError naming the half that failed; the old list is then still in force there.
    """
    published = unpublished_lists()
    for record in published:
        signed = _archived(publisher.archive, record)
        _publish(record, Place.WEB, signed, done=record.web_at is not None, publisher=publisher, now=now)
        _publish(
            record,
            Place.DIRECTORY,
            signed,
            done=record.directory_at is not None,
            publisher=publisher,
            now=now,
        )
        if record.kind is not ListKind.FULL_CRL:
            record_published_revocations(
                kind=record.kind, number=record.number, actor=publisher.actor, now=now
            )
    return published


def _publish(
    record: ListRecord, place: Place, signed: bytes, *, done: bool, publisher: Publisher, now: datetime
) -> None:
    read_back_at = record.web_read_back_at if place is Place.WEB else record.directory_read_back_at
    if not done:
        publisher.repository.publish(kind=record.kind, place=place, signed=signed)
        record_publication(
            kind=record.kind, number=record.number, place=place, actor=publisher.actor, now=now
        )
    if read_back_at is None:
        if publisher.repository.read_back(kind=record.kind, place=place) != signed:
            raise ReadBackDiffers(
                f"{place} repository",
                f"gives another {record.kind} than number {record.number}",
                "see who else writes there; publish again",
            )
        record_read_back(kind=record.kind, number=record.number, place=place, actor=publisher.actor, now=now)


def _archived(archive: Path, record: ListRecord) -> bytes:
    place = archive / f"{record.sha256}.crl"
    try:
        signed = place.read_bytes()
    except OSError as error:
        raise PortError("list archive", str(error), "restore the archive from its copy") from error
    if hashlib.sha256(signed).hexdigest() != record.sha256:
        raise PortError("list archive", f"{place.name} is damaged", "restore the archive from its copy")
    return signed
