"""Each edition as the page shows it: where it stands today, and what it still waits for (2.1, 2.2, 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from inro.configuration.editions import Edition
from inro.practice.deadlines import Deadline, change_notice_deadline
from inro.store.reads.edition import EditionRecord, Untold, untold

_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdition:
    """One edition; `told_by` and `untold` are of one that waits for its notices."""

    name: str
    effective_from: date
    sha256: str
    record: EditionRecord | None
    says: str
    tone: str
    told_by: Deadline | None
    untold: Untold | None
    waits: bool


def shown_editions(
    editions: Mapping[str, Edition], records: Mapping[str, EditionRecord], *, today: date
) -> list[ShownEdition]:
    """Return the policy's editions, the latest first."""
    begun = [
        edition
        for name, edition in editions.items()
        if edition.terms.effective_from <= today and (not records or _is_active(records.get(name)))
    ]
    latest = max(begun, key=lambda edition: edition.terms.effective_from, default=None)
    found = [
        _shown(edition, records.get(name), governs=edition is latest, recorded=bool(records), today=today)
        for name, edition in editions.items()
    ]
    return sorted(found, key=lambda shown: shown.effective_from, reverse=True)


def _shown(
    edition: Edition, record: EditionRecord | None, *, governs: bool, recorded: bool, today: date
) -> ShownEdition:
    terms = edition.terms
    passed = terms.effective_from <= today
    waits = record is not None and not _is_active(record) and not passed
    says, tone = _says(record, governs=governs, recorded=recorded, passed=passed)
    asked = waits and terms.important_change
    return ShownEdition(
        name=terms.edition,
        effective_from=terms.effective_from,
        sha256=edition.sha256,
        record=record,
        says=says,
        tone=tone,
        told_by=change_notice_deadline(terms=terms) if asked else None,
        untold=untold(terms, most=_NAMED) if asked else None,
        waits=waits,
    )


def _says(record: EditionRecord | None, *, governs: bool, recorded: bool, passed: bool) -> tuple[str, str]:
    if governs:
        return gettext("governs today"), "green"
    if recorded and record is None:
        return gettext("not on record, so not in force"), "orange"
    if _is_active(record) or not recorded:
        return (gettext("earlier"), "gray") if passed else (gettext("will govern"), "blue")
    return (gettext("never in force"), "gray") if passed else (gettext("waits"), "orange")


def _is_active(record: EditionRecord | None) -> bool:
    return record is not None and record.activated_at is not None
