"""What the intake desk reads: batches, envelopes, enclosed papers, pages as kept (8.4, 8.5, 9.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay, ScanSource
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, BatchId, DocumentId, EnclosureId, EnvelopeId
from inro.store.models import Document, Enclosure, Envelope, ScanBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One batch; `filed` counts its pages that are kept."""

    batch_id: BatchId
    number: str
    source: ScanSource
    taken_at: datetime
    taken_by: str
    ended_at: datetime | None
    pages: int | None
    lost: int | None
    filed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosureLine:
    """One paper of an envelope; `stored` counts its pages that are kept."""

    enclosure_id: EnclosureId
    application_id: ApplicationId
    application: str
    envelope_id: EnvelopeId
    arrived_on: date
    kind: PaperKind
    pages: int
    original: bool
    issuer: str
    issued_on: date | None
    shelf: str
    too_old: bool
    stored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeRecord:
    """One envelope with its papers in the order they were registered."""

    envelope_id: EnvelopeId
    number: str
    arrived_on: date
    way: ArrivalWay
    note: str
    registered_at: datetime
    registered_by: str
    enclosures: tuple[EnclosureLine, ...]

    @property
    def applications(self) -> tuple[str, ...]:
        """The numbers of the cases whose papers are in it."""
        return tuple(dict.fromkeys(line.application for line in self.enclosures))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """One kept page; its wrapped key is None once it is erased, and then nobody can read it (28)."""

    document_id: DocumentId
    reference: str
    application: str
    enclosure_id: EnclosureId
    kind: PaperKind
    page: int
    pages: int
    stored_at: datetime
    stored_by: str
    blacked_out: int | None
    confirmed_by: str | None
    address: str
    size: int
    content_sha256: str
    key_label: str
    wrapped_key: bytes | None


def batch_lines(*, since: datetime) -> tuple[BatchLine, ...]:
    """Return the batches taken since an instant and all that have not ended, newest first."""
    rows = ScanBatch.objects.filter(taken_at__gte=since) | ScanBatch.objects.filter(ended_at=None)
    return tuple(_batch(row) for row in rows.distinct().order_by("-id"))


def open_batches() -> tuple[BatchLine, ...]:
    """Return the batches that have not ended, oldest first."""
    return tuple(_batch(row) for row in ScanBatch.objects.filter(ended_at=None).order_by("id"))


def batch_by_number(number: str) -> BatchLine:
    """Return one batch.

    Raises: Unknown.
    """
    row = ScanBatch.objects.filter(number=number).first()
    if row is None:
        raise Unknown(what="batch", detail=number)
    return _batch(row)


def envelopes_since(day: date) -> tuple[EnvelopeRecord, ...]:
    """Return the envelopes that arrived on a day or later, newest first."""
    rows = Envelope.objects.filter(arrived_on__gte=day).order_by("-arrived_on", "-id")
    return tuple(_envelope(row) for row in rows.prefetch_related("enclosures__application"))


def envelope_by_number(number: str) -> EnvelopeRecord:
    """Return one envelope.

    Raises: Unknown.
    """
    row = Envelope.objects.filter(number=number).first()
    if row is None:
        raise Unknown(what="envelope", detail=number)
    return _envelope(row)


def envelope_record(envelope: EnvelopeId) -> EnvelopeRecord:
    """Return one envelope by its row.

    Raises: Unknown.
    """
    row = Envelope.objects.filter(pk=envelope).first()
    if row is None:
        raise Unknown(what="envelope", detail=str(envelope))
    return _envelope(row)


def enclosures_of(application: ApplicationId) -> tuple[EnclosureLine, ...]:
    """Return all papers that came for a case, oldest first."""
    rows = (
        Enclosure.objects.filter(application_id=application)
        .select_related("application", "envelope")
        .order_by("id")
    )
    return tuple(_enclosure(row) for row in rows)


def open_enclosure(application: ApplicationId, kind: PaperKind) -> EnclosureLine | None:
    """Return the last registered paper of a kind that lacks pages, or None."""
    lines = [line for line in enclosures_of(application) if line.kind is kind]
    return next((line for line in reversed(lines) if line.stored < line.pages), None)


def stored_pages(enclosure: EnclosureId) -> frozenset[int]:
    """Return which pages of a paper are kept."""
    return frozenset(Document.objects.filter(enclosure_id=enclosure).values_list("page", flat=True))


def documents_of(application: ApplicationId) -> tuple[DocumentRecord, ...]:
    """Return the pages kept of a case, by paper and page."""
    rows = Document.objects.filter(application_id=application).order_by("enclosure_id", "page")
    return tuple(_documents(rows.select_related("application", "redaction")))


def document_by_reference(reference: str) -> DocumentRecord:
    """Return one kept page.

    Raises: Unknown.
    """
    rows = Document.objects.filter(reference=reference).select_related("application", "redaction")
    found = next(iter(_documents(rows)), None)
    if found is None:
        raise Unknown(what="document", detail=reference)
    return found


def _batch(row: ScanBatch) -> BatchLine:
    return BatchLine(
        batch_id=BatchId(row.pk),
        number=row.number,
        source=ScanSource(row.source),
        taken_at=row.taken_at,
        taken_by=row.taken_by,
        ended_at=row.ended_at,
        pages=row.pages,
        lost=row.lost,
        filed=row.documents.count(),
    )


def _envelope(row: Envelope) -> EnvelopeRecord:
    return EnvelopeRecord(
        envelope_id=EnvelopeId(row.pk),
        number=row.number,
        arrived_on=row.arrived_on,
        way=ArrivalWay(row.way),
        note=row.note,
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        enclosures=tuple(
            _enclosure(line)
            for line in row.enclosures.select_related("application", "envelope").order_by("id")
        ),
    )


def _enclosure(row: Enclosure) -> EnclosureLine:
    return EnclosureLine(
        enclosure_id=EnclosureId(row.pk),
        application_id=ApplicationId(row.application_id),
        application=row.application.number,
        envelope_id=EnvelopeId(row.envelope_id),
        arrived_on=row.envelope.arrived_on,
        kind=PaperKind(row.kind),
        pages=row.pages,
        original=row.original,
        issuer=row.issuer,
        issued_on=row.issued_on,
        shelf=row.shelf,
        too_old=row.too_old,
        stored=row.documents.count(),
    )


def _documents(rows: Iterable[Document]) -> Iterable[DocumentRecord]:
    for row in rows:
        word = row.redaction
        yield DocumentRecord(
            document_id=DocumentId(row.pk),
            reference=row.reference,
            application=row.application.number,
            enclosure_id=EnclosureId(row.enclosure_id),
            kind=PaperKind(row.kind),
            page=row.page,
            pages=row.pages,
            stored_at=row.stored_at,
            stored_by=row.stored_by,
            blacked_out=word.count if word else None,
            confirmed_by=word.person if word else None,
            address=row.address,
            size=row.size,
            content_sha256=row.content_sha256,
            key_label=row.key_label,
            wrapped_key=None if row.wrapped_key is None else bytes(row.wrapped_key),
        )
