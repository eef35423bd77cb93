"""Where the mending of a case's papers stands, and what a person may decide once its time is over (9.2)."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.antisocial import is_matched
from inro.practice.application import ApplicationState
from inro.practice.calendar import Calendar, jst_date
from inro.practice.deadlines import Deadline, deficiency_deadline
from inro.practice.deficiency import CorrectionStage, DeficiencyPoint, correction_stage
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.letters import LetterState
from inro.practice.notices import NoticeKind
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.models import Application, AuditRow, DeficiencyExtension
from inro.store.reads.antisocial import officer_checks
from inro.store.reads.application import deficiency_notice_arrived_on
from inro.store.reads.letters import LetterRecord, letters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRecord:
    """More time that a person gave; the reason is empty once disposed of."""

    extended_to: date
    reason: str
    extended_at: datetime
    extended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionTime:
    """The time to mend of a deficient case; `due` is None before its newest notice arrived."""

    notice_arrived_on: date | None
    due: Deadline | None
    extensions: tuple[ExtensionRecord, ...]

    def stage(self, now: datetime) -> CorrectionStage:
        """Return where it stands at an instant."""
        return correction_stage(self.due, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmission:
    """When mended papers came, and until when they were due."""

    arrived_on: date
    due: Deadline | None

    @property
    def is_late(self) -> bool:
        """Whether they came after their time: a person decides what that means."""
        return self.due is not None and self.arrived_on > self.due.day


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectionProposal:
    """What a person may decide: the clause, why in words for the applicant, and the time that is over."""

    clause: str
    reason: str
    due: Deadline | None
    points: tuple[DeficiencyPoint, ...]


def correction_time(application: ApplicationId, *, terms: Terms, calendar: Calendar) -> CorrectionTime | None:
    """Return until when a deficient case may be mended, None for a case that is not deficient (9.2, 43).

    Raises: Unknown.
    """
    row = _row(application)
    return _time(row, terms, calendar) if row.state == ApplicationState.DEFICIENT else None


def resubmission(application: ApplicationId, *, terms: Terms, calendar: Calendar) -> Resubmission | None:
    """Return when papers came that mended the last deficiencies, by their reply sheet, or None (9.2).

    Raises: Unknown.
    """
    row = _row(application)
    rows = AuditRow.objects.filter(
        subject=f"application/{row.number}", kind=EventKind.RESUBMISSION_RECEIVED.value
    )
    last = rows.order_by("-seq").first()
    arrived_on = json.loads(last.details).get("arrived_on") if last is not None else None
    if row.state == ApplicationState.DEFICIENT or row.deficient_at is None or arrived_on is None:
        return None
    return Resubmission(arrived_on=date.fromisoformat(arrived_on), due=_time(row, terms, calendar).due)


def extensions_since(application: ApplicationId, since: datetime) -> tuple[ExtensionRecord, ...]:
    """Return the extensions given since papers were found deficient, oldest first (9.2)."""
    rows = DeficiencyExtension.objects.filter(application_id=application, extended_at__gte=since)
    return tuple(
        ExtensionRecord(
            extended_to=row.extended_to,
            reason=row.reason,
            extended_at=row.extended_at,
            extended_by=row.extended_by,
        )
        for row in rows.order_by("id")
    )


def rejection_proposal(
    application: ApplicationId, *, terms: Terms, calendar: Calendar, now: datetime
) -> RejectionProposal | None:
    """Return why a case may now be rejected, None while nothing speaks for it; a person decides (9.2, 46).

    Raises: Unknown.
    """
    if is_matched(officer_checks(application)):
        return RejectionProposal(clause="46", reason=_UNSPECIFIED, due=None, points=())
    time = correction_time(application, terms=terms, calendar=calendar)
    if time is None or time.due is None or time.stage(now) is not CorrectionStage.LAPSED:
        return None
    told = told_letter(application)
    points = told.points if told is not None else ()
    return RejectionProposal(
        clause="9.2", reason=_lapsed_words(time.due.day, points), due=time.due, points=points
    )


def _row(application: ApplicationId) -> Application:
    columns = Application.objects.only("number", "state", "deficient_at")
    row = columns.filter(pk=application).first()
    if row is None:
        raise Unknown(what="application", detail=str(application))
    return row


def _time(row: Application, terms: Terms, calendar: Calendar) -> CorrectionTime:
    application = ApplicationId(row.pk)
    arrived_on = deficiency_notice_arrived_on(application)
    extensions = extensions_since(application, row.deficient_at) if row.deficient_at else ()
    due = (
        deficiency_deadline(
            notice_arrived_on=arrived_on,
            terms=terms,
            calendar=calendar,
            extended_to=max((one.extended_to for one in extensions), default=None),
        )
        if arrived_on is not None
        else None
    )
    return CorrectionTime(notice_arrived_on=arrived_on, due=due, extensions=extensions)


def told_letter(application: ApplicationId) -> LetterRecord | None:
    """Return the newest letter that was sent since papers were last found deficient, or None (9.2)."""
    since = Application.objects.filter(pk=application).values_list("deficient_at", flat=True).first()
    if since is None:
        return None
    letters = [
        letter
        for letter in letters_of(application, NoticeKind.DEFICIENCY)
        if letter.state is LetterState.SENT and letter.sent_on is not None
        if letter.sent_on >= jst_date(since)
    ]
    return letters[-1] if letters else None


# Whom a check found is not told in the letter: the terms ask for a reason, not for the source (9.2, 46).
_UNSPECIFIED = "審査の結果、約款に定める条件を満たさないと判断しました。"


def _lapsed_words(day: date, points: tuple[DeficiencyPoint, ...]) -> str:
    what = "、".join(dict.fromkeys(point.item for point in points)) or "書類"
    until = f"{day.year}年{day.month}月{day.day}日"
    return f"{until}の期限までに、不備のあった書類（{what}）の訂正または再提出がありませんでした。"
