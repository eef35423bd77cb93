"""How far a case has come, as the strip above its page shows it (8.4, 9.1, 17.1, 17.4, 18.6, 26.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext

from inro.practice.calendar import jst_date
from inro.practice.certificate import CertificateState
from inro.store.reads.cases import CaseRecord


class Standing(StrEnum):
    """Whether a stage is behind, ahead, or the end of a certificate."""

    DONE = "done"
    FUTURE = "future"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage with the day it was reached."""

    label: str
    standing: Standing
    mark: str
    day: date | None


def stages(case: CaseRecord) -> list[Stage]:
    """Return the stages of a case in their order, its end last if it has ended."""
    certificate = case.certificate
    received, accepted = case.line.received_at, case.accepted_at
    ended = case.examination_ended_at
    reached = (
        (gettext("Received"), jst_date(received) if received else None),
        (gettext("Examined"), jst_date(ended) if ended else None),
        (gettext("Accepted"), jst_date(accepted) if accepted else None),
        (gettext("Issued"), jst_date(certificate.issued_at) if certificate else None),
        (gettext("Dispatched"), min((parcel.posted_on for parcel in case.parcels), default=None)),
        (gettext("Receipt confirmed"), case.slip_arrived_on),
    )
    strip = [
        Stage(
            label=label,
            standing=Standing.DONE if day else Standing.FUTURE,
            mark="✓" if day else str(place),
            day=day,
        )
        for place, (label, day) in enumerate(reached, start=1)
    ]
    return strip + _end(case)


def _end(case: CaseRecord) -> list[Stage]:
    if case.purged_at is not None:
        return [_ended(gettext("Disposed of"), jst_date(case.purged_at))]
    if case.line.certificate is CertificateState.REVOKED:
        revoked_at = next((item.revoked_at for item in case.revocations if item.revoked_at), None)
        return [_ended(gettext("Revoked"), jst_date(revoked_at) if revoked_at else None)]
    if case.line.certificate is CertificateState.EXPIRED and case.line.not_after is not None:
        return [_ended(gettext("Expired"), jst_date(case.line.not_after))]
    return []


def _ended(label: str, day: date | None) -> Stage:
    return Stage(label=label, standing=Standing.ENDED, mark="×", day=day)
