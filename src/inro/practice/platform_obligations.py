"""What the platform itself owes: lists, notices, certificates, tokens, accreditation (2.2, 26.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from inro.practice.calendar import jst_date
from inro.practice.day_sum import DaySum
from inro.practice.deadlines import (
    Deadline,
    DeadlineKind,
    change_notice_deadline,
    hours_after,
    list_renewal_deadline,
    until_end,
)
from inro.practice.editions import Terms
from inro.practice.obligations import Obligation

# The house's own figures; the law asks for the accreditation's renewal thirty days before its end.
CERTIFICATE_DAYS = 60
TOKEN_DAYS = 90
ACCREDITATION_DAYS = 30
NIGHT_HOURS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformFacts:
    """What the platform's own deadlines follow from, each thing by its name.

    `lists` is when each kind was last issued, `certificates` and `tokens` until when each serves. `backup_at`
    is when the newest copy was made, None where no copies are looked after; `night_at` when the ledger was
    last gone through.
    """

    lists: Mapping[str, datetime] = field(default_factory=dict)
    certificates: Mapping[str, datetime] = field(default_factory=dict)
    tokens: Mapping[str, date] = field(default_factory=dict)
    accredited_until: date | None = None
    backup_at: datetime | None = None
    backup_hours: int = NIGHT_HOURS
    night_at: datetime | None = None


def platform_obligations(
    facts: PlatformFacts, *, terms: Terms, coming: Mapping[str, Terms]
) -> dict[str, Obligation]:
    """Return what the platform owes by what it is about; `coming` are the editions not yet in force.

    Raises: InstantWithoutZone.
    """
    found = {f"list/{kind}": list_obligation(issued_at=at, terms=terms) for kind, at in facts.lists.items()}
    for name, edition in coming.items():
        if edition.important_change:
            found[f"edition/{name}"] = Obligation(deadline=change_notice_deadline(terms=edition))
    for name, ends_at in facts.certificates.items():
        found[f"platform/certificate/{name}"] = _before(
            jst_date(ends_at), days=CERTIFICATE_DAYS, kind=DeadlineKind.CERTIFICATE_RENEWAL
        )
    for name, ends_on in facts.tokens.items():
        found[f"platform/token/{name}"] = _before(ends_on, days=TOKEN_DAYS, kind=DeadlineKind.TOKEN_SERVICE)
    if facts.accredited_until is not None:
        found["platform/accreditation"] = _before(
            facts.accredited_until, days=ACCREDITATION_DAYS, kind=DeadlineKind.ACCREDITATION
        )
    if facts.backup_at is not None:
        found["platform/backup"] = _after(facts.backup_at, facts.backup_hours, DeadlineKind.BACKUP)
    if facts.night_at is not None:
        found["platform/night"] = _after(facts.night_at, NIGHT_HOURS, DeadlineKind.NIGHT_RUN)
    return found


def list_obligation(*, issued_at: datetime, terms: Terms) -> Obligation:
    """Return the obligation to issue the next list of a kind (26.2)."""
    return Obligation(deadline=list_renewal_deadline(issued_at=issued_at, terms=terms))


def _before(last: date, *, days: int, kind: DeadlineKind) -> Obligation:
    deadline: Deadline = until_end(kind=kind, clause="", day_sum=DaySum.of(last).clear_days_before(days))
    return Obligation(deadline=deadline)


def _after(since: datetime, hours: int, kind: DeadlineKind) -> Obligation:
    return Obligation(deadline=hours_after(since, hours=hours, kind=kind, clause=""))
