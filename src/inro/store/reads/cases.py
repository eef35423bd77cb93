"""What pages show of applications: one line each, one case whole, its way through the audit log (40(7))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inro.practice.application import ApplicationState
from inro.practice.card import CardState, MailerState
from inro.practice.certificate import CertificateState
from inro.practice.events import EventKind
from inro.practice.notices import Channel
from inro.practice.parcels import Address, Mail
from inro.practice.stated import ApplicantKind
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Unknown
from inro.store.models import Application, AuditRow, Card, Certificate, Mailer, RevocationCase
from inro.store.states import RevocationState


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One application in a list; names are empty once its records are disposed of (40(4))."""

    number: str
    state: ApplicationState
    name: str
    organization: str
    period: ValidityPeriod
    received_at: datetime | None
    certificate: CertificateState | None
    not_after: datetime | None
    ground: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCertificate:
    """The certificate of a case; `der` is None after disposal, `serial` hexadecimal."""

    serial: str
    state: CertificateState
    sha256: str
    issued_at: datetime
    not_after: datetime
    der: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRevocation:
    """A revocation case with its four times (39.4)."""

    number: str
    ground: str
    state: RevocationState
    requested_at: datetime
    decided_at: datetime | None
    revoked_at: datetime | None
    published_at: datetime | None
    examiner: str | None
    decider: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseParcel:
    """A parcel on its way."""

    mail: Mail
    address: Address
    holds_card: bool
    holds_pin: bool
    tracking_number: str
    posted_on: date
    returned_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A card of a case and its mailer, if one was begun."""

    serial: str
    state: CardState
    mailer: str | None
    mailer_state: MailerState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotice:
    """A notice with the day it counts as arrived (43)."""

    kind: str
    clause: str
    channel: Channel
    sent_on: date
    arrived_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInvoice:
    """The invoice of a case, in yen."""

    number: str
    amount: int
    tax: int
    total: int
    issued_on: date
    due_on: date
    paid_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One application with everything that hangs on it."""

    line: CaseLine
    kind: ApplicantKind
    edition: str
    content: dict[str, Any]
    accepted_at: datetime | None
    ordered: bool
    examination_ended_at: datetime | None
    examiner: str | None
    decider: str | None
    purged_at: datetime | None
    certificate: CaseCertificate | None
    cards: tuple[CaseCard, ...]
    parcels: tuple[CaseParcel, ...]
    slip_arrived_on: date | None
    revocations: tuple[CaseRevocation, ...]
    notices: tuple[CaseNotice, ...]
    invoice: CaseInvoice | None
    predecessor: str | None
    renewals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One audit row of a case, ids and hashes only."""

    seq: int
    at: datetime
    kind: EventKind
    actor: str
    subject: str
    hash: str


def case_record(number: str) -> CaseRecord:
    """Return one application as it stands.

    Raises: Unknown.
    """
    row = (
        Application.objects.select_related("certificate__serial", "predecessor", "order")
        .filter(number=number)
        .first()
    )
    if row is None:
        raise Unknown(what="application", detail=number)
    revocations = tuple(_revocation(case) for case in _revocation_cases(row))
    ground = next((case.ground for case in revocations if case.state is not RevocationState.REFUSED), None)
    slip = row.slips.filter(parked_for__isnull=True).first()
    return CaseRecord(
        line=_line(row, ground),
        kind=ApplicantKind(row.kind),
        edition=row.edition,
        content=row.content or {},
        accepted_at=row.accepted_at,
        ordered=getattr(row, "order", None) is not None,
        examination_ended_at=row.examination_ended_at,
        examiner=row.examiner,
        decider=row.decider,
        purged_at=row.purged_at,
        certificate=_certificate(row),
        cards=cards_of(row.pk),
        parcels=tuple(_parcels(row)),
        slip_arrived_on=slip.arrived_on if slip is not None else None,
        revocations=revocations,
        notices=tuple(_notices(row)),
        invoice=_invoice(row),
        predecessor=row.predecessor.number if row.predecessor is not None else None,
        renewals=tuple(row.renewals.order_by("pk").values_list("number", flat=True)),
    )


def cards_of(application: int) -> tuple[CaseCard, ...]:
    """Return the cards that an application ever had, oldest first."""
    rows = Card.objects.select_related("mailer").filter(application_id=application)
    return tuple(_card(card) for card in rows.order_by("pk"))


def case_timeline(number: str) -> tuple[CaseEvent, ...]:
    """Return the audit rows of an application and of everything that hangs on it, in the log's order.

    Raises: Unknown.
    """
    row = Application.objects.filter(number=number).first()
    if row is None:
        raise Unknown(what="application", detail=number)
    rows = AuditRow.objects.filter(subject__in=set(_subjects(row))).order_by("seq")
    return tuple(
        CaseEvent(
            seq=event.seq,
            at=datetime.fromisoformat(event.at),
            kind=EventKind(event.kind),
            actor=event.actor,
            subject=event.subject,
            hash=event.hash,
        )
        for event in rows
    )


def _subjects(row: Application) -> Iterator[str]:
    yield f"application/{row.number}"
    draft = getattr(row, "draft", None)
    if draft is not None:
        yield f"draft/{draft.number}"
    order = getattr(row, "order", None)
    if order is not None:
        yield f"order/{order.pk}"
    certificate = getattr(row, "certificate", None)
    if certificate is not None:
        yield f"certificate/{bytes(certificate.serial.serial).hex()}"
    for card in row.cards.all():
        yield f"card/{card.serial}"
    for number in Mailer.objects.filter(card__application=row).values_list("number", flat=True):
        yield f"mailer/{number}"
    for case in _revocation_cases(row):
        yield f"revocation/{case.number}"
    for notice in row.notices.values_list("pk", flat=True):
        yield f"notice/{notice}"


def _line(row: Application, ground: str | None) -> CaseLine:
    certificate: Certificate | None = getattr(row, "certificate", None)
    content = row.content or {}
    return CaseLine(
        number=row.number,
        state=ApplicationState(row.state),
        name=content.get("name") or (row.stated or {}).get("certificate_name", ""),
        organization=(content.get("organization") or {}).get("name", ""),
        period=ValidityPeriod(row.period),
        received_at=row.received_at,
        certificate=CertificateState(certificate.state) if certificate is not None else None,
        not_after=certificate.not_after if certificate is not None else None,
        ground=ground,
    )


def _certificate(row: Application) -> CaseCertificate | None:
    certificate: Certificate | None = getattr(row, "certificate", None)
    if certificate is None:
        return None
    return CaseCertificate(
        serial=bytes(certificate.serial.serial).hex(),
        state=CertificateState(certificate.state),
        sha256=certificate.sha256,
        issued_at=certificate.issued_at,
        not_after=certificate.not_after,
        der=bytes(certificate.der) if certificate.der is not None else None,
    )


def _revocation_cases(row: Application) -> Iterator[RevocationCase]:
    yield from RevocationCase.objects.filter(certificate__application=row).order_by("pk")


def _revocation(case: RevocationCase) -> CaseRevocation:
    return CaseRevocation(
        number=case.number,
        ground=case.ground,
        state=RevocationState(case.state),
        requested_at=case.requested_at,
        decided_at=case.decided_at,
        revoked_at=case.revoked_at,
        published_at=case.published_at,
        examiner=case.examiner,
        decider=case.decider,
    )


def _card(card: Card) -> CaseCard:
    mailer: Mailer | None = getattr(card, "mailer", None)
    return CaseCard(
        serial=card.serial,
        state=CardState(card.state),
        mailer=mailer.number if mailer is not None else None,
        mailer_state=MailerState(mailer.state) if mailer is not None else None,
    )


def _parcels(row: Application) -> Iterator[CaseParcel]:
    for parcel in row.parcels.order_by("posted_on", "pk"):
        yield CaseParcel(
            mail=Mail(parcel.mail),
            address=Address(parcel.address),
            holds_card=parcel.card_id is not None,
            holds_pin=parcel.mailer_id is not None,
            tracking_number=parcel.tracking_number,
            posted_on=parcel.posted_on,
            returned_on=parcel.returned_on,
        )


def _notices(row: Application) -> Iterator[CaseNotice]:
    for notice in row.notices.order_by("sent_on", "pk"):
        yield CaseNotice(
            kind=notice.kind,
            clause=notice.clause,
            channel=Channel(notice.channel),
            sent_on=notice.sent_on,
            arrived_on=notice.arrived_on,
        )


def _invoice(row: Application) -> CaseInvoice | None:
    invoice = getattr(row, "invoice", None)
    if invoice is None:
        return None
    return CaseInvoice(
        number=invoice.number,
        amount=invoice.amount,
        tax=invoice.tax,
        total=invoice.total,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        paid_on=invoice.paid_on,
    )
