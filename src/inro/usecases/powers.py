"""Powers of revocation: the facts they are proposed on, a person's word against using one (22.1(1), 35.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.calendar import Calendar, jst_date
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.powers import Power, PowerFacts, PowerRefused
from inro.practice.receipt import may_revoke_for_late_slip
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId
from inro.store.models import DeclinedPower
from inro.store.reads.powers import (
    declined_hashes,
    events_of_payment,
    events_of_receipt,
    overdue_invoices,
)
from inro.store.reads.receipt import receipt_record
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.receipt import clock_of

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A power that is open; `declined` says that a person declined it on these very facts."""

    facts: PowerFacts
    sha256: str
    declined: bool


def proposals(
    application: ApplicationId, *, terms: Terms, calendar: Calendar, now: datetime
) -> tuple[Proposal, ...]:
    """Return the powers that are open in a case now, also those declined (22.1(1), 35.3).

    Raises: InstantWithoutZone.
    """
    facts = [*_late_slip(application, terms, calendar, now), *_unpaid(application, now)]
    declined = declined_hashes([application])
    hashed = [(one, canonical_sha256(one.as_record())) for one in facts]
    return tuple(
        Proposal(facts=one, sha256=sha256, declined=(application, sha256) in declined)
        for one, sha256 in hashed
    )


def decline_power(
    *,
    application: ApplicationId,
    power: Power,
    facts_sha256: str,
    reason: str,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> None:
    """Decline to use a power on the facts that were shown, with a reason; other facts propose it anew.

    Raises: DutyMissing, PowerRefused, NumberInText, Unknown where the power is not open, Conflict where the
    facts are others by now or it was declined already.
    """
    actor.check(Act.DECLINE_POWER)
    _check_reason(reason)
    with act(actor=actor, now=now) as doing:
        opened = _opened(proposals(application, terms=terms, calendar=calendar, now=now), power)
        if opened.sha256 != facts_sha256:
            raise Conflict(what="power", detail=f"{power.value} rests on other facts by now")
        DeclinedPower.objects.create(
            application_id=application,
            power=power,
            facts_sha256=facts_sha256,
            reason=reason.strip(),
            declined_at=now,
            declined_by=actor.name,
        )
        doing.record(
            EventKind.POWER_DECLINED,
            subject=subject(find(application).number),
            power=power.value,
            facts_sha256=facts_sha256,
        )


def _opened(opened: Sequence[Proposal], power: Power) -> Proposal:
    found = next((one for one in opened if one.facts.power is power), None)
    if found is None:
        raise Unknown(what="power", detail=f"{power.value} is not open")
    return found


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise PowerRefused(field="reason", problem="missing")
    if len(reason.strip()) > LONGEST_REASON:
        raise PowerRefused(field="reason", problem="too_long")
    if holds_forbidden_number(reason):
        raise NumberInText(field="reason")


def _late_slip(
    application: ApplicationId, terms: Terms, calendar: Calendar, now: datetime
) -> list[PowerFacts]:
    try:
        record = receipt_record(application)
    except Unknown:
        return []  # Nothing was posted, so nothing is waited for.
    clock = clock_of(record, terms, calendar)
    if not may_revoke_for_late_slip(clock=clock, slip_arrived_on=record.slip_arrived_on, now=now):
        return []
    counted = events_of_receipt(application)
    return [PowerFacts(power=Power.LATE_SLIP, since=clock.late_slip_power.day, counted=counted)]


def _unpaid(application: ApplicationId, now: datetime) -> list[PowerFacts]:
    return [
        PowerFacts(power=Power.UNPAID, since=bill.due_on, counted=events_of_payment(application))
        for bill in overdue_invoices(today=jst_date(now), application=application)
    ]
