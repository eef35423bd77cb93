"""A revoked certificate's parcel called back from the post, and what the post answered (17.4, 22.1)."""

from datetime import date, datetime

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.call_back import (
    AnswerFacts,
    CallBackFacts,
    CallBackOutcome,
    check_answer,
    check_call_back,
)
from inro.practice.card import CardState
from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, CallBackId, ParcelId
from inro.store.models import CallBack, Parcel
from inro.store.reads.revoked_card import revocation_stands
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import subject


def call_back_parcel(*, parcel: ParcelId, called_on: date, actor: Actor, now: datetime) -> CallBackId:
    """Record that the post was asked on a day to stop a parcel with a card and bring it back (17.4, 22.1).

    Raises: DutyMissing, GuardRefused where no revocation stands against it or the post has it no more,
    Unknown, Conflict while another asking is not answered.
    """
    actor.check(Act.CALL_BACK_PARCEL)
    row = Parcel.objects.select_related("card", "application").filter(pk=parcel).first()
    if row is None:
        raise Unknown(what="parcel", detail=str(parcel))
    with act(actor=actor, now=now) as doing:
        check_call_back(
            CallBackFacts(
                revocation_stands=revocation_stands(ApplicationId(row.application_id)),
                is_on_its_way=_is_on_its_way(row),
                posted_on=row.posted_on,
                asked_on=called_on,
                today=jst_date(now),
            )
        )
        made = CallBack.objects.create(parcel=row, called_on=called_on, called_by=actor.name)
        doing.record(
            EventKind.PARCEL_CALLED_BACK,
            subject=subject(row.application.number),
            parcel=row.pk,
            called_on=called_on.isoformat(),
        )
    return CallBackId(made.pk)


def record_call_back_answer(
    *, call_back: CallBackId, outcome: CallBackOutcome, answered_on: date, actor: Actor, now: datetime
) -> None:
    """Record what the post answered; a parcel that was stopped is recorded as returned when it is here.

    Raises: DutyMissing, GuardRefused for a day on which it cannot have answered, Unknown, Conflict where an
    answer is on record.
    """
    actor.check(Act.RECORD_CALL_BACK_ANSWER)
    row = CallBack.objects.select_related("parcel__application").filter(pk=call_back).first()
    if row is None:
        raise Unknown(what="calling back", detail=str(call_back))
    check_answer(AnswerFacts(asked_on=row.called_on, answered_on=answered_on, today=jst_date(now)))
    with act(actor=actor, now=now) as doing:
        change(
            CallBack,
            row=row.pk,
            expected={"outcome": None},
            to={"outcome": outcome, "answered_on": answered_on, "answered_to": actor.name},
        )
        doing.record(
            EventKind.CALL_BACK_ANSWERED,
            subject=subject(row.parcel.application.number),
            parcel=row.parcel_id,
            outcome=outcome.value,
            answered_on=answered_on.isoformat(),
        )


def _is_on_its_way(row: Parcel) -> bool:
    return row.card is not None and row.card.state == CardState.SENT and row.returned_on is None
