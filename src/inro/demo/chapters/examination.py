"""From the envelope to acceptance (8, 9)."""

from collections.abc import Iterable, Sequence

from inro.demo.case import Case
from inro.demo.people import Applicant
from inro.demo.stage import Stage
from inro.practice.deadlines import deficiency_deadline, issuing_deadline
from inro.practice.validity import ValidityPeriod
from inro.store.ids import ApplicationId
from inro.store.reads.application import application_record


def receive_envelopes(stage: Stage, applicants: Iterable[Applicant]) -> None:
    """Let every applicant fill in, print, seal and post; open the envelopes."""
    for applicant in applicants:
        case = open_case(stage, applicant)
        stage.tell("8.4", f"{case} 受付：{applicant.what}", applicant.what_english)
        for one in applicant.form.replacements:
            stage.tell("8.8", f"　{one.original} → {one.printed}（{one.source}）", "replaced")
        if applicant.points:
            _find_deficient(stage, case)
        stage.pass_minutes(7)


def open_case(stage: Stage, applicant: Applicant) -> Case:
    """Draft an application, print its papers, receive the envelope."""
    application = stage.office.draft(applicant=applicant, now=stage.now)
    case = Case(applicant=applicant, application=application)
    stage.cases.append(case)
    stage.papers.application(applicant=applicant, application=case.number, on=stage.today, terms=stage.terms)
    stage.office.receive(application=application, now=stage.now)
    return case


def open_renewed_case(stage: Stage, applicant: Applicant, application: ApplicationId) -> Case:
    """Receive the envelope with a form that was posted filled in (8.11)."""
    case = Case(applicant=applicant, application=application)
    stage.cases.append(case)
    stage.office.receive(application=application, now=stage.now)
    return case


def _find_deficient(stage: Stage, case: Case) -> None:
    due = deficiency_deadline(
        notice_arrived_on=stage.today, terms=stage.terms, calendar=stage.demonstration.policy.calendar
    )
    letter = stage.office.find_deficient(
        application=case.application,
        points=case.applicant.points,
        operator=stage.papers.operator,
        now=stage.now,
    )
    # The worker hands it to the mail server; only what that took has arrived (43).
    stage.house.worker.work(stage.now)
    stage.papers.deficiency(application=case.number, letter=letter)
    stage.tell("9.2", f"　不備をメールで通知、{due.day} まで（{due.derivation()}）", "deficiency notified")


def resubmit(stage: Stage, case: Case) -> None:
    """Take in the corrected papers."""
    stage.office.resubmit(applicant=case.applicant, application=case.application, now=stage.now)
    stage.tell("9.2", f"{case} 補正書類が期限内に到着", "corrected papers in time")


def examine_and_accept(stage: Stage, cases: Sequence[Case]) -> None:
    """One officer examines, another accepts, a third approves issuing; all sign what will be certified."""
    for case in cases:
        content, confirmed = stage.office.confirm_content(
            applicant=case.applicant, application=case.application, now=stage.now
        )
        if confirmed is not None:
            stage.tell(
                "8.2",
                f"　法人番号 {confirmed.number} を {confirmed.published_on} の公表データで確認",
                "confirmed",
            )
        stage.office.examine(application=case.application, content=content, now=stage.now)
        stage.pass_minutes(3)
        stage.office.accept(application=case.application, now=stage.now)
        stage.tell("9.1", f"{case} 審査（石川）、承諾（西村）", "examined, accepted by another")
        stage.pass_minutes(2)
        stage.office.order(application=case.application, now=stage.now)
        stage.tell("17.1", "　発行を承認（葉山）", "issuance approved by a third officer")
        if case.applicant.form.period is ValidityPeriod.FOUR_YEARS_TEN_MONTHS:
            ended_at = application_record(case.application).examination_ended_at or stage.now
            last = issuing_deadline(examination_ended_at=ended_at, period=case.applicant.form.period)
            stage.tell("6.1", f"　5年の上限により {last.day} までに発行", "five-year cap")
        stage.pass_minutes(3)
