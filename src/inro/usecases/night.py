"""The night's way through the ledger: what is reached is marked, and what needs no person is done.

Set by set, some hundreds or a thousand a transaction, each claimed by one statement: a run that is killed has
lost nothing, one that is repeated does nothing twice, and several workers never take the same row
(6.1, 18.7, 22.1(1), 24.2, 35.3, 40(6), 40(7)).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, F, OuterRef

from inro.ports.errors import PortError
from inro.practice.calendar import jst_date
from inro.practice.certificate import CertificateState
from inro.practice.deadlines import DeadlineKind
from inro.practice.events import EventKind
from inro.practice.ledger import OwedState
from inro.practice.platform_obligations import PlatformFacts
from inro.store.audit import AuditEntry
from inro.store.models import Certificate, NightRun, ObligationRow, RevocationCase
from inro.store.plain_sql import claimed
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.draft import delete_expired_drafts
from inro.usecases.expiry import expire_certificates
from inro.usecases.obligation import (
    follow_platform,
    ledger_differences,
    platform_changes,
    with_records,
)
from inro.usecases.proxy import lapse_proxy_requests
from inro.usecases.revocation import add_case

_MARKED_AT_ONCE = 1_000
_FOLLOWED = ("application/", "draft/", "notice/")
_PROPOSED_AT_ONCE = 100
_WITHOUT_SLIP = "18.7"
_REACHED = (
    "SELECT id FROM store_obligationrow WHERE state = 'open' AND reached_from <= %s ORDER BY reached_from, id"
)
_COUNTED = ("reached", "expired", "drafts", "lapsed", "proposed")
_MARK = "UPDATE store_obligationrow SET state = 'reached'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a run did; `waiting` is why the platform was not looked at, so that the night is not over."""

    reached: int
    expired: int
    drafts: int
    lapsed: int
    proposed: int
    waiting: PortError | None = None

    @property
    def did_nothing(self) -> bool:
        """Whether nothing was there to be done."""
        return not any(getattr(self, name) for name in _COUNTED)


def run_night(*, platform: Callable[[], PlatformFacts], actor: Actor, now: datetime) -> Night:
    """Do what the day has brought; the first run of a day that comes to its end is the night's.

    `platform` says what files know of the platform's own; it is asked once a night.

    Raises: DutyMissing for a person, Conflict.
    """
    actor.check_process()
    row, _ = NightRun.objects.get_or_create(day=jst_date(now), defaults={"begun_at": now})
    done = Night(
        reached=mark_reached(actor=actor, now=now),
        expired=expire_certificates(actor=actor, now=now),
        drafts=delete_expired_drafts(actor=actor, now=now),
        lapsed=lapse_proxy_requests(actor=actor, now=now),
        proposed=propose_revocations(actor=actor, now=now),
    )
    if row.ended_at is None:
        try:
            update_platform(platform(), actor=actor, now=now)
        except PortError as unreadable:
            return replace(done, waiting=unreadable)
    if row.ended_at is None or not done.did_nothing:
        NightRun.objects.filter(pk=row.pk).update(
            ended_at=row.ended_at or now,
            **{name: F(name) + getattr(done, name) for name in _COUNTED},
        )
    return done


def mark_reached(*, actor: Actor, now: datetime, at_once: int = _MARKED_AT_ONCE) -> int:
    """Mark what is owed and reached, each with a row of the log; return how many.

    Raises: DutyMissing for a person.
    """
    actor.check_process()
    marked, columns = 0, ("id", "subject", "kind", "turn", "due_on")
    while True:
        with act(actor=actor, now=now) as doing:
            reached = claimed("store_obligationrow", _MARK, _REACHED, [now], columns, most=at_once)
            for row, subject, kind, turn, due_on in reached:
                doing.record(
                    EventKind.DEADLINE_PASSED,
                    subject=subject,
                    obligation=row,
                    owed=kind,
                    turn=turn,
                    due_on=str(due_on),
                )
            if not reached:
                doing.nothing()
        marked += len(reached)
        if len(reached) < at_once:
            return marked


def propose_revocations(*, actor: Actor, now: datetime) -> int:
    """Open the revocation that 18.7 demands of each certificate whose slip never came; two officers decide.

    Who refused it once is not asked again: it stays overdue in the ledger until it is revoked.

    Raises: DutyMissing for a person.
    """
    actor.check_process()
    proposed = 0
    while True:
        with act(actor=actor, now=now) as doing:
            due = _without_slip()
            for certificate in due:
                add_case(
                    doing,
                    certificate=certificate,
                    ground=_WITHOUT_SLIP,
                    paper=None,
                    requested_at=now,
                    now=now,
                )
            if not due:
                doing.nothing()
        if not due:
            return proposed
        proposed += len(due)


def update_platform(facts: PlatformFacts, *, actor: Actor, now: datetime) -> int:
    """Enter what the platform itself owes, close what it no longer does; return how many things changed.

    Raises: DutyMissing for a person.
    """
    actor.check_process()
    facts = with_records(facts, night_at=now)
    changed = platform_changes(facts, now=now)
    if not changed:
        return 0
    with act(actor=actor, now=now) as doing:
        for subject in changed:
            doing.record(EventKind.DEADLINE_SET, subject=subject)
        follow_platform(facts, events=_by_subject(doing.entries), now=now)
    return len(changed)


def mend_ledger(*, actor: Actor, now: datetime) -> int:
    """Set anew what differs from the record, as after a change of the terms or the calendar.

    Returns how many cases, drafts and notices. Raises: DutyMissing for a person.
    """
    actor.check_process()
    differing = sorted({one.subject for one in ledger_differences(now=now) if one.wanted != one.kept})
    cases = [subject for subject in differing if subject.startswith(_FOLLOWED)]
    for start in range(0, len(cases), _MARKED_AT_ONCE):
        with act(actor=actor, now=now) as doing:
            for subject in cases[start : start + _MARKED_AT_ONCE]:
                # The frame of the act follows the case, and so writes what it owes.
                doing.record(EventKind.DEADLINE_SET, subject=subject)
    return len(cases)


def _by_subject(entries: Iterable[AuditEntry]) -> dict[str, AuditEntry]:
    return {entry.subject: entry for entry in entries}


def _without_slip() -> list[Certificate]:
    """Return certificates, locked, that 18.7 demands to be revoked and that no such case is about."""
    reached = ObligationRow.objects.filter(
        application=OuterRef("application"),
        kind=DeadlineKind.REVOCATION_WITHOUT_SLIP,
        state=OwedState.REACHED,
    )
    cases = RevocationCase.objects.filter(certificate=OuterRef("pk"))
    settled = cases.standing() | cases.filter(ground=_WITHOUT_SLIP)
    rows = Certificate.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.select_related("serial").filter(Exists(reached), ~Exists(settled))
    return list(rows.filter(state=CertificateState.VALID).order_by("pk")[:_PROPOSED_AT_ONCE])
