"""Whatever server, crash and clock do, in any order: a notice is taken once, its state the true one (43)."""

import itertools
from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inro.ports.mail import Answer, Outcome, Outgoing, Report
from inro.practice.notices import Channel
from inro.practice.sending import NoticeState
from inro.store.ids import NoticeId
from inro.store.models import Notice, NoticeTry
from inro.usecases.actor import process
from inro.usecases.outbox import perform_with, run_pending
from inro.usecases.sending import record_report, release_notices, resolve_notice
from inro.worker.mailing import Mailing, send_notice, settle
from tests import given as house
from tests.usecases import given_notices as made

WORKER = process("worker-1")
MOODS = ("take", "put_off", "refuse", "lost_taken", "lost_untaken", "die_before", "die_after")
WAITS = (timedelta(), timedelta(minutes=1), timedelta(minutes=16), timedelta(days=1))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.sampled_from(MOODS)),
        st.tuples(st.just("wait"), st.sampled_from(WAITS)),
        st.tuples(st.sampled_from(("find_out", "copy", "bounce", "stale_copy")), st.none()),
    ),
    max_size=14,
)
_count = itertools.count(1)


class Killed(BaseException):
    """The process ended here."""


class World:
    """One notice, a server with moods, a worker that may die, a clerk who finds out the truth."""

    def __init__(self) -> None:
        number = next(_count)
        letter = made.without_letter(number, recipient=f"p{number}@example.jp")
        self.key, self.now, self.mood = letter.message_id, house.NOW, "take"
        self.taken: Counter[str] = Counter()
        self.bounced = False
        [self.notice] = release_notices(notices=[letter], actor=house.DESK, now=self.now)
        self.mailing = Mailing(
            channels={Channel.EMAIL: self}, reports=(), actor=WORKER, clock=lambda: self.now
        )

    def send(self, outgoing: Outgoing) -> Answer:
        """Be the server, and the process that dies."""
        if self.mood == "die_before":
            raise Killed
        if self.mood in ("take", "lost_taken", "die_after"):
            self.taken[outgoing.key] += 1
        if self.mood == "die_after":
            raise Killed
        outcome = {"take": Outcome.ACCEPTED, "put_off": Outcome.PUT_OFF, "refuse": Outcome.REFUSED}
        return Answer(outcome=outcome.get(self.mood, Outcome.UNKNOWN), said=self.mood)

    @property
    def state(self) -> NoticeState:
        return NoticeState(Notice.objects.values_list("state", flat=True).get(pk=self.notice))

    def one_pass(self, mood: str) -> None:
        self.mood = mood
        perform_with({"send_notice": self._perform})
        try:
            settle(mailing=self.mailing)
            run_pending()
        except Killed:
            return

    def _perform(self, *, notice_id: int) -> None:
        if notice_id == self.notice:
            send_notice(mailing=self.mailing, notice=NoticeId(notice_id))

    def find_out(self) -> None:
        if self.state is NoticeState.IN_DOUBT:
            resolve_notice(
                notice=self.notice,
                was_sent=bool(self.taken),
                sent_at=None,
                reason="記録",
                actor=house.DESK,
                now=self.now,
            )

    def report(self, outcome: Outcome) -> None:
        """Let a report come of what was truly taken; a bounce tells once and for all."""
        if self.taken:
            told = record_report(
                report=Report(name="1", key=self.key, outcome=outcome, said="x"), actor=WORKER, now=self.now
            )
            self.bounced = self.bounced or (told and outcome is Outcome.REFUSED)

    def step(self, what: str, how: object) -> None:
        match what:
            case "pass":
                self.one_pass(str(how))
            case "wait":
                assert isinstance(how, timedelta)
                self.now += how
            case "find_out":
                self.find_out()
            case "copy":
                self.report(Outcome.ACCEPTED)
            case "bounce":
                self.report(Outcome.REFUSED)
            case "stale_copy":
                record_report(
                    report=Report(name="2", key="<nobody@else>", outcome=Outcome.ACCEPTED, said=""),
                    actor=WORKER,
                    now=self.now,
                )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_a_notice_is_taken_once_at_most_and_its_state_is_true(db, steps):
    world = World()
    for what, how in steps:
        world.step(what, how)
        assert world.taken[world.key] <= 1
        assert NoticeTry.objects.filter(notice=world.notice, outcome=None).count() <= 1
    for _ in range(3):
        world.now += timedelta(days=1)
        world.one_pass("take")
        world.find_out()
    world.one_pass("take")
    refused = world.bounced or not world.taken
    assert world.state is (NoticeState.FAILED if refused else NoticeState.SENT)
    assert world.taken[world.key] <= 1
