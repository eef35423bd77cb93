"""The demonstration's office: fictional clerks and officers who act through the product's use cases alone."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from inro.configuration.clerks import load_clerks
from inro.configuration.trust import read_signed_roster
from inro.demo.correspondence import look_for_forces, notify_deficiency
from inro.demo.desk import judge_fit, opened_case, paper_by_post, text_of
from inro.demo.installation import Demonstration
from inro.demo.people import Applicant
from inro.paper.parties import Operator
from inro.practice.approval import TO_ISSUE, Purpose, certification, revocation
from inro.practice.calendar import jst_date
from inro.practice.content import CertifiedContent
from inro.practice.duties import Duty
from inro.practice.editions import Terms
from inro.practice.grounds import ground as ground_of
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.parcels import Content, Mail, ParcelPlan, Scanned, parcel_plans
from inro.practice.renewal import renewal_form
from inro.practice.revocation import RevocationFindings
from inro.store.ids import ApplicationId, CaseId, CertificateId, InvoiceId
from inro.store.reads.application import application_record
from inro.store.reads.corporate_register import ConfirmationRecord
from inro.store.reads.examination import certified_content, examination_result
from inro.store.reads.renewal import EarlierApplication
from inro.store.reads.revocation import revocation_case
from inro.usecases import application as applications
from inro.usecases import examination
from inro.usecases import revocation as revocations
from inro.usecases.actor import Actor, process
from inro.usecases.application import find
from inro.usecases.corporate_register import LoadedRegister, confirm_corporate_number
from inro.usecases.decision import Approval, Officers, content_to_approve, latest_approvals
from inro.usecases.dispatch import dispatch_mailer, dispatch_parcel
from inro.usecases.examination import examined_content
from inro.usecases.invoice import issue_invoice, record_payment
from inro.usecases.issuance_order import order_issuance
from inro.usecases.notice import send_notice
from inro.usecases.policy import record_first_policy
from inro.usecases.receipt import record_receipt_slip, send_reminder
from inro.usecases.renewal import OpenedRenewal, open_renewal
from inro.usecases.retention import dispose_application
from inro.usecases.roster import install_roster

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
PUBLISHER = _CLERKS["shimizu"]
BILLING = _CLERKS["nakano"]
RECORDS = _CLERKS["kudo"]
EXAMINER = _CLERKS["ishikawa"]
DECIDER = _CLERKS["nishimura"]
APPROVER = _CLERKS["hayama"]
MACHINES = _CLERKS["ogata"]
SUBSCRIBER = Actor(name="wizard")
CUSTODIAN = Actor(name="ceremony", duties=frozenset({Duty.KEY_CUSTODY}))


@dataclass(slots=True, kw_only=True)
class Office:
    """The clerks at their desks, with what a desk knows of the day's terms."""

    demonstration: Demonstration
    posted: int = field(default=0)

    def draft(self, *, applicant: Applicant, now: datetime) -> ApplicationId:
        """Let the wizard record what an applicant states, and print the form (8.1, 8.2)."""
        edition = self.demonstration.policy.edition_on(jst_date(now))
        application = applications.record_application(
            form=applicant.form,
            edition=edition.terms.edition,
            edition_sha256=edition.sha256,
            actor=SUBSCRIBER,
            now=now,
        )
        applications.record_form_printed(application=application, actor=SUBSCRIBER, now=now)
        return application

    def open_renewal(self, *, earlier: EarlierApplication, now: datetime) -> OpenedRenewal:
        """Begin the renewal that is posted filled in, or print again the one that is waited for (8.11)."""
        edition = self.demonstration.policy.edition_on(jst_date(now))
        return open_renewal(
            earlier=earlier,
            form=renewal_form(earlier.form, number=earlier.number, on=jst_date(now)),
            edition=edition.terms.edition,
            edition_sha256=edition.sha256,
            actor=NOTICES,
            now=now,
        )

    def receive(self, *, application: ApplicationId, now: datetime) -> None:
        """Open the envelope and begin the examination (8.4, 9.1)."""
        applications.receive_application(application=application, received_at=now, actor=INTAKE, now=now)
        applications.begin_examination(application=application, actor=EXAMINER, now=now)

    def find_deficient(
        self, *, application: ApplicationId, points: tuple[str, ...], operator: Operator, now: datetime
    ) -> bytes:
        """Write and release the letter about what is missing, let it go by e-mail; return it (9.2, 43)."""
        return notify_deficiency(
            application=application,
            points=points,
            rules=(self._terms(now), self.demonstration.policy.calendar),
            words=self.demonstration.policy.notice_words,
            operator=operator,
            address=self.demonstration.installation.operator.email,
            officers=(EXAMINER, NOTICES),
            at=now,
        )

    def resubmit(self, *, applicant: Applicant, application: ApplicationId, now: datetime) -> None:
        """Take in corrected papers (9.2)."""
        applications.record_resubmission(application=application, form=applicant.form, actor=INTAKE, now=now)

    def confirm_content(
        self, *, applicant: Applicant, application: ApplicationId, now: datetime
    ) -> tuple[CertifiedContent, ConfirmationRecord | None]:
        """Look the organization's Corporate Number up, if one is stated, and return what to certify (8.2)."""
        stated = applicant.form.organization
        if stated is None or stated.corporate_number is None:
            return certified_content(application), None
        confirmed = confirm_corporate_number(
            application=application,
            number=stated.corporate_number,
            name=stated.name,
            register=LoadedRegister(),
            actor=EXAMINER,
            now=now,
        )
        return certified_content(application), confirmed

    def examine(self, *, application: ApplicationId, content: CertifiedContent, now: datetime) -> None:
        """Judge every item of the checklist, and conclude with the examining officer's assertion (9.1)."""
        look_for_forces(application=application, officer=EXAMINER, at=now)
        judge_fit(
            application=application, checklist=self.demonstration.policy.checklist, actor=EXAMINER, now=now
        )
        record, result = application_record(application), examination_result(application)
        approval = self._approval(
            purpose=Purpose.EXAMINATION,
            person=EXAMINER.name,
            case=record.number,
            content=certification(content=content, period=record.period, findings=result.findings),
            edition=(record.edition, record.edition_sha256),
            now=now,
        )
        examination.conclude_examination(
            application=application,
            content=content,
            findings=result.findings,
            approval=approval,
            officers=self.officers,
            actor=EXAMINER,
            now=now,
        )

    def accept(self, *, application: ApplicationId, now: datetime) -> None:
        """Accept with another officer's assertion; the contract stands (9.1)."""
        look_for_forces(application=application, officer=DECIDER, at=now)
        examination.accept_application(
            application=application,
            approval=self._application_approval(application, Purpose.ACCEPTANCE, DECIDER.name, now),
            officers=self.officers,
            actor=DECIDER,
            now=now,
        )

    def order(self, *, application: ApplicationId, now: datetime) -> None:
        """Approve the issuance with a third assertion; the order goes to the secure room (17.1)."""
        order_issuance(
            application=application,
            approval=self._application_approval(application, Purpose.ISSUANCE, APPROVER.name, now),
            officers=self.officers,
            actor=APPROVER,
            now=now,
        )

    def open_house(self, *, now: datetime) -> None:
        """Put on record the policy the house begins with, and the roster that the ceremony signed (9.1)."""
        policy = self.demonstration.policy
        record_first_policy(sha256=policy.sha256, files=policy.files, actor=process("ceremony"), now=now)
        signed = read_signed_roster(self.demonstration.installation.trust)
        install_roster(
            document=signed.document,
            signature=signed.signature,
            public_key_info=signed.public_key_info,
            actor=process("ceremony"),
            now=now,
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
            shelf="受領書棚１",
            terms=self._terms(now),
            calendar=self.demonstration.policy.calendar,
            actor=RECEIPT,
            now=now,
        )

    def remind(self, *, application: ApplicationId, letter: bytes, now: datetime) -> None:
        """Post the reminder of 18.7."""
        policy = self.demonstration.policy
        send_reminder(
            application=application,
            text=text_of(letter, policy.notice_words[NoticeKind.RECEIPT_REMINDER]),
            channel=Channel.POST,
            delivery=Delivery(channel=Channel.POST, postmark=jst_date(now)),
            terms=self._terms(now),
            calendar=policy.calendar,
            actor=NOTICES,
            now=now,
        )

    def post_letter(
        self,
        *,
        application: ApplicationId,
        kind: NoticeKind,
        clause: str,
        letter: bytes,
        now: datetime,
    ) -> None:
        """Post a letter; it counts as arrived on the postmark's day (43)."""
        send_notice(
            application=application,
            kind=kind,
            clause=clause,
            channel=Channel.POST,
            text=text_of(letter, self.demonstration.policy.notice_words[kind]),
            sent_on=jst_date(now),
            delivery=Delivery(channel=Channel.POST, postmark=jst_date(now)),
            actor=NOTICES,
            now=now,
        )

    def request_revocation(self, *, certificate: CertificateId, ground: str, now: datetime) -> CaseId:
        """Open a revocation case for a paper that came by post, or take up that of the night (21.2, 22)."""
        return opened_case(certificate, ground) or revocations.record_revocation_request(
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
            approval=self._approval(
                purpose=Purpose.REVOCATION,
                person=DECIDER.name,
                earlier=latest_approvals(case=case, purposes=(Purpose.REVOCATION_EXAMINATION,)),
                **asked,
            ),
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

    def _application_approval(
        self, application: ApplicationId, purpose: Purpose, person: str, now: datetime
    ) -> Approval:
        row = find(application)
        return self._approval(
            purpose=purpose,
            person=person,
            case=row.number,
            content=examined_content(row),
            edition=(row.edition, row.edition_sha256),
            now=now,
            earlier=latest_approvals(application=application, purposes=TO_ISSUE[: TO_ISSUE.index(purpose)]),
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
        earlier: Sequence[Approval] = (),
    ) -> Approval:
        asked = content_to_approve(
            purpose=purpose,
            case=case,
            content=content,
            after=earlier[-1] if earlier else None,
            edition=edition,
            profile_sha256=self.demonstration.policy.profile.sha256,
            roster=self.demonstration.ceremony.roster,
            random_bytes=secrets.token_bytes,
            now=now,
            examination_ended_at=now if purpose is Purpose.ACCEPTANCE else None,
        )
        assertion = self.demonstration.authenticator.approve(person=person, content=asked)
        return Approval(content=asked, assertion=assertion)

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
