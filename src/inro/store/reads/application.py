"""Applications and their timelines, as the office sees them (8, 9, 39.4, 40(7))."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inro.practice.application import ApplicationState
from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.practice.notices import NoticeKind
from inro.practice.stated import ApplicantKind, StatedForm
from inro.practice.validity import ValidityPeriod
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import (
    Application,
    AuditRow,
    Card,
    Certificate,
    Draft,
    IssuanceOrder,
    Notice,
    RevocationCase,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRecord:
    """One application; `stated`, `content` and `findings` are None once disposed of."""

    application_id: ApplicationId
    number: str
    kind: ApplicantKind
    state: ApplicationState
    edition: str
    edition_sha256: str
    period: ValidityPeriod
    form: StatedForm | None
    content: dict[str, Any] | None
    findings: dict[str, Any] | None
    drafted_at: datetime
    received_at: datetime | None
    examination_ended_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None
    examiner: str | None
    decider: str | None
    predecessor: ApplicationId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One audit row of a case; `details` are ids and hashes."""

    seq: int
    at: datetime
    kind: EventKind
    actor: str
    subject: str
    details: dict[str, Any]


def application_record(application: ApplicationId) -> ApplicationRecord:
    """Return one application.

    Raises: Unknown.
    """
    row = Application.objects.filter(pk=application).first()
    if row is None:
        raise Unknown(what="application", detail=str(application))
    return _record(row)


def application_by_number(number: str) -> ApplicationRecord:
    """Return one application by its number.

    Raises: Unknown.
    """
    row = Application.objects.filter(number=number).first()
    if row is None:
        raise Unknown(what="application", detail=number)
    return _record(row)


def known_numbers(numbers: Iterable[str]) -> frozenset[str]:
    """Return which of these numbers are applications on record."""
    wanted = [number for number in numbers if number]
    return frozenset(Application.objects.filter(number__in=wanted).values_list("number", flat=True))


def applications(*states: ApplicationState) -> tuple[ApplicationRecord, ...]:
    """Return the applications in these states, or all, oldest first."""
    rows = Application.objects.order_by("id")
    if states:
        rows = rows.filter(state__in=[state.value for state in states])
    return tuple(_record(row) for row in rows)


def deficiency_notice_arrived_on(application: ApplicationId) -> date | None:
    """Return when the last notice of the deficiencies last found counts as arrived, or None (9.2, 43)."""
    since = Application.objects.filter(pk=application).values_list("deficient_at", flat=True).first()
    if since is None:
        return None
    notices = Notice.objects.filter(application_id=application, kind=NoticeKind.DEFICIENCY)
    last = notices.filter(sent_on__gte=jst_date(since)).order_by("-id").first()
    return last.arrived_on if last else None


def case_timeline(application: ApplicationId) -> tuple[TimelineEntry, ...]:
    """Return all that is on record of a case, from the form to disposal, in the order it was done."""
    rows = AuditRow.objects.filter(subject__in=_subjects(application)).order_by("seq")
    return tuple(timeline_entry(row) for row in rows)


def timeline_entry(row: AuditRow) -> TimelineEntry:
    """Return an audit row as a value."""
    return TimelineEntry(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        kind=EventKind(row.kind),
        actor=row.actor,
        subject=row.subject,
        details=json.loads(row.details),
    )


def _subjects(application: ApplicationId) -> list[str]:
    row = application_record(application)
    found = [f"application/{row.number}"]
    found += [f"draft/{number}" for number in _draft_numbers(application)]
    orders = IssuanceOrder.objects.filter(application_id=application)
    found += [f"order/{pk}" for pk in orders.values_list("pk", flat=True)]
    for card in Card.objects.filter(application_id=application).select_related("mailer"):
        found.append(f"card/{card.serial}")
        mailer = getattr(card, "mailer", None)
        if mailer is not None:
            found.append(f"mailer/{mailer.number}")
    certificates = Certificate.objects.filter(application_id=application)
    found += [
        f"certificate/{bytes(serial).hex()}"
        for serial in certificates.values_list("serial__serial", flat=True)
    ]
    cases = RevocationCase.objects.filter(certificate__application_id=application)
    found += [f"revocation/{number}" for number in cases.values_list("number", flat=True)]
    notices = Notice.objects.filter(application_id=application)
    return found + [f"notice/{pk}" for pk in notices.values_list("pk", flat=True)]


def _draft_numbers(application: ApplicationId) -> list[str]:
    return list(Draft.objects.filter(application_id=application).values_list("number", flat=True))


def _record(row: Application) -> ApplicationRecord:
    return ApplicationRecord(
        application_id=ApplicationId(row.pk),
        number=row.number,
        kind=ApplicantKind(row.kind),
        state=ApplicationState(row.state),
        edition=row.edition,
        edition_sha256=row.edition_sha256,
        period=ValidityPeriod(row.period),
        form=StatedForm.from_record(row.stated) if row.stated else None,
        content=row.content,
        findings=row.findings,
        drafted_at=row.drafted_at,
        received_at=row.received_at,
        examination_ended_at=row.examination_ended_at,
        accepted_at=row.accepted_at,
        closed_at=row.closed_at,
        examiner=row.examiner,
        decider=row.decider,
        predecessor=ApplicationId(row.predecessor_id) if row.predecessor_id else None,
    )
