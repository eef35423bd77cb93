"""The office's documents: the PIN comes through a pipe, the token is opened where pages are served (8.5)."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inro.adapters.pin_handover import PIN_REFUSED_STATUS, pin_pipe
from inro.configuration.installation import load_installation
from inro.demo.servers.free_port import free_port, listens
from inro.demo.servers.programs import end, wait_until
from inro.ports.errors import PinRefused
from inro.web.office.documents import documents
from tests.adapters.tokens import make_document_token, pin
from tests.web.installation import environment, installation

# Serving processes come of a fork, one after another, as a server does when one of them dies.
SERVE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from inro.adapters.pin_handover import read_pin
from inro.configuration.installation import load_installation
from inro.web.office import documents as office

now = datetime(2026, 12, 1, tzinfo=UTC)
places = load_installation(Path(sys.argv[1])).documents
office.keep_pin(places=places, pin=read_pin(int(sys.argv[2])))
for number in range(3):
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0
        continue
    room = office.documents()
    assert room is office.documents()
    assert office._kept.pin is None
    page = room.quarantine.put(b"page", now=now, group="g")
    stored = room.store.put(room.quarantine.get(page, now=now), subject=f"page/{number}")
    assert room.store.get(stored, subject=f"page/{number}") == b"page"
    assert room.scanner.look() == {}
    os._exit(0)
assert any(office._kept.pin.secret)
print("served")
"""


@pytest.fixture
def home(db, tmp_path) -> Iterator[Path]:
    """An installation with a documents' token."""
    home = installation(tmp_path / "home")
    make_document_token(home / "room" / "documents")
    (home / "documents").mkdir(mode=0o700)
    memory = f"/dev/shm/inro-test-{secrets.token_hex(8)}"
    settings = home / "inro.toml"
    settings.write_text(settings.read_text().replace("/dev/shm/inro-test", memory))
    yield home
    shutil.rmtree(memory, ignore_errors=True)


def run(*command: str, descriptor: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command, str(descriptor)],
        pass_fds=(descriptor,),
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=300,
    )


def test_each_serving_process_opens_the_token_for_itself(home):
    with pin_pipe(pin()) as descriptor:
        served = run("-c", SERVE, str(home), descriptor=descriptor)
    assert served.returncode == 0, served.stderr
    assert served.stdout == "served\n"
    assert len(list((home / "documents").rglob("?" * 64))) == 3


@pytest.mark.parametrize(("given", "status"), [(b"0000", PIN_REFUSED_STATUS), (b"", PIN_REFUSED_STATUS)])
def test_a_wrong_pin_serves_nothing(home, given, status):
    with pin_pipe(bytearray(given)) as descriptor:
        done = run("-m", "inro.web", "--home", str(home), "--pin-fd", descriptor=descriptor)
    assert done.returncode == status
    assert "PIN" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_folders_on_a_disk_serve_nothing(home):
    settings = home / "inro.toml"
    settings.write_text(settings.read_text().replace("/dev/shm/", f"{home}/"))
    with pin_pipe(pin()) as descriptor:
        done = run("-m", "inro.web", "--home", str(home), "--pin-fd", descriptor=descriptor)
    assert done.returncode == 1
    assert "not in memory" in done.stderr
    assert not load_installation(home).documents.quarantine.exists()


def test_the_public_site_takes_no_pin(home):
    with pin_pipe(pin()) as descriptor:
        command = ("-m", "inro.web", "--home", str(home), "--site", "public", "--pin-fd")
        done = run(*command, descriptor=descriptor)
    assert done.returncode == 2
    assert "opens no token" in done.stderr


def test_the_pin_is_in_no_argument_log_or_file_of_the_office(home):
    port, log = free_port(), home / "web.log"
    with pin_pipe(pin()) as descriptor, log.open("wb") as output:
        command = [sys.executable, "-m", "inro.web", "--home", str(home), "--port", str(port)]
        office = subprocess.Popen(
            [*command, "--pin-fd", str(descriptor)],
            pass_fds=(descriptor,),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment(),
        )
    try:
        wait_until(lambda: listens(port), office, log)
        children = Path(f"/proc/{office.pid}/task/{office.pid}/children").read_text().split()
        for process in (str(office.pid), *children):
            assert pin() not in Path(f"/proc/{process}/cmdline").read_bytes()
    finally:
        end(office)
    assert pin() not in log.read_bytes()
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if pin() in path.read_bytes()]


def test_a_process_without_a_pin_has_no_documents():
    with pytest.raises(PinRefused, match="by its supervisor"):
        documents()
