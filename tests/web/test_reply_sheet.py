"""The reply sheet that comes back joins mended papers to their case at the intake desk (8.4, 9.2)."""

from datetime import timedelta

from inro.practice.application import ApplicationState
from inro.practice.enclosures import PaperKind
from inro.store.reads.application import application_record
from inro.store.reads.intake import documents_of
from inro.store.reads.letters import letter_record
from tests import given
from tests.paper.scanner import rasterised
from tests.usecases import given_letters as made
from tests.web import scans


def test_a_scanned_reply_sheet_takes_its_case_back_into_examination(desk):
    case = given.examining()
    letter = made.posted(case, now=given.NOW - timedelta(days=3))
    sheet = rasterised(letter_record(letter).pdf)[1]
    batch = desk.take(scans.pile([sheet]))
    assert [(page.number, page.kind) for page in batch.pages] == [
        (application_record(case).number, PaperKind.REPLY_SHEET)
    ]
    assert desk.file_forms(batch).status_code == 302
    assert application_record(case).state is ApplicationState.EXAMINING
    assert [document.kind for document in documents_of(case)] == [PaperKind.REPLY_SHEET]
