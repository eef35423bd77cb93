"""100,000 certificates found twice, decided, revoked, signed and published in both halves (22.1, 26.1).

The publication takes back the good answers of each, as where the signer of answers stands still.

On SQLite; on PostgreSQL: `python -m tests.servers.postgresql -- python -m benchmarks mass_revocation`.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.db import connection

from benchmarks.mass_world import IN_FORCE_OF_A_HUNDRED, make_certificates
from benchmarks.orders import open_room
from benchmarks.repository import WEB, repository_in
from benchmarks.rows import Row, limit_row, memory_row
from benchmarks.size import Size
from benchmarks.world import EDITION, NOW, House, ca_token, edition_sha256, make_house, make_key
from inro.adapters.ocsp_tree import FOLDER, OcspTree
from inro.pki.crl import ListKind
from inro.pki.crl_entries import revoked_serials
from inro.pki.ocsp_request import IdHash, certificate_id, request_for
from inro.pki.ocsp_response import ErrorAnswer
from inro.practice.approval import Purpose
from inro.practice.duties import Duty
from inro.practice.mass_revocation import Criterion, MassState
from inro.signer.room import Room
from inro.signer.work import work
from inro.store.models import Certificate
from inro.store.reads.mass_revocation import decisions_of_mass, mass_revocation
from inro.store.reads.revocation import list_in_force
from inro.usecases.actor import Actor, process
from inro.usecases.decision import Approval, Officers, approval_of, content_to_approve
from inro.usecases.mass_revocation import (
    content_of,
    decide_mass_revocation,
    examine_mass_revocation,
    plan_mass_revocation,
)
from inro.worker.publication import Publisher, publish_lists
from tests.pki.ocsp_material import answer, responder, single

CERTIFICATES = 100_000
SELECTED, DECIDED, PUBLISHED = 120.0, 60.0, 300.0
_EXAMINER = Actor(name="p-revocation-exam", duties=frozenset({Duty.REVOCATION_EXAMINATION}))
_DECIDER = Actor(name="p-revocation", duties=frozenset({Duty.REVOCATION_DECISION}))
_LATER = NOW + timedelta(minutes=5)


def measure(size: Size) -> Iterator[Row]:
    """Yield rows: the list found twice, decided, carried out from decision to publication; memory."""
    with tempfile.TemporaryDirectory() as name, ca_token(Path(name) / "token") as (_, token):
        folder, house = Path(name), make_house(token)
        room = open_room(house=house, token=token, station_key=make_key(), folder=folder)
        cases = size.of(CERTIFICATES) * 100 // IN_FORCE_OF_A_HUNDRED
        count = make_certificates(cases, house=house, journal=room.journal)
        with repository_in(folder) as (repository, _):
            answers = folder / WEB / FOLDER
            _call_good(answers, house)
            publisher = Publisher(
                archive=room.archive,
                issuer=house.issuer,
                repository=repository,
                actor=process("worker-1"),
                answers=answers,
            )
            yield from _measured(count, house, room, publisher)
        room.journal.close()
    yield memory_row(
        figure="mass_revocation",
        subject=f"{_where(count)}: peak memory of one process that does all of it",
        against="300 MB",
        ours_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        theirs_mb=300,
        bound=1.0,
        checked={"certificates": count},
    )


def _call_good(answers: Path, house: House) -> None:
    """Answer good for each certificate in force."""
    # Who takes an answer back reads its status, not whose it is: one answer does for all.
    good = answer(single(1), by=responder(NOW), produced_at=NOW)
    with OcspTree.open(answers) as tree:
        for question in _questions(house):
            tree.put(question, good, at=NOW, revoked=False)


def _questions(house: House) -> Iterator[bytes]:
    serials = Certificate.objects.exclude(state="expired").values_list("serial__serial", flat=True)
    for serial in serials.iterator():
        for kind in IdHash:
            yield request_for(certificate_id(issuer=house.issuer, serial=bytes(serial), kind=kind).encoded)


def _measured(count: int, house: House, room: Room, publisher: Publisher) -> Iterator[Row]:
    work(room=room, now=NOW, passed=lambda _: None)
    criterion, ground = Criterion(everyone=True), "22.1(5)/compromised"
    planned, number = _timed(
        lambda: plan_mass_revocation(criterion=criterion, ground=ground, actor=_EXAMINER, now=NOW)
    )
    yield _row("found in the records and in the certificates, planned", planned, SELECTED, count)
    _examine(house, number)
    decided, _ = _timed(lambda: _decide(house, number))
    yield _row("found again, decided, a case each", decided, DECIDED, count)
    begun = time.perf_counter()
    signed, done = _timed(lambda: work(room=room, now=_LATER, passed=lambda _: None))
    published, _ = _timed(lambda: publish_lists(publisher=publisher, now=_LATER))
    wall = time.perf_counter() - begun
    record = list_in_force(ListKind.CRL)
    assert record is not None
    octets = publisher.repository.web.read_back("crl.crl") or b""
    assert publisher.answers is not None
    with OcspTree.open(publisher.answers) as tree:
        withheld = sum(tree.read(asked) == ErrorAnswer.TRY_LATER.encoded for asked in _questions(house))
    yield limit_row(
        figure="mass_revocation",
        subject=f"{_where(count)}: revoked, signed on three lists, called good no more, published, closed",
        against=f"{PUBLISHED:.0f} s from the decision",
        times=[signed + published],
        limit=PUBLISHED,
        checked={
            "revoked": done.revocations,
            "refused": list(done.refused),
            "listed": len(set(revoked_serials((room.archive / f"{record.sha256}.crl").read_bytes()))),
            "published": len(octets) == record.size,
            "good answers taken back": withheld,
            "state": mass_revocation(number).state.value,
            "whole": mass_revocation(number).state is MassState.PUBLISHED,
            "wall_seconds": round(wall),
        },
    )


def _examine(house: House, number: str) -> None:
    examine_mass_revocation(
        number=number,
        approval=_approval(house, number, Purpose.REVOCATION_EXAMINATION, _EXAMINER),
        officers=_officers(house),
        actor=_EXAMINER,
        now=NOW,
    )


def _decide(house: House, number: str) -> None:
    decide_mass_revocation(
        number=number,
        approval=_approval(house, number, Purpose.REVOCATION, _DECIDER),
        officers=_officers(house),
        actor=_DECIDER,
        now=NOW,
    )


def _officers(house: House) -> Officers:
    return Officers(roster=house.roster, virtual_allowed=True)


def _approval(house: House, number: str, purpose: Purpose, officer: Actor) -> Approval:
    record = mass_revocation(number)
    before = [approval_of(one) for one in decisions_of_mass(record.mass_id)]
    content = content_to_approve(
        purpose=purpose,
        case=number,
        content=content_of(record),
        after=before[-1] if before else None,
        edition=(EDITION, edition_sha256()),
        profile_sha256=house.profile.sha256,
        roster=house.roster,
        random_bytes=house.chance.randbytes,
        now=NOW,
    )
    assertion = house.authenticator.approve(person=officer.name, content=content)
    return Approval(content=content, assertion=assertion)


def _timed[Answer](do: Callable[[], Answer]) -> tuple[float, Answer]:
    begun = _clock()
    answer = do()
    return _clock() - begun, answer


def _clock() -> float:
    """Return seconds: where the database is a file, nearly all of it is this process's own work."""
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def _row(what: str, seconds: float, limit: float, count: int) -> Row:
    return limit_row(
        figure="mass_revocation",
        subject=f"{_where(count)}: {what}",
        against=f"{limit:.0f} s",
        times=[seconds],
        limit=limit,
        checked={"certificates": count},
    )


def _where(count: int) -> str:
    return f"{count:,} certificates on {'PostgreSQL' if connection.vendor == 'postgresql' else 'SQLite'}"
