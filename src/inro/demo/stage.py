"""What every chapter of the story has at hand: the clock, the office, the house, the folders."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from inro.demo.case import Case
from inro.demo.house import RESPONDER_CLOCK, House
from inro.demo.installation import Demonstration
from inro.demo.office import Office
from inro.demo.outside import Outside
from inro.demo.papers import Papers
from inro.demo.subscriber import pin_of, sign_document
from inro.demo.telling import Teller
from inro.demo.verification import ask_with_openssl, verify_with_openssl
from inro.pki.crl import ListKind
from inro.practice.calendar import JST
from inro.practice.editions import Terms
from inro.store.reads.certificate import valid_certificates_ending_before
from inro.store.reads.issuance import issuance_order, order_of_application
from inro.store.reads.revocation import list_in_force
from inro.words.probe import finding_words

LIST_FILES = {ListKind.CRL: "crl", ListKind.ARL: "arl", ListKind.FULL_CRL: "full_crl"}


@dataclass(slots=True, kw_only=True)
class Stage:
    """The story's place and time; `now` only moves forward."""

    demonstration: Demonstration
    office: Office
    house: House
    outside: Outside
    papers: Papers
    teller: Teller
    first_day: date
    now: datetime
    cases: list[Case] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The demonstration's folder."""
        return self.demonstration.installation.home

    @property
    def terms(self) -> Terms:
        """The edition of the terms in force today (2.1)."""
        return self.demonstration.policy.edition_on(self.today).terms

    @property
    def today(self) -> date:
        """The Japanese day it is."""
        return self.now.astimezone(JST).date()

    def case(self, key: str) -> Case:
        """Return the first case of an applicant."""
        return next(case for case in self.cases if case.applicant.key == key)

    def go_to(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Move the clock on to a time of a Japanese day, saying what is skipped."""
        then = datetime.combine(day, time(hour, minute), JST).astimezone(UTC)
        if then < self.now:
            raise ValueError(f"{then.isoformat()} lies before {self.now.isoformat()}")
        self._let_certificates_end(before=then)
        self.teller.skip(self.now, then)
        self.now = then

    def _let_certificates_end(self, *, before: datetime) -> None:
        # A worker runs every night; the story runs it on the nights on which something ends (6.1).
        while ending := valid_certificates_ending_before(before):
            end = ending[0].not_after + timedelta(seconds=1)
            self.teller.skip(self.now, end)
            self.now = end
            ended = self.house.worker.work(end)["expired"]
            self.tell("6.1", f"{ended} 枚の証明書の有効期間が満了", "validity ended")

    def pass_minutes(self, minutes: int) -> None:
        """Let a little time pass."""
        self.now += timedelta(minutes=minutes)

    def tell(self, clause: str, japanese: str, english: str) -> None:
        """Tell what just happened."""
        self.teller.tell(self.now, clause, japanese, english)

    def make_lists(self) -> None:
        """Have all three lists made and published now, and keep a copy of each (26, 39.4)."""
        self.house.renew_lists(self.now, anyway=True)
        self.keep_lists()

    def keep_lists(self) -> None:
        """Copy the lists in force into the folder of lists, as a relying party would fetch them."""
        folder = self.home / "lists"
        folder.mkdir(exist_ok=True)
        for kind in ListKind:
            record = list_in_force(kind)
            if record is not None:
                archived = self.demonstration.installation.signer.archive / f"{record.sha256}.crl"
                shutil.copyfile(archived, self.list_file(kind, record.number))

    def list_file(self, kind: ListKind, number: int | None = None) -> Path:
        """Return the copy of a list, by default the one in force."""
        if number is None:
            record = list_in_force(kind)
            number = record.number if record else 0
        return self.home / "lists" / f"{LIST_FILES[kind]}-{number:04d}.crl"

    def sign(self, case: Case) -> None:
        """Let the subscriber sign a bid with the card (20)."""
        folder = self.home / "signatures"
        folder.mkdir(exist_ok=True)
        order = issuance_order(order_of_application(case.application))
        installation = self.demonstration.installation
        if installation.station.cards is None or order.mailer_number is None:
            raise ValueError(case.number)
        document = f"入札書\n件名　見本橋補修工事\n{case.number}\n{self.today.isoformat()}\n".encode()
        signature = sign_document(
            card_file=installation.station.cards / f"{case.card_serial}.card",
            card_file_key=self.demonstration.card_file_key,
            pin=pin_of(_mailer(installation.home / "mailers", order.mailer_number)),
            document=document,
            signed_at=self.now,
        )
        case.signature = folder / f"{case.number}.p7m"
        case.signature.write_bytes(signature)

    def verify(self) -> None:
        """Let a relying party verify every signature made so far, with the lists now in force (12.9, 26)."""
        for case in self.signed_cases():
            if case.signature is None:
                continue
            case.verdicts.append(
                verify_with_openssl(
                    signature=case.signature,
                    ca=self.home / "room" / "ca.der",
                    crl=self.list_file(ListKind.CRL),
                    full_crl=self.list_file(ListKind.FULL_CRL),
                    at=self.now,
                    scratch=self.home / "signatures",
                )
            )

    def ask(self) -> None:
        """Let a relying party ask the responder about every such certificate, and tell what it hears (26)."""
        self._answer_for_now()
        for case in self.signed_cases():
            if case.certificate_file is not None:
                said = ask_with_openssl(
                    certificate=case.certificate_file,
                    ca=self.home / "room" / "ca.der",
                    url=self.demonstration.installation.repository.web_url,
                    at=self.now,
                    scratch=self.home / "signatures",
                )
                case.answers.append((self.now, said))
        heard = Counter(case.answers[-1][1] for case in self.signed_cases() if case.answers)
        counts = "、".join(f"{status} {count} 件" for status, count in sorted(heard.items()))
        self.tell("26", f"openssl ocsp の回答：{counts}", "the responder answers at once")

    def look_from_outside(self, cases: Iterable[Case]) -> None:
        """Let a prober ask for all that certificates print, and tell what it finds (4(6), 26)."""
        self._answer_for_now()
        certificates = [case.certificate.der for case in cases if case.certificate.der is not None]
        result = self.outside.look(certificates, now=self.now)
        found = f"異常 {len(result.findings)} 件" if result.findings else "異常なし"
        self.tell(
            "26",
            f"外からの確認：HTTP・LDAP・OCSP の {result.checked} 件に照会、{found}",
            "probed from outside: all is well" if result.is_well else "probed from outside: not well",
        )
        for finding in result.findings:
            self.tell("26", finding_words(finding, "ja"), finding_words(finding, "en"))

    def _answer_for_now(self) -> None:
        self.house.ocsp.work(self.now)
        (self.home / RESPONDER_CLOCK).write_text(self.now.isoformat(), "ascii")

    def signed_cases(self) -> Iterator[Case]:
        """Yield the cases with a signature whose certificate is within its validity."""
        for case in self.cases:
            if case.signature is not None and case.certificate.not_after >= self.now:
                yield case

    def keep_certificate(self, case: Case) -> None:
        """Put a certificate's file where people can look at it."""
        folder = self.home / "certificates"
        folder.mkdir(exist_ok=True)
        case.certificate_file = folder / f"{case.number}.cer"
        case.certificate_file.write_bytes(case.certificate.der or b"")


def fingerprint(data: bytes) -> str:
    """Return the SHA-256 in groups, as a page or a letter shows it."""
    text = hashlib.sha256(data).hexdigest().upper()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def _mailer(folder: Path, number: str) -> Path:
    return next(path for path in folder.iterdir() if number in path.name)
