"""From the quarantine into the store: a page's bytes are put first, its row is written after (8.5, 40(7))."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inro.paper.redaction import Box, burn_in
from inro.paper.scan.page import Page
from inro.ports.document_store import DocumentStore
from inro.practice.intake import PageRedaction, RedactionVerdict
from inro.store.ids import BatchId, EnclosureId
from inro.usecases.actor import Actor
from inro.usecases.document import PlacedPage, black_out_number, document_subject, register_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Which page of which paper a scanned page becomes."""

    batch: BatchId
    enclosure: EnclosureId
    page: int
    pages: int


def keep_page(
    *, page: Page, destination: Destination, store: DocumentStore, actor: Actor, now: datetime
) -> None:
    """Store a page that cannot show an Individual Number (8.4).

    Raises: PortError, StoreError, Refused; at most bytes that nobody can read are left then.
    """
    register_document(placed=_placed(page, (), destination, store), actor=actor, now=now)


def keep_redacted(
    *,
    page: Page,
    boxes: Sequence[Box],
    destination: Destination,
    store: DocumentStore,
    actor: Actor,
    now: datetime,
) -> None:
    """Store a page as a person confirmed it: with what is blacked out, or that no number is there (8.5).

    Raises: BoxRefused, PortError, StoreError, Refused.
    """
    redaction = PageRedaction(
        verdict=RedactionVerdict.BLACKED_OUT if boxes else RedactionVerdict.NONE_THERE,
        boxes=tuple((box.left, box.top, box.right, box.bottom) for box in boxes),
    )
    placed = _placed(page, boxes, destination, store)
    black_out_number(placed=placed, redaction=redaction, actor=actor, now=now)


def _placed(page: Page, boxes: Sequence[Box], to: Destination, store: DocumentStore) -> PlacedPage:
    reference = secrets.token_hex(16)
    stored = store.put(burn_in(page, boxes), subject=document_subject(reference))
    return PlacedPage(
        enclosure=to.enclosure,
        batch=to.batch,
        page=to.page,
        pages=to.pages,
        reference=reference,
        stored=stored,
    )
