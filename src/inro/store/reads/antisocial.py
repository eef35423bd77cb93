"""What the officers found when they looked for anti-social forces (46)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inro.practice.antisocial import CheckResult, CheckSource, OfficerCheck
from inro.practice.duties import Duty
from inro.store.ids import ApplicationId
from inro.store.models import AntisocialCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class AntisocialRecord:
    """One officer's look into one source; the remark is empty once disposed of."""

    person: str
    duty: Duty
    source: CheckSource
    result: CheckResult
    remark: str
    checked_at: datetime


def antisocial_records(application: ApplicationId) -> tuple[AntisocialRecord, ...]:
    """Return every check of a case, oldest first."""
    rows = AntisocialCheck.objects.filter(application_id=application).order_by("id")
    return tuple(
        AntisocialRecord(
            person=row.person,
            duty=Duty(row.duty),
            source=CheckSource(row.source),
            result=CheckResult(row.result),
            remark=row.remark,
            checked_at=row.checked_at,
        )
        for row in rows
    )


def officer_checks(application: ApplicationId) -> tuple[OfficerCheck, ...]:
    """Return the checks of a case as the rule of acceptance reads them (46)."""
    return as_officer_checks(antisocial_records(application))


def as_officer_checks(records: Iterable[AntisocialRecord]) -> tuple[OfficerCheck, ...]:
    """Return recorded checks as the rules read them (46)."""
    return tuple(
        OfficerCheck(person=one.person, source=one.source, result=one.result, checked_at=one.checked_at)
        for one in records
    )
