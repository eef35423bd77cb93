"""What somebody asked for without the duty: on record, once an hour for each act (40(7))."""

from datetime import datetime, timedelta

from inro.practice.acts import Act
from inro.practice.events import EventKind
from inro.store.audit import text_of
from inro.store.models import AuditRow
from inro.usecases.act import act
from inro.usecases.actor import Actor

# Often enough to see who tries what and when; whoever asks again and again fills no log.
RECORDED_EVERY = timedelta(hours=1)


def record_refused_act(*, refused: Act, person: Actor, actor: Actor, now: datetime) -> None:
    """Record that a person asked for an act that none of their duties covers, before they are told so.

    `actor` is the process that denied it.

    Raises: DutyMissing, RecordsUnwritable.
    """
    actor.check_process()
    subject = f"refusal/{person.name}/{refused.value}"
    since = text_of(now - RECORDED_EVERY)
    if AuditRow.objects.filter(subject=subject, kind=EventKind.ACT_REFUSED, at__gt=since).exists():
        return
    with act(actor=actor, now=now) as doing:
        duties = sorted(duty.value for duty in person.duties)
        doing.record(EventKind.ACT_REFUSED, subject=subject, act=refused.value, duties=duties)
