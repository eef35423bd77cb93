"""Who works on a case, who reads it and why, lists that leave the house (40(1), 40(7))."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from inro.practice.case_work import OPEN_FOR, CaseOpenElsewhere, FilterRefused, TakeOverReason
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.export import Charset, ExportNotReady, ReleasedByTheSame
from inro.practice.intake import NumberInText, ReadingPurpose
from inro.practice.reading import PurposeNotYours, ReadThing
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId
from inro.store.models import AuditRow, Export, QueueRow, Reading
from inro.store.reads.application import timeline_entry
from inro.store.reads.queue import kept_filters, open_by
from inro.store.reads.reading import ReadingQuery, export_record, reading_page
from inro.usecases.actor import Actor, DutyMissing
from inro.usecases.case_work import (
    drop_filter,
    keep_filter,
    leave_case,
    open_case,
    return_case,
    take_case,
    take_over_case,
)
from inro.usecases.export import release_export, request_export, write_export
from inro.usecases.reading import list_letters, view_application
from tests import given

LATER = given.NOW + timedelta(minutes=4)
EXAMINER, ACCEPTOR = given.EXAMINER, given.ACCEPTOR
CLERK_OF_KEYS = Actor(name="p-keys", duties=frozenset({Duty.KEY_CUSTODY}))


def last_event():
    return timeline_entry(AuditRow.objects.order_by("-seq")[0])


def opened(application: ApplicationId, by: Actor = EXAMINER, *, now=given.NOW):
    return open_case(application=application, name=f"{by.name} さん", actor=by, now=now)


def read(application: ApplicationId, purpose=ReadingPurpose.EXAMINATION, *, by=EXAMINER, now=given.NOW):
    view_application(application=application, purpose=purpose, actor=by, now=now)


def test_a_case_is_taken_on_and_given_back(db):
    application = given.examining()
    take_case(seen={application: None}, name="審査　係", actor=EXAMINER, now=given.NOW)
    row = QueueRow.objects.get()
    assert (row.assignee, row.assignee_name, row.assigned_at) == ("p-exam", "審査　係", given.NOW)
    assert (last_event().kind, last_event().details) == (EventKind.CASE_TAKEN, {"instead_of": None})
    return_case(seen={application: "p-exam"}, actor=ACCEPTOR, now=LATER)
    assert QueueRow.objects.get().assignee is None
    assert (last_event().kind, last_event().actor) == (EventKind.CASE_RETURNED, "p-accept")


def test_of_two_who_take_a_case_on_the_second_learns_of_the_first_and_takes_nothing(db):
    one, other = given.examining(), given.examining()
    take_case(seen={one: None}, name="審査", actor=EXAMINER, now=given.NOW)
    rows = AuditRow.objects.count()
    with pytest.raises(Conflict):
        take_case(seen={other: None, one: None}, name="諾否", actor=ACCEPTOR, now=LATER)
    assert set(QueueRow.objects.values_list("assignee", flat=True)) == {"p-exam", None}
    assert AuditRow.objects.count() == rows
    take_case(seen={one: "p-exam"}, name="諾否", actor=ACCEPTOR, now=LATER)
    assert last_event().details == {"instead_of": "p-exam"}


def test_an_open_case_is_its_holders_for_a_while_and_longer_while_they_work(db):
    application = given.examining()
    rows = AuditRow.objects.count()
    assert opened(application) == given.NOW + OPEN_FOR
    with pytest.raises(CaseOpenElsewhere) as refusal:
        opened(application, ACCEPTOR, now=LATER)
    assert refusal.value.holder == "p-exam さん"
    assert opened(application, now=LATER) == LATER + OPEN_FOR
    found = open_by(application, now=LATER)
    assert found is not None
    assert (found.person, found.until) == ("p-exam", LATER + OPEN_FOR)
    assert open_by(application, now=LATER + OPEN_FOR) is None
    assert opened(application, ACCEPTOR, now=LATER + OPEN_FOR)
    assert AuditRow.objects.count() == rows


def test_leaving_closes_ones_own_case_only(db):
    application = given.examining()
    opened(application)
    leave_case(application=application, actor=ACCEPTOR, now=LATER)
    assert open_by(application, now=LATER) is not None
    leave_case(application=application, actor=EXAMINER, now=LATER)
    assert open_by(application, now=LATER) is None
    assert opened(application, ACCEPTOR, now=LATER)


def test_taking_over_is_recorded_with_its_reason_and_from_whom(db):
    application = given.examining()
    opened(application)
    take = {"application": application, "reason": TakeOverReason.ABSENT, "name": "諾否", "now": LATER}
    take_over_case(holder="p-exam", actor=ACCEPTOR, **take)
    assert last_event().kind is EventKind.CASE_TAKEN_OVER
    assert last_event().details == {"holder": "p-exam", "reason": "absent"}
    with pytest.raises(Conflict):
        take_over_case(holder="p-exam", actor=given.DESK, **take)
    with pytest.raises(CaseOpenElsewhere):
        opened(application, now=LATER)


def test_a_case_that_is_not_there_is_not_opened(db):
    with pytest.raises(Unknown):
        opened(ApplicationId(99))


def test_an_open_case_stops_no_act_of_another(db):
    house = given.office()
    application = given.examining()
    opened(application, ACCEPTOR)
    given.conclude(house, application)
    assert QueueRow.objects.get().stage == "examined"


def test_filters_are_kept_by_name_and_person(db):
    keep_filter(name="今週", query="?view=soon", actor=EXAMINER, now=given.NOW)
    keep_filter(name="今週", query="?view=over", actor=EXAMINER, now=given.NOW)
    keep_filter(name="今週", query="?view=all", actor=ACCEPTOR, now=given.NOW)
    [kept] = kept_filters("p-exam")
    assert kept.query == "?view=over"
    drop_filter(kept=kept.filter_id, actor=ACCEPTOR, now=given.NOW)
    assert kept_filters("p-exam") == (kept,)
    drop_filter(kept=kept.filter_id, actor=EXAMINER, now=given.NOW)
    assert kept_filters("p-exam") == ()
    with pytest.raises(NumberInText):
        keep_filter(name="番号 123456789018", query="?", actor=EXAMINER, now=given.NOW)
    for number in range(20):
        keep_filter(name=f"{number}", query="?", actor=EXAMINER, now=given.NOW)
    keep_filter(name="3", query="?view=all", actor=EXAMINER, now=given.NOW)
    with pytest.raises(FilterRefused):
        keep_filter(name="二十一", query="?", actor=EXAMINER, now=given.NOW)


def test_reading_is_recorded_once_for_person_case_purpose_and_day(db):
    application, rows = given.examining(), AuditRow.objects.count()
    read(application)
    read(application, now=LATER)
    assert (Reading.objects.count(), AuditRow.objects.count()) == (1, rows + 1)
    assert last_event().details == {"purpose": "examination", "thing": "case"}
    with CaptureQueriesContext(connection) as queries:
        read(application, now=LATER)
    assert len(queries) == 1
    read(application, by=ACCEPTOR)
    read(application, ReadingPurpose.RENEWAL)
    # 15:00 UTC is midnight in Japan.
    read(application, now=given.NOW + timedelta(hours=12))
    found, following = reading_page(ReadingQuery(person="p-exam"), before=None)
    assert [(one.purpose, one.day.day) for one in found] == [
        ("examination", 2),
        ("renewal", 1),
        ("examination", 1),
    ]
    assert following is None
    page, following = reading_page(ReadingQuery(), before=None, most=2)
    assert following == page[-1].reading_id
    assert len(reading_page(ReadingQuery(), before=following)[0]) == 2


def test_nobody_reads_for_what_is_no_purpose_of_theirs(db):
    application = given.examining()
    with pytest.raises(PurposeNotYours):
        read(application, ReadingPurpose.BILLING)
    with pytest.raises(DutyMissing):
        read(application, by=CLERK_OF_KEYS)
    assert not Reading.objects.exists()


def test_a_reading_stays_as_written(db):
    read(given.examining())
    for act in (Reading.objects.all().delete, lambda: Reading.objects.update(person="p-x")):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_listing_addressees_is_recorded_for_each_case(db):
    cases = [given.examining(), given.examining()]
    list_letters(applications=cases, purpose=ReadingPurpose.EXAMINATION, actor=EXAMINER, now=given.NOW)
    assert set(Reading.objects.values_list("application_id", "thing")) == {
        (case, ReadThing.LETTER_LIST) for case in cases
    }


def exported(**changes):
    asked = {
        "query": "?view=work",
        "cases": 3,
        "charset": Charset.CP932,
        "purpose": ReadingPurpose.EXAMINATION,
        "actor": EXAMINER,
        "now": given.NOW,
    }
    return request_export(**asked | changes)


def test_a_list_leaves_only_after_another_persons_release(db):
    export = exported()
    assert last_event().details["purpose"] == "examination"
    with pytest.raises(ExportNotReady):
        write_export(export=export, cases=3, actor=EXAMINER, now=LATER)
    with pytest.raises(DutyMissing):
        release_export(export=export, actor=EXAMINER, now=LATER)
    release_export(export=export, actor=ACCEPTOR, now=LATER)
    assert (last_event().kind, last_event().details) == (
        EventKind.EXPORT_RELEASED,
        {"requested_by": "p-exam"},
    )
    with pytest.raises(Conflict):
        release_export(export=export, actor=ACCEPTOR, now=LATER)
    with pytest.raises(ExportNotReady):
        write_export(export=export, cases=3, actor=ACCEPTOR, now=LATER)
    write_export(export=export, cases=4, actor=EXAMINER, now=LATER)
    assert (last_event().kind, last_event().details["cases"]) == (EventKind.EXPORT_WRITTEN, 4)
    assert export_record(export).written_at == LATER
    with pytest.raises(ExportNotReady):
        write_export(export=export, cases=4, actor=EXAMINER, now=LATER + timedelta(days=2))


def test_who_asked_does_not_release_and_the_table_holds_it_too(db):
    export = exported(actor=ACCEPTOR)
    with pytest.raises(ReleasedByTheSame):
        release_export(export=export, actor=ACCEPTOR, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(released_by="p-accept", released_at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(query="?view=all")
    assert export_record(export).released_at is None


def test_an_export_that_is_not_there_is_unknown(db):
    with pytest.raises(Unknown):
        export_record(exported() + 1)
