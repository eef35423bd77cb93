"""What a case owes, written from the clauses alone: slow, simple, and by no rule of the house's own code."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

JST = timezone(timedelta(hours=9))
DAY = timedelta(days=1)
ENDS_ON = date(2027, 12, 31)
# These open with their day; all others run until its end.
OPENING = {
    "reminder",
    "late_slip_power",
    "revocation_without_slip",
    "parcel_return",
    "unpaid_power",
    "retention",
}
Key = tuple[str, int]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JST)


@dataclass
class Doubts:
    told: date
    admitted: bool = False
    decided: date | None = None


@dataclass
class Book:
    """What happened to one case, and what was marked; `closed` says on which days nothing is done."""

    moves: bool
    closed: Callable[[date], bool]
    first_posted: date | None = None
    out_since: date | None = None
    reminders: list[date] = field(default_factory=list)
    doubts: list[Doubts] = field(default_factory=list)
    confirmed: bool = False
    ended: bool = False
    notices: int = 0
    invoiced: date | None = None
    faxed: date | None = None
    proxy_told: date | None = None
    revocation_open: bool = False
    standing: dict[Key, tuple[date, bool]] = field(default_factory=dict)
    marks: int = 0

    def last(self, day: date) -> date:
        """Civil Code 142, where the switch says so."""
        while self.moves and self.closed(day):
            day += DAY
        return day

    def in_time(self, doubts: Doubts) -> bool:
        """18.5: within twenty days of dispatch, or let in by a person."""
        assert self.first_posted is not None
        return doubts.admitted or doubts.told <= self.last(self.first_posted + 20 * DAY)

    def held(self) -> bool:
        """18.5: doubts told in time hold reminder and 18.7 until they are decided on."""
        return any(one.decided is None and self.in_time(one) for one in self.doubts)

    def owed(self) -> dict[Key, date]:
        owed: dict[Key, date] = {}
        if self.invoiced:  # 35.2, 35.3
            owed["payment", 1] = self.last(self.invoiced + 30 * DAY)
            if not self.ended:
                owed["unpaid_power", 1] = owed["payment", 1] + DAY
        if self.faxed:  # 21.2
            owed["original", 1] = self.last(self.faxed + 14 * DAY)
        if self.proxy_told:  # 24.2
            owed["proxy_deficiency", 1] = self.last(self.proxy_told + 20 * DAY)
        if self.ended:  # 40(4): ten years from the end of validity
            return owed | {("retention", 1): date(2038, 1, 1)}
        owed["expiry", 1] = ENDS_ON  # 6.1
        for turn, day in ((1, date(2027, 10, 31)), (2, date(2027, 11, 30))):  # 6.2
            if turn > self.notices:
                owed["expiry_notice", turn] = day
        if self.first_posted and not self.confirmed:
            owed |= self._until_the_slip(self.first_posted)
        return owed

    def _until_the_slip(self, dispatch: date) -> dict[Key, date]:
        owed: dict[Key, date] = {}
        if self.out_since:
            owed["parcel_return", 1] = self.out_since + 11 * DAY
        # 22.1(1): more than thirty days have passed.
        owed["late_slip_power", 1] = power = self.last(dispatch + 30 * DAY) + DAY
        if self.held():
            return owed
        if not self.doubts:
            owed["objection", 1] = self.last(dispatch + 20 * DAY)
        slip = self.last(dispatch + 20 * DAY)
        remind, decided = slip + DAY, date.min
        for one in self.doubts:
            if one.decided and self.in_time(one):
                remind, decided = max(remind, one.decided + DAY), one.decided
        arrived = [day for day in self.reminders if day >= remind and day > decided]
        if arrived:  # 18.7: ten more days, then it is revoked
            owed["slip_after_reminder", 1] = self.last(arrived[0] + 10 * DAY)
            owed["revocation_without_slip", 1] = max(owed["slip_after_reminder", 1] + DAY, power)
            return owed
        if remind == slip + DAY:
            owed["slip", 1] = slip
        owed["reminder", 1] = remind
        return owed

    def happened(self) -> None:
        """Carry over what an event left as it was; whose day moved begins anew, unmarked."""
        before = self.standing
        self.standing = {
            key: before[key] if key in before and before[key][0] == day else (day, False)
            for key, day in self.owed().items()
        }

    def marked_at(self, now: datetime) -> None:
        """Mark what a run at `now` must: all that is reached, nothing else, nothing twice."""
        for key, (day, marked) in self.standing.items():
            reached = midnight(day if key[0] in OPENING else day + DAY)
            if not marked and now >= reached:
                self.standing[key] = (day, True)
                self.marks += 1
