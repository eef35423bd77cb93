"""The supervisor: shares in, PIN to the signer by descriptor, restarts without asking (Ordinance 6(17))."""

import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from inro.adapters.custodian_shares import SharesRefused, split_secret, user_pin
from inro.adapters.locked_memory import LockedSecret
from inro.adapters.pin_handover import PIN_REFUSED_STATUS
from inro.adapters.pkcs11_core import initialise_token
from inro.adapters.token_address import TokenAddress, write_address
from inro.ports.errors import PinRefused, TokenMissing
from inro.signer.supervisor import (
    ATTEMPTS,
    AttemptCounter,
    Supervisor,
    unlock,
)
from tests.servers.families import until

ROOT = Path(__file__).parents[2]
SECRET = secrets.token_bytes(16)
SHARES = split_secret(secret=SECRET, threshold=2, custodians=3)

# Notes each start and whether its PIN came; ends with the status written for that start.
_SIGNER = """
import hashlib, sys, time
from pathlib import Path
from inro.adapters.pin_handover import read_pin
folder, descriptor = Path(sys.argv[1]), int(sys.argv[sys.argv.index("--pin-fd") + 1])
pin = read_pin(descriptor)
with (folder / "starts").open("a") as file:
    file.write(hashlib.sha256(pin).hexdigest() + "\\n")
number = len((folder / "starts").read_text().splitlines())
statuses = (folder / "statuses").read_text().split()
if number > len(statuses):
    time.sleep(600)
sys.exit(int(statuses[number - 1]))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> TokenAddress:
    folder = tmp_path_factory.mktemp("token")
    made = initialise_token(
        address=TokenAddress(folder=folder, label="supervised"),
        so_pin=bytearray(b"123456"),
        pin=user_pin(SECRET),
    )
    write_address(made)
    return made


@pytest.fixture
def counter(tmp_path) -> AttemptCounter:
    return AttemptCounter(place=tmp_path / "attempts.json")


def supervisor(folder: Path, *statuses: int) -> Supervisor:
    (folder / "statuses").write_text(" ".join(map(str, statuses)))
    command = [sys.executable, "-W", "ignore", "-c", _SIGNER, str(folder)]
    return Supervisor(command=command, pin=LockedSecret(user_pin(SECRET)), pauses=(0.01,))


def starts(folder: Path) -> list[str]:
    return (folder / "starts").read_text().splitlines()


def test_the_shares_unlock_the_token(address, counter):
    with unlock(address=address, prompt=lambda number: SHARES[number], counter=counter) as pin:
        assert pin.secret == user_pin(SECRET)
    assert counter.failures == 0


def test_failures_are_counted_across_restarts_until_none_is_left(address, counter):
    wrong = split_secret(secret=bytes(16), threshold=2, custodians=3)
    for failure in range(ATTEMPTS):
        prompt = wrong if failure % 2 else [SHARES[0], "nonsense", "nonsense"]
        with pytest.raises((PinRefused, SharesRefused)):
            unlock(address=address, prompt=lambda number, given=prompt: given[number], counter=counter)
        assert AttemptCounter(place=counter.place).failures == failure + 1
    asked: list[int] = []
    with pytest.raises(PinRefused, match=r"10 failures.*attempts\.json"):
        unlock(address=address, prompt=lambda number: asked.append(number) or SHARES[number], counter=counter)
    assert asked == []


def test_success_forgives_and_a_broken_count_refuses(address, counter):
    with pytest.raises(SharesRefused):
        unlock(address=address, prompt=lambda _: "nonsense", counter=counter)
    unlock(address=address, prompt=lambda number: SHARES[number], counter=counter).close()
    assert counter.failures == 0
    counter.place.write_text("{}")
    with pytest.raises(PinRefused):
        unlock(address=address, prompt=lambda number: SHARES[number], counter=counter)


def test_a_missing_token_is_named(tmp_path, counter):
    with pytest.raises(TokenMissing):
        unlock(
            address=TokenAddress(folder=tmp_path / "none", label="x"),
            prompt=lambda number: SHARES[number],
            counter=counter,
        )


def test_a_crashed_signer_is_started_again_with_the_same_pin(tmp_path):
    supervised = supervisor(tmp_path, 1, 3, 255, 0)
    assert supervised.run() == 0
    assert supervised.starts == 4
    assert len(starts(tmp_path)) == 4
    assert len(set(starts(tmp_path))) == 1


def test_a_refused_pin_is_not_tried_again(tmp_path):
    assert supervisor(tmp_path, PIN_REFUSED_STATUS, 0).run() == PIN_REFUSED_STATUS
    assert len(starts(tmp_path)) == 1


def test_stopping_ends_the_signer(tmp_path):
    supervised = supervisor(tmp_path)
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(supervised.run()))
    thread.start()
    until(lambda: (tmp_path / "starts").exists() and starts(tmp_path) != [])
    supervised.stop()
    thread.join()
    assert statuses == [-15]
    assert len(starts(tmp_path)) == 1


def run_main(address: TokenAddress, folder: Path, shares: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the supervisor as the demonstration does: shares through a descriptor, nothing typed."""
    reading, writing = os.pipe()
    os.write(writing, "\n".join(shares).encode())
    os.close(writing)
    command = [sys.executable, "-W", "ignore", "-m", "inro.signer.supervisor", "--token", str(address.folder)]
    command += ["--shares-fd", str(reading), "--", sys.executable, "-W", "ignore", "-c", _SIGNER, str(folder)]
    try:
        return subprocess.run(
            command, pass_fds=(reading,), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
    finally:
        os.close(reading)


def test_shares_come_through_a_descriptor(address, tmp_path):
    (tmp_path / "statuses").write_text("1 0")
    ended = run_main(address, tmp_path, list(SHARES))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(starts(tmp_path)) == 2


def test_too_few_shares_end_it_before_the_signer_starts(address, tmp_path):
    ended = run_main(address, tmp_path, list(SHARES[:1]))
    assert ended.returncode == PIN_REFUSED_STATUS
    assert "only 1 came" in ended.stderr
    assert not (tmp_path / "starts").exists()
    (address.folder / "attempts.json").unlink()
