"""A waiting order claimed by a station, or refused where the law's time for it is over (6.1, 11, 17.1)."""

from datetime import datetime

from django.db.models import F

from inro.practice.calendar import jst_date
from inro.practice.discontinuation import SERVICE_GUARDS, ServiceFacts
from inro.practice.events import EventKind
from inro.practice.examination import IssuanceFacts, check_issuance
from inro.practice.transitions import GuardRefused, check_guards
from inro.practice.validity import ValidityPeriod
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.ids import OrderId
from inro.store.models import IssuanceOrder
from inro.store.reads.discontinuation import last_day_of_service
from inro.store.states import OrderState
from inro.usecases.act import act
from inro.usecases.actor import Actor, DutyMissing

# How many orders are tried before a busy station gives up this pass.
_TRIED_AT_ONCE = 16
_ISSUANCE_FACTS = (
    "application__examiner",
    "application__decider",
    "application__examination_ended_at",
    "application__period",
)


def claim_issuance_order(*, station: str, actor: Actor, now: datetime) -> OrderId | None:
    """Claim the oldest waiting order for this station; what it holds already is `held_orders`' matter.

    An order that waited too long for the law's five years is refused by the name of that rule, and the next
    one is claimed: no card is spent on it (6.1).

    Raises: RecordsUnwritable, DutyMissing when the actor is another station.
    """
    actor.check_process()
    if station != actor.name:
        raise DutyMissing(person=actor.name, duties=(station,))
    waiting = IssuanceOrder.objects.filter(state=OrderState.WAITING).order_by("id")
    for order, *known in waiting.values_list("pk", *_ISSUANCE_FACTS)[:_TRIED_AT_ONCE]:
        refused_for = _why_not_issued(*known, now=now)
        try:
            _claim(OrderId(order), refused_for=refused_for, actor=actor, now=now)
        except Conflict:
            continue  # Another station was first.
        if refused_for is None:
            return OrderId(order)
    return None


def _why_not_issued(
    examiner: str, decider: str, examination_ended_at: datetime, period: str, *, now: datetime
) -> str | None:
    facts = IssuanceFacts(
        examiner=examiner,
        decider=decider,
        issued_at=now,
        examination_ended_at=examination_ended_at,
        period=ValidityPeriod(period),
    )
    service = ServiceFacts(last_day=last_day_of_service(), today=jst_date(now))
    try:
        check_guards(SERVICE_GUARDS, service)
        check_issuance(facts)
    except GuardRefused as refusal:
        return refusal.guard
    return None


def _claim(order: OrderId, *, refused_for: str | None, actor: Actor, now: datetime) -> None:
    with act(actor=actor, now=now) as doing:
        change(
            IssuanceOrder,
            row=order,
            expected={"state": OrderState.WAITING},
            to={
                "state": OrderState.REFUSED if refused_for else OrderState.CLAIMED,
                "refused_for": refused_for,
                "claimed_by": actor.name,
                "claimed_at": now,
                "attempts": F("attempts") + 1,
            },
        )
        subject = f"order/{order}"
        doing.record(EventKind.ORDER_CLAIMED, subject=subject, station=actor.name)
        if refused_for:
            doing.record(EventKind.ISSUANCE_REFUSED, subject=subject, why=refused_for)
