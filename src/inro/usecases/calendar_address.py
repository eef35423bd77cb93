"""A calendar's own address, made and revoked by its person; of the secret only a hash is kept (40(7))."""

from datetime import datetime

from inro.practice.acts import Act
from inro.practice.calendar_address import token_sha256
from inro.practice.events import EventKind
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.models import CalendarAddress
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor


def make_calendar_address(*, token: str, actor: Actor, now: datetime) -> None:
    """Let a person's calendar be read under a secret; one made before serves no longer.

    Raises: DutyMissing, Conflict where another was made at the same time.
    """
    actor.check(Act.MAKE_CALENDAR_ADDRESS)
    sha256 = token_sha256(token)
    with act(actor=actor, now=now) as doing:
        _end(doing, actor.name, now)
        CalendarAddress.objects.create(person=actor.name, token_sha256=sha256, made_at=now)
        doing.record(EventKind.CALENDAR_ADDRESS_MADE, subject=f"calendar/{actor.name}", token_sha256=sha256)


def revoke_calendar_address(*, actor: Actor, now: datetime) -> None:
    """End a person's address at once.

    Raises: DutyMissing, Unknown where none serves, Conflict.
    """
    actor.check(Act.REVOKE_CALENDAR_ADDRESS)
    with act(actor=actor, now=now) as doing:
        if not _end(doing, actor.name, now):
            raise Unknown(what="calendar address", detail=actor.name)


def _end(doing: Doing, person: str, now: datetime) -> bool:
    row = CalendarAddress.objects.filter(person=person, revoked_at=None).first()
    if row is None:
        return False
    change(CalendarAddress, row=row.pk, expected={"revoked_at": None}, to={"revoked_at": now})
    doing.record(
        EventKind.CALENDAR_ADDRESS_REVOKED, subject=f"calendar/{person}", token_sha256=row.token_sha256
    )
    return True
