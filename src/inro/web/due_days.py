"""How a due day on record came about: counted again from its event, told if it comes out (6.1, 9.2)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from inro.configuration.policy import Policy
from inro.practice.calendar import jst_date
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import Deadline, deficiency_deadline, draft_deadline
from inro.practice.editions import Terms
from inro.practice.fees import payment_deadline
from inro.practice.validity import ValidityPeriod, last_day_sum


def letter_deadline(*, policy: Policy, dated_on: date, due_on: date) -> Deadline | None:
    """Return the time to mend that a letter names, made longer by a person where days fall short (9.2)."""

    def counted(terms: Terms, longer_to: date | None) -> Deadline:
        return deficiency_deadline(
            notice_arrived_on=dated_on, terms=terms, calendar=policy.calendar, extended_to=longer_to
        )

    plain = _that_comes_out(policy, dated_on, due_on, lambda terms: counted(terms, None))
    return plain or _that_comes_out(policy, dated_on, due_on, lambda terms: counted(terms, due_on))


def invoice_deadline(*, policy: Policy, issued_on: date, due_on: date) -> Deadline | None:
    """Return the day that an invoice names (35.2)."""
    return _that_comes_out(
        policy,
        issued_on,
        due_on,
        lambda terms: payment_deadline(invoiced_on=issued_on, terms=terms, calendar=policy.calendar),
    )


def draft_kept_until(*, policy: Policy, saved_at: datetime, expires_on: date) -> Deadline | None:
    """Return until when a draft is kept (40(6))."""
    saved_on = jst_date(saved_at)
    return _that_comes_out(
        policy, saved_on, expires_on, lambda terms: draft_deadline(saved_on=saved_on, terms=terms)
    )


def validity_sum(*, issued_at: datetime, not_after: datetime) -> DaySum | None:
    """Return how the last day of a certificate came about, None for one of no period of the terms (6.1)."""
    last = jst_date(not_after)
    for period in ValidityPeriod:
        made = last_day_sum(issued_on=jst_date(issued_at), period=period)
        if made.day == last:
            return made
    return None


def _that_comes_out(
    policy: Policy, event: date, due_on: date, counted: Callable[[Terms], Deadline]
) -> Deadline | None:
    # The record says the day, not the edition it was counted under: the last begun under which it comes out.
    return next((made for made in map(counted, _begun(policy, event)) if made.day == due_on), None)


def _begun(policy: Policy, day: date) -> Iterable[Terms]:
    begun = [edition.terms for edition in policy.editions.values() if edition.terms.effective_from <= day]
    return sorted(begun, key=lambda terms: terms.effective_from, reverse=True)
