"""Notices before the end, a renewal, a period of stay that ends (6.2, 8.11, 12.4)."""

from dataclasses import replace
from datetime import date, timedelta

from inro.demo.case import Case
from inro.demo.chapters.delivery import deliver
from inro.demo.chapters.examination import examine_and_accept, open_renewed_case
from inro.demo.chapters.issuance import issue
from inro.demo.chapters.revocation import revoke
from inro.demo.stage import Stage
from inro.practice.calendar import jst_date
from inro.practice.deadlines import expiry_notice_deadlines, stay_deadlines
from inro.practice.notices import NoticeKind
from inro.store.reads.renewal import earlier_applications
from inro.usecases.renewal import OpenedRenewal


def notify_expiry(stage: Stage, case: Case, *, notices: int = 2) -> OpenedRenewal:
    """Post the expiry notices on their days, with forms filled in; return the renewal (6.2, 8.11).

    Raises: ValueError for a case of which nobody is notified.
    """
    renewal: OpenedRenewal | None = None
    not_after = case.certificate.not_after
    for due in expiry_notice_deadlines(not_after=not_after, terms=stage.terms)[:notices]:
        stage.go_to(due.day, 10)
        [earlier] = earlier_applications(case.number)
        renewal = stage.office.open_renewal(earlier=earlier, now=stage.now)
        letter = stage.papers.renewal(
            applicant=case.applicant, earlier=earlier, renewal=renewal, on=stage.today, terms=stage.terms
        )
        stage.office.post_letter(
            application=case.application,
            kind=NoticeKind.EXPIRY,
            clause="6.2",
            letter=letter,
            now=stage.now,
        )
        stage.tell(
            "6.2",
            f"{case} 有効期限通知（{jst_date(not_after)} 満了）、印字済みの申込書 {renewal.number} を同封",
            "printed again" if renewal.again else "expiry notice with the form filled in",
        )
    if renewal is None:
        raise ValueError(case.number)
    return renewal


def renew(stage: Stage, case: Case) -> None:
    """Notify, take in the renewal application, issue a new card; the old certificate just ends (6.2)."""
    posted = notify_expiry(stage, case, notices=1)
    stage.go_to(_days_on(stage, 10))
    renewed = open_renewed_case(stage, replace(case.applicant, key="suzuki-renewed"), posted.application_id)
    stage.tell("8.11", f"{renewed} 更新の申込書が到着（前回 {case.number}）", "renewal")
    examine_and_accept(stage, [renewed])
    stage.go_to(_days_on(stage, 1))
    issue(stage, [renewed])
    deliver(stage, [renewed], posted_on=_days_on(stage, 1))
    stage.go_to(jst_date(case.certificate.not_after) + timedelta(days=1))


def stay_period_ends(stage: Stage, case: Case) -> None:
    """Remind a foreign subscriber, and revoke on the application that the end of stay asks for (12.4)."""
    ends = case.applicant.form.stay_ends
    if ends is None:
        raise ValueError(case.number)
    due = stay_deadlines(stay_ends_on=ends, terms=stage.terms)
    for reminder in due[:1]:
        stage.go_to(reminder.day, 10)
        letter = f"{case.number} {ends}".encode()
        stage.office.post_letter(
            application=case.application,
            kind=NoticeKind.STAY_REMINDER,
            clause="12.4",
            letter=letter,
            now=stage.now,
        )
        stage.tell("12.4", f"{case} 在留期間 {ends} 満了の注意を投函", "stay ends: reminded")
    stage.go_to(ends, 9)
    stage.tell("12.4", f"{case} 在留期間の満了により失効を申請", "applies for revocation")
    revoke(stage, case, ground_id="12.4")


def _days_on(stage: Stage, days: int) -> date:
    return stage.today + timedelta(days=days)
