"""A notice to all concerned, planned by one person, released by another (2.2, 6.2, 11, 12.4, 15, 30(2))."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from inro.practice.calendar import end_of_day
from inro.practice.deadlines import (
    Deadline,
    change_notice_deadline,
    discontinuation_notice_deadline,
    expiry_notice_deadlines,
    maintenance_notice_deadline,
    stay_deadlines,
)
from inro.practice.editions import Terms, change_template
from inro.practice.errors import Refused
from inro.practice.notices import CHANNELS, Channel, NoticeKind
from inro.practice.transitions import follow

# So many letters are one file to print and one lot at the post office's counter.
BATCH = 500
KIT_BATCH = 50
# Each fax is a file of its own, and a lot is let go in one transaction.
FAX_BATCH = 50
LONGEST_WORDS = 400


class CampaignKind(StrEnum):
    """What everybody concerned is told of."""

    TERMS_CHANGE = "terms_change"
    DISCONTINUATION = "discontinuation"
    MAINTENANCE = "maintenance"
    RENEWAL = "renewal"
    STAY_END = "stay_end"
    ORGANIZATION = "organization"


class CampaignState(StrEnum):
    """Where a campaign stands; how far it is, its items say."""

    PLANNED = "planned"
    RELEASED = "released"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"


class CampaignAct(StrEnum):
    """What can be done with a campaign."""

    EXTEND = "extend"
    RELEASE = "release"
    CARRY_OUT = "carry_out"
    FINISH = "finish"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


class ItemState(StrEnum):
    """Where one person's notice stands; excluded says why there is none."""

    PLANNED = "planned"
    PRINTED = "printed"
    SENT = "sent"
    EXCLUDED = "excluded"


class Exclusion(StrEnum):
    """Why somebody is not told; every one is counted."""

    NO_CERTIFICATE = "no_certificate"
    REVOKED = "revoked"
    ENDED = "ended"
    ENDS_BEFORE = "ends_before"
    RENEWAL_UNDER_WAY = "renewal_under_way"
    DISPOSED = "disposed"
    # Owed all the same, and written by hand: it stays missing until then.
    UNPRINTABLE = "unprintable"


class Standing(StrEnum):
    """Whether a notice counts as arrived by the last day for it (43)."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"


class CampaignRefused(Refused):
    """What was typed of a campaign is not whole, or its day leaves no time; `field` is what to correct."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field=field, problem=problem)
        self.field = field
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignNotice:
    """One notice that a campaign gives each person, and the clause that asks for it."""

    kind: NoticeKind
    clause: str


NOTICES: Mapping[CampaignKind, tuple[CampaignNotice, ...]] = MappingProxyType(
    {
        CampaignKind.TERMS_CHANGE: (CampaignNotice(kind=NoticeKind.TERMS_CHANGE, clause="2.2"),),
        CampaignKind.DISCONTINUATION: (CampaignNotice(kind=NoticeKind.DISCONTINUATION, clause="11.2"),),
        CampaignKind.MAINTENANCE: (CampaignNotice(kind=NoticeKind.MAINTENANCE, clause="30(2)"),),
        # The notice goes to the subscriber, the form filled in to the contact person.
        CampaignKind.RENEWAL: (
            CampaignNotice(kind=NoticeKind.EXPIRY, clause="6.2"),
            CampaignNotice(kind=NoticeKind.RENEWAL_KIT, clause="8.11"),
        ),
        CampaignKind.STAY_END: (CampaignNotice(kind=NoticeKind.STAY_REMINDER, clause="12.4"),),
        # Nobody is written to beforehand: the list goes to the revocation desk, whose notices follow.
        CampaignKind.ORGANIZATION: (CampaignNotice(kind=NoticeKind.REVOCATION, clause="22.2"),),
    }
)
# Told on a web page as well as to each person.
WITH_PAGE: frozenset[CampaignKind] = frozenset({CampaignKind.DISCONTINUATION, CampaignKind.MAINTENANCE})
# What ends with every certificate listed for revocation, and on which ground.
REVOCATION_GROUNDS: Mapping[CampaignKind, str] = MappingProxyType(
    {CampaignKind.DISCONTINUATION: "11.3", CampaignKind.ORGANIZATION: "22.1(12)"}
)
# Over a window of ends, told so long before.
WINDOWS: frozenset[CampaignKind] = frozenset({CampaignKind.RENEWAL, CampaignKind.STAY_END})
# The house writes letters in bulk, sends messages and has pages posted.
WAYS: frozenset[Channel] = frozenset({Channel.POST, Channel.FAX, Channel.EMAIL, Channel.WEB})
# Carried by a server: made ready in lots, let go by a member of the operating staff (43.4).
MESSAGE_WAYS: tuple[Channel, ...] = (Channel.EMAIL, Channel.FAX)
# Being late is worse than not planning: with these the day itself is chosen, so a later one can be.
_LEAVE_TIME = frozenset({CampaignKind.TERMS_CHANGE, CampaignKind.DISCONTINUATION, CampaignKind.MAINTENANCE})

# Everybody is listed, nobody is written to.
LISTS_ONLY: frozenset[CampaignKind] = frozenset({CampaignKind.ORGANIZATION})

_S = CampaignState
_A = CampaignAct
TRANSITIONS: Mapping[tuple[CampaignState, CampaignAct], CampaignState] = MappingProxyType(
    {
        (_S.PLANNED, _A.EXTEND): _S.PLANNED,
        (_S.PLANNED, _A.RELEASE): _S.RELEASED,
        (_S.PLANNED, _A.WITHDRAW): _S.WITHDRAWN,
        # Who became a subscriber after the release is told by the same rule.
        (_S.RELEASED, _A.EXTEND): _S.RELEASED,
        (_S.RELEASED, _A.CARRY_OUT): _S.RELEASED,
        (_S.RELEASED, _A.FINISH): _S.FINISHED,
        # A message that comes back afterwards: its letter goes by post.
        (_S.FINISHED, _A.REOPEN): _S.RELEASED,
    }
)


def next_state(state: CampaignState, act: CampaignAct) -> CampaignState:
    """Return the state a campaign is in after an act.

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSubject:
    """What a campaign is about.

    `day` is when the change, the discontinuation or the maintenance comes; of a window of ends its first day,
    and `until` its last, `before` how many months (renewal) or days (stay) ahead this round tells of them.
    `words` is what changes or is maintained, as the letter says it; `organization` a name or its number.
    """

    kind: CampaignKind
    day: date
    until: date | None = None
    before: int = 0
    edition: str = ""
    words: str = ""
    organization: str = ""
    channel: Channel = Channel.POST

    def as_record(self) -> dict[str, Any]:
        """Return the subject as JSON values."""
        return {
            "kind": self.kind.value,
            "day": self.day.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "before": self.before,
            "edition": self.edition,
            "words": self.words,
            "organization": self.organization,
            "channel": self.channel.value,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return the subject that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        until = record["until"]
        known = {
            "kind": CampaignKind(record["kind"]),
            "day": date.fromisoformat(record["day"]),
            "until": date.fromisoformat(until) if until else None,
            "channel": Channel(record["channel"]),
        }
        return cls(**{**record, **known})


def arrival_deadline(subject: CampaignSubject, *, terms: Terms) -> Deadline | None:
    """Return by when the notices have arrived, None where no clause says (2.2, 6.2, 11.2, 12.4, 30(2)).

    Of a window it is the earliest end's. For a stay it is from when the round is due.
    """
    match subject.kind:
        case CampaignKind.TERMS_CHANGE:
            return change_notice_deadline(terms=terms)
        case CampaignKind.DISCONTINUATION:
            return discontinuation_notice_deadline(discontinued_on=subject.day, terms=terms)
        case CampaignKind.MAINTENANCE:
            return maintenance_notice_deadline(maintenance_on=subject.day, terms=terms)
        case CampaignKind.RENEWAL:
            rounds = sorted(terms.expiry_notice_months, reverse=True)
            due = expiry_notice_deadlines(not_after=end_of_day(subject.day), terms=terms)
            return due[rounds.index(subject.before)]
        case CampaignKind.STAY_END:
            days = sorted(terms.stay_reminder_days, reverse=True)
            return stay_deadlines(stay_ends_on=subject.day, terms=terms)[days.index(subject.before)]
        case CampaignKind.ORGANIZATION:
            return None


def rounds_of(kind: CampaignKind, terms: Terms) -> tuple[int, ...]:
    """Return how long before an end each round tells of it: months of a renewal, days of a stay."""
    if kind is CampaignKind.RENEWAL:
        return terms.expiry_notice_months
    return terms.stay_reminder_days if kind is CampaignKind.STAY_END else ()


def check_subject(subject: CampaignSubject, *, terms: Terms, today: date) -> None:
    """Refuse a campaign that is not whole, or whose day leaves too little time (2.2, 11.2, 30(2)).

    `terms` is the edition told of where the terms change, else the one in force.

    Raises: CampaignRefused.
    """
    kind = subject.kind
    if kind in WINDOWS and (subject.until is None or subject.until < subject.day):
        raise CampaignRefused(field="until", problem="before-day")
    if kind in WINDOWS and subject.before not in rounds_of(kind, terms):
        raise CampaignRefused(field="before", problem="no-such-round")
    if kind is CampaignKind.TERMS_CHANGE and subject.day != terms.effective_from:
        raise CampaignRefused(field="day", problem="not-the-editions")
    if kind in {CampaignKind.TERMS_CHANGE, CampaignKind.MAINTENANCE} and not subject.words:
        raise CampaignRefused(field="words", problem="missing")
    if len(subject.words) > LONGEST_WORDS:
        raise CampaignRefused(field="words", problem="too-long")
    if kind is CampaignKind.ORGANIZATION and not subject.organization:
        raise CampaignRefused(field="organization", problem="missing")
    if subject.channel not in ways_of(kind):
        raise CampaignRefused(field="channel", problem="not-this-way")
    deadline = arrival_deadline(subject, terms=terms)
    if kind in _LEAVE_TIME and deadline is not None and deadline.day < today:
        raise CampaignRefused(field="day", problem="too-soon")


def ways_of(kind: CampaignKind) -> tuple[Channel, ...]:
    """Return the ways a campaign of this kind can go, the usual one first (43)."""
    return tuple(way for way in CHANNELS[NOTICES[kind][0].kind] if way in WAYS)


def standing(*, arrived_on: date | None, last_day: date | None) -> Standing:
    """Return whether a notice counts as arrived in time (43); where no day is named, arriving is enough."""
    if arrived_on is None:
        return Standing.MISSING
    return Standing.LATE if last_day is not None and arrived_on > last_day else Standing.IN_TIME


def clause_of(kind: CampaignKind, notice: NoticeKind) -> str:
    """Return the clause that asks a campaign for a notice."""
    return next(one.clause for one in NOTICES[kind] if one.kind is notice)


def template_of(subject: CampaignSubject, kind: NoticeKind) -> str:
    """Return the name of a notice's template in the register; of a change it names the edition (2.2)."""
    return change_template(subject.edition) if kind is NoticeKind.TERMS_CHANGE else kind.value


def check_posting(*, dated_on: date, postmark: date, today: date) -> None:
    """Refuse a postmark before the day that the letters bear, or after today (43).

    Raises: CampaignRefused.
    """
    if postmark < dated_on:
        raise CampaignRefused(field="postmark", problem="before-letters")
    if postmark > today:
        raise CampaignRefused(field="postmark", problem="in-future")


def batch_size(*, kind: NoticeKind, channel: Channel) -> int:
    """Return how many notices of a kind and way are one lot at most."""
    if kind is NoticeKind.RENEWAL_KIT:
        return KIT_BATCH
    return FAX_BATCH if channel is Channel.FAX else BATCH


def check_finish(*, open_items: int, unconfirmed: int, page_missing: bool, plan_missing: bool) -> None:
    """Refuse to close a campaign while somebody is not told, or something else is owed (11, 15, 30(2)).

    `unconfirmed` are the notices given by hand that nobody has confirmed yet.

    Raises: CampaignRefused.
    """
    if open_items:
        raise CampaignRefused(field="items", problem="not-all-sent")
    if unconfirmed:
        raise CampaignRefused(field="items", problem="not-confirmed")
    if page_missing:
        raise CampaignRefused(field="page", problem="not-posted")
    if plan_missing:
        raise CampaignRefused(field="plan", problem="not-handed-over")
