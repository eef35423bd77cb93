"""How long issuing usually takes, from this installation's own cases; nothing where they are few (17.1)."""

from datetime import date, timedelta

from inro.practice.figures import Spread, told_spread
from inro.store.reads.figures import issue_days

# Long enough for a small office to have cases, short enough to be true today.
USUAL_DAYS = 90


def usual_time(*, today: date) -> Spread | None:
    """Return the spread of days from form to certificate before today, None of too few to be told (40(7))."""
    return told_spread(issue_days(first=today - timedelta(days=USUAL_DAYS), after=today))
