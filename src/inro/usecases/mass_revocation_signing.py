"""What the signer and the publication record of a mass revocation, some thousand at a time (26.1, 39.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, groupby
from typing import Any

from django.db.models import QuerySet

from inro.practice.certificate import CertificateState
from inro.practice.events import EventKind
from inro.practice.mass_revocation import MassAct, MassState, next_state
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.models import Certificate, MassRevocation, RevocationCase, RevokedEntry
from inro.store.reads.mass_revocation import MassCase, MassRecord
from inro.store.states import RevocationState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedCase:
    """A case as the signer remembered it: when, and the entry of the lists (DER)."""

    of: MassCase
    revoked_at: datetime
    entry: bytes


def record_mass_revocations(
    *,
    mass: MassRecord,
    revoked: Sequence[RevokedCase],
    reason_code: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what the signer verified of some certificates: revoked, their entries in the lists (26.1).

    Raises: Conflict when a case is not decided or a certificate not valid any more.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        for revoked_at, some in groupby(revoked, key=lambda one: one.revoked_at):
            _close([one.of.case for one in some], mass, revoked_at)
        certificates = Certificate.objects.filter(
            pk__in=[one.of.certificate for one in revoked],
            # As of a single one: it may have expired between the signer's journal and this record.
            state__in=(CertificateState.VALID, CertificateState.EXPIRED),
        )
        _all(certificates.update(state=CertificateState.REVOKED), revoked, "certificate")
        RevokedEntry.objects.bulk_create([_entry(one, mass, reason_code) for one in revoked])
        for number, one in _numbered(revoked):
            doing.record(
                EventKind.CERTIFICATE_REVOKED,
                subject=f"revocation/{number}",
                serial=one.of.serial.hex(),
                ground=mass.ground,
                revoked_at=one.revoked_at.isoformat(),
            )


def finish_mass_revocation(*, mass: MassRecord, revoked_at: datetime, actor: Actor, now: datetime) -> None:
    """Record that every certificate of the list is revoked; the lists follow at once.

    Raises: ActNotAllowed, Conflict.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        _move(mass, MassAct.REVOKE, revoked_at=revoked_at)
        _record(doing, EventKind.MASS_REVOCATION_REVOKED, mass)


def stop_mass_revocation(*, mass: MassRecord, why: str, actor: Actor, now: datetime) -> None:
    """Record that the signer does not believe a list; `why` is the name of the refusal.

    What it revoked before stays revoked; the cases that are left are refused.

    Raises: ActNotAllowed, Conflict.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        _move(mass, MassAct.STOP, dropped_at=now, dropped_for=why)
        left = RevocationCase.objects.filter(mass=mass.mass_id, state=RevocationState.DECIDED)
        refused = left.update(state=RevocationState.REFUSED, refused_for=why)
        _record(doing, EventKind.MASS_REVOCATION_STOPPED, mass, reason=why, refused=refused)


def close_mass_cases(doing: Doing, cases: QuerySet[RevocationCase], *, list_: str, now: datetime) -> int:
    """Close, inside the caller's act, what a published list holds of mass revocations; return how many.

    Each case keeps its time; the log has one row for a list of them (39.4).
    """
    of_mass = cases.filter(mass__isnull=False)
    by_mass = dict.fromkeys(of_mass.values_list("mass_id", flat=True).order_by("mass_id").distinct(), 0)
    for mass in by_mass:
        by_mass[mass] = of_mass.filter(mass=mass).update(state=RevocationState.PUBLISHED, published_at=now)
        row = MassRevocation.objects.get(pk=mass)
        waiting = RevocationCase.objects.filter(
            mass=mass, state__in=(RevocationState.DECIDED, RevocationState.REVOKED)
        )
        if row.state == MassState.REVOKED and not waiting.exists():
            change(
                MassRevocation,
                row=mass,
                expected={"state": MassState.REVOKED},
                to={"state": MassState.PUBLISHED, "published_at": now},
            )
        doing.record(
            EventKind.MASS_REVOCATION_PUBLISHED,
            subject=subject_of(row.number),
            list=list_,
            certificates=by_mass[mass],
        )
    return sum(by_mass.values())


def subject_of(number: str) -> str:
    """Return what the log calls a mass revocation."""
    return f"mass-revocation/{number}"


def _close(cases: list[int], mass: MassRecord, revoked_at: datetime) -> None:
    rows = RevocationCase.objects.filter(pk__in=cases, mass=mass.mass_id, state=RevocationState.DECIDED)
    _all(rows.update(state=RevocationState.REVOKED, revoked_at=revoked_at), cases, "case")


def _all(changed: int, wanted: Sequence[object], what: str) -> None:
    if changed != len(wanted):
        raise Conflict(what=what, detail=f"{len(wanted) - changed} of {len(wanted)} stand otherwise by now")


def _entry(one: RevokedCase, mass: MassRecord, reason_code: int | None) -> RevokedEntry:
    return RevokedEntry(
        certificate_id=one.of.certificate,
        serial=one.of.serial,
        scope=one.of.scope,
        partition=one.of.partition,
        entry=one.entry,
        revoked_at=one.revoked_at,
        not_after=one.of.not_after,
        reason_code=reason_code,
        ground=mass.ground,
    )


def _numbered(revoked: Sequence[RevokedCase]) -> list[tuple[str, RevokedCase]]:
    numbers: dict[int, str] = {}
    for some in batched((one.of.case for one in revoked), _AT_ONCE):
        numbers |= dict(RevocationCase.objects.filter(pk__in=some).values_list("pk", "number"))
    return [(numbers[one.of.case], one) for one in revoked]


def _move(mass: MassRecord, act_: MassAct, **columns: Any) -> None:
    state = next_state(mass.state, act_)
    change(MassRevocation, row=mass.mass_id, expected={"state": mass.state}, to={"state": state, **columns})


def _record(doing: Doing, kind: EventKind, mass: MassRecord, **details: Any) -> None:
    doing.record(
        kind,
        subject=subject_of(mass.number),
        count=mass.count,
        serials_sha256=mass.serials_sha256,
        **details,
    )
