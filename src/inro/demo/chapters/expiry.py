"""Notices before the end, a renewal, a period of stay that ends (6.2, 8.11, 12.4)."""

from dataclasses import replace
from datetime import date, timedelta

from inro.demo.case import Case
from inro.demo.chapters.delivery import deliver
from inro.demo.chapters.examination import examine_and_accept, open_case
from inro.demo.chapters.issuance import issue
from inro.demo.chapters.revocation import revoke
from inro.demo.stage import Stage
from inro.practice.calendar import jst_date
from inro.practice.deadlines import expiry_notice_deadlines, stay_deadlines
from inro.practice.notices import NoticeKind


def notify_expiry(stage: Stage, case: Case, *, notices: int = 2) -> None:
    """Post the expiry notices on their days, with the pre-printed form (6.2, 8.11)."""
    not_after = case.certificate.not_after
    for due in expiry_notice_deadlines(not_after=not_after, terms=stage.terms)[:notices]:
        stage.go_to(due.day, 10)
        letter = stage.papers.expiry_notice(
            applicant=case.applicant,
            application=case.number,
            card=case.card_serial,
            not_after=not_after,
            on=stage.today,
        )
        stage.office.post_letter(
            application=case.application,
            kind=NoticeKind.EXPIRY,
            clause="6.2",
            template="expiry",
            letter=letter,
            now=stage.now,
        )
        stage.tell(
            "6.2",
            f"{case} 有効期限通知（{jst_date(not_after)} 満了）、印字済みの申込書を同封",
            "expiry notice with the pre-printed form",
        )


def renew(stage: Stage, case: Case) -> None:
    """Notify, take in the renewal application, issue a new card; the old certificate just ends (6.2)."""
    notify_expiry(stage, case, notices=1)
    stage.go_to(_days_on(stage, 10))
    renewed = open_case(stage, replace(case.applicant, key="suzuki-renewed"), predecessor=case.application)
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
            template="stay",
            letter=letter,
            now=stage.now,
        )
        stage.tell("12.4", f"{case} 在留期間 {ends} 満了の注意を投函", "stay ends: reminded")
    stage.go_to(ends, 9)
    stage.tell("12.4", f"{case} 在留期間の満了により失効を申請", "applies for revocation")
    revoke(stage, case, ground_id="12.4")


def _days_on(stage: Stage, days: int) -> date:
    return stage.today + timedelta(days=days)
