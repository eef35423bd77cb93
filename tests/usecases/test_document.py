"""Pages as kept: none with a number without a person's word, each erased with its case (8.5, 28, 40(7))."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from inro.adapters.disk_documents import DiskDocuments
from inro.practice.enclosures import PaperKind
from inro.practice.events import EventKind
from inro.practice.intake import (
    PageRedaction,
    ReadingPurpose,
    RedactionMissing,
    RedactionRefused,
    RedactionVerdict,
)
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.models import Document, Enclosure, Redaction
from inro.store.reads.application import case_timeline
from inro.store.reads.intake import document_by_reference, documents_of, open_enclosure, stored_pages
from inro.usecases.actor import DutyMissing
from inro.usecases.document import (
    black_out_number,
    erase_unowned,
    register_document,
    stored_document,
    unowned,
    view_documents,
)
from inro.usecases.retention import dispose_application
from tests import given
from tests.usecases import given_intake as desk

NONE_THERE = PageRedaction(verdict=RedactionVerdict.NONE_THERE)
BLACKED_OUT = PageRedaction(verdict=RedactionVerdict.BLACKED_OUT, boxes=((10, 20, 300, 60), (5, 5, 9, 9)))
MUCH_LATER = datetime(2042, 1, 1, tzinfo=UTC)


@pytest.fixture
def form(db):
    """A case's sealed form of two pages, in its envelope."""
    application = given.drafted()
    return application, desk.enclosed(desk.envelope(), application, desk.form_paper())


@pytest.fixture
def record(db):
    """A case's resident record, in its envelope."""
    application = given.drafted()
    return application, desk.enclosed(desk.envelope(), application, desk.record_paper())


def store(enclosure, **changes):
    placed = desk.placed(enclosure, of=desk.batch(), **changes)
    return register_document(placed=placed, actor=desk.CLERK, now=given.NOW)


def confirm(enclosure, redaction, *, actor=desk.CLERK):
    placed = desk.placed(enclosure, of=desk.batch())
    return black_out_number(placed=placed, redaction=redaction, actor=actor, now=given.NOW)


def nothing_kept(seq: int) -> None:
    assert (Document.objects.count(), Redaction.objects.count()) == (0, 0)
    assert chain_end().seq == seq


def test_a_form_is_kept_page_by_page(form):
    application, enclosure = form
    assert open_enclosure(application, PaperKind.APPLICATION_FORM).enclosure_id == enclosure
    store(enclosure, page=1, pages=2)
    assert open_enclosure(application, PaperKind.APPLICATION_FORM).stored == 1
    store(enclosure, page=2, pages=2)
    assert open_enclosure(application, PaperKind.APPLICATION_FORM) is None
    assert stored_pages(enclosure) == {1, 2}
    pages = documents_of(application)
    assert [(page.page, page.confirmed_by) for page in pages] == [(1, None), (2, None)]
    assert document_by_reference(pages[0].reference) == pages[0]
    assert stored_document(pages[0]).key.octets == b"wrapped"
    assert case_timeline(application)[-1].kind is EventKind.DOCUMENT_REGISTERED


def test_a_page_that_may_show_a_number_is_never_kept_without_a_persons_word(record):
    _, enclosure = record
    seq = chain_end().seq + 1  # the batch
    with pytest.raises(RedactionMissing):
        store(enclosure)
    nothing_kept(seq)


@pytest.mark.parametrize("redaction", [NONE_THERE, BLACKED_OUT])
def test_it_is_kept_with_who_when_and_where(record, redaction):
    application, enclosure = record
    confirm(enclosure, redaction)
    word = Redaction.objects.get()
    assert (word.person, word.at, word.count) == (desk.CLERK.name, given.NOW, len(redaction.boxes))
    assert word.boxes == [list(box) for box in redaction.boxes]
    (page,) = documents_of(application)
    assert (page.blacked_out, page.confirmed_by) == (len(redaction.boxes), desk.CLERK.name)
    entry = case_timeline(application)[-1]
    assert entry.kind is EventKind.NUMBER_BLACKED_OUT
    assert entry.details["boxes"] == len(redaction.boxes)


@pytest.mark.parametrize(
    "redaction", [replace(NONE_THERE, boxes=((1, 1, 2, 2),)), replace(BLACKED_OUT, boxes=())]
)
def test_a_word_that_contradicts_itself_is_refused(record, redaction):
    seq = chain_end().seq + 1
    with pytest.raises(RedactionRefused):
        confirm(record[1], redaction)
    nothing_kept(seq)


@pytest.mark.parametrize("actor", [given.person("p-accept"), desk.OFFICE])
def test_neither_another_duty_nor_a_process_confirms_a_page(record, actor):
    seq = chain_end().seq + 1
    with pytest.raises(DutyMissing):
        confirm(record[1], NONE_THERE, actor=actor)
    nothing_kept(seq)


def test_a_page_is_kept_once(record):
    confirm(record[1], NONE_THERE)
    seq = chain_end().seq + 1
    with pytest.raises(Conflict):
        confirm(record[1], BLACKED_OUT)
    assert (Document.objects.count(), Redaction.objects.count()) == (1, 1)
    assert chain_end().seq == seq


def test_a_page_of_no_paper_is_refused(db):
    with pytest.raises(Unknown):
        store(7)
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"redaction": None},
        {"state": "erased"},
        {"wrapped_key": None},
        {"page": 2},
        {"content_sha256": "short"},
        {"kind": "passport"},
    ],
)
def test_the_database_takes_no_other_page(record, changes):
    confirm(record[1], NONE_THERE)
    row = Document.objects.values().get() | {"id": None, "reference": "f" * 32, "address": "e" * 64}
    word = Redaction.objects.create(verdict="none_there", count=0, boxes=[], person="p-1", at=given.NOW)
    row |= {"redaction_id": word.pk, "enclosure_id": row["enclosure_id"]}
    named = {f"{name}_id" if name == "redaction" else name: value for name, value in changes.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(**row | named)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_redaction SET person = 'p-2'",
        "DELETE FROM store_redaction",
        "UPDATE store_document SET redaction_id = NULL",
        "UPDATE store_document SET address = 'x'",
        "DELETE FROM store_document",
    ],
)
def test_neither_word_nor_page_can_be_altered(record, statement):
    confirm(record[1], NONE_THERE)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (Document.objects.count(), Redaction.objects.count()) == (1, 1)


def test_opening_documents_says_who_and_why(record):
    application, enclosure = record
    confirm(enclosure, NONE_THERE)
    view_documents(
        application=application, purpose=ReadingPurpose.EXAMINATION, actor=given.EXAMINER, now=given.NOW
    )
    entry = case_timeline(application)[-1]
    assert (entry.kind, entry.actor) == (EventKind.DATA_READ, given.EXAMINER.name)
    assert entry.details == {"purpose": "examination", "documents": 1}
    with pytest.raises(DutyMissing):
        view_documents(
            application=application, purpose=ReadingPurpose.EXAMINATION, actor=given.MAIL, now=given.NOW
        )
    assert case_timeline(application)[-1] == entry


def test_disposal_takes_the_keys_and_leaves_what_proves_that_pages_were_there(record):
    application, enclosure = record
    confirm(enclosure, BLACKED_OUT)
    given.withdraw(application)
    dispose_application(
        application=application, terms=given.TERMS, actor=given.person("p-accept"), now=MUCH_LATER
    )
    (page,) = documents_of(application)
    assert page.wrapped_key is None
    with pytest.raises(Unknown):
        stored_document(page)
    paper = Enclosure.objects.get()
    assert (paper.issuer, paper.issued_on, paper.shelf) == ("", None, "")
    assert case_timeline(application)[-1].details["pages"] == 1


def test_bytes_that_no_row_owns_are_swept_those_of_a_row_are_not(form, tmp_path):
    _, enclosure = form
    place = DiskDocuments(tmp_path)
    addresses = {content: hashlib.sha256(content).hexdigest() for content in (b"owned", b"left by a crash")}
    for content, address in addresses.items():
        place.put(address, content)
    kept = desk.placed(enclosure, of=desk.batch(), pages=2)
    kept = replace(kept, stored=replace(kept.stored, address=addresses[b"owned"]))
    register_document(placed=kept, actor=desk.CLERK, now=given.NOW)
    assert unowned(place) == {addresses[b"left by a crash"]}
    assert erase_unowned(place, addresses=frozenset(addresses.values())) == 1
    assert list(place.addresses()) == [addresses[b"owned"]]
