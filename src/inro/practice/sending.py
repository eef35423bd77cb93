"""A notice on its way: let go once by a person, tried by the house, accepted, in doubt or failed (43).

What a server said decides. Where it said nothing after it had everything, the notice is in doubt, and is not
sent again until somebody knows that it was not.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from inro.practice.notices import Channel
from inro.practice.transitions import follow


class NoticeState(StrEnum):
    """Where a notice stands once it was let go."""

    RELEASED = "released"
    SENDING = "sending"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    FAILED = "failed"


class NoticeAct(StrEnum):
    """What happens to a notice on its way."""

    TRY = "try"
    ACCEPT = "accept"
    POSTPONE = "postpone"
    REFUSE = "refuse"
    DOUBT = "doubt"


_S = NoticeState
_A = NoticeAct

TRANSITIONS: Mapping[tuple[NoticeState, NoticeAct], NoticeState] = MappingProxyType(
    {
        (_S.RELEASED, _A.TRY): _S.SENDING,
        (_S.SENDING, _A.ACCEPT): _S.SENT,
        (_S.SENDING, _A.POSTPONE): _S.RELEASED,
        (_S.SENDING, _A.REFUSE): _S.FAILED,
        (_S.SENDING, _A.DOUBT): _S.IN_DOUBT,
        (_S.IN_DOUBT, _A.ACCEPT): _S.SENT,
        (_S.IN_DOUBT, _A.POSTPONE): _S.RELEASED,
        (_S.IN_DOUBT, _A.REFUSE): _S.FAILED,
        # What a server had taken, and another gave back.
        (_S.SENT, _A.REFUSE): _S.FAILED,
    }
)
# What waits for a person, and what for the house.
TO_HANDLE: frozenset[NoticeState] = frozenset({_S.IN_DOUBT, _S.FAILED})
ON_THE_WAY: frozenset[NoticeState] = frozenset({_S.RELEASED, _S.SENDING})

# Longer than a server may take to answer, or the fax to tell: a try that is open after it has no known end.
LONGEST_TRY: Mapping[Channel, timedelta] = MappingProxyType(
    {Channel.EMAIL: timedelta(minutes=15), Channel.FAX: timedelta(hours=12)}
)
# After a try that a server put off: how long until the next; after the last of them the notice has failed.
PAUSES: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)


def next_state(state: NoticeState, act: NoticeAct) -> NoticeState:
    """Return the state a notice is in after what happened to it.

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after that many tries were put off, None where no more is tried."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
