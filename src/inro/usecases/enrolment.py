"""Enrolling a passkey by a code of two halves: once, in time, five tries (40(7))."""

import hmac
from datetime import datetime

from inro.pki.assertion import AssertionRefused
from inro.pki.passkey import NewPasskey, Registration, RelyingParty, verify_registration
from inro.practice.acts import Act
from inro.practice.enrolment import (
    CODE_SERVES,
    CodeHalf,
    EnrolmentCodeExpired,
    EnrolmentCodeUsed,
    EnrolmentCodeWrong,
    half_hash,
    read_code,
)
from inro.practice.events import EventKind
from inro.practice.passphrase import SALT_OCTETS
from inro.practice.staff import LONGEST_LABEL
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import CodeId, PasskeyId
from inro.store.models import EnrolmentCode, Passkey, StaffMember
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.entry import CODE_ENTRY, check_entry_open, forget_refusals, note_refusal
from inro.usecases.staff_subject import subject

# As the databases give them back.
type _Octets = bytes | memoryview[int]
# What stands for a code that there is not: trying it takes as long as trying one that there is.
_NO_SALT = bytes(SALT_OCTETS)


def add_code(
    doing: Doing,
    member: StaffMember,
    first: tuple[_Octets | None, _Octets | None],
    second: CodeHalf,
    now: datetime,
) -> None:
    """Make a code within an act; `first` is salt and hash of its first half. An older code serves no more.

    Raises: Unknown where no first half was ever told.
    """
    first_salt, first_hash = first
    if first_salt is None or first_hash is None:
        raise Unknown(what="code", detail=member.person)
    member.codes.filter(used_at=None, replaced_at=None).update(replaced_at=now)
    row = EnrolmentCode.objects.create(
        member=member,
        first_salt=first_salt,
        first_hash=first_hash,
        second_salt=second.salt,
        second_hash=half_hash(second.text, salt=second.salt),
        made_at=now,
        expires_at=now + CODE_SERVES,
    )
    doing.record(
        EventKind.ENROLMENT_CODE_MADE,
        subject=subject(member.person),
        code=row.pk,
        expires_at=row.expires_at.isoformat(),
    )


def open_enrolment(*, person: str, first: str, second: str, actor: Actor, now: datetime) -> CodeId:
    """Return the code that both halves belong to, which is not used up by this.

    Raises: EnrolmentCodeWrong, EnrolmentCodeUsed, EnrolmentCodeExpired, EntryClosedForAWhile.
    """
    actor.check(Act.OPEN_ENROLMENT)
    typed = person.strip().lower()
    check_entry_open(CODE_ENTRY, typed, now=now)
    found = _fitting(typed, read_code(first, second))
    refusal = _refusal(found, now)
    with act(actor=actor, now=now) as doing:
        if refusal is None:
            forget_refusals(CODE_ENTRY, typed)
            doing.nothing()
        else:
            reason = type(refusal).__name__
            note_refusal(doing, CODE_ENTRY, typed, kind=EventKind.ENROLMENT_REFUSED, reason=reason, now=now)
    if refusal is not None or found is None:
        raise refusal or EnrolmentCodeWrong
    return CodeId(found.pk)


def enrol_passkey(
    *,
    code: CodeId,
    registration: Registration,
    challenge: bytes,
    relying_party: RelyingParty,
    label: str,
    actor: Actor,
    now: datetime,
) -> PasskeyId:
    """Keep the passkey a browser made for whoever the code is of; the code is used up.

    Raises: AssertionRefused, EnrolmentCodeUsed, EnrolmentCodeExpired, Conflict for a known key, Unknown.
    """
    actor.check(Act.ENROL_PASSKEY)
    row = EnrolmentCode.objects.select_related("member").filter(pk=code).first()
    if row is None:
        raise Unknown(what="code", detail=str(code))
    try:
        made = verify_registration(
            registration=registration, challenge=challenge, relying_party=relying_party
        )
    except AssertionRefused as refused:
        with act(actor=actor, now=now) as doing:
            reason = refused.reason.value
            note_refusal(
                doing,
                CODE_ENTRY,
                row.member.person,
                kind=EventKind.ENROLMENT_REFUSED,
                reason=reason,
                now=now,
            )
        raise
    refusal = _refusal(row, now)
    if refusal is not None:
        raise refusal
    with act(actor=Actor(name=row.member.person), now=now) as doing:
        change(
            EnrolmentCode,
            row=row.pk,
            expected={"used_at": None, "replaced_at": None, "member__is_active": True},
            to={"used_at": now},
        )
        key = _kept(row.member, made, label, now)
        doing.record(
            EventKind.PASSKEY_ENROLLED, subject=subject(row.member.person), passkey=key.pk, code=row.pk
        )
    return PasskeyId(key.pk)


def _kept(member: StaffMember, made: NewPasskey, label: str, now: datetime) -> Passkey:
    return Passkey.objects.create(
        member=member,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        synced=made.synced,
        label=label.strip()[:LONGEST_LABEL],
        made_at=now,
    )


def _fitting(person: str, halves: tuple[str, str]) -> EnrolmentCode | None:
    """Return the person's newest code, whatever became of it, if both halves are its own."""
    rows = EnrolmentCode.objects.filter(member__person=person, member__is_active=True)
    row = rows.select_related("member").order_by("-pk").first()
    salts = (bytes(row.first_salt), bytes(row.second_salt)) if row else (_NO_SALT, _NO_SALT)
    kept = (bytes(row.first_hash), bytes(row.second_hash)) if row else (b"", b"")
    right = [
        hmac.compare_digest(half_hash(half, salt=salt), hashed)
        for half, salt, hashed in zip(halves, salts, kept, strict=True)
    ]
    return row if all(right) else None


def _refusal(
    row: EnrolmentCode | None, now: datetime
) -> EnrolmentCodeWrong | EnrolmentCodeUsed | EnrolmentCodeExpired | None:
    if row is None:
        return EnrolmentCodeWrong()
    if row.used_at is not None or row.replaced_at is not None:
        return EnrolmentCodeUsed()
    if now >= row.expires_at:
        return EnrolmentCodeExpired()
    return None
