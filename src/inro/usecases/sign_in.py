"""Signing in by passkey: present, verified, of this site, asked just now, and no copy (40(7))."""

from dataclasses import dataclass
from datetime import datetime

from inro.pki.assertion import Assertion, AssertionRefused, verify_assertion
from inro.pki.passkey import PasskeyCloned, RelyingParty, check_sign_count, sign_count_of
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.practice.session import SessionEnd
from inro.store.change import change
from inro.store.ids import PasskeyId, StaffId
from inro.store.models import Passkey
from inro.store.reads.staff import StaffRecord, staff_record
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.entry import (
    KEY_ENTRY,
    STRANGER_ENTRY,
    Entry,
    check_entry_open,
    forget_refusals,
    note_refusal,
)
from inro.usecases.staff_subject import subject


class PasskeyUnknown(Refused):
    """No passkey in use has this id, or it is not of whoever is to be there."""


class NoDutyToday(Refused):
    """The person holds no duty today, so nothing would be open to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who proved to be there, by which passkey."""

    member: StaffRecord
    passkey: PasskeyId


def sign_in(
    *,
    assertion: Assertion,
    challenge: bytes,
    relying_party: RelyingParty,
    actor: Actor,
    now: datetime,
) -> SignedIn:
    """Say who is there, by an assertion over a challenge that was drawn for this alone.

    Raises: PasskeyUnknown, AssertionRefused, PasskeyCloned, NoDutyToday, EntryClosedForAWhile, Conflict.
    """
    actor.check(Act.SIGN_IN)
    asked = _Asked(assertion=assertion, challenge=challenge, relying_party=relying_party)
    return _entered(asked, EventKind.SIGNED_IN, actor=actor, now=now)


def unlock_session(
    *,
    staff: StaffId,
    assertion: Assertion,
    challenge: bytes,
    relying_party: RelyingParty,
    actor: Actor,
    now: datetime,
) -> SignedIn:
    """Say that whoever signed in is still the one who is there.

    Raises: as `sign_in`.
    """
    actor.check(Act.UNLOCK_SESSION)
    asked = _Asked(assertion=assertion, challenge=challenge, relying_party=relying_party, staff=staff)
    return _entered(asked, EventKind.SESSION_UNLOCKED, actor=actor, now=now)


def sign_out(*, actor: Actor, now: datetime) -> None:
    """Record that a person signed out."""
    actor.check(Act.SIGN_OUT)
    with act(actor=actor, now=now) as doing:
        doing.record(EventKind.SIGNED_OUT, subject=subject(actor.name))


def end_session(*, person: str, reason: SessionEnd, actor: Actor, now: datetime) -> None:
    """Record that a session ended by itself, and why.

    Raises: DutyMissing.
    """
    actor.check_process()
    with act(actor=actor, now=now) as doing:
        doing.record(EventKind.SESSION_ENDED, subject=subject(person), reason=reason.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    assertion: Assertion
    challenge: bytes
    relying_party: RelyingParty
    staff: StaffId | None = None


def _entered(asked: _Asked, kind: EventKind, *, actor: Actor, now: datetime) -> SignedIn:
    key = _key(asked)
    entry, about = _entry(key)
    check_entry_open(entry, about, now=now)
    try:
        if key is None:
            raise PasskeyUnknown
        member, sign_count = _proved(asked, key, now)
    except (PasskeyUnknown, AssertionRefused, PasskeyCloned, NoDutyToday) as refusal:
        with act(actor=actor, now=now) as doing:
            reason = refusal.reason.value if isinstance(refusal, AssertionRefused) else type(refusal).__name__
            note_refusal(doing, entry, about, kind=EventKind.SIGN_IN_REFUSED, reason=reason, now=now)
        raise
    with act(actor=Actor(name=member.person), now=now) as doing:
        # The same answer sent twice at once: the second finds the counter, or the time, moved on.
        change(
            Passkey,
            row=key.pk,
            expected={"sign_count": key.sign_count, "used_at": key.used_at, "ended_at": None},
            to={"sign_count": sign_count, "used_at": now},
        )
        forget_refusals(entry, about)
        doing.record(kind, subject=subject(member.person), passkey=key.pk)
    return SignedIn(member=member, passkey=PasskeyId(key.pk))


def _key(asked: _Asked) -> Passkey | None:
    rows = Passkey.objects.select_related("member").filter(
        credential_id=asked.assertion.credential_id, ended_at=None, member__is_active=True
    )
    return (rows if asked.staff is None else rows.filter(member=asked.staff)).first()


def _entry(key: Passkey | None) -> tuple[Entry, str]:
    return (STRANGER_ENTRY, "") if key is None else (KEY_ENTRY, str(key.pk))


def _proved(asked: _Asked, key: Passkey, now: datetime) -> tuple[StaffRecord, int]:
    verify_assertion(
        assertion=asked.assertion,
        public_key=bytes(key.public_key),
        challenge=asked.challenge,
        rp_id=asked.relying_party.rp_id,
        origins=asked.relying_party.origins,
    )
    sign_count = sign_count_of(asked.assertion)
    check_sign_count(kept=key.sign_count, given=sign_count)
    member = staff_record(key.member.person)
    if not member.duties_on(jst_date(now)):
        raise NoDutyToday
    return member, sign_count
