"""The CA ends an accepted application before a certificate exists (6.1, 11, 16, 22.1(13), 46)."""

from datetime import datetime

from inro.practice.acts import Act
from inro.practice.application import ApplicationAct, TerminationReason
from inro.practice.events import EventKind
from inro.practice.examination import TerminationFacts, check_termination
from inro.practice.validity import ValidityPeriod
from inro.store.change import change
from inro.store.ids import ApplicationId
from inro.store.models import Application, IssuanceOrder
from inro.store.reads.discontinuation import last_day_of_service
from inro.store.states import OrderState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import step, subject
from inro.usecases.issuance_card import spoil_reserved_card

_BEFORE_THE_CARD = (OrderState.WAITING, OrderState.REFUSED)


def terminate_application(
    *, application: ApplicationId, reason: TerminationReason, actor: Actor, now: datetime
) -> None:
    """End an accepted application, and its order, while no card is being made for it (6.1, 11, 16, 46).

    What a station holds is first given up or finished; a certificate once issued is revoked instead.

    Raises: DutyMissing, GuardRefused where the five years still allow it, the service goes on, or its card is
    being made, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.TERMINATE_APPLICATION)
    with act(actor=actor, now=now) as doing:
        row = step(application, ApplicationAct.TERMINATE, closed_at=now)
        # An accepted application waits for its order until a third officer approves the issuing.
        order = IssuanceOrder.objects.select_related("card").filter(application=row).first()
        check_termination(_facts(row, order, reason, now))
        if order is not None:
            _end(order, doing)
        doing.record(
            EventKind.APPLICATION_TERMINATED,
            subject=subject(row.number),
            order=order and order.pk,
            reason=reason.value,
            clause=reason.clause,
        )


def _end(order: IssuanceOrder, doing: Doing) -> None:
    change(
        IssuanceOrder,
        row=order.pk,
        expected={"state": order.state},
        to={"state": OrderState.ENDED, "card": None},
    )
    if order.card is not None:
        spoil_reserved_card(doing, order.card)


def _facts(
    row: Application, order: IssuanceOrder | None, reason: TerminationReason, now: datetime
) -> TerminationFacts:
    return TerminationFacts(
        reason=reason,
        now=now,
        examination_ended_at=row.examination_ended_at or now,
        period=ValidityPeriod(row.period),
        last_day=last_day_of_service(),
        card_is_being_made=order is not None and order.state not in _BEFORE_THE_CARD,
    )
