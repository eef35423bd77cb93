"""What tests of the intake desk start from: envelopes, papers, stored pages."""

import hashlib
import itertools
from datetime import date, datetime
from typing import Any

from inro.ports.document_store import StoredDocument, WrappedKey
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay, EnclosedPaper
from inro.store.ids import ApplicationId, BatchId, EnclosureId, EnvelopeId
from inro.usecases.actor import Actor, process
from inro.usecases.document import PlacedPage
from inro.usecases.intake import receive_envelope, register_enclosure, take_batch
from tests import given

CLERK = Actor(name="p-clerk", duties=frozenset({Duty.INTAKE}))
OFFICE = process("office")
TODAY = jst_date(given.NOW)
_count = itertools.count(1)


def batch(*, now: datetime = given.NOW) -> BatchId:
    """Return a batch just scanned."""
    return take_batch(actor=CLERK, now=now)


def envelope(
    *, arrived_on: date = TODAY, way: ArrivalWay = ArrivalWay.POST, note: str = "", now: datetime = given.NOW
) -> EnvelopeId:
    """Return an envelope just received."""
    return receive_envelope(arrived_on=arrived_on, way=way, note=note, actor=CLERK, now=now)


def form_paper(**changes: Any) -> EnclosedPaper:
    """Return the sealed form as it lies in the envelope."""
    return EnclosedPaper(**{"kind": PaperKind.APPLICATION_FORM, "pages": 2, "shelf": "A-1"} | changes)


def record_paper(**changes: Any) -> EnclosedPaper:
    """Return a resident record issued a week ago."""
    facts = {
        "kind": PaperKind.RESIDENT_RECORD,
        "pages": 1,
        "issuer": "架空区長",
        "issued_on": date(2026, 11, 24),
        "shelf": "A-1",
    }
    return EnclosedPaper(**facts | changes)


def enclosed(
    into: EnvelopeId, application: ApplicationId, paper: EnclosedPaper, *, now: datetime = given.NOW
) -> EnclosureId:
    """Register a paper of an envelope."""
    return register_enclosure(
        envelope=into, application=application, paper=paper, terms=given.TERMS, actor=CLERK, now=now
    )


def placed(enclosure: EnclosureId, *, of: BatchId, page: int = 1, pages: int = 1) -> PlacedPage:
    """Return a page that lies in a store."""
    number = next(_count)
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return PlacedPage(
        enclosure=enclosure,
        batch=of,
        page=page,
        pages=pages,
        reference=f"{number:032x}",
        stored=StoredDocument(
            address=digest,
            size=1000,
            content_sha256=digest[::-1],
            key=WrappedKey(label="document-key-1", octets=b"wrapped"),
        ),
    )
