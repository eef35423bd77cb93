"""A reminder that was written and not posted waits for the decision on doubts told meanwhile (18.5, 18.7).

Both in the transaction of what was told, or decided: no clerk can post it in between.
"""

from inro.practice.events import EventKind
from inro.practice.letters import LetterAct, LetterState
from inro.practice.notices import NoticeKind
from inro.practice.receipt import after_doubts
from inro.store.ids import ApplicationId
from inro.store.models import Letter
from inro.usecases.act import Doing
from inro.usecases.letters import move_letter, record_letter

_EVENTS = {LetterAct.RESUME: EventKind.LETTER_RESUMED, LetterAct.DROP: EventKind.LETTER_DROPPED}


def keep_back_reminder(doing: Doing, application: ApplicationId) -> None:
    """Hold a reminder that is released or printed and not yet on its way (18.5).

    Raises: Conflict.
    """
    for row in _reminders(application, LetterState.RELEASED, LetterState.PRINTED):
        move_letter(row, LetterAct.HOLD)
        record_letter(doing, EventKind.LETTER_HELD, row)


def settle_reminder(doing: Doing, application: ApplicationId, *, founded: bool) -> None:
    """Let a held reminder be printed and dated anew, or make it void, as the doubts were decided on (18.5).

    Raises: Conflict.
    """
    what = after_doubts(founded=founded)
    for row in _reminders(application, LetterState.HELD):
        move_letter(row, what)
        record_letter(doing, _EVENTS[what], row)


def _reminders(application: ApplicationId, *states: LetterState) -> list[Letter]:
    rows = Letter.objects.select_related("application").filter(
        application_id=application,
        kind=NoticeKind.RECEIPT_REMINDER,
        state__in=[state.value for state in states],
    )
    return list(rows)
