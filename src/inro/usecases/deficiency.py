"""More time to mend papers, and calls about them (9.2)."""

from datetime import date, datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, ApplicationState
from inro.practice.calendar import Calendar, jst_date
from inro.practice.deficiency import ExtensionFacts, check_extension
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.notices import NoticeKind
from inro.practice.transitions import ActNotAllowed
from inro.store.ids import ApplicationId
from inro.store.models import Application, DeficiencyExtension, TelephoneCall
from inro.store.reads.deficiency import correction_time
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject

LONGEST_REASON = 400
_LONGEST = {"reason": LONGEST_REASON, "spoken_to": 100, "said": 1000}


def extend_deficiency(
    *,
    application: ApplicationId,
    extended_to: date,
    reason: str,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> None:
    """Give an applicant more time to mend the papers, also once the time has lapsed (9.2).

    Raises: DutyMissing, LetterRefused, NumberInText, GuardRefused, ActNotAllowed, Unknown.
    """
    actor.check(Act.EXTEND_DEFICIENCY)
    check_texts(reason=reason)
    with act(actor=actor, now=now) as doing:
        # Locked, so that nobody rejects what is being given more time.
        row = Application.objects.select_for_update().get(pk=find(application).pk)
        time = correction_time(application, terms=terms, calendar=calendar)
        if time is None:
            raise ActNotAllowed(state=ApplicationState(row.state), act=ApplicationAct.RESUBMIT)
        due = time.due.day if time.due else None
        check_extension(ExtensionFacts(reason=reason, extended_to=extended_to, due=due, today=jst_date(now)))
        DeficiencyExtension.objects.create(
            application=row,
            extended_to=extended_to,
            reason=reason.strip(),
            extended_at=now,
            extended_by=actor.name,
        )
        doing.record(
            EventKind.DEFICIENCY_EXTENDED, subject=subject(row.number), extended_to=extended_to.isoformat()
        )


def record_call(
    *,
    application: ApplicationId,
    about: NoticeKind,
    called_at: datetime,
    spoken_to: str,
    said: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Record a call about deficient papers; it goes beside the letter and starts no time (9.2, 43).

    Raises: DutyMissing, LetterRefused, NumberInText, Unknown.
    """
    actor.check(Act.RECORD_CALL)
    row = find(application)
    with act(actor=actor, now=now) as doing:
        add_call(
            doing,
            application=row,
            about=about,
            called_at=called_at,
            called_by=actor.name,
            spoken_to=spoken_to,
            said=said,
            recorded_at=now,
        )


def add_call(
    doing: Doing,
    *,
    application: Application,
    about: NoticeKind,
    called_at: datetime,
    called_by: str,
    spoken_to: str,
    said: str,
    recorded_at: datetime,
) -> None:
    """Add a call inside the caller's act: when, with whom, what was said (9.2, 24.2).

    Raises: LetterRefused, NumberInText.
    """
    check_texts(spoken_to=spoken_to, said=said)
    if called_at > recorded_at:
        raise LetterRefused(field="called_at", problem="later")
    row = TelephoneCall.objects.create(
        application=application,
        about=about,
        called_at=called_at,
        called_by=called_by,
        spoken_to=spoken_to.strip(),
        said=said.strip(),
        recorded_at=recorded_at,
    )
    doing.record(EventKind.CALL_RECORDED, subject=subject(application.number), call=row.pk, about=about.value)


def check_texts(**texts: str) -> None:
    """Refuse a text that is empty, too long, or holds an Individual Number (8.5).

    Raises: LetterRefused, NumberInText.
    """
    for field, text in texts.items():
        if not text.strip():
            raise LetterRefused(field=field, problem="missing")
        if len(text.strip()) > _LONGEST[field]:
            raise LetterRefused(field=field, problem="too_long")
        if holds_forbidden_number(text):
            raise NumberInText(field=field)
