"""The list of a mass revocation line by line, and what can be chosen by (22.1, 40(7))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from inro.practice.approval import Purpose
from inro.practice.campaign import CampaignKind
from inro.practice.letters import WAITING
from inro.practice.mass_revocation import LeftOut, MassState
from inro.practice.notices import NoticeKind
from inro.store.ids import CaseId, MassRevocationId
from inro.store.models import (
    Campaign,
    Card,
    Certificate,
    Decision,
    Letter,
    Notice,
    RevocationCase,
    SubscriberKey,
)
from inro.store.reads.mass_revocation import MassRecord
from inro.store.reads.mass_selection import recorded_selection
from inro.store.states import RevocationState, Scope

_AT_ONCE = 2_000
_WITH_CASES = frozenset({MassState.DECIDED, MassState.REVOKED, MassState.PUBLISHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class MassLine:
    """One certificate; `case` is empty before the decision, `left_out` says why it is not listed."""

    serial: str
    application: str
    not_after: datetime
    case: str
    left_out: LeftOut | None = None
    revoked_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is on record to choose by."""

    card_models: tuple[str, ...]
    key_origins: tuple[str, ...]
    profiles: tuple[str, ...]
    operators: tuple[str, ...]
    discontinuations: tuple[str, ...]


def mass_lines(record: MassRecord, *, at: datetime) -> Iterator[MassLine]:
    """Yield the list: of cases once they are decided, of what the columns give before, the left out too."""
    if record.state in _WITH_CASES or record.decided_at is not None:
        yield from _of_cases(record)
        return
    for one in recorded_selection(record.criterion, at=at):
        yield MassLine(
            serial=one.serial,
            application=one.application,
            not_after=one.not_after,
            case="",
            left_out=one.left_out,
        )


def choices() -> Choices:
    """Return what there is to choose by."""
    certificates = Certificate.objects.filter(role=Scope.SUBSCRIBER)
    listed = Campaign.objects.filter(kind=CampaignKind.DISCONTINUATION, listed_at__isnull=False)
    return Choices(
        card_models=_distinct(Card.objects.values_list("model", flat=True)),
        key_origins=_distinct(SubscriberKey.objects.values_list("origin", flat=True)),
        profiles=_distinct(certificates.values_list("profile_sha256", flat=True)),
        operators=_distinct(
            Decision.objects.filter(purpose=Purpose.ISSUANCE).values_list("person", flat=True)
        ),
        discontinuations=_distinct(listed.values_list("number", flat=True)),
    )


def untold_count(mass: MassRevocationId) -> int:
    """Return of how many revoked no notice is written (22.2)."""
    return _untold(mass).count()


def untold_cases(mass: MassRevocationId, *, most: int) -> tuple[CaseId, ...]:
    """Return the next revoked of whom no notice is written, oldest first."""
    return tuple(CaseId(pk) for pk in _untold(mass).order_by("pk").values_list("pk", flat=True)[:most])


def _untold(mass: MassRevocationId) -> QuerySet[RevocationCase]:
    of = {"application": OuterRef("certificate__application"), "kind": NoticeKind.REVOCATION}
    waiting = Letter.objects.filter(**of, state__in=[state.value for state in WAITING])
    done = RevocationCase.objects.filter(
        mass=mass, state__in=(RevocationState.REVOKED, RevocationState.PUBLISHED)
    )
    return done.exclude(Exists(Notice.objects.filter(**of))).exclude(Exists(waiting))


def _of_cases(record: MassRecord) -> Iterator[MassLine]:
    cases = RevocationCase.objects.filter(mass=record.mass_id).order_by("certificate__serial__serial")
    rows = cases.values_list(
        "certificate__serial__serial",
        "certificate__application__number",
        "certificate__not_after",
        "number",
        "revoked_at",
        "published_at",
    )
    for serial, application, not_after, case, revoked_at, published_at in rows.iterator(_AT_ONCE):
        yield MassLine(
            serial=bytes(serial).hex(),
            application=application or "",
            not_after=not_after,
            case=case,
            revoked_at=revoked_at,
            published_at=published_at,
        )


def _distinct(values: QuerySet[Any, str]) -> tuple[str, ...]:
    return tuple(sorted(values.order_by().distinct()))
