"""The intake desk: envelopes, papers, batches by the rules, nothing half done (8.4, 8.5, 9.2, 21.2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from inro.practice.application import ApplicationState
from inro.practice.calendar import JST
from inro.practice.enclosures import PaperKind
from inro.practice.events import EventKind
from inro.practice.intake import (
    ArrivalWay,
    ArrivedPaper,
    DiscardReason,
    EnclosureRefused,
    FaxBringsNoOriginal,
    NumberInText,
    PaperFault,
    paper_points,
)
from inro.store.audit import chain_end
from inro.store.errors import Conflict, Unknown
from inro.store.ids import BatchId, EnvelopeId
from inro.store.models import Application, AuditRow, Enclosure, Envelope, ScanBatch
from inro.store.numbers import is_number
from inro.store.reads.application import application_record, case_timeline
from inro.store.reads.intake import (
    batch_by_number,
    enclosures_of,
    envelope_by_number,
    envelope_record,
    envelopes_since,
    open_batches,
)
from inro.usecases.actor import DutyMissing
from inro.usecases.application import find_deficient, record_resubmission
from inro.usecases.intake import (
    discard_page,
    end_batch,
    receive_envelope,
    register_enclosure,
    take_batch,
    take_scanned_batch,
)
from tests import given
from tests.forms import FORM, SOLE
from tests.usecases import given_intake as desk

NUMBER = "1234 5678 9018"
EXAMINER_ONLY = given.person("p-accept")


@pytest.fixture
def untouched(db):
    """What was on record before is all there is after."""
    before = chain_end().seq

    def check() -> None:
        assert chain_end().seq == before
        assert (Envelope.objects.count(), Enclosure.objects.count(), ScanBatch.objects.count()) == (0, 0, 0)

    return check


def test_an_envelope_has_a_number_of_its_own_with_a_check_character(db):
    first, second = (envelope_record(desk.envelope()) for _ in range(2))
    assert first.number != second.number
    assert all(is_number(one.number) and one.number.startswith("E26-") for one in (first, second))
    assert envelope_by_number(first.number) == first
    assert [one.number for one in envelopes_since(desk.TODAY)] == [second.number, first.number]


def test_the_sealed_form_makes_the_case_a_received_one_at_its_arrival(db):
    application = given.drafted()
    yesterday = desk.TODAY - timedelta(days=1)
    desk.enclosed(desk.envelope(arrived_on=yesterday), application, desk.form_paper())
    record = application_record(application)
    assert record.state is ApplicationState.RECEIVED
    assert record.received_at.astimezone(JST).isoformat() == "2026-11-30T23:59:59+09:00"
    kinds = [entry.kind for entry in case_timeline(application)]
    assert kinds[-2:] == [EventKind.ENCLOSURE_REGISTERED, EventKind.APPLICATION_RECEIVED]


def test_what_came_today_counts_as_come_now(db):
    application = given.drafted()
    desk.enclosed(desk.envelope(), application, desk.form_paper())
    assert application_record(application).received_at == given.NOW


@pytest.mark.parametrize("paper", [desk.record_paper(), desk.form_paper(original=False)])
def test_no_other_paper_and_no_copy_makes_a_case_a_received_one(db, paper):
    application = given.drafted()
    desk.enclosed(desk.envelope(), application, paper)
    assert application_record(application).state is ApplicationState.DRAFTED


def test_a_second_form_of_a_case_under_examination_moves_nothing(db):
    application = given.examining()
    desk.enclosed(desk.envelope(), application, desk.form_paper())
    assert application_record(application).state is ApplicationState.EXAMINING


def test_one_envelope_holds_papers_of_several_cases(db):
    cases = [given.drafted(), given.drafted()]
    into = desk.envelope()
    for case in cases:
        desk.enclosed(into, case, desk.form_paper())
    numbers = tuple(application_record(case).number for case in cases)
    assert envelope_record(into).applications == numbers


@pytest.mark.parametrize(
    ("issued_on", "too_old"),
    [(date(2026, 9, 1), False), (date(2026, 8, 31), True), (desk.TODAY, False)],
)
def test_a_paper_older_than_three_months_on_arrival_is_taken_and_marked(db, issued_on, too_old):
    application = given.drafted()
    desk.enclosed(desk.envelope(), application, desk.record_paper(issued_on=issued_on))
    (line,) = enclosures_of(application)
    assert line.too_old is too_old
    assert case_timeline(application)[-1].details["too_old"] is too_old


@pytest.mark.parametrize(
    ("paper", "field", "problem"),
    [
        (desk.record_paper(issuer=""), "issuer", "missing"),
        (desk.record_paper(issued_on=None), "issued_on", "missing"),
        (desk.record_paper(issued_on=date(2026, 12, 2)), "issued_on", "later"),
        (desk.record_paper(shelf=""), "shelf", "missing"),
        (desk.form_paper(shelf=""), "shelf", "missing"),
        (desk.form_paper(pages=0), "pages", "none"),
    ],
)
def test_a_paper_that_is_not_whole_is_refused(db, paper, field, problem):
    application, into = given.drafted(), desk.envelope()
    before = chain_end().seq
    with pytest.raises(EnclosureRefused) as refused:
        desk.enclosed(into, application, paper)
    assert refused.value.data == {"field": field, "problem": problem}
    assert Enclosure.objects.count() == 0
    assert chain_end().seq == before
    assert application_record(application).state is ApplicationState.DRAFTED


def test_a_fax_brings_no_original_and_receives_no_application(db):
    application, into = given.drafted(), desk.envelope(way=ArrivalWay.FAX)
    with pytest.raises(FaxBringsNoOriginal):
        desk.enclosed(into, application, desk.form_paper())
    assert Enclosure.objects.count() == 0
    desk.enclosed(into, application, desk.form_paper(original=False, shelf=""))
    assert application_record(application).state is ApplicationState.DRAFTED


def test_an_envelope_of_tomorrow_is_refused(untouched):
    with pytest.raises(EnclosureRefused):
        desk.envelope(arrived_on=desk.TODAY + timedelta(days=1))
    untouched()


@pytest.mark.parametrize("text", [NUMBER, "番号は１２３４－５６７８－９０１８", "住民票コード 12345678901"])
def test_a_note_with_an_individual_number_is_refused(untouched, text):
    with pytest.raises(NumberInText) as refused:
        desk.envelope(note=text)
    assert refused.value.data == {"field": "note"}
    assert NUMBER not in str(refused.value)
    untouched()


@pytest.mark.parametrize("field", ["issuer", "shelf"])
def test_no_text_of_a_paper_holds_a_number(db, field):
    application, into = given.drafted(), desk.envelope()
    with pytest.raises(NumberInText) as refused:
        desk.enclosed(into, application, desk.record_paper(**{field: NUMBER}))
    assert refused.value.data == {"field": field}
    assert Enclosure.objects.count() == 0


def test_who_is_not_at_the_intake_desk_does_none_of_it(untouched):
    with pytest.raises(DutyMissing):
        receive_envelope(
            arrived_on=desk.TODAY, way=ArrivalWay.POST, note="", actor=EXAMINER_ONLY, now=given.NOW
        )
    with pytest.raises(DutyMissing):
        take_batch(actor=EXAMINER_ONLY, now=given.NOW)
    untouched()


def test_who_is_not_at_the_intake_desk_registers_no_paper(db):
    application, into = given.drafted(), desk.envelope()
    with pytest.raises(DutyMissing):
        register_enclosure(
            envelope=into,
            application=application,
            paper=desk.form_paper(),
            terms=given.TERMS,
            actor=EXAMINER_ONLY,
            now=given.NOW,
        )
    assert Enclosure.objects.count() == 0
    assert application_record(application).state is ApplicationState.DRAFTED


def test_a_paper_belongs_to_an_envelope_and_a_case_that_are_there(db):
    application = given.drafted()
    with pytest.raises(Unknown):
        desk.enclosed(EnvelopeId(9), application, desk.form_paper())
    with pytest.raises(Unknown):
        desk.enclosed(desk.envelope(), type(application)(9), desk.form_paper())
    assert Enclosure.objects.count() == 0


def test_papers_of_a_deficient_case_bring_it_back_into_examination(db):
    application = given.examining()
    find_deficient(
        application=application, points=1, points_sha256="0" * 64, actor=given.EXAMINER, now=given.NOW
    )
    desk.enclosed(desk.envelope(), application, desk.record_paper())
    record = application_record(application)
    assert record.state is ApplicationState.DEFICIENT
    record_resubmission(application=application, form=record.form, actor=desk.CLERK, now=given.NOW)
    assert application_record(application).state is ApplicationState.EXAMINING


def test_a_batch_ends_once_and_says_what_must_be_scanned_again(db):
    batch = desk.batch()
    (line,) = open_batches()
    assert line.batch_id == batch
    end_batch(batch=batch, pages=5, lost=2, actor=desk.OFFICE, now=given.NOW)
    assert open_batches() == ()
    ended = batch_by_number(line.number)
    assert (ended.pages, ended.lost) == (5, 2)
    with pytest.raises(Conflict):
        end_batch(batch=batch, pages=5, lost=5, actor=desk.OFFICE, now=given.NOW)
    assert batch_by_number(line.number) == ended
    with pytest.raises(DutyMissing):
        end_batch(batch=desk.batch(), pages=0, lost=0, actor=desk.CLERK, now=given.NOW)


def test_the_scanner_needs_no_duty_a_page_thrown_away_does(db):
    batch = take_scanned_batch(actor=desk.OFFICE, now=given.NOW)
    discard_page(batch=batch, page=3, reason=DiscardReason.BLANK, actor=desk.CLERK, now=given.NOW)
    row = AuditRow.objects.order_by("-seq").first()
    assert (row.kind, row.actor) == (EventKind.PAGE_DISCARDED, desk.CLERK.name)
    before = chain_end().seq
    with pytest.raises(DutyMissing):
        discard_page(batch=batch, page=3, reason=DiscardReason.BLANK, actor=EXAMINER_ONLY, now=given.NOW)
    with pytest.raises(Unknown):
        discard_page(batch=BatchId(99), page=3, reason=DiscardReason.BLANK, actor=desk.CLERK, now=given.NOW)
    assert chain_end().seq == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_envelope SET arrived_on = '2026-01-01'",
        "DELETE FROM store_envelope",
        "UPDATE store_enclosure SET too_old = (1 = 0)",
        "UPDATE store_enclosure SET shelf = ''",
        "DELETE FROM store_enclosure",
        "UPDATE store_scanbatch SET taken_by = 'p-2'",
    ],
)
def test_what_was_written_stays_as_written(db, statement):
    desk.batch()
    desk.enclosed(desk.envelope(), given.drafted(), desk.form_paper())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Enclosure.objects.get().shelf == "A-1"
    assert Application.objects.get().state == ApplicationState.RECEIVED


def arrived(kind: PaperKind, **changes) -> ArrivedPaper:
    paper = ArrivedPaper(
        kind=kind, original=True, too_old=False, issued_on=date(2026, 11, 1), arrived_on=desk.TODAY
    )
    return replace(paper, **changes)


def test_what_is_missing_too_old_or_no_original_is_a_point_until_a_good_one_comes():
    came = [
        arrived(PaperKind.APPLICATION_FORM),
        arrived(PaperKind.RESIDENT_RECORD, too_old=True, issued_on=date(2026, 8, 1)),
        arrived(PaperKind.SEAL_CERTIFICATE, original=False),
    ]
    points = paper_points(form=SOLE, arrived=came, terms=given.TERMS)
    assert [(point.fault, point.kind) for point in points] == [
        (PaperFault.TOO_OLD, PaperKind.RESIDENT_RECORD),
        (PaperFault.NO_ORIGINAL, PaperKind.SEAL_CERTIFICATE),
    ]
    assert points[0].oldest == date(2026, 9, 1)
    mended = [*came, arrived(PaperKind.RESIDENT_RECORD), arrived(PaperKind.SEAL_CERTIFICATE)]
    assert paper_points(form=SOLE, arrived=mended, terms=given.TERMS) == ()
    missing = paper_points(form=FORM, arrived=[], terms=given.TERMS)
    assert {point.fault for point in missing} == {PaperFault.MISSING}
