"""Whatever fails on the way, no client sees a broken, older, foreign or expired list (4(6), 26, 39.4)."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from inro.adapters.ca_token import CaToken
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.demo.servers.programs import program
from inro.pki.assemble import assemble_list
from inro.pki.crl import ListKey, ListKind, draft_list, list_keys
from inro.pki.list_guard import Stop
from inro.ports.errors import DirectoryUnavailable, NewerPublished, PortError
from inro.ports.replacement import MayReplace
from inro.practice.probe import Probers
from inro.signer.journal import Journal
from inro.signer.list_check import ListIncomplete
from inro.signer.lists import ClockBehind
from inro.signer.steps import Step
from inro.store.models import AuditRow, Certificate, RevocationCase, RevocationList
from inro.store.reads.health import health
from inro.store.reads.revocation import unpublished_lists
from inro.store.states import Place as Half
from inro.store.states import RevocationState
from inro.usecases.publication import record_list, record_list_intent
from inro.worker.publication import ListStopped, Publisher, publish_lists
from inro.worker.repository import Repository
from tests.adapters.tokens import pin
from tests.pki import material
from tests.signer.given_signer import NOW, CaPlace, Killed, World, decided, handed_over, killed_at, world_of
from tests.worker.given_repository import Place, place, publisher
from tests.worker.watching import Watcher, watched

__all__ = ["place", "publisher"]
PARTS = 2
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LISTS = list_keys(PARTS)
ROOT = Path(__file__).parents[2]
SMALL_DISK = ROOT / "tests" / "cli" / "small_disk.sh"


@dataclass(slots=True, kw_only=True)
class House:
    """A signer whose CRL is divided, its publisher, and a client that watches both halves throughout."""

    world: World
    place: Place
    publisher: Publisher
    watcher: Watcher
    at: list[datetime] = field(default_factory=lambda: [NOW])

    @property
    def now(self) -> datetime:
        """The time by every right clock."""
        return self.at[-1]

    def later(self, by: timedelta = MINUTE) -> datetime:
        """Let time go by."""
        self.at.append(self.now + by)
        return self.now

    def revoke(self) -> RevocationCase:
        """Issue a certificate and have two officers decide its revocation; the signer has not seen it."""
        order = handed_over(self.world, now=self.now)
        self.world.work(now=self.now)
        case = decided(self.world, Certificate.objects.get(application__order=order), now=self.now)
        return RevocationCase.objects.get(pk=case.case_id)

    def publish(self, *, now: datetime | None = None, publisher: Publisher | None = None) -> int:
        """Publish what is there; return how many lists are in both halves now."""
        return len(publish_lists(publisher=publisher or self.publisher, now=now or self.now))

    def is_published(self, case: RevocationCase) -> bool:
        """Say whether both halves gave a case's entry back."""
        case.refresh_from_db()
        return case.state == RevocationState.PUBLISHED


@pytest.fixture
def world(ca: CaPlace, db: None, tmp_path: Path) -> Iterator[World]:
    with world_of(ca, tmp_path, list_profile=replace(material.lists(), partitions=PARTS)) as opened:
        opened.work()
        yield opened


@pytest.fixture
def house(world: World, place: Place, publisher: Publisher) -> Iterator[House]:
    """A house whose first lists are published, watched until the test's end."""
    at = [NOW]
    watcher = Watcher(place=place, world=world, partitions=PARTS, clock=lambda: at[-1])
    made = House(world=world, place=place, publisher=publisher, watcher=watcher, at=at)
    assert made.publish() == len(LISTS)
    with watched(watcher):
        yield made
    assert all(watcher.seen[half, key] for half in ("web", "directory") for key in LISTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dying(Repository):
    """A repository whose worker dies at one of its calls: before it, or with it done and not on record."""

    calls: list[str]
    death: tuple[int, bool]

    def publish(self, *, key: ListKey, place: Half, signed: bytes, may_replace: MayReplace) -> None:
        self._passing(before=True)
        Repository.publish(self, key=key, place=place, signed=signed, may_replace=may_replace)
        self._passing(before=False)

    def read_back(self, *, key: ListKey, place: Half) -> bytes | None:
        self._passing(before=True)
        found = Repository.read_back(self, key=key, place=place)
        self._passing(before=False)
        return found

    def _passing(self, *, before: bool) -> None:
        if before:
            self.calls.append("call")
        if self.death == (len(self.calls), before):
            raise Killed


def dying(repository: Repository, call: int, *, before: bool) -> Dying:
    """Return the repository, with death at a call."""
    return Dying(
        web=repository.web,
        directory=repository.directory,
        directory_below=repository.directory_below,
        calls=[],
        death=(call, before),
    )


def test_a_death_at_every_step_of_the_signer(house: House) -> None:
    case = house.revoke()
    for step in (Step.RECORD_REVOCATION, Step.RECORD_LIST_INTENT, Step.SIGN_LIST, Step.RECORD_LIST):
        killed_at(house.world, step, now=house.later())
        house.publish()
        assert not house.is_published(case)
    house.world.work(now=house.later())
    house.publish()
    assert house.is_published(case)


def test_a_death_before_and_behind_calls_of_the_publication(house: House) -> None:
    """Each list is put into two halves and read back from both; any of these may be the last."""
    case = house.revoke()
    house.world.work(now=house.later())
    for call, before in product((1, 2, 4), (True, False)):
        repository = dying(house.publisher.repository, call, before=before)
        with pytest.raises(Killed):
            house.publish(now=house.later(), publisher=replace(house.publisher, repository=repository))
        assert not house.is_published(case)
    house.publish(now=house.later())
    assert house.is_published(case)
    assert unpublished_lists() == ()


def test_a_directory_that_is_down_for_an_hour(house: House) -> None:
    down = replace(house.publisher, repository=house.place.repository(url=f"ldap://{LOOPBACK}:{free_port()}"))
    cases = []
    for _ in range(3):
        cases.append(house.revoke())
        house.world.work(now=house.later(20 * MINUTE))
        with pytest.raises(DirectoryUnavailable):
            house.publish(publisher=down)
    assert not any(house.is_published(case) for case in cases)
    assert house.publish(now=house.later()) == len(LISTS)
    assert all(house.is_published(case) for case in cases)
    # The web half had each list; the directory went from the first to the last.
    assert house.place.ldap(ListKind.FULL_CRL) == house.place.web(ListKind.FULL_CRL)


def test_a_token_that_is_gone_until_the_signer_is_started_anew(
    house: House, ca: CaPlace, tmp_path: Path
) -> None:
    case = house.revoke()
    house.world.token.close()
    with pytest.raises(PortError):
        house.world.work(now=house.later())
    house.publish()
    assert not house.is_published(case)
    house.world.room.journal.close()
    with CaToken.open(ca.address, pin()) as token:
        journal = Journal.open(tmp_path / "journal.sqlite", authenticator=token)
        house.world.room = replace(house.world.room, token=token, journal=journal)
        house.world.work(now=house.later(HOUR))
        journal.close()
    house.publish()
    assert house.is_published(case)


def test_a_signer_whose_clock_is_a_day_ahead(house: House) -> None:
    """The worker's clock is right: it lets nothing of tomorrow out, and the health page tells."""
    house.world.work(now=house.later() + DAY)
    with pytest.raises(ListStopped, match="future"):
        house.publish()
    assert {record.stopped_for for record in unpublished_lists()} == {Stop.FUTURE}
    found = health(now=house.now, probers=Probers())
    assert found.is_late
    assert "crl/2:future,crl-1/2:future" in found.line()
    told = AuditRow.objects.filter(kind="list.publication_failed")
    assert told.count() == len(LISTS)
    with pytest.raises(ListStopped):
        house.publish(now=house.later())
    assert told.count() == len(LISTS)
    # The clock is set right: a list of now has a higher number, and nobody saw one of tomorrow.
    house.world.work(now=house.later(), lists_anyway=True)
    assert house.publish() == len(LISTS)
    assert health(now=house.now, probers=Probers()).stopped == ()


def test_a_revocation_dated_ahead_waits_until_its_time_has_come(house: House) -> None:
    case = house.revoke()
    house.world.work(now=house.later() + DAY)
    with pytest.raises(ListStopped, match="future"):
        house.publish()
    with pytest.raises(ListIncomplete, match="after thisUpdate"):
        house.world.work(now=house.later(), lists_anyway=True)
    house.later(DAY)
    assert house.publish() == len(LISTS)
    assert house.is_published(case)


def test_a_signer_whose_clock_is_a_day_behind(house: House) -> None:
    case = house.revoke()
    house.world.work(now=house.later())
    house.publish()
    assert house.is_published(case)
    before = house.world.token.signatures
    with pytest.raises(ClockBehind):
        house.world.work(now=house.now - DAY, lists_anyway=True)
    assert house.world.token.signatures == before
    house.world.work(now=house.later(HOUR), lists_anyway=True)
    assert house.publish() == len(LISTS)


@pytest.mark.parametrize(("days", "why"), [(-1, Stop.FUTURE), (2, Stop.EXPIRED)])
def test_a_worker_whose_clock_is_wrong(house: House, days: int, why: Stop) -> None:
    case = house.revoke()
    house.world.work(now=house.later())
    with pytest.raises(ListStopped, match=why.value):
        house.publish(now=house.now + days * DAY)
    assert not house.is_published(case)
    house.publish(now=house.later())
    assert house.is_published(case)
    assert health(now=house.now, probers=Probers()).stopped == ()


def test_two_publishers_at_once(house: House) -> None:
    """Before each of the slower one's calls the faster one publishes what was signed meanwhile."""
    repository = house.publisher.repository

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Overtaken(Repository):
        overtake: Callable[[], None]

        def publish(self, *, key: ListKey, place: Half, signed: bytes, may_replace: MayReplace) -> None:
            self.overtake()
            Repository.publish(self, key=key, place=place, signed=signed, may_replace=may_replace)

    def overtake() -> None:
        house.world.work(now=house.later(), lists_anyway=True)
        house.publish()

    house.world.work(now=house.later(), lists_anyway=True)
    slow = Overtaken(
        web=repository.web,
        directory=repository.directory,
        directory_below=repository.directory_below,
        overtake=overtake,
    )
    with pytest.raises(NewerPublished):
        house.publish(publisher=replace(house.publisher, repository=slow))
    newest = RevocationList.objects.filter(kind=ListKind.CRL, partition=0).latest("number").number
    assert newest == 2 + 2 * len(LISTS)
    assert house.watcher.seen["web", ListKey(ListKind.CRL)][-1] <= newest
    assert not AuditRow.objects.filter(kind="list.publication_failed").exists()


def test_a_list_that_lost_an_entry_is_stopped_even_where_the_signer_made_it(house: House) -> None:
    """The last look asks nobody: what is published holds an entry that the new list has not."""
    case = house.revoke()
    house.world.work(now=house.later())
    house.publish()
    serial = bytes(case.certificate.serial.serial)
    signed_without(house, serial)
    with pytest.raises(ListStopped, match="shrunk"):
        house.publish(now=house.later())
    assert {record.stopped_for for record in unpublished_lists()} == {Stop.SHRUNK}
    assert house.is_published(case)


def signed_without(house: House, serial: bytes) -> None:
    """Have the CA's key sign lists without an entry, as if journal and record had both lost it."""
    room, at = house.world.room, house.later()
    for key in LISTS:
        if key.kind is ListKind.ARL:
            continue
        number = RevocationList.objects.filter(kind=key.kind, partition=key.partition).latest("number").number
        draft = draft_list(
            kind=key.kind,
            partition=key.partition,
            number=number + 1,
            this_update=at,
            next_update=at + 2 * DAY,
            entries=(),
            profile=room.list_profile,
            issuer=room.issuer,
        )
        record_list_intent(draft=draft, this_update=at, next_update=at + 2 * DAY, actor=room.actor, now=at)
        signed = assemble_list(tbs=draft.tbs, signature=room.token.sign(draft.tbs), issuer=room.issuer)
        (room.archive / f"{material.digest(signed)}.crl").write_bytes(signed)
        record_list(
            key=key,
            number=number + 1,
            sha256=material.digest(signed),
            size=len(signed),
            actor=room.actor,
            now=at,
        )


def test_a_full_disk_keeps_the_old_list_whole(tmp_path: Path) -> None:
    """The disk is real and small; a reader, such as a web server, sees the old list or the new."""
    rights = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    disk = tmp_path / "disk"
    disk.mkdir()
    own_disk = [program("unshare"), "-m", *rights, "--", "sh", str(SMALL_DISK), "2m", "rw", str(disk)]
    done = subprocess.run(
        [*own_disk, sys.executable, "-m", "tests.worker.filling", str(disk)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:3] == ["refused: No space left on device", "old", "new"]
    assert done.stdout.splitlines()[-1] == "left: crl.crl "
