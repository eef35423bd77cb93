"""Drafts and notices that are not settled stand in the ledger, and leave it with their event (40(6), 43)."""

from datetime import date, timedelta

import pytest

from inro.ports.mail import Answer, Outcome
from inro.practice.calendar import jst_date, start_of_day
from inro.practice.ledger import OwedState
from inro.practice.platform_obligations import PlatformFacts
from inro.practice.probe import Probers
from inro.practice.wizard import Step
from inro.store.ids import NoticeId
from inro.store.models import AuditRow, Draft, Notice, ObligationRow
from inro.store.reads.health import health
from inro.usecases.actor import process
from inro.usecases.draft import begin_draft, save_step
from inro.usecases.night import mend_ledger, run_night
from inro.usecases.obligation import ledger_differences
from inro.usecases.sending import begin_try, handle_failure, record_answer, release_notices, resolve_notice
from tests import given
from tests.usecases.given_notices import without_letter

NOW = given.NOW
WORKER, ANYONE = process("worker-1"), process("wizard")
DAY = timedelta(days=1)


def rows(kind: str) -> list[tuple[str, date, str, str | None]]:
    found = ObligationRow.objects.filter(kind=kind).order_by("pk")
    return [(row.subject, row.due_on, row.state, row.closed_by) for row in found]


def begun(now=NOW):
    return begin_draft(
        passphrase="ABCD-EFGH-JKMN-PQRS", salt=b"s" * 16, terms=given.TERMS, actor=ANYONE, now=now
    )


def saved(draft, *, seen: int, now) -> None:
    save_step(
        draft=draft.number,
        step=Step.SUBSCRIBER,
        seen=seen,
        fields={"name": f"{seen}"},
        done=frozenset(),
        terms=given.TERMS,
        actor=ANYONE,
        now=now,
    )


def night(now):
    return run_night(platform=PlatformFacts, actor=WORKER, now=now)


def no_differences(now=NOW) -> bool:
    return list(ledger_differences(now=now)) == []


def test_a_draft_owes_its_deletion_and_each_later_day_moves_it_once(db):
    draft = begun()
    kept = timedelta(days=given.TERMS.draft_days)
    today = jst_date(NOW)
    assert rows("draft") == [(f"draft/{draft.number}", today + kept, "open", None)]
    before = AuditRow.objects.count()
    saved(draft, seen=0, now=NOW + timedelta(minutes=1))
    assert AuditRow.objects.count() == before
    saved(draft, seen=1, now=NOW + DAY)
    saved(draft, seen=2, now=NOW + DAY)
    assert AuditRow.objects.count() == before + 1
    assert [row[1:] for row in rows("draft")] == [
        (today + kept, "done", "deadline.set"),
        (today + kept + DAY, "open", None),
    ]
    assert no_differences(NOW + DAY)


def test_the_night_deletes_it_and_closes_the_row(db):
    for _ in range(3):
        begun()
    after = start_of_day(Draft.objects.latest("pk").expires_on + DAY)
    assert night(after).drafts == 3
    assert [row[2:] for row in rows("draft")] == [("done", "draft.expired_deleted")] * 3
    assert no_differences(after)
    assert night(after).did_nothing


def test_drafts_are_no_matter_of_the_platform(db):
    begun()
    night(NOW)
    assert [line.subject for line in health(now=NOW, probers=Probers()).platform] == ["platform/night"]
    assert rows("draft")[0][2] == "open"


def sent_on_its_way(db, outcome: Outcome) -> NoticeId:
    [notice] = release_notices(
        notices=[without_letter(1, recipient="a@example.jp")], actor=given.DESK, now=NOW
    )
    tried = begin_try(notice=notice, actor=WORKER, now=NOW)
    assert tried is not None
    record_answer(tried=tried.try_id, answer=Answer(outcome=outcome, said="550 no"), actor=WORKER, now=NOW)
    return notice


@pytest.fixture
def failed(db):
    return sent_on_its_way(db, Outcome.REFUSED)


def test_a_failed_notice_is_to_be_seen_to_within_three_days(failed):
    assert rows("unsettled_notice") == [(f"notice/{failed}", jst_date(NOW) + 3 * DAY, "open", None)]
    assert no_differences()
    handle_failure(notice=failed, reason="電話で伝えた", actor=given.DESK, now=NOW + DAY)
    assert [row[2:] for row in rows("unsettled_notice")] == [("done", "notice.handled")]
    assert no_differences(NOW + DAY)


def test_one_in_doubt_is_owed_until_a_person_says_what_became_of_it(db):
    notice = sent_on_its_way(db, Outcome.UNKNOWN)
    assert [row[2] for row in rows("unsettled_notice")] == ["open"]
    resolve_notice(
        notice=notice, was_sent=True, sent_at=NOW, reason="記録を確認", actor=given.DESK, now=NOW + DAY
    )
    assert [row[2:] for row in rows("unsettled_notice")] == [("done", "notice.sent")]


def test_nobody_saw_to_it_so_it_is_overdue(failed):
    late = start_of_day(jst_date(NOW) + 4 * DAY)
    night(late)
    [row] = ObligationRow.objects.filter(kind="unsettled_notice")
    assert row.state == OwedState.REACHED
    assert health(now=late, probers=Probers()).overdue >= 1
    assert no_differences(late)


def test_what_was_changed_past_the_acts_differs_and_is_mended(failed):
    draft = begun()
    Draft.objects.update(expires_on=date(2030, 1, 1))
    Notice.objects.filter(pk=failed).update(handled_at=NOW)
    found = {(one.subject, one.kept != "", one.wanted != "") for one in ledger_differences(now=NOW)}
    assert found == {(f"draft/{draft.number}", True, True), (f"notice/{failed}", True, False)}
    assert mend_ledger(actor=WORKER, now=NOW) == 2
    assert no_differences()
