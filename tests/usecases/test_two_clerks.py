"""Two clerks before one case, their pages as old as they may be: one wins, the other is told (9.1, 40(7)).

`INRO_EXAMPLES=500` runs as many interleavings as a release wants.
"""

import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import hypothesis.strategies as some
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from inro.practice.checklist import Verdict
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.transitions import ActNotAllowed
from inro.store.errors import Conflict
from inro.store.models import AuditRow, ItemVerdict
from inro.store.reads.examination import examined_items
from inro.usecases.actor import Actor
from inro.usecases.application import begin_examination, find_deficient, record_resubmission
from inro.usecases.checklist import record_verdict
from tests import given
from tests.forms import SOLE
from tests.usecases.given_checklist import CHECKLIST, examining

CLERKS = [Actor(name=f"clerk-{place}", duties=frozenset({Duty.EXAMINATION, Duty.INTAKE})) for place in (1, 2)]
ITEMS = ("name", "home_address", "applicant_seal")
VERDICTS = (Verdict.FIT, Verdict.DEFICIENT, Verdict.HELD)


class TwoClerks(RuleBasedStateMachine):
    """The record beside a model of it: what stands is what the last clerk who was not told otherwise said."""

    def __init__(self) -> None:
        super().__init__()
        self.application = examining(SOLE)
        self.stands = {}
        self.acts = []
        self.is_examined = True
        self.pages = {clerk.name: self.look() for clerk in CLERKS}

    def look(self):
        return {
            one.item: (one.shown_sha256, one.given.version if one.given else 0)
            for one in examined_items(self.application, CHECKLIST)
            if one.item in ITEMS
        }

    @rule(clerk=some.sampled_from(CLERKS))
    def open_the_page(self, clerk):
        self.pages[clerk.name] = self.look()

    @rule(clerk=some.sampled_from(CLERKS), item=some.sampled_from(ITEMS), verdict=some.sampled_from(VERDICTS))
    def judge(self, clerk, item, verdict):
        shown, version = self.pages[clerk.name][item]
        fresh = self.stands.get(item, (0,))[0] == version
        try:
            made = record_verdict(
                application=self.application,
                item=item,
                verdict=verdict,
                reason="理由",
                shown_sha256=shown,
                version=version,
                checklist=CHECKLIST,
                actor=clerk,
                now=given.NOW,
            )
        except Conflict:
            assert not fresh
        except ActNotAllowed:
            assert not self.is_examined
        else:
            assert fresh
            assert self.is_examined
            self.stands[item] = (made, verdict, clerk.name)
            self.acts.append((item, verdict.value, made, clerk.name))
            self.pages[clerk.name][item] = (shown, made)

    @precondition(lambda self: self.is_examined)
    @rule(clerk=some.sampled_from(CLERKS))
    def find_deficient(self, clerk):
        find_deficient(
            application=self.application, points=1, points_sha256="ab" * 32, actor=clerk, now=given.NOW
        )
        self.is_examined = False

    @precondition(lambda self: not self.is_examined)
    @rule(clerk=some.sampled_from(CLERKS))
    def resubmit(self, clerk):
        record_resubmission(application=self.application, form=SOLE, actor=clerk, now=given.NOW)
        self.is_examined = True

    @invariant()
    def nothing_is_lost(self):
        rows = ItemVerdict.objects.filter(application_id=self.application)
        found = {row.item: (row.version, Verdict(row.verdict), row.person) for row in rows}
        assert found == self.stands

    @invariant()
    def every_verdict_is_in_the_log(self):
        rows = AuditRow.objects.filter(kind=EventKind.EXAMINATION_POINT_RECORDED).order_by("seq")
        told = [(json.loads(row.details), row.actor) for row in rows]
        logged = [(one["item"], one["verdict"], one["version"], actor) for one, actor in told]
        assert logged == self.acts


@pytest.mark.django_db
def test_two_clerks_on_one_case():
    class Apart(TwoClerks):
        """Each example in a savepoint of its own."""

        def __init__(self) -> None:
            self.savepoint = transaction.savepoint_create()
            super().__init__()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.savepoint)

    examples = int(os.environ.get("INRO_EXAMPLES", "12"))
    quiet = settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Apart.TestCase.settings = quiet
    Apart.TestCase().runTest()


def test_at_the_same_instant_one_wins_and_the_other_is_told(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        application = examining(SOLE)
        (seen,) = [one for one in examined_items(application, CHECKLIST) if one.item == "name"]
        ready = threading.Barrier(len(CLERKS))

        def judge(clerk: Actor, verdict: Verdict) -> str:
            try:
                ready.wait(timeout=300)
                record_verdict(
                    application=application,
                    item="name",
                    verdict=verdict,
                    shown_sha256=seen.shown_sha256,
                    version=0,
                    checklist=CHECKLIST,
                    actor=clerk,
                    now=given.NOW,
                )
            except Conflict:
                return ""
            finally:
                connection.close()
            return clerk.name

        with ThreadPoolExecutor(len(CLERKS)) as pool:
            won = list(filter(None, pool.map(judge, CLERKS, (Verdict.FIT, Verdict.HELD))))
        row = ItemVerdict.objects.get()
        assert [row.person] == won
        assert row.version == 1
        assert AuditRow.objects.filter(kind=EventKind.EXAMINATION_POINT_RECORDED).count() == 1


def test_examination_begins_only_once(db):
    application = examining(SOLE)
    with pytest.raises(ActNotAllowed):
        begin_examination(application=application, actor=CLERKS[1], now=given.NOW)
