"""What is owed beside cases and the platform: typed drafts deleted, unsettled notices seen to (40(6), 43)."""

from dataclasses import dataclass
from datetime import date

from inro.practice.day_sum import DaySum
from inro.practice.deadlines import DeadlineKind, draft_deadline, until_end
from inro.practice.editions import Terms
from inro.practice.obligations import Obligation

# The house's own figure: the terms say when a notice counts as arrived, not by when a failed one is seen to.
NOTICE_DAYS = 3

APART = frozenset({DeadlineKind.DRAFT, DeadlineKind.UNSETTLED_NOTICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """A draft with answers in it: when it was last changed, and the day after which they are deleted."""

    number: str
    changed_on: date
    expires_on: date

    @property
    def subject(self) -> str:
        """What log and ledger call it."""
        return f"draft/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsettledNotice:
    """A notice that failed and that no letter replaces, or whose outcome nobody knows, since a day."""

    notice: int
    since: date

    @property
    def subject(self) -> str:
        """What log and ledger call it."""
        return f"notice/{self.notice}"


def draft_obligation(draft: KeptDraft, *, terms: Terms) -> Obligation:
    """Return by when a draft's answers are deleted; the day set when they were saved holds (40(6))."""
    deadline = draft_deadline(saved_on=draft.changed_on, terms=terms)
    if deadline.day != draft.expires_on:
        # The form was printed since, or the terms are others by now.
        day_sum = DaySum.of(draft.expires_on)
        deadline = until_end(kind=DeadlineKind.DRAFT, clause="40(6)", day_sum=day_sum)
    return Obligation(deadline=deadline)


def notice_obligation(notice: UnsettledNotice) -> Obligation:
    """Return by when somebody says what becomes of a notice that reached nobody, or may have (43)."""
    day_sum = DaySum.of(notice.since).plus_days(NOTICE_DAYS)
    return Obligation(deadline=until_end(kind=DeadlineKind.UNSETTLED_NOTICE, clause="43", day_sum=day_sum))
