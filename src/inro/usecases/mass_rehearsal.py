"""A mass revocation rehearsed: the list found anew, the next list drafted and thrown away (22.1, 26.1).

Nothing is written but that it was done. How long the real one takes is estimated from this machine's own time
for each part: it is an estimate and no promise, since the signer may run elsewhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice

from inro.pki.crl import ListKey, ListKind, draft_list, encode_entry
from inro.pki.issuer import Issuer
from inro.pki.profile import ListProfile
from inro.practice.acts import Act
from inro.practice.events import EventKind
from inro.practice.grounds import ground as ground_of
from inro.practice.mass_revocation import MassAct, next_state
from inro.store.models import Certificate
from inro.store.reads.mass_revocation import MassRecord, mass_revocation
from inro.store.reads.mass_selection import recorded_selection
from inro.store.reads.revocation import next_list_number, revoked_entries
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.followed import read_cases
from inro.usecases.mass_revocation import agreed_or_recorded
from inro.usecases.mass_revocation_signing import subject_of
from inro.usecases.mass_selection import Selection

_SAMPLE = 200
# Reading a case is about a third of recording it: its rows, what it owes and its place in the log follow.
_RECORDING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """By what the next lists are drafted."""

    profile: ListProfile
    issuer: Issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a rehearsal found: the list as it is now, whether it is still the planned one, the estimate.

    Times are in seconds of this machine; `octets` and `entries` are of the next full CRL.
    """

    selection: Selection
    fresh: bool
    entries: int
    octets: int
    selecting: float
    recording: float
    drafting: float

    @property
    def seconds(self) -> float:
        """How long it is from the decision to three new lists, about."""
        return self.recording + len(ListKind) * self.drafting


def rehearse_mass_revocation(
    *, number: str, lists: Lists, stopwatch: Callable[[], float], actor: Actor, now: datetime
) -> Rehearsal:
    """Rehearse a plan; `stopwatch` gives seconds from anywhere on.

    Raises: DutyMissing, Unknown, ActNotAllowed, SelectorsDisagree, which is then on record.
    """
    actor.check(Act.REHEARSE_MASS_REVOCATION)
    record = mass_revocation(number)
    next_state(record.state, MassAct.REHEARSE)
    begun = stopwatch()
    selection = agreed_or_recorded(record.criterion, actor, now)
    selected = stopwatch()
    entries, octets = _drafted(record, lists, now)
    drafted = stopwatch()
    read = _read_sample(record, now)
    reading = stopwatch() - drafted
    rehearsal = Rehearsal(
        selection=selection,
        fresh=(selection.count, selection.serials_sha256) == (record.count, record.serials_sha256),
        entries=entries,
        octets=octets,
        selecting=selected - begun,
        recording=_RECORDING * selection.count * reading / max(read, 1),
        drafting=drafted - selected,
    )
    with act(actor=actor, now=now) as doing:
        doing.record(
            EventKind.MASS_REVOCATION_REHEARSED,
            subject=subject_of(number),
            count=selection.count,
            serials_sha256=selection.serials_sha256,
            fresh=rehearsal.fresh,
            seconds=round(rehearsal.seconds),
        )
    return rehearsal


def _drafted(record: MassRecord, lists: Lists, now: datetime) -> tuple[int, int]:
    """Draft the full CRL as it would be; return how many entries and octets it has."""
    this_update = now.replace(microsecond=0)
    draft = draft_list(
        kind=ListKind.FULL_CRL,
        number=next_list_number(ListKind.FULL_CRL),
        this_update=this_update,
        next_update=this_update + timedelta(hours=lists.profile.lifetime_hours),
        entries=chain(_old_entries(), _new_entries(record, this_update)),
        profile=lists.profile,
        issuer=lists.issuer,
    )
    return draft.count, len(draft.tbs)


def _old_entries() -> Iterator[bytes]:
    for some in revoked_entries():
        yield from some[ListKey(ListKind.FULL_CRL)]


def _new_entries(record: MassRecord, revoked_at: datetime) -> Iterator[bytes]:
    code = ground_of(record.ground).reason_code
    for one in recorded_selection(record.criterion, at=revoked_at):
        if one.left_out is None:
            yield encode_entry(serial=int(one.serial, 16), revoked_at=revoked_at, reason_code=code)


def _read_sample(record: MassRecord, now: datetime) -> int:
    """Read some cases as their recording would, unlocked; return how many."""
    listed = (one.certificate for one in recorded_selection(record.criterion, at=now) if not one.left_out)
    certificates = Certificate.objects.filter(pk__in=list(islice(listed, _SAMPLE)))
    cases = certificates.exclude(application=None).values_list("application_id", flat=True)
    return len(read_cases(list(cases), events={}, locked=False))
