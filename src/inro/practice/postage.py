"""What the post asks and how it keeps things: tariffs, days at the post office, sheets of labels (17.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inro.practice.day_sum import DaySum
from inro.practice.deadlines import Deadline, DeadlineKind, until_end
from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.parcels import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class PostagePart:
    """One part of a parcel's postage, in whole yen, such as the registration."""

    name: str
    yen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """What the post asks from a day on, by service."""

    effective_from: date
    parts: Mapping[Mail, tuple[PostagePart, ...]]

    def total(self, mail: Mail) -> int:
        """Return the postage of one parcel, in yen."""
        return sum(part.yen for part in self.parts[mail])


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """The grid of a sheet of labels, A4 upright, in millimetres; one label follows the other, no gap."""

    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float

    @property
    def places(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCodes:
    """How the post's label software calls a service: kind of mail (column 6), registration (column 9)."""

    kind: str
    registration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRules:
    """What the operator has set about the post.

    `resending_limit` is how often a parcel that came back is sent again; a simplified registered letter is
    kept `keeping_days`, and `longer_keeping_days` more where the addressee asks for it.
    """

    tariffs: tuple[Tariff, ...]
    resending_limit: int
    keeping_days: int
    longer_keeping_days: int
    sheet: LabelSheet
    codes: Mapping[Mail, PostCodes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Until when the post keeps a parcel nobody has fetched yet; `longest` where more was asked for.

    The days count from posting: the post counts from its own note, which comes a day or two later.
    """

    until: Deadline
    longest: Deadline | None


class NoTariffInForce(Refused):
    """The tariffs begin after the day asked for."""

    def __init__(self, *, on: date) -> None:
        super().__init__(on=on.isoformat())
        self.on = on


def tariff_on(tariffs: Iterable[Tariff], *, on: date) -> Tariff:
    """Return the tariff of a day.

    Raises: NoTariffInForce.
    """
    begun = [tariff for tariff in tariffs if tariff.effective_from <= on]
    if not begun:
        raise NoTariffInForce(on=on)
    return max(begun, key=lambda tariff: tariff.effective_from)


def keeping(*, mail: Mail, posted_on: date, terms: Terms, rules: PostRules) -> Keeping:
    """Return until when the post keeps a parcel: 10 days, or 7 and 3 more on request (17.4, 18.1)."""
    if mail is Mail.RESTRICTED_DELIVERY:
        return Keeping(until=_kept(posted_on, terms.parcel_keeping_days), longest=None)
    longest = _kept(posted_on, rules.keeping_days + rules.longer_keeping_days)
    return Keeping(until=_kept(posted_on, rules.keeping_days), longest=longest)


def _kept(posted_on: date, days: int) -> Deadline:
    return until_end(
        kind=DeadlineKind.PARCEL_RETURN, clause="17.4", day_sum=DaySum.of(posted_on).plus_days(days)
    )
