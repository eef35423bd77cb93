"""What tests of the checklist start from: an application under examination, and its items answered."""

from typing import Any

from inro.configuration.policy import load_policy
from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.checklist import Verdict
from inro.practice.stated import StatedForm
from inro.store.ids import ApplicationId
from inro.store.reads.examination import ExaminedItem, examined_items
from inro.usecases.actor import process
from inro.usecases.antisocial import record_antisocial_check
from inro.usecases.application import begin_examination, receive_application, record_application
from inro.usecases.checklist import record_verdict
from tests import given

CHECKLIST = load_policy(given.POLICY).checklist


def examining(form: StatedForm) -> ApplicationId:
    """Return an application with this form, under examination."""
    application = record_application(
        form=form,
        edition=given.EDITION,
        edition_sha256=given.EDITION_SHA256,
        actor=process("wizard"),
        now=given.NOW,
    )
    receive_application(application=application, received_at=given.NOW, actor=given.EXAMINER, now=given.NOW)
    begin_examination(application=application, actor=given.EXAMINER, now=given.NOW)
    return application


def item_of(application: ApplicationId, item: str) -> ExaminedItem:
    """Return an item as it now stands."""
    return next(one for one in examined_items(application, CHECKLIST) if one.item == item)


def judge(application: ApplicationId, item: str, verdict: Verdict = Verdict.FIT, **changes: Any) -> int:
    """Record a verdict on an item as it is shown now."""
    seen = item_of(application, item)
    asked = {
        "shown_sha256": seen.shown_sha256,
        "version": seen.given.version if seen.given else 0,
        "checklist": CHECKLIST,
        "actor": given.EXAMINER,
        "now": given.NOW,
    }
    return record_verdict(application=application, item=item, verdict=verdict, **asked | changes)


def look_for_forces(application: ApplicationId, result: CheckResult = CheckResult.NO_MATCH) -> None:
    """Record what the examining officer found of anti-social forces (46)."""
    record_antisocial_check(
        application=application,
        source=CheckSource.NEWS_DATABASE,
        result=result,
        remark="" if result is CheckResult.NO_MATCH else "記事の氏名・生年月日が一致",
        checked_at=given.NOW,
        actor=given.EXAMINER,
        now=given.NOW,
    )


def judge_all(
    application: ApplicationId, *, checked: CheckResult = CheckResult.NO_MATCH, **changed: Verdict
) -> None:
    """Find every item fit, or as said; the examining officer's check for anti-social forces among them."""
    look_for_forces(application, checked)
    for one in examined_items(application, CHECKLIST):
        if not one.asked.verdicts:
            continue
        verdict = changed.get(one.item, Verdict.FIT)
        judge(application, one.item, verdict, reason="理由" if verdict is Verdict.DEFICIENT else "")
