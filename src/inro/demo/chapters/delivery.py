"""Parcels, slips, first signatures, invoices (17.4, 18, 19.1, 20, 33–37)."""

from collections.abc import Sequence
from datetime import date, timedelta

from inro.demo.case import Case
from inro.demo.stage import Stage
from inro.paper.invoice import BankAccount
from inro.practice.calendar import jst_date
from inro.practice.fees import payment_deadline
from inro.practice.parcels import Content, parcel_plans
from inro.practice.receipt import ReceiptClock, receipt_clock
from inro.store.reads.invoice import invoice_record

DAYS_ON_THE_WAY = 4
NEVER_RETURNS_THE_SLIP = "kimura"


def deliver(stage: Stage, cases: Sequence[Case], *, posted_on: date) -> None:
    """Post card and PIN as 17.4 asks, let subscribers check, sign and return the slip."""
    stage.go_to(posted_on, 15)
    for case in cases:
        _post(stage, case)
    stage.go_to(posted_on + timedelta(days=DAYS_ON_THE_WAY), 9)
    stage.make_lists()
    stage.pass_minutes(60)
    for case in cases:
        stage.sign(case)
    stage.tell("20", f"{len(cases)} 名がカードで入札書に署名", "subscribers sign with their cards")
    stage.verify()
    stage.tell("12.9", "openssl cms -verify が全てを受け入れる", "relying party verifies them all")
    stage.go_to(posted_on + timedelta(days=DAYS_ON_THE_WAY + 2), 11)
    for case in cases:
        if case.applicant.key != NEVER_RETURNS_THE_SLIP:
            stage.office.confirm_receipt(application=case.application, now=stage.now)
            stage.tell("18.6", f"{case} 受領書、実印を照合", "slip with the registered seal")


def clock_of(stage: Stage, case: Case, reminder_arrived_on: date | None = None) -> ReceiptClock:
    """Return the deadlines of a case's dispatch (18.7)."""
    return receipt_clock(
        dispatched_on=case.posted_on or stage.today,
        reminder_arrived_on=reminder_arrived_on,
        terms=stage.terms,
        calendar=stage.demonstration.policy.calendar,
    )


def _post(stage: Stage, case: Case) -> None:
    applicant, proxy = case.applicant, case.applicant.form.proxy is not None
    case.posted_on = stage.today
    clock = clock_of(stage, case)
    stage.papers.slip(
        applicant=applicant,
        application=case.number,
        card=case.card_serial,
        certificate=case.certificate.der or b"",
        on=stage.today,
        due=clock.slip,
    )
    tracking = stage.office.dispatch(application=case.application, proxy=proxy, on=stage.today, now=stage.now)
    for plan, number in zip(parcel_plans(proxy=proxy), tracking, strict=True):
        stage.papers.label(
            applicant=applicant,
            application=case.number,
            mail=plan.mail,
            to_proxy=proxy and Content.CARD in plan.contents,
            tracking=number,
            on=stage.today,
        )
    how = "カードは受取代理人へ本人限定受取、PINは本人へ簡易書留" if proxy else "本人限定受取郵便（基本型）"
    stage.tell(
        "17.4",
        f"{case} 発送 {'、'.join(tracking)}：{how}、受領書は {clock.slip.day} まで",
        "card and PIN posted",
    )
    stage.pass_minutes(5)


def invoice_and_pay(stage: Stage) -> None:
    """Invoice every issued certificate; everybody pays three days later."""
    invoices = {
        case.number: stage.office.invoice(application=case.application, now=stage.now) for case in stage.cases
    }
    details = stage.demonstration.installation.operator.bank
    bank = BankAccount(
        bank=details.bank,
        branch=details.branch,
        kind=details.kind,
        number=details.number,
        holder=details.holder,
    )
    for case in stage.cases:
        record = invoice_record(invoices[case.number])
        stage.papers.invoice(
            applicant=case.applicant,
            application=case.number,
            number=record.number,
            terms=stage.terms,
            bank=bank,
            delivered_on=jst_date(case.certificate.issued_at),
            on=stage.today,
            due=payment_deadline(
                invoiced_on=record.issued_on, terms=stage.terms, calendar=stage.demonstration.policy.calendar
            ),
        )
        stage.tell(
            "35.1",
            f"{case} 請求 {record.amount:,}円＋税 {record.tax:,}円＝{record.total:,}円、{record.due_on}迄",
            "invoiced, tax apart",
        )
    stage.go_to(stage.today + timedelta(days=3), 15)
    for case in stage.cases:
        record = invoice_record(invoices[case.number])
        stage.office.record_payment(invoice=invoices[case.number], amount=record.total, now=stage.now)
    stage.tell("33", f"{len(invoices)} 件の振込を確認", "bank transfers matched")
