"""pcscd with vpcd's virtual reader, in a network and under a /run/pcscd of its own, ended by its own pid."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.adapters.pcsc_card import list_readers
from inro.demo.servers.programs import end, give_away, program, unprivileged, wait_until
from inro.ports.errors import CardRefused
from tests.servers import own_network
from tests.servers.families import until

FIRST_SLOT = 35963
_SOCKET = "pcscd.comm"
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
_READER = f"""FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:0x{FIRST_SLOT:X}
LIBPATH {DRIVER}
CHANNELID 0x{FIRST_SLOT:X}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PcscServer:
    """A running pcscd; clients find it by `environment`."""

    folder: Path
    pid: int

    @property
    def environment(self) -> dict[str, str]:
        """Environment of a client program."""
        return os.environ | {"PCSCLITE_CSOCK_NAME": str(self.folder / _SOCKET)}

    @contextmanager
    def card_in_reader(self, *, path: Path, file_key: bytes, slot: int = 0) -> Iterator[str]:
        """Put a card file into a slot (0 or 1); yield the reader's name."""
        key_out, key_in = os.pipe()
        os.write(key_in, file_key)
        os.close(key_in)
        command = [sys.executable, "-m", "inro.virtual_card.vpcd", "--card", str(path)]
        command += ["--key-fd", str(key_out), "--port", str(FIRST_SLOT + slot)]
        log = self.folder / f"card-{slot}.log"
        with log.open("wb") as output:
            card = subprocess.Popen(
                _in_own_network("join", str(self.pid), command),
                pass_fds=[key_out],
                stdout=output,
                stderr=output,
            )
        os.close(key_out)
        reader = f"Virtual PCD 00 0{slot}"
        try:
            wait_until(lambda: self._card_present(reader), card, log)
            yield reader
        finally:
            end(card)
            self._wait_until_gone(reader)

    def _card_present(self, reader: str) -> bool:
        listed = subprocess.run(
            [program("opensc-tool"), "--reader", reader, "--atr"],
            env=self.environment,
            capture_output=True,
            check=False,
        )
        return listed.returncode == 0

    def _wait_until_gone(self, reader: str) -> None:
        until(lambda: not self._card_present(reader), lambda: f"{reader} still has a card")


@contextmanager
def pcsc_place() -> Iterator[Path]:
    """Make the folder where this process's own PC/SC calls go: its library asks for the place only once."""
    with tempfile.TemporaryDirectory(prefix="inro-pcscd-") as made:
        os.environ["PCSCLITE_CSOCK_NAME"] = str(Path(made) / _SOCKET)
        yield Path(made)


@contextmanager
def pcsc_server(folder: Path) -> Iterator[PcscServer]:
    """Start pcscd with two empty slots in `folder`, one after another in the same place."""
    log = folder / "pcscd.log"
    (folder / "readers").mkdir(exist_ok=True)
    (folder / "readers" / "vpcd").write_text(_READER)
    with log.open("wb") as output:
        give_away(folder)
        process = subprocess.Popen(
            _in_own_network("make", str(folder), _daemon()), stdout=output, stderr=output
        )
    try:
        wait_until(_two_slots, process, log)
        yield PcscServer(folder=folder, pid=process.pid)
    finally:
        end(process)
        (folder / _SOCKET).unlink(missing_ok=True)


def _daemon() -> list[str]:
    command = [program("pcscd"), "--foreground", "--config", "/run/pcscd/readers"]
    return unprivileged(command) if os.geteuid() == 0 else command


def _two_slots() -> bool:
    try:
        return len(list_readers()) == 2
    except CardRefused:
        return False


def _in_own_network(what: str, which: str, command: list[str]) -> list[str]:
    return [sys.executable, str(Path(own_network.__file__)), what, which, *command]
