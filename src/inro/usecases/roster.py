"""Which roster of officers is in force; the next one needs an officer of the one before (9.1, 40(7))."""

from dataclasses import dataclass
from datetime import date, datetime

from inro.pki.roster import Roster, RosterRefused, decode_roster, verify_roster
from inro.practice.acts import Act
from inro.practice.approval import Purpose, roster_change
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty, DutyPeriod
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.store.models import InstalledRoster
from inro.store.reads.staff import staff_records
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.decision import Approval, Officers, check_approval, insert_decision


class RosterNotReleased(Refused):
    """A roster lies in the ceremony's folder that no officer of the one in force has released."""

    def __init__(self, *, version: int) -> None:
        super().__init__(version=version)
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueChange:
    """A person whom the roster gives duties that the office's record does not: a ceremony is to follow."""

    person: str
    name: str
    dismissed: bool
    duties: tuple[Duty, ...]
    version: int


def overdue_changes(*, now: datetime) -> tuple[OverdueChange, ...]:
    """Return who of the staff has duties on the newest roster on record that the office has ended (40(7)).

    The signer believes the roster alone: until a ceremony signs the next one, their keys still approve.

    Raises: RosterRefused for a row that is no roster.
    """
    row = InstalledRoster.objects.filter(document__isnull=False).order_by("-version").first()
    if row is None:
        return ()
    roster, today = decode_roster(bytes(row.document or b"")), jst_date(now)
    staff = {one.person: one for one in staff_records()}
    found = []
    for officer in roster.officers:
        member = staff.get(officer.person)
        if member is None:
            continue
        held = _not_over(member.periods, today) if member.is_active else frozenset()
        duties = tuple(sorted(_not_over(officer.duties, today) - held))
        if duties:
            found.append(
                OverdueChange(
                    person=member.person,
                    name=member.name,
                    dismissed=not member.is_active,
                    duties=duties,
                    version=roster.version,
                )
            )
    return tuple(found)


def install_roster(
    *, document: bytes, signature: bytes, public_key_info: bytes, actor: Actor, now: datetime
) -> Roster:
    """Record the first roster a ceremony signed, or one after the last ran out.

    `public_key_info` is the roster key's (SubjectPublicKeyInfo, DER), which the caller trusts. While a roster
    is in force the next one is released by one of its officers.

    Raises: DutyMissing, RosterRefused for one not signed, not in force or older than one on record,
    RosterNotReleased, SeparationBreached, Conflict when this version is on record already.
    """
    actor.check_process()
    roster = _verified(document, signature, public_key_info, now)
    if roster_in_force(public_key_info=public_key_info, now=now) is not None:
        raise RosterNotReleased(version=roster.version)
    _record(roster, document, signature, approval=None, actor=actor, now=now)
    return roster


def release_roster(
    *,
    document: bytes,
    signature: bytes,
    public_key_info: bytes,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> Roster:
    """Put the next roster in force by an assertion of an officer of the present one over its hash.

    Raises: DutyMissing, RosterRefused, OtherMatter, ApprovalRefused, AssertionRefused, SeparationBreached,
    Conflict when this version is on record already.
    """
    actor.check(Act.RELEASE_ROSTER)
    roster = _verified(document, signature, public_key_info, now)
    check_approval(
        approval=approval,
        purpose=Purpose.ROSTER_CHANGE,
        case=roster_case(roster.version),
        content=roster_change(version=roster.version, sha256=roster.sha256),
        earlier=(),
        officers=officers,
        actor=actor,
        now=now,
    )
    _record(roster, document, signature, approval=approval, actor=actor, now=now)
    return roster


def roster_in_force(*, public_key_info: bytes, now: datetime) -> Roster | None:
    """Return the newest roster on record if this key signed it and today is among its days, else None."""
    row = InstalledRoster.objects.filter(document__isnull=False).order_by("-version").first()
    if row is None:
        return None
    try:
        return verify_roster(
            document=bytes(row.document or b""),
            signature=bytes(row.signature or b""),
            public_key_info=public_key_info,
            now=now,
        )
    except RosterRefused:
        # Run out, or of an earlier roster key: then the ceremony alone brings the next one.
        return None


def is_a_roster_on_record() -> bool:
    """Return whether any roster was installed; until then no decision verifies (9.1)."""
    return InstalledRoster.objects.exists()


def check_released(roster: Roster) -> None:
    """Refuse a roster that is not on record.

    Raises: RosterNotReleased.
    """
    if not InstalledRoster.objects.filter(version=roster.version, sha256=roster.sha256).exists():
        raise RosterNotReleased(version=roster.version)


def roster_case(version: int) -> str:
    """Return what an officer's decision on a roster is called."""
    return f"roster/{version}"


def _not_over(periods: tuple[DutyPeriod, ...], today: date) -> frozenset[Duty]:
    return frozenset(one.duty for one in periods if one.last_day is None or one.last_day >= today)


def _verified(document: bytes, signature: bytes, public_key_info: bytes, now: datetime) -> Roster:
    newest = InstalledRoster.objects.order_by("-version").values_list("version", flat=True).first()
    return verify_roster(
        document=document,
        signature=signature,
        public_key_info=public_key_info,
        now=now,
        minimum_version=newest or 1,
    )


def _record(
    roster: Roster,
    document: bytes,
    signature: bytes,
    *,
    approval: Approval | None,
    actor: Actor,
    now: datetime,
) -> None:
    with act(actor=actor, now=now) as doing:
        InstalledRoster.objects.create(
            version=roster.version,
            sha256=roster.sha256,
            document=document,
            signature=signature,
            installed_at=now,
        )
        signed = insert_decision(approval=approval, person=actor.name, now=now) if approval else None
        doing.record(
            EventKind.ROSTER_INSTALLED,
            subject=f"roster/{roster.version}",
            sha256=roster.sha256,
            assertion_sha256=signed,
        )
