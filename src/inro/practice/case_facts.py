"""The facts of a case that deadlines and next step follow from (6, 9.2, 12.4, 18, 21.2, 24.2, 35.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inro.practice.application import ApplicationState
from inro.practice.certificate import CertificateState
from inro.practice.receipt import Objection
from inro.practice.validity import ValidityPeriod


class OpenRevocation(StrEnum):
    """What an open revocation waits for (21, 22, 26.1, 39.4)."""

    EXAMINATION = "examination"
    DECISION = "decision"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The card's way: first posting, the reminder that counts, the doubts, whether a slip confirmed it."""

    dispatched_on: date
    reminder_arrived_on: date | None = None
    objection: Objection | None = None
    settled: Objection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An invoice that is not paid: when it was issued, and the day it names (35.2)."""

    issued_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the next step and the deadlines of a case follow from.

    `deficiency_notice_on` is when the notice of the present deficiencies counts as arrived, `extended_to` the
    day to which a person made the time to mend longer. `ordered` says that issuing is approved; `card_here`
    that the card lies in the house. `receipt` is None before it was posted, `parcel_out_on` the day on which
    the card last went out, while it is out. `proxy_told_on` is the day of the call about a proxy request's
    papers while they are awaited, `faxed_on` that of a fax whose original is. From `ended_on` the papers of
    a case without a certificate are kept (40(4)).
    """

    state: ApplicationState
    period: ValidityPeriod
    ended_on: date
    examination_ended_at: datetime | None = None
    deficiency_notice_on: date | None = None
    extended_to: date | None = None
    ordered: bool = False
    certificate: CertificateState | None = None
    not_after: datetime | None = None
    card_here: bool = False
    receipt: Receipt | None = None
    parcel_out_on: date | None = None
    confirmed: bool = False
    proxy_to_decide: bool = False
    proxy_told_on: date | None = None
    revocation: OpenRevocation | None = None
    faxed_on: date | None = None
    expiry_notices: int = 0
    stay_ends_on: date | None = None
    stay_reminders: int = 0
    unpaid: Bill | None = None
