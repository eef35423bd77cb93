"""One applicant's case as the story follows it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from inro.demo.people import Applicant
from inro.demo.verification import Verdict
from inro.store.ids import ApplicationId
from inro.store.reads.application import application_record
from inro.store.reads.certificate import CertificateRecord, certificate_of_application
from inro.store.reads.issuance import issuance_order, order_of_application


@dataclass(slots=True, kw_only=True)
class Case:
    """An application with what the subscriber made of it: a signed document, and looks at its signature."""

    applicant: Applicant
    application: ApplicationId
    posted_on: date | None = None
    signature: Path | None = None
    certificate_file: Path | None = None
    revoked_at: datetime | None = None
    ground: str | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    answers: list[tuple[datetime, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def number(self) -> str:
        """The application's number."""
        return application_record(self.application).number

    @property
    def certificate(self) -> CertificateRecord:
        """The certificate.

        Raises: Unknown before it is issued.
        """
        return certificate_of_application(self.application)

    @property
    def card_serial(self) -> str:
        """The serial of the card that carries the certificate.

        Raises: Unknown before the order has one.
        """
        card = issuance_order(order_of_application(self.application)).card
        return card.serial if card else ""

    @property
    def name(self) -> str:
        """The name in the certificate."""
        return self.applicant.content.name
