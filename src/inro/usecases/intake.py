"""The intake desk: scanned batches, envelopes, the papers in them (8.4, 8.5, 9.2, 21.2)."""

from datetime import date, datetime, time

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.application import ApplicationState
from inro.practice.calendar import JST, jst_date
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind, is_too_old
from inro.practice.events import EventKind
from inro.practice.intake import (
    ArrivalWay,
    DiscardReason,
    EnclosedPaper,
    EnclosureRefused,
    NumberInText,
    ScanSource,
    check_enclosed,
)
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, BatchId, EnclosureId, EnvelopeId
from inro.store.models import Application, Enclosure, Envelope, ScanBatch
from inro.store.numbers import next_number
from inro.store.reads.application import deficiency_notice_arrived_on
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, receive, subject, take_back
from inro.usecases.service_day import check_service_open

_END_OF_DAY = time(23, 59, 59)


def take_batch(*, actor: Actor, now: datetime) -> BatchId:
    """Record that a person brought a batch of scanned pages; they wait in the quarantine (8.5).

    Raises: DutyMissing.
    """
    actor.check(Act.TAKE_BATCH)
    with act(actor=actor, now=now) as doing:
        return _insert_batch(ScanSource.UPLOAD, actor, now, doing)


def take_scanned_batch(*, actor: Actor, now: datetime) -> BatchId:
    """Record that a batch came from the scanner's folder; its pages wait in the quarantine (8.5).

    Raises: DutyMissing.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        return _insert_batch(ScanSource.SCANNER, actor, now, doing)


def end_batch(*, batch: BatchId, pages: int | None, lost: int | None, actor: Actor, now: datetime) -> None:
    """Record that no page of a batch waits any more; `lost` counts those that must be scanned again (8.5).

    After a crash nobody knows how many there were: both are None, and the whole batch is scanned again.

    Raises: DutyMissing, Conflict, Unknown.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        change(
            ScanBatch,
            row=batch,
            expected={"ended_at": None},
            to={"ended_at": now, "pages": pages, "lost": lost},
        )
        number = ScanBatch.objects.values_list("number", flat=True).get(pk=batch)
        doing.record(EventKind.BATCH_ENDED, subject=batch_subject(number), pages=pages, lost=lost)


def discard_page(*, batch: BatchId, page: int, reason: DiscardReason, actor: Actor, now: datetime) -> None:
    """Record that a scanned page is kept by nobody, and why (8.5).

    Raises: DutyMissing, Unknown.
    """
    actor.check(Act.DISCARD_PAGE)
    with act(actor=actor, now=now) as doing:
        number = ScanBatch.objects.filter(pk=batch).values_list("number", flat=True).first()
        if number is None:
            raise Unknown(what="batch", detail=str(batch))
        doing.record(EventKind.PAGE_DISCARDED, subject=batch_subject(number), page=page, reason=reason.value)


def receive_envelope(
    *, arrived_on: date, way: ArrivalWay, note: str, actor: Actor, now: datetime
) -> EnvelopeId:
    """Record an envelope with its day of arrival and the way it came (8.4, 21.2).

    Raises: DutyMissing, EnclosureRefused for a day to come, NumberInText.
    """
    actor.check(Act.RECEIVE_ENVELOPE)
    _check_texts(note=note)
    if arrived_on > jst_date(now):
        raise EnclosureRefused(field="arrived_on", problem="later")
    with act(actor=actor, now=now) as doing:
        row = Envelope.objects.create(
            number=next_number("E", now=now),
            arrived_on=arrived_on,
            way=way,
            note=note,
            registered_at=now,
            registered_by=actor.name,
        )
        doing.record(
            EventKind.ENVELOPE_RECEIVED,
            subject=envelope_subject(row.number),
            arrived_on=arrived_on.isoformat(),
            way=way.value,
        )
    return EnvelopeId(row.pk)


def register_enclosure(
    *,
    envelope: EnvelopeId,
    application: ApplicationId,
    paper: EnclosedPaper,
    terms: Terms,
    actor: Actor,
    now: datetime,
) -> EnclosureId:
    """Record one paper of an envelope under its case; the sealed form makes the case a received one (8.4).

    The reply sheet of a deficiency letter takes its case back into examination (9.2).
    A paper too old on its arrival is taken in and marked: it is a deficiency, no ground to refuse it (9.2).

    Raises: DutyMissing, EnclosureRefused, FaxBringsNoOriginal, NumberInText, Unknown, Conflict.
    """
    actor.check(Act.REGISTER_ENCLOSURE)
    _check_texts(issuer=paper.issuer, shelf=paper.shelf)
    with act(actor=actor, now=now) as doing:
        into = _found(envelope)
        check_enclosed(paper=paper, way=ArrivalWay(into.way), arrived_on=into.arrived_on)
        case = find(application)
        row = Enclosure.objects.create(
            envelope=into,
            application=case,
            kind=paper.kind,
            pages=paper.pages,
            original=paper.original,
            issuer=paper.issuer,
            issued_on=paper.issued_on,
            shelf=paper.shelf,
            too_old=_too_old(paper, into.arrived_on, terms),
            registered_at=now,
            registered_by=actor.name,
        )
        doing.record(
            EventKind.ENCLOSURE_REGISTERED,
            subject=subject(case.number),
            envelope=into.number,
            paper=paper.kind.value,
            original=paper.original,
            too_old=row.too_old,
        )
        _receive_form(case, into, paper, doing, actor, now)
        _take_back(case, into, paper, doing, actor)
    return EnclosureId(row.pk)


def batch_subject(number: str) -> str:
    """Return what the audit log calls a batch."""
    return f"batch/{number}"


def envelope_subject(number: str) -> str:
    """Return what the audit log calls an envelope."""
    return f"envelope/{number}"


def arrival_instant(*, arrived_on: date, now: datetime) -> datetime:
    """Return when a day's post counts as come: now if it is today's, else that day's end in Japan (8.4)."""
    if arrived_on == jst_date(now):
        return now
    return datetime.combine(arrived_on, _END_OF_DAY, JST)


def _insert_batch(source: ScanSource, actor: Actor, now: datetime, doing: Doing) -> BatchId:
    row = ScanBatch.objects.create(
        number=next_number("T", now=now), source=source, taken_at=now, taken_by=actor.name
    )
    doing.record(EventKind.BATCH_TAKEN, subject=batch_subject(row.number), source=source.value)
    return BatchId(row.pk)


def _receive_form(
    case: Application, into: Envelope, paper: EnclosedPaper, doing: Doing, actor: Actor, now: datetime
) -> None:
    awaited = case.state in {ApplicationState.DRAFTED, ApplicationState.PRINTED}
    if paper.kind is not PaperKind.APPLICATION_FORM or not paper.original or not awaited:
        return
    actor.check(Act.RECEIVE_APPLICATION)
    check_service_open(now)
    receive(
        application=ApplicationId(case.pk),
        received_at=arrival_instant(arrived_on=into.arrived_on, now=now),
        doing=doing,
    )


def _take_back(case: Application, into: Envelope, paper: EnclosedPaper, doing: Doing, actor: Actor) -> None:
    """Take a deficient case back into examination by the reply sheet of its newest notice (9.2)."""
    if paper.kind is not PaperKind.REPLY_SHEET or case.state != ApplicationState.DEFICIENT:
        return
    told_on = deficiency_notice_arrived_on(ApplicationId(case.pk))
    # A sheet that came before the newest notice answers an earlier one.
    if told_on is None or into.arrived_on < told_on:
        return
    actor.check(Act.RECORD_RESUBMISSION)
    take_back(
        doing,
        application=ApplicationId(case.pk),
        stated=case.stated or {},
        envelope=into.number,
        arrived_on=into.arrived_on.isoformat(),
    )


def _too_old(paper: EnclosedPaper, arrived_on: date, terms: Terms) -> bool:
    issued_on = paper.issued_on
    return issued_on is not None and is_too_old(issued_on=issued_on, arrived_on=arrived_on, terms=terms)


def _found(envelope: EnvelopeId) -> Envelope:
    row = Envelope.objects.filter(pk=envelope).first()
    if row is None:
        raise Unknown(what="envelope", detail=str(envelope))
    return row


def _check_texts(**texts: str) -> None:
    for field, text in texts.items():
        if holds_forbidden_number(text):
            raise NumberInText(field=field)
