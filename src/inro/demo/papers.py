"""The sheets of a case: made from its records, kept in the demonstration's folder for people to look at."""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path

from inro.demo.people import Applicant
from inro.paper.application_papers import papers_of, render_papers
from inro.paper.invoice import BankAccount, Invoice, InvoiceLine, render_invoice
from inro.paper.label import ParcelLabel, PostalMethod, render_parcel_label
from inro.paper.later_forms import KnownSubscriber, render_revocation_application
from inro.paper.letters import (
    ExpiryNotice,
    ReminderLetter,
    RevocationNotice,
    render_reminder,
    render_revocation_notice,
)
from inro.paper.parties import Addressee, Operator
from inro.paper.renewal_papers import render_renewal
from inro.paper.slip import ReceiptSlip, render_receipt_slip
from inro.paper.statement import ContentStatement, StatementRow, render_statement
from inro.pki.show import describe
from inro.practice.calendar import jst_date
from inro.practice.deadlines import Deadline
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind
from inro.practice.fees import certificate_line, invoice_sum
from inro.practice.notice_words import NoticeWords
from inro.practice.notices import NoticeKind
from inro.practice.parcels import Mail
from inro.practice.renewal import renewal_form
from inro.practice.stated import StatedPerson
from inro.store.reads.renewal import EarlierApplication
from inro.usecases.renewal import OpenedRenewal
from inro.words.day_sums import counted
from inro.words.states import word

_PERIOD_WORDS = {"1y": "一年", "2y": "二年", "3y": "三年", "4y10m": "四年十か月"}


@dataclass(slots=True, kw_only=True)
class Papers:
    """Prints sheets into one folder a case; `made` counts them."""

    folder: Path
    operator: Operator
    words: Mapping[NoticeKind, NoticeWords]
    made: int = field(default=0)

    def application(self, *, applicant: Applicant, application: str, on: date, terms: Terms) -> None:
        """Print what goes into the envelope: each paper alone, and all of them in one (8.1, 8.2, 8.4)."""
        whole = partial(
            render_papers,
            form=applicant.form,
            number=application,
            made_on=on,
            edition=terms.edition,
            terms=terms,
            operator=self.operator,
        )
        for kind in papers_of(applicant.form):
            self._keep(application, word(kind, "ja"), whole(kinds={kind}))
        self._keep(application, "申込書類一式", whole())

    def revocation_application(
        self, *, applicant: Applicant, application: str, card: str, on: date, terms: Terms
    ) -> bytes:
        """Print the subscriber's application for revocation, to be ticked, sealed and posted (21.2)."""
        known = KnownSubscriber.of(applicant.form, application=application, certificate_number=card)
        pdf = render_revocation_application(
            subscriber=known, number=application, made_on=on, terms=terms, operator=self.operator
        )
        return self._keep(application, word(PaperKind.REVOCATION_APPLICATION, "ja"), pdf)

    def deficiency(self, *, application: str, letter: bytes) -> None:
        """Keep the letter about deficiencies as it was sent (9.2)."""
        self._keep(application, "不備通知", letter)

    def label(
        self, *, applicant: Applicant, application: str, mail: Mail, to_proxy: bool, tracking: str, on: date
    ) -> bytes:
        """Print a parcel's address label (17.4)."""
        restricted = mail is Mail.RESTRICTED_DELIVERY
        proxy = applicant.form.proxy if to_proxy else None
        label = ParcelLabel(
            posted_on=on,
            recipient=addressee(applicant, proxy=proxy),
            method=PostalMethod.RESTRICTED if restricted else PostalMethod.SIMPLIFIED,
            application=application,
            parcel=f"{application}-{'C' if restricted else 'P'}",
            contents=("ICカード", "受領書") if restricted else ("暗証番号通知書",),
            tracking_number=tracking,
        )
        kind = "宛名_カード" if restricted else "宛名_PIN"
        return self._keep(application, kind, render_parcel_label(label=label, operator=self.operator))

    def slip(
        self,
        *,
        applicant: Applicant,
        application: str,
        card: str,
        certificate: bytes,
        on: date,
        due: Deadline,
    ) -> bytes:
        """Print the receipt slip that goes into the parcel (18.1, 18.4)."""
        slip = ReceiptSlip(
            number=application,
            application=application,
            certificate_number=card,
            card_serial=card,
            recipient=addressee(applicant),
            subscriber_name=applicant.content.name,
            dispatched_on=on,
            due_on=due.day,
            counted=counted(due),
            rows=_shown(certificate)[:6],
        )
        return self._keep(application, "受領書", render_receipt_slip(slip=slip, operator=self.operator))

    def statement(
        self, *, applicant: Applicant, application: str, card: str, certificate: bytes, on: date
    ) -> bytes:
        """Print everything the certificate shows, nothing cut off (40(4))."""
        statement = ContentStatement(
            number=f"{application}-K",
            made_on=on,
            certificate_number=card,
            subscriber_name=applicant.content.name,
            sha256=hashlib.sha256(certificate).hexdigest(),
            rows=_shown(certificate),
        )
        return self._keep(
            application, "証明書記載事項", render_statement(statement=statement, operator=self.operator)
        )

    def invoice(
        self,
        *,
        applicant: Applicant,
        application: str,
        number: str,
        terms: Terms,
        bank: BankAccount,
        delivered_on: date,
        on: date,
        due: Deadline,
    ) -> bytes:
        """Print the invoice, tax apart (35, 36, 37)."""
        line = certificate_line(period=applicant.form.period, terms=terms)
        owed = invoice_sum([line])
        organization = applicant.content.organization
        sheet = Invoice(
            number=number,
            issued_on=on,
            delivered_on=delivered_on,
            recipient=addressee(applicant, organization=organization.name if organization else ""),
            lines=(
                InvoiceLine(
                    description=f"電子証明書（{_PERIOD_WORDS[applicant.form.period.value]}）",
                    quantity=1,
                    unit_price=line.amount,
                ),
            ),
            tax_percent=int(terms.tax_rate * 100),
            tax=owed.tax,
            total=owed.total,
            due_on=due.day,
            counted=counted(due),
            bank=bank,
        )
        return self._keep(
            application,
            "請求書",
            render_invoice(invoice=sheet, words=self.words[NoticeKind.INVOICE], operator=self.operator),
        )

    def reminder(
        self,
        *,
        applicant: Applicant,
        application: str,
        card: str,
        dispatched_on: date,
        on: date,
        due: Deadline,
        revocation: Deadline,
    ) -> bytes:
        """Print the reminder of the slip (18.7)."""
        letter = ReminderLetter(
            number=f"{application}-T",
            sent_on=on,
            recipient=addressee(applicant),
            application=application,
            certificate_number=card,
            dispatched_on=dispatched_on,
            due_on=due.day,
            revocation_on=revocation.day,
            counted=counted(due, revocation),
        )
        return self._keep(
            application,
            "督促状",
            render_reminder(
                letter=letter, words=self.words[NoticeKind.RECEIPT_REMINDER], operator=self.operator
            ),
        )

    def revocation_notice(
        self,
        *,
        applicant: Applicant,
        application: str,
        card: str,
        serial: str,
        revoked_at: datetime,
        ground: str,
        words: str,
        on: date,
    ) -> bytes:
        """Print the notice of a revocation, with the duty to keep the key safe (22.2, 27)."""
        letter = RevocationNotice(
            number=f"{application}-R",
            sent_on=on,
            recipient=addressee(applicant),
            subscriber_name=applicant.content.name,
            certificate_number=card,
            serial=serial,
            revoked_at=revoked_at,
            ground=ground,
            ground_words=words,
        )
        return self._keep(
            application,
            "失効通知",
            render_revocation_notice(
                letter=letter, words=self.words[NoticeKind.REVOCATION], operator=self.operator
            ),
        )

    def renewal(
        self,
        *,
        applicant: Applicant,
        earlier: EarlierApplication,
        renewal: OpenedRenewal,
        on: date,
        terms: Terms,
    ) -> bytes:
        """Print the expiry notice with the papers of the renewal filled in (6.2, 8.11)."""
        letter = ExpiryNotice(
            number=f"{earlier.number}-E{on:%y%m}",
            sent_on=on,
            recipient=addressee(applicant),
            certificate_number=earlier.certificate_number,
            not_after=earlier.not_after,
            form_enclosed=True,
            subscriber_name=earlier.form.certificate_name,
        )
        pdf = render_renewal(
            form=renewal_form(earlier.form, number=earlier.number, on=on),
            number=renewal.number,
            made_on=jst_date(renewal.drafted_at),
            edition=terms.edition,
            terms=terms,
            operator=self.operator,
            notice=letter,
            words=self.words[NoticeKind.EXPIRY],
        )
        return self._keep(earlier.number, f"有効期限通知と更新申込書類_{on:%Y%m}", pdf)

    def dispose(self, application: str) -> None:
        """Take a case's sheets out of the folder and destroy them (40(4))."""
        shutil.rmtree(self.folder / application, ignore_errors=True)

    def _keep(self, application: str, name: str, pdf: bytes) -> bytes:
        folder = self.folder / application
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.pdf").write_bytes(pdf)
        self.made += 1
        return pdf


def addressee(
    applicant: Applicant, *, proxy: StatedPerson | None = None, organization: str = ""
) -> Addressee:
    """Return whom a sheet goes to, by the legal name: that is on the papers shown at the window (17.4)."""
    at = proxy.home if proxy else applicant.form.home
    return Addressee(
        name=proxy.name if proxy else applicant.form.legal_name,
        postal_code=at.postal_code,
        address=at.lines,
        organization=organization,
    )


def _shown(certificate: bytes) -> tuple[StatementRow, ...]:
    return tuple(StatementRow(label=row.label, value=row.value) for row in describe(certificate))
