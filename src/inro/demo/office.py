"""The demonstration's office: fictional clerks and officers who act through the product's use cases alone."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from inro.demo.installation import Demonstration
from inro.demo.people import Applicant, Place
from inro.pki.approvers import DUTY_OF
from inro.practice.approval import ApprovalContent, Purpose, certification, revocation
from inro.practice.calendar import jst_date
from inro.practice.content import CertifiedContent
from inro.practice.duties import Duty
from inro.practice.grounds import Invoker, ground
from inro.practice.notices import Channel, Delivery, NoticeKind
from inro.practice.parcels import Mail, ParcelPlan, Scanned, parcel_plans
from inro.practice.receipt import ReceiptClock
from inro.practice.revocation import RequestWay, RevocationPaper
from inro.store.ids import ApplicationId, CaseId, CertificateId, InvoiceId
from inro.store.reads.application import application_record
from inro.store.reads.revocation import RevocationRecord, revocation_case
from inro.usecases import application as applications
from inro.usecases import examination
from inro.usecases import revocation as revocations
from inro.usecases.actor import Actor
from inro.usecases.decision import Approval, Officers
from inro.usecases.dispatch import dispatch_parcel
from inro.usecases.invoice import issue_invoice, record_payment
from inro.usecases.notice import NoticeText, send_notice
from inro.usecases.receipt import record_receipt_slip, send_reminder
from inro.usecases.retention import dispose_application

# An approval serves until the card is made; after four weeks it is given anew.
APPROVAL_STANDS = timedelta(days=28)


def clerk(name: str, *duties: Duty) -> Actor:
    """Return a member of staff with today's duties."""
    return Actor(name=name, duties=frozenset(duties))


INTAKE = clerk("mori", Duty.INTAKE, Duty.REVOCATION_INTAKE)
CARDS = clerk("fujita", Duty.ISSUANCE_OPERATION)
DISPATCH = clerk("oka", Duty.DISPATCH)
RECEIPT = clerk("harada", Duty.RECEIPT)
NOTICES = clerk("ueno", Duty.NOTICE)
BILLING = clerk("nakano", Duty.BILLING)
RECORDS = clerk("kudo", Duty.RECORDS)
EXAMINER = clerk("ishikawa", Duty.EXAMINATION, Duty.REVOCATION_EXAMINATION)
DECIDER = clerk("nishimura", Duty.ACCEPTANCE, Duty.REVOCATION_DECISION)
SUBSCRIBER = clerk("wizard")


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
            kind=applicant.kind,
            period=applicant.period,
            stated=stated(applicant),
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
        self, *, application: ApplicationId, points: tuple[str, ...], letter: bytes, now: datetime
    ) -> None:
        """Record what is missing and post the letter about it (9.2)."""
        applications.find_deficient(
            application=application,
            points=len(points),
            points_sha256=hashlib.sha256("\n".join(points).encode()).hexdigest(),
            actor=EXAMINER,
            now=now,
        )
        self.post_letter(
            application=application,
            kind=NoticeKind.DEFICIENCY,
            clause="9.2",
            template="deficiency",
            letter=letter,
            now=now,
        )

    def resubmit(self, *, applicant: Applicant, application: ApplicationId, now: datetime) -> None:
        """Take in corrected papers (9.2)."""
        applications.record_resubmission(
            application=application, stated=stated(applicant), actor=INTAKE, now=now
        )

    def examine(self, *, application: ApplicationId, content: CertifiedContent, now: datetime) -> None:
        """Conclude the examination with the examining officer's assertion (9.1)."""
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
            approval=approval,
            officers=self.officers,
            actor=EXAMINER,
            now=now,
        )

    def accept(self, *, application: ApplicationId, now: datetime) -> None:
        """Accept with another officer's assertion; the order goes to the secure room (9.1)."""
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
            self._post(application=application, plan=plan, on=on, now=now)
            for plan in parcel_plans(proxy=proxy)
        ]

    def confirm_receipt(self, *, application: ApplicationId, now: datetime) -> None:
        """Compare the slip's seal with the registered one and confirm delivery (18.4, 18.6)."""
        record_receipt_slip(
            application=application, arrived_on=jst_date(now), seal_matches=True, actor=RECEIPT, now=now
        )

    def remind(self, *, application: ApplicationId, letter: bytes, now: datetime) -> None:
        """Post the reminder of 18.7."""
        record = application_record(application)
        policy = self.demonstration.policy
        send_reminder(
            application=application,
            text=_text("reminder", letter),
            channel=Channel.POST,
            delivery=Delivery(channel=Channel.POST, postmark=jst_date(now)),
            terms=policy.editions[record.edition].terms,
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
            text=_text(template, letter),
            sent_on=jst_date(now),
            delivery=Delivery(channel=Channel.POST, postmark=jst_date(now)),
            actor=NOTICES,
            now=now,
        )

    def request_revocation(
        self,
        *,
        certificate: CertificateId,
        ground: str,
        invoker: Invoker,
        now: datetime,
    ) -> CaseId:
        """Open a revocation case for a paper that came by post, or for the CA's own duty (21.2, 22)."""
        return revocations.record_revocation_request(
            certificate=certificate,
            ground=ground,
            invoker=invoker,
            channel=Channel.POST,
            requested_at=now,
            actor=INTAKE,
            now=now,
        )

    def decide_revocation(
        self, *, case: CaseId, application: ApplicationId, now: datetime, receipt: ReceiptClock | None = None
    ) -> None:
        """Examine and decide with two officers' assertions (21, 22)."""
        record, of = revocation_case(case), application_record(application)
        content = revocation(serial=record.serial, ground=record.ground, requested_at=record.requested_at)
        for purpose, officer, act in (
            (
                Purpose.REVOCATION_EXAMINATION,
                EXAMINER,
                partial(revocations.examine_revocation, paper=_paper(record)),
            ),
            (Purpose.REVOCATION, DECIDER, partial(revocations.decide_revocation, receipt=receipt)),
        ):
            approval = self._approval(
                purpose=purpose,
                person=officer.name,
                case=record.number,
                content=content,
                edition=(of.edition, of.edition_sha256),
                now=now,
            )
            act(case=case, approval=approval, officers=self.officers, actor=officer, now=now)

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

    def _post(self, *, application: ApplicationId, plan: ParcelPlan, on: date, now: datetime) -> str:
        number = application_record(application).number
        tracking = self._tracking_number(plan.mail)
        # Card, mailer and slip carry their case as a code; the enclosed warning belongs to it too.
        scanned = [Scanned(content=content, application=number) for content in sorted(plan.contents, key=str)]
        dispatch_parcel(
            application=application,
            plan=plan,
            scanned=scanned,
            tracking=tracking,
            posted_on=on,
            actor=DISPATCH,
            now=now,
        )
        return tracking

    def _tracking_number(self, mail: Mail) -> str:
        self.posted += 1
        kind = "1" if mail is Mail.RESTRICTED_DELIVERY else "3"
        digits = f"{kind}3160{self.posted:05d}"
        return f"{digits}{int(digits) % 7}"


def stated(applicant: Applicant) -> dict[str, Any]:
    """Return what the form states, as the wizard keeps it (8.1-8.3, 12.4, 40(5))."""
    form: dict[str, Any] = {
        "legal_name": applicant.legal_name,
        "name_choice": applicant.name_choice,
        "kana": applicant.kana,
        "birth_date": applicant.birth_date.isoformat(),
        "home": _place(applicant.home),
        "replacements": [
            {"original": one.original, "printed": one.printed, "source": one.source}
            for one in applicant.replacements
        ],
    }
    if applicant.content.organization is not None:
        form["organization"] = applicant.content.organization.name
    if applicant.proxy_home is not None:
        form["proxy"] = {"name": applicant.proxy, "home": _place(applicant.proxy_home)}
    if applicant.stay_ends is not None:
        form["stay_ends"] = applicant.stay_ends.isoformat()
    if applicant.email:
        form["email"] = applicant.email
    return form


def _paper(record: RevocationRecord) -> RevocationPaper | None:
    if record.invoker is Invoker.CA:
        return None
    return RevocationPaper(
        invoker=record.invoker,
        form=ground(record.ground).form,
        way=RequestWay.POST,
        arrived_on=jst_date(record.requested_at),
        name_on_form=record.name,
        authentic=True,
    )


def _place(place: Place) -> dict[str, Any]:
    return {"postal_code": place.postal_code, "lines": list(place.lines)}


def _text(template: str, letter: bytes) -> NoticeText:
    return NoticeText(template=template, sha256=hashlib.sha256(letter).hexdigest())
