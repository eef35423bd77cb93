"""Random years of one case beside a model from the clauses: nothing missed, early, late or twice (18.7).

`INRO_EXAMPLES=500` runs as many lives as a release wants.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings as django
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from inro.practice.calendar import Calendar, jst_date, start_of_day
from inro.practice.errors import Refused
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.packing import ReturnReason
from inro.practice.platform_obligations import PlatformFacts
from inro.practice.proxy import ProxyPoint, ProxyVerdict
from inro.practice.revocation import FollowingPaper, RequestWay
from inro.store.errors import StoreError
from inro.store.ids import CaseId, NoticeId, ObjectionId, ParcelId
from inro.store.models import AuditRow, Certificate, Invoice, ObligationRow, RevocationCase
from inro.usecases import act
from inro.usecases.actor import process
from inro.usecases.dispatch import record_returned_parcel
from inro.usecases.invoice import issue_invoice, record_payment
from inro.usecases.night import run_night
from inro.usecases.notice import record_arrival, send_notice
from inro.usecases.objection import admit_objection, decide_objection, record_objection
from inro.usecases.obligation import ledger_differences
from inro.usecases.proxy import notify_proxy_deficiency
from inro.usecases.receipt import record_receipt_slip, send_reminder
from inro.usecases.revocation_original import receive_original
from tests import given, posted
from tests.usecases import given_letters as made
from tests.usecases.ledger_model import Book, Doubts

WORKER = process("worker-1")
BILLED = "T1234567890123"
DEFICIENT = dict.fromkeys(ProxyPoint, ProxyVerdict.FIT) | {next(iter(ProxyPoint)): ProxyVerdict.DEFICIENT}


class Killed(BaseException):
    """A worker's end in the middle of what it does."""


class Years(RuleBasedStateMachine):
    """One case through what may happen to it; what is refused has not happened, here or there."""

    @initialize(moves=some.booleans())
    def issue(self, moves):
        self.savepoint = transaction.savepoint_create()
        self.kept_policy = django.POLICY
        self.calendar = Calendar(moves_last_day=moves)
        django.POLICY = replace(self.kept_policy, calendar=self.calendar)
        self.house = given.office()
        self.application = posted.issued(self.house)
        self.number = f"application/{posted.number_of(self.application)}"
        self.now = given.NOW
        self.book = Book(moves=moves, closed=self.calendar.is_closed)
        self.parcel: ParcelId | None = None
        self.objection: ObjectionId | None = None
        self.underway: list[tuple[NoticeId, date]] = []
        self.book.happened()
        self.post()

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)
            django.POLICY = self.kept_policy

    @property
    def today(self) -> date:
        return jst_date(self.now)

    def tried(self, does: Callable[[], object]) -> bool:
        try:
            does()
        except (Refused, StoreError):
            return False
        return True

    @rule(days=some.integers(1, 24), hours=some.integers(0, 23))
    def wait(self, days, hours):
        self.now += timedelta(days=days, hours=hours)

    @rule()
    def post_again(self):
        self.post()

    def post(self):
        def does():
            self.parcel = posted.to_subscriber(
                self.application,
                number=len(self.underway) + self.now.toordinal(),
                on=self.today,
                now=self.now,
            )

        if self.tried(does):
            self.book.first_posted = self.book.first_posted or self.today
            self.book.out_since = self.today
            self.book.happened()

    @rule()
    def come_back(self):
        reason = ReturnReason.NOT_COLLECTED
        back = {"returned_on": self.today, "reason": reason, "actor": given.DESK, "now": self.now}
        if self.parcel and self.tried(lambda: record_returned_parcel(parcel=self.parcel, **back)):
            self.book.out_since = None
            self.book.happened()

    @rule(postmark_known=some.booleans())
    def remind(self, postmark_known):
        delivery = Delivery(channel=Channel.POST, postmark=self.today)

        def does():
            notice = send_reminder(
                application=self.application,
                text=posted.TEXT,
                channel=Channel.POST,
                delivery=delivery if postmark_known else None,
                terms=given.TERMS,
                calendar=self.calendar,
                actor=given.DESK,
                now=self.now,
            )
            if not postmark_known:
                self.underway.append((notice, self.today))

        if self.tried(does) and postmark_known:
            self.book.reminders.append(self.today)
            self.book.happened()

    @rule()
    def learn_the_postmark(self):
        if self.underway:
            notice, day = self.underway.pop()
            delivery = Delivery(channel=Channel.POST, postmark=day)
            record_arrival(notice=notice, delivery=delivery, actor=given.DESK, now=self.now)
            self.book.reminders = sorted([*self.book.reminders, day])
            self.book.happened()

    @rule()
    def doubt(self):
        def does():
            self.objection = record_objection(
                application=self.application,
                contacted_on=self.today,
                terms=given.TERMS,
                calendar=self.calendar,
                actor=given.DESK,
                now=self.now,
            )

        if self.tried(does):
            self.book.doubts.append(Doubts(told=self.today))
            self.book.happened()

    @rule()
    def admit(self):
        def does():
            admit_objection(objection=self.objection, actor=given.ACCEPTOR, now=self.now)

        if self.objection and self.tried(does):
            self.book.doubts[-1].admitted = True
            self.book.happened()

    @rule()
    def decide_on_doubts(self):
        def does():
            decide_objection(objection=self.objection, founded=False, actor=given.ACCEPTOR, now=self.now)

        if self.objection and self.tried(does):
            self.book.doubts[-1].decided = self.today
            self.book.happened()

    @rule()
    def return_the_slip(self):
        found = []

        def does():
            found.append(
                record_receipt_slip(
                    application=self.application,
                    arrived_on=self.today,
                    name_agrees=True,
                    seal_matches=True,
                    shelf="S-1",
                    terms=given.TERMS,
                    calendar=self.calendar,
                    actor=given.DESK,
                    now=self.now,
                )
            )

        if self.tried(does):
            assert (found[0].parked_for is not None) is self.book.held()
            self.book.confirmed = self.book.confirmed or not self.book.held()
            self.book.happened()

    @rule()
    def ask_for_a_proxy(self):
        def does():
            request = made.asked_for_proxy(self.application, arrived_on=self.today, now=self.now)
            made.examined(request, verdicts=DEFICIENT, now=self.now)
            notify_proxy_deficiency(
                request=request,
                call=made.call(at=self.now),
                terms=given.TERMS,
                calendar=self.calendar,
                actor=given.EXAMINER,
                now=self.now,
            )

        if self.tried(does):
            self.book.proxy_told = self.today
            self.book.happened()

    @rule()
    def send_an_expiry_notice(self):
        send_notice(
            application=self.application,
            kind=NoticeKind.EXPIRY,
            clause="6.2",
            channel=Channel.POST,
            text=posted.TEXT,
            sent_on=self.today,
            delivery=None,
            actor=given.DESK,
            now=self.now,
        )
        self.book.notices += 1
        self.book.happened()

    @rule()
    def invoice(self):
        billed = {"terms": given.TERMS, "calendar": self.calendar, "registration_number": BILLED}
        does = {"application": self.application, "actor": given.DESK, "now": self.now}
        if self.tried(lambda: issue_invoice(**billed, **does)):
            self.book.invoiced = self.today
            self.book.happened()

    @rule()
    def pay(self):
        bill = Invoice.objects.filter(application=self.application, paid_on=None).first()
        if bill is not None:
            record_payment(
                invoice=bill.pk, amount=bill.total, paid_on=self.today, actor=given.DESK, now=self.now
            )
            self.book.invoiced = None
            self.book.happened()

    @rule(way=some.sampled_from(list(RequestWay)))
    def revoke(self, way):
        certificate = Certificate.objects.get(application=self.application)
        case = RevocationCase.objects.filter(certificate=certificate).last()

        def does():
            asked = {"urgent": True, "unavoidable": True} if way is RequestWay.FAX else {}
            opened = case.pk if case else given.requested(certificate.pk, now=self.now, way=way, **asked)
            given.entered(given.decided(self.house, CaseId(opened), now=self.now), now=self.now)

        if certificate.state == "valid" and self.tried(lambda: self.whole(does)):
            self.book.ended = True
            if case is None and way is RequestWay.FAX:
                self.book.faxed = self.today
            self.book.happened()

    @rule()
    def follow_the_fax(self):
        case = RevocationCase.objects.filter(way="fax", original_arrived_on=None).last()
        if case is not None:
            for paper in FollowingPaper:
                receive_original(
                    case=CaseId(case.pk),
                    paper=paper,
                    arrived_on=self.today,
                    actor=given.EXAMINER,
                    now=self.now,
                )
            self.book.faxed = None
            self.book.happened()

    @rule(off=some.sampled_from([0, 0, 0, 0, -40, -1, 1, 40]))
    def night(self, off):
        now = self.now + timedelta(days=off)
        run_night(platform=PlatformFacts, actor=WORKER, now=now)
        self.passed(now)

    @rule()
    def a_worker_is_killed_before_it_commits(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(act, "append", self.die)
            try:
                run_night(platform=PlatformFacts, actor=WORKER, now=self.now)
            except Killed:
                return
        # Nothing was there to be done, so nothing was there to die in.
        self.passed(self.now)

    def die(self, *_given, **_named):
        raise Killed

    def whole(self, does: Callable[[], object]) -> None:
        """Do several acts, or none of them."""
        savepoint = transaction.savepoint_create()
        try:
            does()
        except (Refused, StoreError):
            transaction.savepoint_rollback(savepoint)
            raise

    def passed(self, now: datetime) -> None:
        """Tell the model that a run came to its end: marks, then what expires, lapses and is demanded."""
        book = self.book
        book.marked_at(now)
        if not book.ended and now >= start_of_day(date(2028, 1, 1)):
            book.ended = True
            book.happened()
        if book.proxy_told and jst_date(now) > book.last(book.proxy_told + timedelta(days=20)):
            book.proxy_told = None
            book.happened()
        demanded = book.standing.get(("revocation_without_slip", 1))
        if demanded and demanded[1]:
            book.revocation_open = True

    @invariant()
    def the_ledger_is_the_models(self):
        if not hasattr(self, "book"):
            return
        rows = ObligationRow.objects.filter(application=self.application).exclude(state="done")
        found = {
            (kind, turn): (day, state == "reached")
            for kind, turn, day, state in rows.values_list("kind", "turn", "due_on", "state")
        }
        assert found == self.book.standing
        marks = AuditRow.objects.filter(kind="deadline.passed", subject=self.number).count()
        assert marks == self.book.marks
        demanded = RevocationCase.objects.filter(certificate__application=self.application, ground="18.7")
        assert demanded.count() == self.book.revocation_open
        assert [one for one in ledger_differences(now=self.now) if one.wanted != "reached"] == []


@pytest.mark.django_db
def test_random_years_of_a_case():
    quiet = settings(
        max_examples=int(os.environ.get("INRO_EXAMPLES", "6")),
        stateful_step_count=35,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Years.TestCase.settings = quiet
    Years.TestCase().runTest()
