"""Keeps the CA token's PIN in locked memory for the signer and restarts it when it dies (Ordinance 6(17)).

SoftHSM never locks a PIN, so wrong attempts are counted here, in a file, spent before each attempt.
"""

import argparse
import getpass
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inro.adapters.custodian_shares import SharesRefused, recover_pin
from inro.adapters.locked_memory import LockedSecret, forbid_dumps
from inro.adapters.pin_handover import PIN_REFUSED_STATUS, pin_pipe
from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import TokenAddress, read_address
from inro.ports.errors import PinRefused, PortError

ATTEMPTS = 10
_PAUSES_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_STEADY_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptCounter:
    """Consecutive failures to bring the PIN back, kept in a file that outlives this process."""

    place: Path
    limit: int = ATTEMPTS

    @property
    def failures(self) -> int:
        """How many attempts have failed since one last succeeded; a file that can't be read counts as all."""
        try:
            return int(json.loads(self.place.read_text("utf-8"))["failures"])
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError, TypeError):
            return self.limit

    def spend(self) -> None:
        """Count an attempt as failed before it is made.

        Raises: PinRefused when none is left.
        """
        if self.failures >= self.limit:
            raise PinRefused(
                "CA token",
                f"{self.failures} failures in a row",
                f"find out who tried; then remove {self.place}",
            )
        self._write(self.failures + 1)

    def forgive(self) -> None:
        """Start counting again after an attempt that succeeded."""
        self._write(0)

    def _write(self, failures: int) -> None:
        fresh = self.place.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"failures": failures}))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.place)


def unlock(*, address: TokenAddress, prompt: Callable[[int], str], counter: AttemptCounter) -> LockedSecret:
    """Bring the PIN back from custodians' shares, try it on the token, and keep it in locked memory.

    Raises: PinRefused, SharesRefused, TokenMissing, ModuleUnusable, TokenLost.
    """
    counter.spend()
    pin = LockedSecret(recover_pin(prompt))
    try:
        Token.open(address, pin.secret).close()
    except BaseException:
        pin.close()
        raise
    counter.forgive()
    return pin


@dataclass(slots=True, kw_only=True)
class Supervisor:
    """Starts `command` with the PIN on a descriptor (`--pin-fd N` is added) until it ends well."""

    command: Sequence[str]
    pin: LockedSecret
    pauses: Sequence[float] = _PAUSES_S
    starts: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Run the signer, again after every crash; return its status once it ends well or refuses the PIN."""
        crashes = 0
        while True:
            began = time.monotonic()
            status = self._run_once()
            if status in (0, PIN_REFUSED_STATUS) or self.stopped.is_set():
                return status
            crashes = 1 if time.monotonic() - began > _STEADY_S else crashes + 1
            if self.stopped.wait(self.pauses[min(crashes, len(self.pauses)) - 1]):
                return status

    def stop(self) -> None:
        """Ask the signer to end, and start it no more; may be called from a signal handler or a thread."""
        self.stopped.set()

    def _run_once(self) -> int:
        with pin_pipe(self.pin.secret) as descriptor:
            child = subprocess.Popen([*self.command, "--pin-fd", str(descriptor)], pass_fds=(descriptor,))
        self.starts += 1
        asked = False
        while True:
            try:
                return child.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                if self.stopped.is_set() and not asked:
                    child.terminate()
                    asked = True


def shares_of(descriptor: int) -> Callable[[int], str]:
    """Return a prompt that takes shares from a descriptor, one a line: for a demonstration without people."""
    with os.fdopen(descriptor, encoding="utf-8") as lines:
        shares = lines.read().splitlines()

    def prompt(number: int) -> str:
        if number > len(shares):
            raise SharesRefused("shares", f"only {len(shares)} came", "give one share a line")
        return shares[number - 1]

    return prompt


def ask(number: int) -> str:
    """Ask at the terminal for a share, without showing it."""
    return getpass.getpass(f"分担 / share {number}: ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Unlock the CA token with custodians' shares and keep the signer running; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m inro.signer.supervisor")
    parser.add_argument("--token", type=Path, required=True, help="folder of the CA token")
    parser.add_argument("--shares-fd", type=int, help="read shares from this descriptor (demonstration)")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="the signer, after --")
    given = parser.parse_args(arguments)
    forbid_dumps()
    counter = AttemptCounter(place=given.token / "attempts.json")
    prompt = ask if given.shares_fd is None else shares_of(given.shares_fd)
    command = [part for part in given.command if part != "--"] or [sys.executable, "-m", "inro.signer"]
    try:
        pin = unlock(address=read_address(given.token), prompt=prompt, counter=counter)
    except PortError as error:
        print(error, file=sys.stderr)
        return PIN_REFUSED_STATUS
    with pin:
        supervisor = Supervisor(command=command, pin=pin)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: supervisor.stop())
        return supervisor.run()


if __name__ == "__main__":
    sys.exit(main())
