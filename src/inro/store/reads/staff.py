"""The staff with duties, passkeys and what is proposed about them (40(7))."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from inro.practice.duties import Duty, DutyPeriod
from inro.practice.staff import Administrator, ProposalKind, ProposalState
from inro.store.errors import Unknown
from inro.store.ids import CodeId, HeldDutyId, PasskeyId, ProposalId, StaffId
from inro.store.models import HeldDuty, Passkey, StaffMember, StaffProposal

_DECIDED_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDutyRecord:
    """A duty with its days, as a person holds it."""

    held_duty: HeldDutyId
    period: DutyPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRecord:
    """A passkey as pages show it; without `ended_at` it is in use."""

    passkey: PasskeyId
    label: str
    synced: bool
    made_at: datetime
    used_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """One member of staff; `code_until` is when an enrolment code not yet used expires."""

    staff: StaffId
    person: str
    name: str
    is_active: bool
    held: tuple[HeldDutyRecord, ...]
    passkeys: tuple[PasskeyRecord, ...]
    code_until: datetime | None

    @property
    def periods(self) -> tuple[DutyPeriod, ...]:
        """All duties with their days."""
        return tuple(one.period for one in self.held)

    @property
    def keys_in_use(self) -> int:
        """How many passkeys sign this person in."""
        return sum(key.ended_at is None for key in self.passkeys)

    def duties_on(self, day: date) -> frozenset[Duty]:
        """Return the duties held on a day in Japan; none after dismissal."""
        return frozenset(one.duty for one in self.periods if self.is_active and one.covers(day))

    def as_administrator(self) -> Administrator:
        """Return what counts when administrators are counted."""
        duties = self.periods if self.is_active else ()
        return Administrator(person=self.person, duties=duties, keys=self.keys_in_use)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRecord:
    """What was proposed about a person, and what became of it."""

    proposal: ProposalId
    kind: ProposalKind
    state: ProposalState
    person: str
    name: str
    duties: tuple[Duty, ...]
    first_day: date | None
    last_day: date | None
    with_code: bool
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None


def staff_records() -> tuple[StaffRecord, ...]:
    """Return everybody, those at work first, by person."""
    return _records(StaffMember.objects.order_by("-is_active", "person"))


def staff_record(person: str) -> StaffRecord:
    """Return one member of staff.

    Raises: Unknown.
    """
    found = _records(StaffMember.objects.filter(person=person))
    if not found:
        raise Unknown(what="person", detail=person)
    return found[0]


def staff_names() -> dict[str, str]:
    """Return the name of everybody who has or had an account, by the account's id."""
    return dict(StaffMember.objects.values_list("person", "name"))


def staff_with_passkey(*, staff: StaffId, passkey: PasskeyId) -> StaffRecord | None:
    """Return who signed in with a passkey, as they are now, or None if it is not theirs."""
    found = _records(StaffMember.objects.filter(pk=staff, passkeys__pk=passkey))
    return found[0] if found else None


def credential_ids(staff: StaffId) -> tuple[bytes, ...]:
    """Return the ids of a person's passkeys in use, as browsers know them."""
    rows = Passkey.objects.filter(member=staff, ended_at=None).order_by("pk")
    return tuple(bytes(octets) for octets in rows.values_list("credential_id", flat=True))


def staff_of_code(code: CodeId) -> StaffRecord:
    """Return whose enrolment code this is.

    Raises: Unknown.
    """
    found = _records(StaffMember.objects.filter(codes__pk=code))
    if not found:
        raise Unknown(what="code", detail=str(code))
    return found[0]


def open_proposals() -> tuple[ProposalRecord, ...]:
    """Return what waits for a second administrator, oldest first."""
    rows = StaffProposal.objects.filter(state=ProposalState.OPEN).order_by("proposed_at", "pk")
    return tuple(_proposal(row) for row in rows)


def decided_proposals() -> tuple[ProposalRecord, ...]:
    """Return what was last confirmed or withdrawn, newest first, at most fifty."""
    rows = StaffProposal.objects.exclude(state=ProposalState.OPEN).order_by("-decided_at", "-pk")
    return tuple(_proposal(row) for row in rows[:_DECIDED_SHOWN])


def proposal_record(proposal: ProposalId) -> ProposalRecord:
    """Return one proposal.

    Raises: Unknown.
    """
    row = StaffProposal.objects.filter(pk=proposal).first()
    if row is None:
        raise Unknown(what="proposal", detail=str(proposal))
    return _proposal(row)


def period_of(row: HeldDuty) -> DutyPeriod:
    """Return the period that a row stands for."""
    return DutyPeriod(duty=Duty(row.duty), first_day=row.first_day, last_day=row.last_day)


def _records(rows: QuerySet[StaffMember]) -> tuple[StaffRecord, ...]:
    return tuple(_record(row) for row in rows.prefetch_related("duties", "passkeys", "codes"))


def _record(row: StaffMember) -> StaffRecord:
    held = sorted(row.duties.all(), key=lambda one: (one.first_day, one.duty))
    waiting = [code for code in row.codes.all() if code.used_at is None and code.replaced_at is None]
    return StaffRecord(
        staff=StaffId(row.pk),
        person=row.person,
        name=row.name,
        is_active=row.is_active,
        held=tuple(HeldDutyRecord(held_duty=HeldDutyId(one.pk), period=period_of(one)) for one in held),
        passkeys=_passkeys(row.passkeys.all()),
        code_until=waiting[0].expires_at if waiting else None,
    )


def _passkeys(rows: Iterable[Passkey]) -> tuple[PasskeyRecord, ...]:
    return tuple(
        PasskeyRecord(
            passkey=PasskeyId(key.pk),
            label=key.label,
            synced=key.synced,
            made_at=key.made_at,
            used_at=key.used_at,
            ended_at=key.ended_at,
        )
        for key in sorted(rows, key=lambda key: key.pk)
    )


def _proposal(row: StaffProposal) -> ProposalRecord:
    return ProposalRecord(
        proposal=ProposalId(row.pk),
        kind=ProposalKind(row.kind),
        state=ProposalState(row.state),
        person=row.person,
        name=row.name,
        duties=tuple(Duty(duty) for duty in row.duties),
        first_day=row.first_day,
        last_day=row.last_day,
        with_code=row.code_first_hash is not None,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
