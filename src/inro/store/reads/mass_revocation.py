"""Mass revocations and the cases of their certificates, the latter in bulk (11.3, 22.1, 39.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Count

from inro.practice.mass_revocation import Criterion, LeftOut, MassState
from inro.store.errors import Unknown
from inro.store.ids import MassRevocationId
from inro.store.models import MassRevocation, RevocationCase
from inro.store.plain_sql import instant, rows
from inro.store.reads.decisions import DecisionRecord, decisions_of
from inro.store.states import RevocationState, Scope

_AT_ONCE = 8_192
_CASES = (
    "SELECT r.id, r.certificate_id, s.serial, s.partition, c.not_after, c.role FROM store_revocationcase r "
    "JOIN store_certificate c ON c.id = r.certificate_id JOIN store_serialnumber s ON s.id = c.serial_id "
    "WHERE r.mass_id = %s AND r.state = 'decided' AND s.serial > %s ORDER BY s.serial LIMIT %s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MassRecord:
    """One mass revocation; `left_out` counts why certificates that fit are not listed."""

    mass_id: MassRevocationId
    number: str
    criterion: Criterion
    ground: str
    state: MassState
    count: int
    serials_sha256: str
    left_out: Mapping[LeftOut, int]
    requested_at: datetime
    prepared_by: str
    examiner: str | None
    examined_at: datetime | None
    decider: str | None
    decided_at: datetime | None
    revoked_at: datetime | None
    published_at: datetime | None
    dropped_at: datetime | None
    dropped_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MassCase:
    """A certificate's own case in a mass revocation, as the signer takes it up; `serial` is 20 octets.

    `partition` is the part of the CRL that covers it.
    """

    case: int
    certificate: int
    serial: bytes
    partition: int
    not_after: datetime
    scope: Scope


def mass_revocation(number: str) -> MassRecord:
    """Return one.

    Raises: Unknown.
    """
    row = MassRevocation.objects.filter(number=number).first()
    if row is None:
        raise Unknown(what="mass revocation", detail=number)
    return _record(row)


def mass_revocations() -> tuple[MassRecord, ...]:
    """Return all, the newest first."""
    return tuple(_record(row) for row in MassRevocation.objects.order_by("-pk"))


def decided_mass_revocations() -> tuple[MassRecord, ...]:
    """Return those that two officers have decided and the signer has not carried out, oldest first."""
    found = MassRevocation.objects.filter(state=MassState.DECIDED).order_by("pk")
    return tuple(_record(row) for row in found)


def decisions_of_mass(mass: MassRevocationId) -> tuple[DecisionRecord, ...]:
    """Return its two decisions in the order they were made."""
    row = MassRevocation.objects.get(pk=mass)
    made = (row.examination_id, row.decision_id)
    return decisions_of([one for one in made if one is not None])


def mass_serials(mass: MassRevocationId) -> Iterator[bytes]:
    """Yield the serials of all its cases that were not refused, in their order."""
    cases = RevocationCase.objects.standing().filter(mass=mass)
    serials = cases.order_by("certificate__serial__serial").values_list(
        "certificate__serial__serial", flat=True
    )
    return (bytes(serial) for serial in serials.iterator(_AT_ONCE))


def decided_cases(mass: MassRevocationId, *, after: bytes, most: int) -> tuple[MassCase, ...]:
    """Return its next cases that wait for the signer, by serials above `after`."""
    return tuple(
        MassCase(
            case=case,
            certificate=certificate,
            serial=bytes(serial),
            partition=partition,
            not_after=instant(not_after),
            scope=Scope(scope),
        )
        for case, certificate, serial, partition, not_after, scope in rows(_CASES, [mass, after, most])
    )


def mass_progress(mass: MassRevocationId) -> Mapping[RevocationState, int]:
    """Return how many of its certificates stand where."""
    counted = RevocationCase.objects.filter(mass=mass).values_list("state").annotate(Count("pk")).order_by()
    found = {RevocationState(state): count for state, count in counted}
    return MappingProxyType({state: found.get(state, 0) for state in RevocationState})


def _record(row: MassRevocation) -> MassRecord:
    return MassRecord(
        mass_id=MassRevocationId(row.pk),
        number=row.number,
        criterion=Criterion.from_record(row.criterion),
        ground=row.ground,
        state=MassState(row.state),
        count=row.count,
        serials_sha256=row.serials_sha256,
        left_out=MappingProxyType({LeftOut(why): count for why, count in row.left_out.items()}),
        requested_at=row.requested_at,
        prepared_by=row.prepared_by,
        examiner=row.examiner,
        examined_at=row.examined_at,
        decider=row.decider,
        decided_at=row.decided_at,
        revoked_at=row.revoked_at,
        published_at=row.published_at,
        dropped_at=row.dropped_at,
        dropped_for=row.dropped_for,
    )
