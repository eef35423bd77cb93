"""The demonstration's office: fictional clerks and officers who act through the product's use cases alone."""

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from inro.configuration.clerks import load_clerks
from inro.demo.desk import flawless, paper_by_post, stale_record, text_of
from inro.demo.installation import Demonstration
from inro.demo.people import Applicant
from inro.paper.parties import Operator
from inro.pki.approvers import DUTY_OF
from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.approval import ApprovalContent, Purpose, certification, revocation
from inro.practice.calendar import jst_date
from inro.practice.content import CertifiedContent
from inro.practice.editions import Terms
from inro.practice.grounds import ground as ground_of
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.parcels import Content, Mail, ParcelPlan, Scanned, parcel_plans
from inro.practice.revocation import RevocationFindings
from inro.store.ids import ApplicationId, CaseId, CertificateId, InvoiceId
from inro.store.reads.address import proxy_address
from inro.store.reads.application import application_record
from inro.store.reads.corporate_register import ConfirmationRecord
from inro.store.reads.letters import letter_record
from inro.store.reads.revocation import revocation_case
from inro.usecases import application as applications
from inro.usecases import examination, letters
from inro.usecases import revocation as revocations
from inro.usecases.actor import Actor
from inro.usecases.antisocial import record_antisocial_check
from inro.usecases.corporate_register import (
    LoadedRegister,
    confirm_corporate_number,
    with_confirmed_number,
)
from inro.usecases.decision import Approval, Officers
from inro.usecases.dispatch import dispatch_mailer, dispatch_parcel
from inro.usecases.invoice import issue_invoice, record_payment
from inro.usecases.letter_sheets import letter_sheets
from inro.usecases.notice import send_notice
from inro.usecases.receipt import record_receipt_slip, send_reminder
from inro.usecases.retention import dispose_application

# An approval serves until the card is made; after four weeks it is given anew.
APPROVAL_STANDS = timedelta(days=28)


_CLERKS = {
    clerk.person: Actor(name=clerk.person, duties=clerk.duties)
    for clerk in load_clerks(Path(__file__).with_name("clerks.toml"))
}
INTAKE = _CLERKS["mori"]
CARDS = _CLERKS["fujita"]
DISPATCH = _CLERKS["oka"]
MAILERS = _CLERKS["tachibana"]
RECEIPT = _CLERKS["harada"]
NOTICES = _CLERKS["ueno"]
BILLING = _CLERKS["nakano"]
RECORDS = _CLERKS["kudo"]
EXAMINER = _CLERKS["ishikawa"]
DECIDER = _CLERKS["nishimura"]
MACHINES = _CLERKS["ogata"]
SUBSCRIBER = Actor(name="wizard")


@dataclass(slots=True, kw_only=True)
class Office:
    """The clerks at their desks, with what a desk knows of the day's terms."""

    demonstration: Demonstration
    posted: int = field(default=0)

    def draft(
        self, *, applicant: Applicant, now: datetime, predecessor: ApplicationId | None = None
    ) -> ApplicationId:
        """Let the wizard record what an applicant states, and print the form (8.1, 8.2)."""
        edition = self.demonstration.policy.edition_on(jst_date(now))
        application = applications.record_application(
            form=applicant.form,
            edition=edition.terms.edition,
            edition_sha256=edition.sha256,
            actor=SUBSCRIBER,
            now=now,
            predecessor=predecessor,
        )
        applications.record_form_printed(application=application, actor=SUBSCRIBER, now=now)
        return application

    def receive(self, *, application: ApplicationId, now: datetime) -> None:
        """Open the envelope and begin the examination (8.4, 9.1)."""
        applications.receive_application(application=application, received_at=now, actor=INTAKE, now=now)
        applications.begin_examination(application=application, actor=EXAMINER, now=now)

    def find_deficient(
        self, *, application: ApplicationId, points: tuple[str, ...], operator: Operator, now: datetime
    ) -> bytes:
        """Write, release, print and post the letter about what is missing; return it (9.2)."""
        letter = letters.write_deficiency_letter(
            application=application,
            points=[stale_record(point) for point in points],
            channel=Channel.POST,
            actor=EXAMINER,
            now=now,
        )
        written, today = letter_record(letter), jst_date(now)
        letters.release_deficiency_letter(
            letter=letter, content_sha256=written.content_sha256, actor=EXAMINER, now=now
        )
        sheets = letter_sheets(
            letter_record(letter),
            dated_on=today,
            terms=self._terms(now),
            calendar=self.demonstration.policy.calendar,
            operator=operator,
        )
        letters.print_letters(printed=[sheets], dated_on=today, actor=NOTICES, now=now)
        letters.post_letters(letters=[letter], postmark=today, actor=NOTICES, now=now)
        return sheets.pdf

    def resubmit(self, *, applicant: Applicant, application: ApplicationId, now: datetime) -> None:
        """Take in corrected papers (9.2)."""
        applications.record_resubmission(application=application, form=applicant.form, actor=INTAKE, now=now)

    def confirm_content(
        self, *, applicant: Applicant, application: ApplicationId, now: datetime
    ) -> tuple[CertifiedContent, ConfirmationRecord | None]:
        """Look the organization's Corporate Number up, if one is stated, and return what to certify (8.2)."""
        content, stated = (
            applicant.form.content(subscriber_id=applicant.subscriber_id),
            applicant.form.organization,
        )
        if stated is None or stated.corporate_number is None:
            return content, None
        confirmed = confirm_corporate_number(
            application=application,
            number=stated.corporate_number,
            name=stated.name,
            register=LoadedRegister(),
            actor=EXAMINER,
            now=now,
        )
        return with_confirmed_number(content, confirmed), confirmed

    def examine(self, *, application: ApplicationId, content: CertifiedContent, now: datetime) -> None:
        """Conclude the examination with the examining officer's assertion (9.1)."""
        self._look_for_forces(application, EXAMINER, now)
        record = application_record(application)
        approval = self._approval(
            purpose=Purpose.EXAMINATION,
            person=EXAMINER.name,
            case=record.number,
            content=certification(content=content, period=record.period),
            edition=(record.edition, record.edition_sha256),
            now=now,
        )
        examination.conclude_examination(
            application=application,
            content=content,
            findings=flawless(proxy=proxy_address(application) is not None),
            approval=approval,
            officers=self.officers,
            actor=EXAMINER,
            now=now,
        )

    def accept(self, *, application: ApplicationId, now: datetime) -> None:
        """Accept with another officer's assertion; the order goes to the secure room (9.1)."""
        self._look_for_forces(application, DECIDER, now)
        record = application_record(application)
        content = CertifiedContent.from_record(record.content or {})
        approval = self._approval(
            purpose=Purpose.ACCEPTANCE,
            person=DECIDER.name,
            case=record.number,
            content=certification(content=content, period=record.period),
            edition=(record.edition, record.edition_sha256),
            now=now,
        )
        examination.accept_application(
            application=application, approval=approval, officers=self.officers, actor=DECIDER, now=now
        )

    def dispatch(self, *, application: ApplicationId, proxy: bool, on: date, now: datetime) -> list[str]:
        """Pack by scan and post what 17.4 asks for; return the tracking numbers."""
        return [
            self._post(application=application, plan=plan, proxy=proxy, on=on, now=now)
            for plan in parcel_plans(proxy=proxy)
        ]

    def confirm_receipt(self, *, application: ApplicationId, now: datetime) -> None:
        """Compare the slip's name and seal with the registered ones and confirm delivery (18.4, 18.6)."""
        record_receipt_slip(
            application=application,
            arrived_on=jst_date(now),
            name_agrees=True,
            seal_matches=True,
            terms=self._terms(now),
            calendar=self.demonstration.policy.calendar,
            actor=RECEIPT,
            now=now,
        )

    def remind(self, *, application: ApplicationId, letter: bytes, now: datetime) -> None:
        """Post the reminder of 18.7."""
        send_reminder(
            application=application,
            text=text_of("reminder", letter),
            channel=Channel.POST,
            delivery=Delivery(channel=Channel.POST, postmark=jst_date(now)),
            terms=self._terms(now),
            calendar=self.demonstration.policy.calendar,
            actor=NOTICES,
            now=now,
        )

    def post_letter(
        self,
        *,
        application: ApplicationId,
        kind: NoticeKind,
        clause: str,
        template: str,
        letter: bytes,
        now: datetime,
    ) -> None:
        """Post a letter; it counts as arrived on the postmark's day (43)."""
        send_notice(
            application=application,
            kind=kind,
            clause=clause,
            channel=Channel.POST,
            text=text_of(template, letter),
            sent_on=jst_date(now),
            delivery=Delivery(channel=Channel.POST, postmark=jst_date(now)),
            actor=NOTICES,
            now=now,
        )

    def request_revocation(self, *, certificate: CertificateId, ground: str, now: datetime) -> CaseId:
        """Open a revocation case for a paper that came by post, or for the CA's own duty (21.2, 22)."""
        return revocations.record_revocation_request(
            certificate=certificate,
            ground=ground,
            paper=paper_by_post(certificate, ground_of(ground)),
            requested_at=now,
            actor=INTAKE,
            now=now,
        )

    def decide_revocation(self, *, case: CaseId, application: ApplicationId, now: datetime) -> None:
        """Examine and decide with two officers' assertions (21, 22)."""
        record, of = revocation_case(case), application_record(application)
        asked: dict[str, Any] = {
            "case": record.number,
            "content": revocation(
                serial=record.serial, ground=record.ground, requested_at=record.requested_at
            ),
            "edition": (of.edition, of.edition_sha256),
            "now": now,
        }
        revocations.examine_revocation(
            case=case,
            findings=RevocationFindings(),
            approval=self._approval(purpose=Purpose.REVOCATION_EXAMINATION, person=EXAMINER.name, **asked),
            officers=self.officers,
            actor=EXAMINER,
            now=now,
        )
        revocations.decide_revocation(
            case=case,
            approval=self._approval(purpose=Purpose.REVOCATION, person=DECIDER.name, **asked),
            officers=self.officers,
            terms=self._terms(now),
            calendar=self.demonstration.policy.calendar,
            actor=DECIDER,
            now=now,
        )

    def invoice(self, *, application: ApplicationId, now: datetime) -> InvoiceId:
        """Invoice an issued certificate (35.1)."""
        record, policy = application_record(application), self.demonstration.policy
        return issue_invoice(
            application=application,
            terms=policy.editions[record.edition].terms,
            calendar=policy.calendar,
            registration_number=self.demonstration.installation.operator.registration_number,
            actor=BILLING,
            now=now,
        )

    def record_payment(self, *, invoice: InvoiceId, amount: int, now: datetime) -> None:
        """Match a bank transfer with its invoice (33)."""
        record_payment(invoice=invoice, amount=amount, paid_on=jst_date(now), actor=BILLING, now=now)

    def dispose(self, *, application: ApplicationId, now: datetime) -> None:
        """Dispose of a case whose ten years are over (40(4))."""
        record = application_record(application)
        terms = self.demonstration.policy.editions[record.edition].terms
        dispose_application(application=application, terms=terms, actor=RECORDS, now=now)

    @property
    def officers(self) -> Officers:
        """The roster the ceremony signed; software keys count in a demonstration only."""
        return Officers(roster=self.demonstration.ceremony.roster, virtual_allowed=True)

    def _look_for_forces(self, application: ApplicationId, officer: Actor, now: datetime) -> None:
        record_antisocial_check(
            application=application,
            source=CheckSource.NEWS_DATABASE,
            result=CheckResult.NO_MATCH,
            remark="",
            checked_at=now,
            actor=officer,
            now=now,
        )

    def _approval(
        self,
        *,
        purpose: Purpose,
        person: str,
        case: str,
        content: dict[str, Any],
        edition: tuple[str, str],
        now: datetime,
    ) -> Approval:
        roster = self.demonstration.ceremony.roster
        approved = ApprovalContent(
            purpose=purpose,
            case=case,
            decision=str(uuid.uuid4()),
            verdict="accept",
            duty=DUTY_OF[purpose].value,
            content=content,
            profile_sha256=self.demonstration.policy.profile.sha256,
            edition=edition[0],
            edition_sha256=edition[1],
            roster_version=roster.version,
            roster_sha256=roster.sha256,
            examination_ended_at=now.isoformat() if purpose is Purpose.ACCEPTANCE else "",
            nonce=secrets.token_hex(16),
            expires_at=now + APPROVAL_STANDS,
        )
        assertion = self.demonstration.authenticator.approve(person=person, content=approved)
        return Approval(content=approved, assertion=assertion)

    def _terms(self, now: datetime) -> Terms:
        return self.demonstration.policy.edition_on(jst_date(now)).terms

    def _post(
        self, *, application: ApplicationId, plan: ParcelPlan, proxy: bool, on: date, now: datetime
    ) -> str:
        number = application_record(application).number
        tracking = self._tracking_number(plan.mail)
        # Card, mailer and slip carry their case as a code; the enclosed warning belongs to it too.
        scanned = [Scanned(content=content, application=number) for content in sorted(plan.contents, key=str)]
        posted: dict[str, Any] = {
            "application": application,
            "scanned": scanned,
            "tracking": tracking,
            "posted_on": on,
            "now": now,
        }
        if Content.CARD in plan.contents:
            dispatch_parcel(proxy=proxy, actor=DISPATCH, **posted)
        else:
            dispatch_mailer(actor=MAILERS, **posted)
        return tracking

    def _tracking_number(self, mail: Mail) -> str:
        self.posted += 1
        kind = "1" if mail is Mail.RESTRICTED_DELIVERY else "3"
        digits = f"{kind}3160{self.posted:05d}"
        return f"{digits}{int(digits) % 7}"
