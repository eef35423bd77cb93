"""The queue follows every act in its own transaction, and what it holds can be recomputed (40(7))."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inro.practice.calendar import start_of_day
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.transitions import GuardRefused
from inro.store.ids import ApplicationId
from inro.store.models import AuditRow, QueueRow, SearchKey
from inro.store.reads.search import found_cases
from inro.usecases.actor import process
from inro.usecases.application import (
    begin_examination,
    find_deficient,
    receive_application,
    record_application,
    record_resubmission,
)
from inro.usecases.expiry import expire_certificates
from inro.usecases.notice import record_arrival, send_notice
from inro.usecases.objection import decide_objection, record_objection
from inro.usecases.queue import mend_queue, queue_differences
from inro.usecases.retention import dispose_application
from tests import given, posted
from tests.forms import FORM, SOLE

NEVER = date.max


def place(application: ApplicationId) -> tuple[str, str, date]:
    """Return stage, next act and due day; nothing of the whole queue differs from what its record gives."""
    assert list(queue_differences(now=given.NOW)) == []
    row = QueueRow.objects.get(pk=application)
    return row.stage, row.next_act, row.due_on


def deficient() -> ApplicationId:
    application = given.examining()
    find_deficient(
        application=application, points=1, points_sha256="ab" * 32, actor=given.EXAMINER, now=given.NOW
    )
    return application


def test_from_the_form_to_the_examination(db):
    application = given.drafted()
    assert place(application) == ("awaited", "await_form", NEVER)
    receive_application(application=application, received_at=given.NOW, actor=given.EXAMINER, now=given.NOW)
    assert place(application) == ("received", "begin_examination", NEVER)
    begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)
    assert place(application) == ("examining", "conclude_examination", NEVER)


def test_a_deficiency_is_due_twenty_days_after_its_notice_arrived(db):
    application = deficient()
    assert place(application) == ("deficient", "send_deficiency_notice", NEVER)
    notice = send_notice(
        application=application,
        kind=NoticeKind.DEFICIENCY,
        clause="9.2",
        channel=Channel.POST,
        text=posted.TEXT,
        sent_on=posted.DAY,
        delivery=None,
        actor=given.DESK,
        now=given.NOW,
    )
    assert place(application) == ("deficient", "send_deficiency_notice", NEVER)
    arrived = Delivery(channel=Channel.POST, postmark=posted.DAY)
    record_arrival(notice=notice, delivery=arrived, actor=given.DESK, now=given.NOW)
    assert place(application) == ("deficient", "await_correction", date(2026, 12, 21))
    assert QueueRow.objects.get().deadline["clause"] == "9.2"
    record_resubmission(application=application, form=FORM, actor=given.EXAMINER, now=given.NOW)
    assert place(application) == ("examining", "conclude_examination", NEVER)


def test_what_is_accepted_is_issued_within_the_laws_five_years(db):
    given.certified(given.accepted(given.office()))
    assert place(ApplicationId(QueueRow.objects.get().pk)) == ("accepted", "issue", date(2030, 11, 30))


def test_from_the_post_to_the_slip(db):
    application = posted.issued(given.office())
    assert place(application) == ("to_post", "post_card", NEVER)
    posted.to_subscriber(application)
    assert place(application) == ("receipt", "await_slip", date(2026, 12, 21))
    posted.remind(application, date(2026, 12, 24))
    assert place(application) == ("receipt", "await_slip_after_reminder", date(2027, 1, 3))
    posted.slip(application, on=date(2027, 1, 2))
    assert place(application) == ("valid", "send_expiry_notice", date(2027, 10, 31))


def test_doubts_hold_the_wait_for_the_slip(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application)
    objection = record_objection(
        application=application,
        contacted_on=date(2026, 12, 10),
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.DESK,
        now=start_of_day(date(2026, 12, 10)),
    )
    assert place(application) == ("receipt", "decide_doubts", NEVER)
    decide_objection(
        objection=objection,
        founded=False,
        actor=given.ACCEPTOR,
        now=start_of_day(date(2026, 12, 28)),
    )
    assert place(application) == ("receipt", "send_reminder", date(2026, 12, 29))


def test_a_revocation_is_followed_up_to_its_publication(db):
    house = given.office()
    made = given.issued(house)
    application = posted.application_of(made)
    case = given.requested(made)
    assert place(application) == ("revocation", "examine_revocation", NEVER)
    given.examined_case(house, case)
    assert place(application) == ("revocation", "decide_revocation", NEVER)
    given.decide(house, case)
    assert place(application) == ("revocation", "publish_revocation", NEVER)
    given.entered(case)
    assert place(application) == ("revocation", "publish_revocation", NEVER)


def test_expiry_and_disposal_end_a_case_and_empty_its_keys(db):
    house = given.office()
    application = posted.issued(house)
    posted.to_subscriber(application)
    posted.slip(application, on=date(2026, 12, 10))
    expire_certificates(actor=process("worker"), now=start_of_day(date(2028, 1, 1)))
    assert place(application) == ("expired", "dispose", date(2038, 1, 1))
    assert QueueRow.objects.get().opens
    assert "高橋花子" in SearchKey.objects.get().names
    dispose_application(
        application=application,
        terms=given.TERMS,
        actor=given.ACCEPTOR,
        now=start_of_day(date(2038, 1, 1)),
    )
    assert place(application) == ("disposed", "nothing", NEVER)
    assert (SearchKey.objects.get().names, SearchKey.objects.get().corporate_number) == ("", "")
    assert found_cases("高橋") == ()


def test_an_act_that_is_refused_leaves_the_queue_as_it_was(db):
    application = deficient()
    before = QueueRow.objects.values().get()
    with pytest.raises(GuardRefused):
        given.reject(given.office(), application)
    assert QueueRow.objects.values().get() == before
    assert place(application)[0] == "deficient"


def test_corrected_papers_are_found_by_what_they_now_state(db):
    application = deficient()
    record_resubmission(
        application=application,
        form=replace(SOLE, certificate_name="渡邉　花子", legal_name="渡邉󠄀　花子"),
        actor=given.EXAMINER,
        now=given.NOW,
    )
    assert found_cases("渡辺花子") == (application,)
    assert found_cases("みほん建設") == ()


def test_what_was_changed_past_the_acts_is_told_and_mended(db):
    kept, changed = given.drafted(), given.examining()
    QueueRow.objects.filter(pk=changed).update(due_on=date(2027, 1, 1))
    SearchKey.objects.filter(pk=kept).update(names="")

    found = {difference.number: difference for difference in queue_differences(now=given.NOW)}

    assert {one.field for one in found.values()} == {"due_on", "names"}
    told = found[posted.number_of(changed)]
    assert (told.kept, told.wanted) == ("2027-01-01", "9999-12-31")
    assert mend_queue(now=given.NOW) == 2
    assert list(queue_differences(now=given.NOW)) == []
    assert mend_queue(now=given.NOW) == 0


def test_a_case_that_the_queue_does_not_know_is_told_and_mended(db):
    given.drafted()
    SearchKey.objects.all().delete()
    QueueRow.objects.all().delete()
    assert [one.field for one in queue_differences(now=given.NOW)] == ["number"]
    assert mend_queue(now=given.NOW + timedelta(days=1)) == 1


def test_who_works_on_a_case_survives_what_is_done_to_it(db):
    application = given.examining()
    QueueRow.objects.update(assignee="p-exam", assignee_name="審査　係", assigned_at=given.NOW)
    find_deficient(
        application=application, points=1, points_sha256="ab" * 32, actor=given.EXAMINER, now=given.NOW
    )
    mend_queue(now=given.NOW)
    assert QueueRow.objects.get().assignee == "p-exam"


def test_one_act_asks_the_database_only_a_few_times_more(db):
    with CaptureQueriesContext(connection) as queries:
        record_application(
            form=FORM,
            edition=given.EDITION,
            edition_sha256=given.EDITION_SHA256,
            actor=process("wizard"),
            now=given.NOW,
        )
    followed = [query for query in queries if "queuerow" in query["sql"] or "searchkey" in query["sql"]]
    assert len(followed) == 3
    assert AuditRow.objects.count() == 1
