"""A slip that never comes, a lost card, two quiet days (18.7, 21, 22, 26)."""

from datetime import date

from inro.demo.case import Case
from inro.demo.chapters.delivery import clock_of
from inro.demo.office import DISPATCH
from inro.demo.stage import Stage
from inro.practice.calendar import JST
from inro.practice.grounds import ground
from inro.practice.notices import NoticeKind
from inro.usecases.card import record_card_lost
from inro.words.grounds import ground_words


def late_slip(stage: Stage, case: Case) -> None:
    """Remind on the day after the slip was due, revoke when the ten days are over too (18.7, 22.1(1))."""
    stage.go_to(clock_of(stage, case).reminder.day, 10)
    days = (stage.today - (case.posted_on or stage.today)).days
    reminded = clock_of(stage, case, stage.today)
    slip, due = reminded.slip_after_reminder, reminded.revocation
    if slip is None or due is None:
        raise ValueError(case.number)
    letter = stage.papers.reminder(
        applicant=case.applicant,
        application=case.number,
        card=case.card_serial,
        dispatched_on=case.posted_on or stage.today,
        on=stage.today,
        due=slip,
        revocation=due,
    )
    stage.office.remind(application=case.application, letter=letter, now=stage.now)
    stage.tell("18.7", f"{case} 発送から {days} 日目、督促状を投函（消印日に到達）", "reminder")
    stage.go_to(due.day, 9)
    days = (due.day - (case.posted_on or stage.today)).days
    stage.tell("18.7", f"{case} {days} 日目：{due.derivation()}", "not received: to be revoked")
    revoke(stage, case, ground_id="18.7")


def lost_card(stage: Stage, case: Case, *, on: date) -> None:
    """Revoke on the subscriber's application for a lost card (21.1(3))."""
    stage.go_to(on, 9)
    stage.papers.revocation_application(
        applicant=case.applicant,
        application=case.number,
        card=case.card_serial,
        on=stage.today,
        terms=stage.terms,
    )
    stage.tell("21.2", f"{case} 失効申請書が郵送で到着：カード紛失", "revocation application")
    revoke(stage, case, ground_id="21.1(3)/lost")
    record_card_lost(serial=case.card_serial, actor=DISPATCH, now=stage.now)


def revoke(stage: Stage, case: Case, *, ground_id: str) -> None:
    """Verify before, decide by two officers, publish, verify again, tell the subscriber (22.2, 39.4)."""
    stage.make_lists()
    stage.pass_minutes(30)
    stage.verify()
    request = stage.office.request_revocation(
        certificate=case.certificate.certificate_id, ground=ground_id, now=stage.now
    )
    stage.pass_minutes(20)
    stage.office.decide_revocation(case=request, application=case.application, now=stage.now)
    stage.pass_minutes(2)
    stage.house.renew_lists(stage.now)
    stage.keep_lists()
    case.revoked_at, case.ground = stage.now, ground_id
    reason = ground(ground_id).reason_code
    stage.tell(
        "26.1",
        f"{case} 失効（事由 {ground_id}、{reason.rfc_name if reason else 'unspecified'}）、公開し読み戻す",
        "revoked, published, read back",
    )
    stage.pass_minutes(30)
    stage.verify()
    stage.tell("20", "openssl はこの署名を退け、ほかは受け入れる", "rejected; the others hold")
    stage.ask()
    letter = stage.papers.revocation_notice(
        applicant=case.applicant,
        application=case.number,
        card=case.card_serial,
        serial=case.certificate.serial.hex(),
        revoked_at=case.revoked_at,
        ground=ground_id,
        words=ground_words(ground_id, "ja"),
        on=stage.today,
    )
    stage.office.post_letter(
        application=case.application,
        kind=NoticeKind.REVOCATION,
        clause="22.2",
        letter=letter,
        now=stage.now,
    )
    stage.tell("22.2", f"{case} 失効通知を投函", "subscriber told without delay")


def quiet_days(stage: Stage) -> None:
    """Renew the lists every 24 hours although nothing happens (26.2)."""
    for _ in range(2):
        stage.pass_minutes(24 * 60 - 30)
        answer = stage.house.renew_lists(stage.now)
        stage.keep_lists()
        made = "公開" if answer["lists"] else "期限前"
        stage.tell("26.2", f"失効はないが 24 時間ごとの CRL・ARL・fullCRL を{made}", "renewed on time")
    stage.tell("26.2", f"静かな 48 時間が過ぎる（{stage.now.astimezone(JST):%H:%M}）", "48 quiet hours")
