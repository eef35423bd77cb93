"""The register of what was handed to authorities (41, 44.2)."""

from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.disclosure import DisclosureScope
from inro.store.ids import ApplicationId
from inro.store.models import LegalDisclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDisclosureRecord:
    """One disclosure: which case, to whom, on which ground, by which paper, what, when and by whom."""

    application: str
    authority: str
    ground: str
    reference: str
    asked_on: date
    scope: tuple[DisclosureScope, ...]
    made_at: datetime
    made_by: str


def legal_disclosures(application: ApplicationId | None = None) -> tuple[LegalDisclosureRecord, ...]:
    """Return the register, or the part of it about one case, the latest first."""
    rows = LegalDisclosure.objects.select_related("application").order_by("-pk")
    if application is not None:
        rows = rows.filter(application=application)
    return tuple(
        LegalDisclosureRecord(
            application=row.application.number,
            authority=row.authority,
            ground=row.ground,
            reference=row.reference,
            asked_on=row.asked_on,
            scope=tuple(DisclosureScope(one) for one in row.scope),
            made_at=row.made_at,
            made_by=row.made_by,
        )
        for row in rows
    )
