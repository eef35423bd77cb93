"""Staff come, change and go by two administrators: one proposes, another confirms (40(7)).

The one proposed about is neither of them. A code to enrol a passkey has two halves: the first is told to who
proposes, the second to who confirms, and the record keeps hashes of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty, DutyPeriod
from inro.practice.enrolment import CodeHalf, half_hash
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.practice.staff import (
    ProposalKind,
    ProposalState,
    StaffFault,
    StaffRefused,
    check_administrators_remain,
    check_end_of_duty,
    check_new_duties,
    check_three_persons,
    read_name,
    read_person,
)
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import HeldDutyId, PasskeyId, ProposalId
from inro.store.models import HeldDuty, Passkey, StaffMember, StaffProposal
from inro.store.reads.staff import period_of, staff_records
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.enrolment import add_code
from inro.usecases.staff_subject import subject

_OPEN = ProposalState.OPEN.value


class FoundedAlready(Refused):
    """The first two administrators are made, or one of them has enrolled: now they appoint, nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """One of the first two administrators, with both halves of the code told at the terminal."""

    person: str
    name: str
    first: CodeHalf
    second: CodeHalf


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal on record; `with_code` says that the half code given is its first half and is to be told."""

    proposal: ProposalId
    with_code: bool


def found_staff(*, founders: Sequence[Founder], actor: Actor, now: datetime) -> None:
    """Make the first two administrators, once; the same two get new codes until one of them has enrolled.

    Raises: DutyMissing, FoundedAlready, StaffRefused.
    """
    actor.check_process()
    persons = [read_person(founder.person) for founder in founders]
    if len(set(persons)) != 2:
        raise StaffRefused(field="person", fault=StaffFault.NOT_TWO)
    with act(actor=actor, now=now) as doing:
        others = StaffMember.objects.exclude(person__in=persons)
        if Passkey.objects.exists() or others.exists():
            raise FoundedAlready
        for person, founder in zip(persons, founders, strict=True):
            member = _appointed(person, read_name(founder.name), now=now)
            period = DutyPeriod(duty=Duty.SYSTEM_ADMINISTRATION, first_day=jst_date(now))
            HeldDuty.objects.get_or_create(
                member=member, duty=period.duty, defaults={"first_day": period.first_day}
            )
            doing.record(EventKind.STAFF_APPOINTED, subject=subject(person), **_told((period,)))
            hashed = half_hash(founder.first.text, salt=founder.first.salt)
            add_code(doing, member, (founder.first.salt, hashed), founder.second, now)


def propose_appointment(
    *,
    person: str,
    name: str,
    duties: Sequence[Duty],
    first_day: date,
    last_day: date | None,
    half: CodeHalf,
    actor: Actor,
    now: datetime,
) -> Proposed:
    """Propose duties for a person, who may be new; `half` is told where the person has no passkey yet.

    Raises: DutyMissing, OneAdministrator, StaffRefused, SeparationBreached.
    """
    actor.check(Act.PROPOSE_APPOINTMENT)
    person, name = read_person(person), read_name(name)
    check_three_persons(proposed_by=actor.name, confirmed_by=None, person=person)
    new = [DutyPeriod(duty=duty, first_day=first_day, last_day=last_day) for duty in duties]
    with act(actor=actor, now=now) as doing:
        member = StaffMember.objects.filter(person=person).first()
        if member is not None and member.name != name:
            raise StaffRefused(field="name", fault=StaffFault.OTHER_NAME)
        if member is not None and not member.is_active:
            raise StaffRefused(field="person", fault=StaffFault.DISMISSED)
        check_new_duties(person=person, held=_held(member), new=new, today=jst_date(now))
        row = _propose(ProposalKind.APPOINTMENT, person=person, name=name, actor=actor, now=now)
        row.duties, row.first_day, row.last_day = [one.duty.value for one in new], first_day, last_day
        with_code = member is None or not _has_key(member)
        _save(doing, row, half if with_code else None, duties=row.duties, **_days(first_day, last_day))
    return Proposed(proposal=ProposalId(row.pk), with_code=with_code)


def propose_end_of_duty(*, held_duty: HeldDutyId, last_day: date, actor: Actor, now: datetime) -> ProposalId:
    """Propose the last day of a duty that a person holds.

    Raises: DutyMissing, OneAdministrator, StaffRefused, Unknown.
    """
    actor.check(Act.PROPOSE_END_OF_DUTY)
    with act(actor=actor, now=now) as doing:
        held = HeldDuty.objects.select_related("member").filter(pk=held_duty).first()
        if held is None:
            raise Unknown(what="duty", detail=str(held_duty))
        _check_concerned(held.member, actor)
        check_end_of_duty(held=period_of(held), last_day=last_day, today=jst_date(now))
        row = _propose(ProposalKind.END_OF_DUTY, of=held.member, actor=actor, now=now)
        row.duties, row.held_duty, row.last_day = [held.duty], held, last_day
        _save(doing, row, None, duties=row.duties, last_day=last_day.isoformat())
    return ProposalId(row.pk)


def propose_new_key(*, person: str, half: CodeHalf, actor: Actor, now: datetime) -> Proposed:
    """Propose that a person enrols a further passkey; `half` is told to the proposing administrator.

    Raises: DutyMissing, OneAdministrator, StaffRefused, Unknown.
    """
    actor.check(Act.PROPOSE_NEW_KEY)
    with act(actor=actor, now=now) as doing:
        member = _member(person)
        _check_concerned(member, actor)
        row = _propose(ProposalKind.NEW_KEY, of=member, actor=actor, now=now)
        _save(doing, row, half)
    return Proposed(proposal=ProposalId(row.pk), with_code=True)


def propose_dismissal(*, person: str, actor: Actor, now: datetime) -> ProposalId:
    """Propose that a person leaves: every duty and passkey ends with the confirmation.

    Raises: DutyMissing, OneAdministrator, StaffRefused, Unknown.
    """
    actor.check(Act.PROPOSE_DISMISSAL)
    with act(actor=actor, now=now) as doing:
        member = _member(person)
        _check_concerned(member, actor)
        row = _propose(ProposalKind.DISMISSAL, of=member, actor=actor, now=now)
        _save(doing, row, None)
    return ProposalId(row.pk)


def withdraw_proposal(*, proposal: ProposalId, actor: Actor, now: datetime) -> None:
    """Withdraw a proposal; any administrator may, since nothing comes of it.

    Raises: DutyMissing, Conflict, Unknown.
    """
    actor.check(Act.WITHDRAW_PROPOSAL)
    with act(actor=actor, now=now) as doing:
        row = _found(proposal)
        _withdraw(doing, row, actor=actor, now=now)


def appoint_staff(*, proposal: ProposalId, half: CodeHalf, actor: Actor, now: datetime) -> bool:
    """Confirm an appointment; True where `half` is the second half of a code and is to be told.

    A first day that went by while the proposal waited becomes today.

    Raises: DutyMissing, OneAdministrator, StaffRefused, SeparationBreached, Conflict, Unknown.
    """
    actor.check(Act.APPOINT_STAFF)
    with act(actor=actor, now=now) as doing:
        row = _confirmed(proposal, ProposalKind.APPOINTMENT, actor=actor, now=now)
        today = jst_date(now)
        first_day = max(row.first_day or today, today)
        new = [DutyPeriod(duty=Duty(duty), first_day=first_day, last_day=row.last_day) for duty in row.duties]
        member = _appointed(row.person, row.name, now=now)
        check_new_duties(person=row.person, held=_held(member), new=new, today=today)
        HeldDuty.objects.bulk_create(
            HeldDuty(member=member, duty=one.duty, first_day=first_day, last_day=row.last_day, proposal=row)
            for one in new
        )
        doing.record(EventKind.STAFF_APPOINTED, subject=subject(row.person), proposal=row.pk, **_told(new))
        with_code = row.code_first_hash is not None and not _has_key(member)
        if with_code:
            add_code(doing, member, (row.code_salt, row.code_first_hash), half, now)
    return with_code


def end_duty(*, proposal: ProposalId, actor: Actor, now: datetime) -> None:
    """Confirm the last day of a duty.

    Raises: DutyMissing, OneAdministrator, StaffRefused, TooFewAdministrators, Conflict, Unknown.
    """
    actor.check(Act.END_DUTY)
    with act(actor=actor, now=now) as doing:
        row = _confirmed(proposal, ProposalKind.END_OF_DUTY, actor=actor, now=now)
        held, last_day = row.held_duty, row.last_day
        if held is None or last_day is None:
            raise Unknown(what="duty", detail=str(proposal))
        check_end_of_duty(held=period_of(held), last_day=last_day, today=jst_date(now))
        if held.duty == Duty.SYSTEM_ADMINISTRATION:
            _check_administrators_without(row.person, now=now)
        change(HeldDuty, row=held.pk, expected={"last_day": held.last_day}, to={"last_day": last_day})
        doing.record(
            EventKind.DUTY_END_SET,
            subject=subject(row.person),
            proposal=row.pk,
            duty=held.duty,
            last_day=last_day.isoformat(),
        )


def add_key(*, proposal: ProposalId, half: CodeHalf, actor: Actor, now: datetime) -> None:
    """Confirm that a person enrols a further passkey; `half` is the second half and is to be told.

    Raises: DutyMissing, OneAdministrator, Conflict, Unknown.
    """
    actor.check(Act.ADD_KEY)
    with act(actor=actor, now=now) as doing:
        row = _confirmed(proposal, ProposalKind.NEW_KEY, actor=actor, now=now)
        add_code(doing, _member(row.person), (row.code_salt, row.code_first_hash), half, now)


def dismiss_staff(*, proposal: ProposalId, actor: Actor, now: datetime) -> None:
    """Confirm a dismissal: passkeys and codes end, and what the person proposed is withdrawn.

    Raises: DutyMissing, OneAdministrator, TooFewAdministrators, Conflict, Unknown.
    """
    actor.check(Act.DISMISS_STAFF)
    with act(actor=actor, now=now) as doing:
        row = _confirmed(proposal, ProposalKind.DISMISSAL, actor=actor, now=now)
        member = _member(row.person)
        if any(one.duty is Duty.SYSTEM_ADMINISTRATION for one in _held(member)):
            _check_administrators_without(row.person, now=now)
        _dismiss(member, actor=actor, now=now)
        doing.record(EventKind.STAFF_DISMISSED, subject=subject(row.person), proposal=row.pk)
        waiting = StaffProposal.objects.filter(state=_OPEN)
        for other in (waiting.filter(proposed_by=row.person) | waiting.filter(person=row.person)).distinct():
            _withdraw(doing, other, actor=actor, now=now)


def end_passkey(*, passkey: PasskeyId, actor: Actor, now: datetime) -> None:
    """End a passkey that was lost or stolen; one administrator suffices, since it only takes away.

    Raises: DutyMissing, TooFewAdministrators, Conflict, Unknown.
    """
    actor.check(Act.END_PASSKEY)
    with act(actor=actor, now=now) as doing:
        key = Passkey.objects.select_related("member").filter(pk=passkey).first()
        if key is None:
            raise Unknown(what="passkey", detail=str(passkey))
        last = not key.member.passkeys.filter(ended_at=None).exclude(pk=key.pk).exists()
        if last and any(one.duty is Duty.SYSTEM_ADMINISTRATION for one in _held(key.member)):
            _check_administrators_without(key.member.person, now=now)
        change(
            Passkey,
            row=key.pk,
            expected={"ended_at": None},
            to={"ended_at": now, "ended_by": actor.name},
        )
        doing.record(EventKind.PASSKEY_ENDED, subject=subject(key.member.person), passkey=key.pk)


def _propose(
    kind: ProposalKind,
    *,
    actor: Actor,
    now: datetime,
    of: StaffMember | None = None,
    person: str = "",
    name: str = "",
) -> StaffProposal:
    person, name = (of.person, of.name) if of is not None else (person, name)
    once = kind in (ProposalKind.NEW_KEY, ProposalKind.DISMISSAL)
    if once and StaffProposal.objects.filter(kind=kind, state=_OPEN, person=person).exists():
        raise StaffRefused(field="person", fault=StaffFault.PROPOSED_ALREADY)
    return StaffProposal(kind=kind, person=person, name=name, proposed_by=actor.name, proposed_at=now)


def _save(doing: Doing, row: StaffProposal, half: CodeHalf | None, **told: object) -> None:
    if half is not None:
        row.code_salt, row.code_first_hash = half.salt, half_hash(half.text, salt=half.salt)
    row.save(force_insert=True)
    doing.record(
        EventKind.STAFF_PROPOSED, subject=subject(row.person), proposal=row.pk, proposed=row.kind, **told
    )


def _found(proposal: ProposalId, kind: ProposalKind | None = None) -> StaffProposal:
    rows = StaffProposal.objects.select_related("held_duty").filter(pk=proposal)
    row = (rows.filter(kind=kind) if kind else rows).first()
    if row is None:
        raise Unknown(what="proposal", detail=str(proposal))
    return row


def _confirmed(proposal: ProposalId, kind: ProposalKind, *, actor: Actor, now: datetime) -> StaffProposal:
    row = _found(proposal, kind)
    check_three_persons(proposed_by=row.proposed_by, confirmed_by=actor.name, person=row.person)
    decided = {"state": ProposalState.CONFIRMED.value, "decided_by": actor.name, "decided_at": now}
    change(StaffProposal, row=row.pk, expected={"state": _OPEN}, to=decided)
    return row


def _withdraw(doing: Doing, row: StaffProposal, *, actor: Actor, now: datetime) -> None:
    decided = {"state": ProposalState.WITHDRAWN.value, "decided_by": actor.name, "decided_at": now}
    change(StaffProposal, row=row.pk, expected={"state": _OPEN}, to=decided)
    doing.record(EventKind.STAFF_PROPOSAL_WITHDRAWN, subject=subject(row.person), proposal=row.pk)


def _member(person: str) -> StaffMember:
    member = StaffMember.objects.filter(person=person).first()
    if member is None:
        raise Unknown(what="person", detail=person)
    return member


def _check_concerned(member: StaffMember, actor: Actor) -> None:
    check_three_persons(proposed_by=actor.name, confirmed_by=None, person=member.person)
    if not member.is_active:
        raise StaffRefused(field="person", fault=StaffFault.DISMISSED)


def _appointed(person: str, name: str, *, now: datetime) -> StaffMember:
    """Return the member with this id, made now if new; who left comes back under another id."""
    member, _ = StaffMember.objects.get_or_create(person=person, defaults={"name": name, "appointed_at": now})
    if not member.is_active:
        raise StaffRefused(field="person", fault=StaffFault.DISMISSED)
    return member


def _dismiss(member: StaffMember, *, actor: Actor, now: datetime) -> None:
    change(
        StaffMember,
        row=member.pk,
        expected={"is_active": True},
        to={"is_active": False, "dismissed_at": now},
    )
    today = jst_date(now)
    member.duties.filter(last_day=None, first_day__lte=today).update(last_day=today)
    member.passkeys.filter(ended_at=None).update(ended_at=now, ended_by=actor.name)
    member.codes.filter(used_at=None, replaced_at=None).update(replaced_at=now)


def _held(member: StaffMember | None) -> list[DutyPeriod]:
    return [period_of(row) for row in member.duties.all()] if member is not None else []


def _has_key(member: StaffMember) -> bool:
    return member.passkeys.filter(ended_at=None).exists()


def _check_administrators_without(person: str, *, now: datetime) -> None:
    # Two such changes at once would each count the other's person: the rows are locked until the end.
    list(StaffMember.objects.select_for_update().order_by("pk").values_list("pk"))
    others = (one.as_administrator() for one in staff_records() if one.person != person)
    check_administrators_remain(others=others, on=jst_date(now))


def _told(periods: Sequence[DutyPeriod]) -> dict[str, object]:
    first = periods[0]
    return {"duties": [one.duty.value for one in periods], **_days(first.first_day, first.last_day)}


def _days(first_day: date, last_day: date | None) -> dict[str, str | None]:
    return {"first_day": first_day.isoformat(), "last_day": last_day.isoformat() if last_day else None}
