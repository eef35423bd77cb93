"""The list of a mass revocation: both selections held against each other, serial by serial (22.1)."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from inro.practice.calendar import jst_date
from inro.practice.mass_revocation import Criterion, LeftOut, SelectorsDisagree
from inro.store.reads.campaign_certificates import list_sha256
from inro.store.reads.mass_selection import Certified, Recorded, certified_selection, recorded_selection

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A list on which records and certificates agree: its size and hash, who is left out, whose they are.

    `by_month` is by the month of issue (JST), `by_organization` by Corporate Number or else by name.
    """

    count: int
    serials_sha256: str
    left_out: Counter[LeftOut]
    by_month: Counter[str]
    by_organization: Counter[str]


@dataclass(slots=True, kw_only=True)
class _Counting:
    """What is counted while the two selections pass by; nothing of a single certificate is kept."""

    hashed: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    by_month: Counter[str] = field(default_factory=Counter)
    by_organization: Counter[str] = field(default_factory=Counter)
    differences: int = 0
    named: list[str] = field(default_factory=list)

    def take(self, one: Certified) -> None:
        """Count a certificate on which both agree."""
        if one.left_out is not None:
            self.left_out[one.left_out] += 1
            return
        self.hashed.update(f"{one.serial}\n".encode())
        self.by_month[f"{jst_date(one.issued_at):%Y-%m}"] += 1
        self.by_organization[one.organization] += 1

    def differ(self, serial: str, why: str) -> None:
        """Count a certificate on which they do not agree; the first are named."""
        self.differences += 1
        if len(self.named) < _MOST_NAMED:
            self.named.append(f"{serial}: {why}")


def agreed_selection(criterion: Criterion, *, at: datetime) -> Selection:
    """Return what a criterion means, if the records and the certificates themselves give the same.

    Raises: SelectorsDisagree.
    """
    counting = _Counting()
    for recorded, certified in _pairs(
        recorded_selection(criterion, at=at), certified_selection(criterion, at=at)
    ):
        if certified is None:
            counting.differ(recorded.serial if recorded else "", "records only")
        elif recorded is None:
            # What can't be read is a difference only where it was meant, and nobody can say it was not.
            counting.differ(certified.serial, "certificates only" if certified.proved else "unproved")
        elif not certified.proved:
            counting.differ(certified.serial, "unproved")
        elif recorded.left_out is not certified.left_out:
            counting.differ(
                certified.serial, f"{recorded.left_out or 'listed'} / {certified.left_out or 'listed'}"
            )
        else:
            counting.take(certified)
    if counting.differences:
        raise SelectorsDisagree(count=counting.differences, differences=tuple(counting.named))
    return Selection(
        count=counting.by_month.total(),
        serials_sha256=counting.hashed.hexdigest(),
        left_out=counting.left_out,
        by_month=counting.by_month,
        by_organization=counting.by_organization,
    )


def recorded_list(criterion: Criterion, *, at: datetime) -> tuple[int, str]:
    """Return how many certificates the columns list by now, and the hash of their serials."""
    return list_sha256(one.serial for one in recorded_selection(criterion, at=at) if one.left_out is None)


def _pairs(
    recorded: Iterator[Recorded], certified: Iterator[Certified]
) -> Iterator[tuple[Recorded | None, Certified | None]]:
    """Yield both selections side by side in the order of serials, None where only one has a certificate."""
    one, other = next(recorded, None), next(certified, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one.serial < other.serial):
            yield one, None
            one = next(recorded, None)
        elif one is None or other.serial < one.serial:
            yield None, other
            other = next(certified, None)
        else:
            yield one, other
            one, other = next(recorded, None), next(certified, None)
