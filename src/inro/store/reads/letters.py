"""Letters as they are drafted, printed and sent, and calls (9.2, 24.2, 43)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from inro.practice.application import ApplicationState
from inro.practice.deficiency import DeficiencyPoint
from inro.practice.letters import WAITING, LetterState
from inro.practice.notices import Channel, NoticeKind, RevocationAddressee
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, LetterId
from inro.store.models import Application, Letter, ReceiptSlip, TelephoneCall
from inro.store.reads.revocation import outstanding_after_fax

# What must still hold of a case for a letter about it to leave (9.2).
CASE_WAITS = {
    NoticeKind.DEFICIENCY: ApplicationState.DEFICIENT,
    NoticeKind.REJECTION: ApplicationState.REJECTED,
    NoticeKind.RECEIPT_REMINDER: ApplicationState.ISSUED,
    NoticeKind.REVOCATION: ApplicationState.ISSUED,
    NoticeKind.REVOCATION_REFUSAL: ApplicationState.ISSUED,
    NoticeKind.ORIGINAL_REMINDER: ApplicationState.ISSUED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """One letter; points, reason and PDF are empty once disposed of, its days until it is sent.

    `revocation` is the number of the case that it is about, `to_organization` whom that letter goes to.
    """

    letter_id: LetterId
    number: str
    application_id: ApplicationId
    application: str
    kind: NoticeKind
    clause: str
    channel: Channel
    wanted: Channel | None
    state: LetterState
    points: tuple[DeficiencyPoint, ...]
    reason: str
    revocation: str
    to_organization: bool
    content_sha256: str
    pdf: bytes | None
    pdf_sha256: str | None
    dated_on: date | None
    due_on: date | None
    written_at: datetime
    written_by: str
    sent_on: date | None
    arrived_on: date | None
    case_waits: bool
    is_kept: bool

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """A call; who was spoken to and what was said are empty once disposed of."""

    about: NoticeKind
    called_at: datetime
    called_by: str
    spoken_to: str
    said: str


def still_waits(kind: NoticeKind, case: Application) -> bool:
    """Return whether a letter of this kind still tells what holds of its case (9.2, 18.7)."""
    if case.state != CASE_WAITS[kind]:
        return False
    if kind is NoticeKind.ORIGINAL_REMINDER:
        return bool(outstanding_after_fax(case.pk))
    if kind is not NoticeKind.RECEIPT_REMINDER:
        return True
    return not ReceiptSlip.objects.filter(application=case, parked_for=None).exists()


def letter_record(letter: LetterId) -> LetterRecord:
    """Return one letter.

    Raises: Unknown.
    """
    return _one(Letter.objects.filter(pk=letter), str(letter))


def letter_by_number(number: str) -> LetterRecord:
    """Return one letter by its number.

    Raises: Unknown.
    """
    return _one(Letter.objects.filter(number=number), number)


def letters_of(application: ApplicationId, kind: NoticeKind | None = None) -> tuple[LetterRecord, ...]:
    """Return the letters of a case, or those of one kind, oldest first."""
    rows = Letter.objects.filter(application_id=application)
    return _records(rows if kind is None else rows.filter(kind=kind))


def letters_in(states: Collection[LetterState]) -> tuple[LetterRecord, ...]:
    """Return the letters in some states, oldest first, without their PDF."""
    rows = Letter.objects.filter(state__in=[state.value for state in states]).defer("pdf")
    return tuple(_record(row, with_pdf=False) for row in _together(rows))


def calls_of(application: ApplicationId, *about: NoticeKind) -> tuple[CallRecord, ...]:
    """Return the calls about a case, oldest first."""
    rows = TelephoneCall.objects.filter(application_id=application, about__in=[one.value for one in about])
    return tuple(
        CallRecord(
            about=NoticeKind(row.about),
            called_at=row.called_at,
            called_by=row.called_by,
            spoken_to=row.spoken_to,
            said=row.said,
        )
        for row in rows.order_by("called_at", "id")
    )


def _one(rows: QuerySet[Letter], named: str) -> LetterRecord:
    found = next(iter(_records(rows)), None)
    if found is None:
        raise Unknown(what="letter", detail=named)
    return found


def _records(rows: QuerySet[Letter]) -> tuple[LetterRecord, ...]:
    return tuple(_record(row) for row in _together(rows))


def _together(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    return rows.select_related("application", "sent").order_by("id")


def _record(row: Letter, *, with_pdf: bool = True) -> LetterRecord:
    content = row.content or {}
    kind = NoticeKind(row.kind)
    return LetterRecord(
        letter_id=LetterId(row.pk),
        number=row.number,
        application_id=ApplicationId(row.application_id),
        application=row.application.number,
        kind=kind,
        clause=row.clause,
        channel=Channel(row.channel),
        wanted=Channel(row.wanted) if row.wanted else None,
        state=LetterState(row.state),
        points=tuple(DeficiencyPoint.from_record(point) for point in content.get("points", ())),
        reason=content.get("reason", ""),
        revocation=content.get("revocation", ""),
        to_organization=content.get("to") == RevocationAddressee.ORGANIZATION,
        content_sha256=row.content_sha256,
        pdf=bytes(row.pdf) if with_pdf and row.pdf is not None else None,
        pdf_sha256=row.pdf_sha256,
        dated_on=row.dated_on,
        due_on=row.due_on,
        written_at=row.written_at,
        written_by=row.written_by,
        sent_on=row.sent.sent_on if row.sent else None,
        arrived_on=row.sent.arrived_on if row.sent else None,
        case_waits=still_waits(kind, row.application),
        is_kept=row.content is not None,
    )
