"""A sign-in as a session on the server: it locks, and ends with its time, a duty or the key (40(7))."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from inro.configuration.clerks import Clerk
from inro.practice.calendar import jst_date
from inro.practice.session import SessionEnd, SessionStanding, session_standing
from inro.store.ids import PasskeyId, StaffId
from inro.store.reads.staff import StaffRecord, staff_with_passkey
from inro.usecases.actor import process
from inro.usecases.sign_in import SignedIn, end_session
from inro.web.office import clock
from inro.web.office.house import house

_KEY, _LEFT = "signed_in", "left_by"
# Seeing somebody is written down this often at most: each time is a row of the database.
_SEEN_EVERY = timedelta(seconds=30)
OFFICE = process("office")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who a request comes from; `locked` opens nothing until the passkey is shown again."""

    member: StaffRecord
    passkey: PasskeyId
    locked: bool
    on: datetime

    def clerk(self) -> Clerk:
        """Return the person with the duties held today."""
        return Clerk(
            person=self.member.person,
            name=self.member.name,
            duties=self.member.duties_on(jst_date(self.on)),
        )


def begin_session(request: HttpRequest, entered: SignedIn) -> None:
    """Begin a session under a new key; nothing of one before it is left."""
    now = clock.now()
    request.session.flush()
    request.session.clear_expired()
    request.session[_KEY] = {
        "staff": entered.member.staff,
        "passkey": entered.passkey,
        "at": now.isoformat(),
        "seen": now.isoformat(),
        "locked": False,
        "duties": sorted(entered.member.duties_on(jst_date(now))),
    }
    rotate_token(request)


def unlock(request: HttpRequest) -> None:
    """Open a locked session again, under a new key; forms made before stay good."""
    request.session[_KEY] |= {"locked": False, "seen": clock.now().isoformat()}
    request.session.cycle_key()


def lock(request: HttpRequest) -> None:
    """Lock a session; who is there shows the passkey again."""
    request.session[_KEY] |= {"locked": True}
    request.session.modified = True


def presence_of(request: HttpRequest) -> Presence | None:
    """Return who a request comes from, or None; a session whose ground is gone ends here and is recorded."""
    kept = request.session.get(_KEY)
    if kept is None:
        return None
    now = clock.now()
    passkey = PasskeyId(kept["passkey"])
    member = staff_with_passkey(staff=StaffId(kept["staff"]), passkey=passkey)
    if member is None:
        request.session.flush()
        return None
    standing = session_standing(
        signed_in_at=datetime.fromisoformat(kept["at"]),
        seen_at=datetime.fromisoformat(kept["seen"]),
        locked=kept["locked"],
        now=now,
        limits=house().installation.office.limits,
    )
    reason = _end(member, passkey, kept["duties"], standing, now)
    if reason is not None:
        request.session.flush()
        request.session[_LEFT] = member.person
        end_session(person=member.person, reason=reason, actor=OFFICE, now=now)
        return None
    _note(request, standing, now)
    locked = standing is SessionStanding.LOCKED
    return Presence(member=member, passkey=passkey, locked=locked, on=now)


def left_by(request: HttpRequest) -> str:
    """Return whose session ended here before anybody signed in again: a form that still comes is theirs."""
    person: str = request.session.get(_LEFT, "")
    return person


def asks_in_passing(request: HttpRequest) -> bool:
    """Return whether a page's script asks and no person acts: that neither keeps a session nor unlocks it."""
    return request.method == "GET" and "application/json" in request.headers.get("Accept", "")


def _end(
    member: StaffRecord, passkey: PasskeyId, duties: list[str], standing: SessionStanding, now: datetime
) -> SessionEnd | None:
    if standing is SessionStanding.OVER:
        return SessionEnd.TIME_OVER
    if not member.is_active:
        return SessionEnd.DISMISSED
    if any(key.passkey == passkey and key.ended_at is not None for key in member.passkeys):
        return SessionEnd.KEY_ENDED
    if set(duties) - member.duties_on(jst_date(now)):
        return SessionEnd.DUTY_ENDED
    return None


def _note(request: HttpRequest, standing: SessionStanding, now: datetime) -> None:
    kept = request.session[_KEY]
    if standing is SessionStanding.LOCKED:
        if not kept["locked"]:
            lock(request)
    elif not asks_in_passing(request) and now - datetime.fromisoformat(kept["seen"]) >= _SEEN_EVERY:
        request.session[_KEY] = kept | {"seen": now.isoformat()}
