"""Whatever fails on the way, no client sees a broken, older, foreign or expired list (4(6), 26, 39.4).

Nor is a revoked certificate called good once a list has it: the desk that signs answers is slower here than
every publication.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from inro.adapters.ca_token import CaToken
from inro.adapters.ocsp_tree import FOLDER, OcspTree, OcspTreeUnavailable
from inro.adapters.web_tree import WebTreeUnavailable
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.demo.servers.slapd import SlapdServer
from inro.pki.assemble import assemble_list
from inro.pki.crl import ListKey, ListKind, draft_list, list_keys
from inro.pki.draft import DraftRefused
from inro.pki.list_guard import Stop
from inro.pki.ocsp_request import IdHash
from inro.ports.errors import DirectoryUnavailable, NewerPublished, PortError
from inro.ports.replacement import MayReplace
from inro.practice.probe import Probers
from inro.signer.answers import AnswerSigner
from inro.signer.journal import Journal
from inro.signer.list_check import ListIncomplete
from inro.signer.lists import ClockBehind
from inro.signer.room import OcspKey
from inro.signer.steps import Step
from inro.store.models import AuditRow, Certificate, RevocationCase, RevocationList
from inro.store.reads.health import health
from inro.store.reads.revocation import unpublished_lists
from inro.store.states import Place as Half
from inro.store.states import RevocationState
from inro.usecases.actor import process
from inro.usecases.publication import record_list, record_list_intent
from inro.worker.publication import ListStopped, Publisher, publish_lists
from inro.worker.repository import Repository
from tests.adapters.tokens import pin
from tests.pki import material, ocsp_material
from tests.responder.given_answers import SoftKey
from tests.responder.serving import responder_of_home, responder_on_small_disk
from tests.signer.given_signer import NOW, CaPlace, Killed, World, decided, handed_over, killed_at, world_of
from tests.web.installation import installation
from tests.worker.given_repository import Place, place_of, publisher
from tests.worker.watching import Watcher, watched

__all__ = ["publisher"]
PARTS = 2
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LISTS = list_keys(PARTS)
OCSP_PROFILE = ocsp_material.profile()


@dataclass(slots=True, kw_only=True)
class House:
    """A signer whose CRL is divided, a publisher, a desk of answers, and a client that watches throughout."""

    world: World
    place: Place
    publisher: Publisher
    tree: OcspTree
    desk: AnswerSigner
    watcher: Watcher
    clock: Path
    serials: list[bytes]
    at: list[datetime] = field(default_factory=lambda: [NOW])

    @property
    def now(self) -> datetime:
        """The time by every right clock."""
        return self.at[-1]

    def later(self, by: timedelta = MINUTE) -> datetime:
        """Let time go by, for the responder first: the client calls expired what was so when it asked."""
        now = self.now + by
        tell(self.clock, now)
        self.at.append(now)
        return now

    def revoke(self) -> RevocationCase:
        """Issue a certificate and have two officers decide its revocation; the signer has not seen it."""
        order = handed_over(self.world, now=self.now)
        self.world.work(now=self.now)
        certificate = Certificate.objects.get(application__order=order)
        self.desk.work(now=self.now)
        self.serials.append(bytes(certificate.serial.serial))
        # Heard before anything takes it back: whatever comes later is held against a good answer.
        self.watcher.look_once()
        case = decided(self.world, certificate, now=self.now)
        return RevocationCase.objects.get(pk=case.case_id)

    def publish(self, *, now: datetime | None = None, publisher: Publisher | None = None) -> int:
        """Publish what is there, then let the desk answer; return how many lists are in both halves."""
        try:
            return len(publish_lists(publisher=publisher or self.publisher, now=now or self.now))
        finally:
            self.watcher.look_once()
            self.desk.work(now=self.now)

    def is_published(self, case: RevocationCase) -> bool:
        """Say whether both halves gave a case's entry back."""
        case.refresh_from_db()
        return case.state == RevocationState.PUBLISHED


def tell(clock: Path, now: datetime) -> None:
    """Set the responder's clock."""
    part = clock.with_name(".clock")
    part.write_text(now.isoformat(), "ascii")
    part.replace(clock)


@pytest.fixture
def world(ca: CaPlace, db: None, tmp_path: Path) -> Iterator[World]:
    key = OcspKey(public_key_info=SoftKey.public_key_info, profile=OCSP_PROFILE)
    divided = replace(material.lists(), partitions=PARTS)
    with world_of(ca, tmp_path, list_profile=divided, ocsp=key) as opened:
        opened.work()
        yield opened


@pytest.fixture
def home(db: None, tmp_path: Path) -> Path:
    """The folder of an installation, and beside it the clock of its responder."""
    tell(tmp_path / "clock", NOW)
    return installation(tmp_path / "home")


@pytest.fixture
def place(slapd: SlapdServer, home: Path, tmp_path: Path) -> Iterator[Place]:
    with responder_of_home(home, tmp_path / "log", clock=tmp_path / "clock") as address:
        yield place_of(slapd, address=address, folder=home / "repository", password=tmp_path / "password")


def desk_of(world: World, tree: OcspTree, token: SoftKey) -> AnswerSigner:
    """Return the desk that signs answers into a tree."""
    room = world.room
    return AnswerSigner(
        token=token, issuer=room.issuer, profile=OCSP_PROFILE, tree=tree, archive=room.archive
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted(SoftKey):
    """A responder's key before whose first signature something else happens."""

    between: list[Callable[[], None]]

    def sign(self, data: bytes) -> bytes:
        """Sign, after what comes between."""
        while self.between:
            self.between.pop()()
        return SoftKey.sign(self, data)


@contextmanager
def house_of(world: World, place: Place, publisher: Publisher, clock: Path) -> Iterator[House]:
    """Run a house whose first lists are published, watched until the end."""
    at, serials = [NOW], list[bytes]()
    watcher = Watcher(place=place, world=world, partitions=PARTS, clock=lambda: at[-1], serials=serials)
    with OcspTree.open(place.folder / FOLDER) as tree:
        made = House(
            world=world,
            place=place,
            publisher=replace(publisher, answers=place.folder / FOLDER),
            tree=tree,
            desk=desk_of(world, tree, SoftKey()),
            watcher=watcher,
            clock=clock,
            serials=serials,
            at=at,
        )
        assert made.publish() == len(LISTS)
        with watched(watcher):
            yield made
    assert all(watcher.seen[half, key] for half in ("web", "directory") for key in LISTS)
    assert all("GOOD" in heard for serial in serials for heard in watcher.answered[serial].values())


@pytest.fixture
def house(world: World, place: Place, publisher: Publisher, tmp_path: Path) -> Iterator[House]:
    with house_of(world, place, publisher, tmp_path / "clock") as made:
        yield made


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


def test_a_full_disk_keeps_the_old_lists_and_calls_nothing_good(
    world: World, slapd: SlapdServer, home: Path, tmp_path: Path
) -> None:
    """The disk is real and small, and the responder reads from it: it gives the old lists or the new."""
    clock = tmp_path / "clock"
    with responder_on_small_disk(home, tmp_path / "log", clock=clock, size="2m") as (address, folder):
        place = place_of(slapd, address=address, folder=folder, password=tmp_path / "password")
        given = Publisher(
            archive=world.room.archive,
            issuer=world.room.issuer,
            repository=place.repository(),
            actor=process("worker-1"),
        )
        with house_of(world, place, given, clock) as house:
            case = house.revoke()
            house.world.work(now=house.later())
            fill(folder)
            with pytest.raises(OcspTreeUnavailable):
                house.desk.work(now=house.now)
            repository = Filling(
                web=given.repository.web,
                directory=given.repository.directory,
                directory_below=given.repository.directory_below,
                folder=folder,
            )
            with pytest.raises(WebTreeUnavailable):
                publish_lists(publisher=replace(house.publisher, repository=repository), now=house.now)
            house.watcher.look_once()
            assert not house.is_published(case)
            # The directory has the new lists by now.
            heard = house.watcher.answered[house.serials[0]].values()
            assert {first for first, *_ in heard} == {"GOOD"}
            later = {one for _, *others in heard for one in others}
            assert later
            assert later <= {"UNAUTHORIZED", "TRY_LATER"}
            for ballast in folder.glob("*.ballast"):
                ballast.unlink()
            house.publish(now=house.later())
            house.watcher.look_once()
            assert house.is_published(case)
            assert {last for *_, last in house.watcher.answered[house.serials[0]].values()} == {"REVOKED"}


def fill(folder: Path) -> None:
    """Leave no room on the disk of a folder."""
    count = len(list(folder.glob("*.ballast")))
    with (folder / f"{count}.ballast").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling(Repository):
    """A repository whose disk is full at each publication, whatever became free on it."""

    folder: Path

    def publish(self, *, key: ListKey, place: Half, signed: bytes, may_replace: MayReplace) -> None:
        fill(self.folder)
        Repository.publish(self, key=key, place=place, signed=signed, may_replace=may_replace)


def assert_heard(house: House, statuses: list[str]) -> None:
    """See what the client heard of the one certificate, one after the other, by each form of the question."""
    (serial,) = house.serials
    assert house.watcher.answered[serial] == dict.fromkeys(IdHash, statuses)


def test_a_desk_of_answers_that_stands_still(house: House) -> None:
    """Its token is gone: what the lists call revoked is answered by nobody, until the desk is back."""
    case = house.revoke()
    for _ in range(2):
        house.world.work(now=house.later(), lists_anyway=True)
        publish_lists(publisher=house.publisher, now=house.now)
        house.watcher.look_once()
    assert house.is_published(case)
    assert_heard(house, ["GOOD", "TRY_LATER"])
    house.desk.work(now=house.later())
    house.watcher.look_once()
    assert_heard(house, ["GOOD", "TRY_LATER", "REVOKED"])


def test_a_good_answer_that_was_being_signed_takes_no_revocation_back(house: House) -> None:
    """A pass of the desk that began before the revocation ends after the publication."""
    case = house.revoke()
    house.later(OCSP_PROFILE.renewal)

    def revoke_and_publish() -> None:
        house.world.work(now=house.now)
        publish_lists(publisher=house.publisher, now=house.now)

    slow = desk_of(house.world, house.tree, Interrupted(between=[revoke_and_publish]))
    assert slow.work(now=house.now).revoked == 0
    house.watcher.look_once()
    assert house.is_published(case)
    assert_heard(house, ["GOOD", "TRY_LATER"])
    assert slow.work(now=house.later()).revoked == 1
    house.watcher.look_once()
    assert_heard(house, ["GOOD", "TRY_LATER", "REVOKED"])


def test_a_desk_of_answers_whose_clock_is_wrong(house: House) -> None:
    """A day behind it signs nothing, as its certificate had not begun; a day ahead it still says revoked."""
    case = house.revoke()
    house.world.work(now=house.later())
    with pytest.raises(DraftRefused, match="validity"):
        house.desk.work(now=house.now - DAY)
    publish_lists(publisher=house.publisher, now=house.now)
    house.watcher.look_once()
    assert house.is_published(case)
    assert_heard(house, ["GOOD", "TRY_LATER"])
    desk_of(house.world, house.tree, SoftKey()).work(now=house.now + DAY)
    house.watcher.look_once()
    assert_heard(house, ["GOOD", "TRY_LATER", "REVOKED"])
