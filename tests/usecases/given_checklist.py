"""What tests of the checklist start from: an application under examination, and its items answered."""

from typing import Any

from inro.configuration.policy import load_policy
from inro.practice.checklist import Verdict
from inro.practice.stated import StatedForm
from inro.store.ids import ApplicationId
from inro.store.reads.examination import ExaminedItem, examined_items
from inro.usecases.actor import process
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


def judge_all(application: ApplicationId, **changed: Verdict) -> None:
    """Find every item fit, or as said."""
    for one in examined_items(application, CHECKLIST):
        verdict = changed.get(one.item, Verdict.FIT)
        judge(application, one.item, verdict, reason="理由" if verdict is Verdict.DEFICIENT else "")
