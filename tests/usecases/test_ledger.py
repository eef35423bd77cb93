"""The ledger follows every act in its own transaction, and the night goes through it (18.7, 26.2, 40(7))."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from inro.ports.errors import PortError
from inro.practice.calendar import start_of_day
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.platform_obligations import PlatformFacts
from inro.practice.transitions import GuardRefused
from inro.store.audit_verify import verify_chain
from inro.store.ids import ApplicationId
from inro.store.models import AuditRow, Certificate, NightRun, ObligationRow, Parcel, RevocationCase
from inro.store.plain_sql import run
from inro.store.reads.obligations import lines_of_case, owed_counts, owed_lines
from inro.usecases.actor import Actor, DutyMissing, process
from inro.usecases.application import find_deficient, record_resubmission
from inro.usecases.night import mark_reached, mend_ledger, run_night
from inro.usecases.notice import record_arrival, send_notice
from inro.usecases.objection import decide_objection, record_objection
from inro.usecases.obligation import ledger_differences
from inro.usecases.retention import dispose_application
from tests import given, posted
from tests.forms import FORM

WORKER = process("worker-1")
EXPIRY = {"expiry_notice": date(2027, 11, 30), "expiry": date(2027, 12, 31)}


def night(now: datetime, **platform):
    return run_night(platform=lambda: PlatformFacts(night_at=now, **platform), actor=WORKER, now=now)


def on(day: date) -> datetime:
    return start_of_day(day)


def owed(application: ApplicationId) -> dict[str, date]:
    """Return what a case owes; nothing of the whole ledger differs from what the record gives."""
    assert list(ledger_differences(now=given.NOW)) == []
    rows = ObligationRow.objects.filter(application=application).exclude(state="done")
    return dict(rows.values_list("kind", "due_on"))


def states(application: ApplicationId) -> dict[str, str]:
    return dict(ObligationRow.objects.filter(application=application).values_list("kind", "state"))


def deficient() -> ApplicationId:
    application = given.examining()
    find_deficient(
        application=application, points=1, points_sha256="ab" * 32, actor=given.EXAMINER, now=given.NOW
    )
    return application


def notified() -> ApplicationId:
    application = deficient()
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
    assert owed(application) == {}
    arrived = Delivery(channel=Channel.POST, postmark=posted.DAY)
    record_arrival(notice=notice, delivery=arrived, actor=given.DESK, now=given.NOW)
    return application


def test_what_is_owed_names_the_event_that_made_it_and_the_one_that_ended_it(db):
    application = notified()
    assert owed(application) == {"deficiency": date(2026, 12, 21)}
    record_resubmission(application=application, form=FORM, actor=given.EXAMINER, now=given.NOW)
    assert owed(application) == {}
    (line,) = lines_of_case(posted.number_of(application))
    assert (line.opened_by, line.closed_by) == ("notice.arrived", "examination.resubmission_received")
    assert line.deadline.clause == "9.2"
    assert line.closed_at == given.NOW


def test_an_act_that_is_refused_changes_nothing(db):
    application = notified()
    before = list(ObligationRow.objects.values())
    with pytest.raises(GuardRefused):
        given.reject(given.office(), application)
    assert list(ObligationRow.objects.values()) == before


def test_from_the_post_to_the_end_of_the_records(db):
    application = posted.issued(given.office())
    assert owed(application) == EXPIRY
    posted.to_subscriber(application)
    assert owed(application).keys() - EXPIRY.keys() == {
        "objection",
        "slip",
        "reminder",
        "late_slip_power",
        "parcel_return",
    }
    posted.slip(application, on=date(2026, 12, 10))
    assert owed(application) == EXPIRY
    done = night(on(date(2028, 1, 1)))
    assert (done.expired, done.reached) == (1, 3)
    assert owed(application) == {"retention": date(2038, 1, 1)}
    dispose_application(
        application=application,
        terms=given.TERMS,
        actor=given.ACCEPTOR,
        now=on(date(2038, 1, 1)),
    )
    assert owed(application) == {}
    closed = ObligationRow.objects.get(kind="retention")
    assert closed.closed_by == "records.disposed"


def test_a_night_marks_what_is_reached_once_and_no_earlier(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application)
    night(on(date(2026, 12, 22)) - timedelta(seconds=1))
    assert states(application)["slip"] == "open"
    assert states(application)["parcel_return"] == "reached"
    assert night(on(date(2026, 12, 22))).reached == 3
    assert states(application)["slip"] == "reached"
    rows = AuditRow.objects.count()
    assert night(on(date(2026, 12, 22)) + timedelta(hours=1)).did_nothing
    # A clock that was put back takes nothing back, and marks nothing.
    assert night(on(date(2026, 12, 20))).reached == 0
    assert AuditRow.objects.filter(kind="deadline.passed").count() == 4
    assert AuditRow.objects.count() - rows == 1  # the other day has a night of its own
    assert verify_chain(connection.connection).findings == ()
    assert list(ledger_differences(now=on(date(2026, 12, 22)))) == []


def test_what_is_reached_shows_also_where_no_night_has_marked_it(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application)
    now = on(date(2026, 12, 22))
    assert [line.kind.value for line in owed_lines(reached_at=now)] == [
        "parcel_return",
        "objection",
        "slip",
        "reminder",
    ]
    assert {kind.value: reached for kind, (_, reached) in owed_counts(now=now).items() if reached} == {
        "parcel_return": 1,
        "objection": 1,
        "slip": 1,
        "reminder": 1,
    }


def test_18_7_goes_to_the_revocation_desk_on_its_day_and_stays_due_until_it_is_revoked(db):
    house = given.office()
    application = posted.issued(house)
    posted.to_subscriber(application)
    posted.remind(application, date(2026, 12, 22))
    assert night(on(date(2027, 1, 1))).proposed == 0
    due = on(date(2027, 1, 2))
    assert night(due).proposed == 1
    case = RevocationCase.objects.get()
    assert (case.ground, case.invoker, case.state) == ("18.7", "ca", "requested")
    assert night(due + timedelta(minutes=1)).did_nothing
    assert states(application)["revocation_without_slip"] == "reached"
    given.entered(given.decided(house, case.pk, now=due), now=due)
    assert owed(application) == {"retention": date(2038, 1, 1)}
    closed = ObligationRow.objects.get(kind="revocation_without_slip")
    assert closed.closed_by == "revocation.certificate_revoked"


def test_doubts_in_time_stop_18_7_and_leave_the_power(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application)
    told = date(2026, 12, 10)
    objection = record_objection(
        application=application,
        contacted_on=told,
        terms=given.TERMS,
        calendar=given.CALENDAR,
        actor=given.DESK,
        now=on(told),
    )
    assert owed(application).keys() - EXPIRY.keys() == {"late_slip_power", "parcel_return"}
    assert night(on(date(2026, 12, 27))).proposed == 0
    decide_objection(objection=objection, founded=False, actor=given.ACCEPTOR, now=on(date(2026, 12, 28)))
    assert owed(application)["reminder"] == date(2026, 12, 29)


def test_a_night_that_was_killed_is_ended_by_the_next(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application)
    now = on(date(2026, 12, 22))

    def dies() -> PlatformFacts:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_night(platform=dies, actor=WORKER, now=now)
    assert NightRun.objects.get().ended_at is None
    assert ObligationRow.objects.filter(state="reached").count() == 4
    assert night(now + timedelta(minutes=5)).reached == 0
    run = NightRun.objects.get()
    assert run.ended_at == now + timedelta(minutes=5)
    assert AuditRow.objects.filter(kind="deadline.passed").count() == 4


def test_a_part_of_the_platform_that_cannot_be_read_keeps_the_night_open_and_stops_nothing(db):
    def unreadable() -> PlatformFacts:
        raise PortError("tls.pem", "is not there", "put it there")

    now = on(date(2026, 12, 22))
    waiting = run_night(platform=unreadable, actor=WORKER, now=now).waiting
    assert waiting is not None
    assert NightRun.objects.get().ended_at is None


def test_the_platforms_own_days_are_entered_moved_and_closed(db):
    now = given.NOW
    night(now, tokens={"HSM": date(2028, 12, 31)}, accredited_until=date(2027, 3, 31))
    rows = ObligationRow.objects.exclude(state="done")
    assert dict(rows.values_list("subject", "due_on")) == {
        "platform/token/HSM": date(2028, 10, 1),
        "platform/accreditation": date(2027, 2, 28),
        "platform/night": date(2026, 12, 2),
    }
    night(now + timedelta(days=1), accredited_until=date(2028, 3, 31))
    assert dict(rows.values_list("subject", "due_on")) == {
        "platform/accreditation": date(2028, 2, 29),
        "platform/night": date(2026, 12, 3),
    }
    assert set(ObligationRow.objects.filter(state="done").values_list("closed_by", flat=True)) == {
        "deadline.set"
    }
    # A run that did not happen is itself overdue.
    assert [line.subject for line in owed_lines(reached_at=now + timedelta(days=1, hours=26))] == [
        "platform/night"
    ]


def test_many_are_marked_in_several_transactions(db):
    for _ in range(3):
        notified()
    now = on(date(2026, 12, 22))
    assert mark_reached(actor=WORKER, now=now, at_once=2) == 3
    assert mark_reached(actor=WORKER, now=now, at_once=2) == 0


def test_what_was_changed_past_the_acts_is_told_and_mended(db):
    application = posted.issued(given.office())
    posted.to_subscriber(application)
    Parcel.objects.update(posted_on=date(2026, 12, 3))
    found = {one.kind: (one.kept, one.wanted) for one in ledger_differences(now=given.NOW)}
    assert found["slip"] == ("2026-12-21", "2026-12-23")
    assert mend_ledger(actor=WORKER, now=given.NOW) == 1
    assert owed(application)["slip"] == date(2026, 12, 23)
    assert ObligationRow.objects.filter(closed_by="deadline.set", kind="slip").count() == 1
    assert mend_ledger(actor=WORKER, now=given.NOW) == 0


def test_a_row_without_its_event_or_marked_too_early_is_told(db):
    application = notified()
    row = ObligationRow.objects.get()
    ObligationRow.objects.update(state="reached")
    (early,) = ledger_differences(now=given.NOW)
    assert (early.kept, early.wanted) == ("reached", "open")
    ObligationRow.objects.update(
        state="done",
        closed_by="notice.sent",
        closed_subject=row.subject,
        closed_at=given.NOW + timedelta(days=1),
    )
    told = list(ledger_differences(now=given.NOW))
    assert {one.kind for one in told} == {"deficiency"}
    assert any("notice.sent" in one.kept for one in told)
    assert mend_ledger(actor=WORKER, now=given.NOW) == 1
    assert ObligationRow.objects.filter(application=application, state="open").count() == 1


def test_a_row_is_never_changed_nor_deleted(db):
    notified()
    for statement in (
        "UPDATE store_obligationrow SET due_on = '2030-01-01'",
        "DELETE FROM store_obligationrow",
    ):
        with pytest.raises(DatabaseError, match="stays as written"), transaction.atomic():
            run(statement, [])


def test_only_a_process_runs_a_night(db):
    with pytest.raises(DutyMissing):
        run_night(platform=PlatformFacts, actor=Actor(name="p-exam"), now=given.NOW)
    with pytest.raises(DutyMissing):
        mark_reached(actor=given.ACCEPTOR, now=given.NOW)


def test_certificates_expire_in_the_night_and_revoked_ones_do_not(db):
    house = given.office()
    one, other = given.issued(house), given.issued(house)
    given.revoked(house, other)
    assert night(on(date(2028, 1, 1))).expired == 1
    assert Certificate.objects.get(pk=one).state == "expired"
    assert Certificate.objects.get(pk=other).state == "revoked"


def test_several_workers_share_a_night_and_do_nothing_twice(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        for _ in range(12):
            notified()
        now, ready, marked = on(date(2026, 12, 22)), threading.Barrier(3), []

        def work(name: str) -> None:
            try:
                ready.wait(timeout=300)
                marked.append(mark_reached(actor=process(name), now=now, at_once=2))
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=(f"worker-{place}",)) for place in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sum(marked) == 12
        rows = AuditRow.objects.filter(kind="deadline.passed").values_list("subject", flat=True)
        assert len(rows) == len(set(rows)) == 12
        connection.ensure_connection()
        assert verify_chain(connection.connection).findings == ()
