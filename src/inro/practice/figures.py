"""Numbers people look at: shares of counted days, bands of age, what the public is told (17.1, 40(7))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inro.practice.editions import Terms

# Of fewer cases a median is nearly the day of one person's case.
LEAST_TOLD = 20
# The last day of each band of age but the open one.
BANDS = (7, 14, 30, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Days within which half and nine tenths of `count` cases were done; each is what one case took."""

    count: int
    median: int
    ninety: int


def spread_of(counted: Mapping[int, int]) -> Spread | None:
    """Return the spread of cases counted by how many days they took, None of no case."""
    count = sum(counted.values())
    if not count:
        return None
    return Spread(count=count, median=_within(counted, count, 50), ninety=_within(counted, count, 90))


def told_spread(counted: Mapping[int, int]) -> Spread | None:
    """Return what the public may be told: nothing of so few cases that one could be made out (40(7))."""
    found = spread_of(counted)
    return found if found is not None and found.count >= LEAST_TOLD else None


def receipt_lines(terms: Terms) -> tuple[int, int, int]:
    """Return after how many days of posting the slip is due, the power opens, and revocation is due at the
    earliest, which is where the reminder arrives on its first day (18.7, 22.1(1))."""
    reminded = terms.slip_days + 1 + terms.reminder_days
    return terms.slip_days, terms.late_slip_days, max(terms.late_slip_days, reminded) + 1


def band_names() -> Iterable[tuple[int, int | None]]:
    """Yield each band's first and last day of age; the open one has no last."""
    first = 0
    for last in BANDS:
        yield first, last
        first = last + 1
    yield first, None


def _within(counted: Mapping[int, int], count: int, percent: int) -> int:
    # Nearest rank: always a number of days that a case really took.
    rank, reached = -(-count * percent // 100), 0
    for days in sorted(counted):
        reached += counted[days]
        if reached >= rank:
            return days
    raise AssertionError
