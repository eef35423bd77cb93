"""A worker killed between an effect and its record: the next one ends what it began (26.1; ADR 0011)."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from inro.pki.crl import ListKind
from inro.store.audit_verify import verify_chain
from inro.store.models import AuditRow, Certificate, RevocationCase, RevocationList
from inro.store.reads.revocation import unpublished_lists
from inro.store.states import RevocationState
from tests.signer.given_signer import NOW, CaPlace, decided, handed_over, world_of
from tests.web.installation import environment, installation

LATER = NOW + timedelta(minutes=1)
KILLED = -9


@pytest.fixture
def place(ca: CaPlace, fresh_database: str, tmp_path: Path) -> Iterator[Path]:
    """A folder with signed lists in its archive, a revocation on them, and a database of its own."""
    with world_of(ca, tmp_path) as world:
        order = handed_over(world)
        world.work()
        decided(world, Certificate.objects.get(application__order=order))
        world.work(now=LATER)
    connection.close()
    (tmp_path / "ca.der").write_bytes(ca.issuer.certificate)
    installation(tmp_path / "home")
    yield tmp_path
    connection.close()


def one_pass(place: Path, *death: str) -> int:
    """Let a worker make a pass in a process of its own; return its exit status."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.worker.dying", str(place), LATER.isoformat(), *death],
        env=environment() | {"INRO_HOME": str(place / "home")},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, KILLED), done.stderr
    return done.returncode


def waiting() -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


@pytest.mark.parametrize("death", ["publish:1", "publish:2", "publish:4", "read_back:1", "read_back:6"])
def test_a_worker_killed_between_effect_and_record_is_taken_up(place: Path, death: str) -> None:
    tasks = waiting()
    assert one_pass(place, death) == KILLED
    assert len(unpublished_lists()) > 0
    assert waiting() == tasks
    assert RevocationCase.objects.get().state == RevocationState.REVOKED

    assert one_pass(place) == 0

    assert unpublished_lists() == ()
    assert waiting() == 0
    assert RevocationCase.objects.get().state == RevocationState.PUBLISHED
    newest = {kind: f"list/{kind.value}/2" for kind in ListKind}
    for event in ("list.published", "list.read_back"):
        rows = AuditRow.objects.filter(kind=event, subject__startswith="list/")
        assert Counter(rows.values_list("subject", flat=True)) == dict.fromkeys(newest.values(), 2)
    for kind, file in ((ListKind.CRL, "crl.crl"), (ListKind.ARL, "arl.crl"), (ListKind.FULL_CRL, "full.crl")):
        sha256 = RevocationList.objects.get(kind=kind, number=2).sha256
        archived = (place / "archive" / f"{sha256}.crl").read_bytes()
        assert (place / "web" / file).read_bytes() == archived
    connection.ensure_connection()
    assert verify_chain(connection.connection).findings == ()


def test_another_pass_changes_nothing(place: Path) -> None:
    assert one_pass(place) == 0
    before = AuditRow.objects.count()
    assert one_pass(place) == 0
    assert AuditRow.objects.count() == before
