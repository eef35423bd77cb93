"""Pages of a case as they are kept: stored, opened, swept; a page with a number only as redacted (8.5, 28).

The sealed bytes are put before the row is written, outside its transaction: what a crash leaves between the
two is noise that `erase_unowned` removes.
"""

from dataclasses import dataclass
from datetime import datetime

from inro.ports.document_store import SealedBytes, StoredDocument, WrappedKey
from inro.practice.acts import Act
from inro.practice.enclosures import NUMBER_PAPERS, PaperKind
from inro.practice.events import EventKind
from inro.practice.intake import PageRedaction, ReadingPurpose, RedactionMissing
from inro.practice.reading import ReadThing, check_purpose
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, BatchId, DocumentId, EnclosureId
from inro.store.models import Document, Enclosure, Redaction
from inro.store.reads.intake import DocumentRecord
from inro.store.states import DocumentState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.reading import note_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPage:
    """A page whose sealed bytes are in the store: whose it is, which of its paper, and where it lies.

    `reference` is 32 hexadecimal digits, drawn for this page alone.
    """

    enclosure: EnclosureId
    batch: BatchId
    page: int
    pages: int
    reference: str
    stored: StoredDocument


def document_subject(reference: str) -> str:
    """Return the subject to which a document's sealed bytes are bound."""
    return f"document/{reference}"


def stored_document(record: DocumentRecord) -> StoredDocument:
    """Return what the store needs to give a page.

    Raises: Unknown where the page is erased.
    """
    if record.wrapped_key is None:
        raise Unknown(what="document", detail=f"{record.reference} is erased")
    return StoredDocument(
        address=record.address,
        size=record.size,
        content_sha256=record.content_sha256,
        key=WrappedKey(label=record.key_label, octets=record.wrapped_key),
    )


def register_document(*, placed: PlacedPage, actor: Actor, now: datetime) -> DocumentId:
    """Record a stored page that cannot show an Individual Number (8.4).

    Raises: DutyMissing, RedactionMissing, Unknown, Conflict for a page that is there already.
    """
    actor.check(Act.REGISTER_DOCUMENT)
    with act(actor=actor, now=now) as doing:
        enclosure = _found(placed.enclosure)
        kind = PaperKind(enclosure.kind)
        if kind in NUMBER_PAPERS:
            raise RedactionMissing(kind=kind)
        row = _insert(placed, enclosure, None, doing, actor, now)
    return DocumentId(row.pk)


def black_out_number(
    *, placed: PlacedPage, redaction: PageRedaction, actor: Actor, now: datetime
) -> DocumentId:
    """Record a stored page together with a person's word on the numbers that stood on it (8.5).

    Where the boxes are is recorded, what they hid is not.

    Raises: DutyMissing, RedactionRefused, Unknown, Conflict for a page that is there already.
    """
    actor.check(Act.BLACK_OUT_NUMBER)
    redaction.check()
    with act(actor=actor, now=now) as doing:
        enclosure = _found(placed.enclosure)
        word = Redaction.objects.create(
            verdict=redaction.verdict,
            count=len(redaction.boxes),
            boxes=[list(box) for box in redaction.boxes],
            person=actor.name,
            at=now,
        )
        row = _insert(placed, enclosure, word, doing, actor, now)
        doing.record(
            EventKind.NUMBER_BLACKED_OUT,
            subject=subject(enclosure.application.number),
            document=row.reference,
            verdict=redaction.verdict.value,
            boxes=len(redaction.boxes),
        )
    return DocumentId(row.pk)


def view_documents(
    *, application: ApplicationId, purpose: ReadingPurpose, actor: Actor, now: datetime
) -> None:
    """Record that a person opens a case's documents, and why, before the first of them is shown (40(7)).

    Raises: DutyMissing, PurposeNotYours, Unknown.
    """
    actor.check(Act.VIEW_DOCUMENTS)
    check_purpose(duties=actor.duties, purpose=purpose)
    with act(actor=actor, now=now) as doing:
        row = find(application)
        note_reading(ApplicationId(row.pk), ReadThing.DOCUMENTS, purpose, actor, now)
        documents = Document.objects.filter(application=row, state=DocumentState.STORED).count()
        doing.record(
            EventKind.DATA_READ, subject=subject(row.number), purpose=purpose.value, documents=documents
        )


def unowned(place: SealedBytes) -> frozenset[str]:
    """Return the addresses whose bytes no row can open: put before a crash, or erased with their case (28).

    Raises: DocumentStoreUnavailable.
    """
    there = frozenset(place.addresses())
    owned = Document.objects.filter(state=DocumentState.STORED).values_list("address", flat=True)
    return there.difference(owned)


def erase_unowned(place: SealedBytes, *, addresses: frozenset[str]) -> int:
    """Remove the bytes at these addresses if still nobody owns them, and return how many that were.

    A page may lie there whose row is about to be written: `addresses` are of an earlier look.

    Raises: DocumentStoreUnavailable.
    """
    left = addresses & unowned(place)
    for address in sorted(left):
        place.erase(address)
    return len(left)


def _found(enclosure: EnclosureId) -> Enclosure:
    row = Enclosure.objects.select_related("application").filter(pk=enclosure).first()
    if row is None:
        raise Unknown(what="enclosure", detail=str(enclosure))
    return row


def _insert(
    placed: PlacedPage,
    enclosure: Enclosure,
    redaction: Redaction | None,
    doing: Doing,
    actor: Actor,
    now: datetime,
) -> Document:
    stored = placed.stored
    row = Document.objects.create(
        reference=placed.reference,
        application=enclosure.application,
        enclosure=enclosure,
        batch_id=placed.batch,
        redaction=redaction,
        kind=enclosure.kind,
        page=placed.page,
        pages=placed.pages,
        state=DocumentState.STORED,
        address=stored.address,
        size=stored.size,
        content_sha256=stored.content_sha256,
        key_label=stored.key.label,
        wrapped_key=stored.key.octets,
        stored_at=now,
        stored_by=actor.name,
    )
    doing.record(
        EventKind.DOCUMENT_REGISTERED,
        subject=subject(enclosure.application.number),
        document=row.reference,
        paper=row.kind,
        page=row.page,
        content_sha256=row.content_sha256,
    )
    return row
