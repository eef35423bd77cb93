"""Nothing of a subscriber's key or PIN is left once the child has ended, and the child is confined
(17.3, 19.3)."""

import base64
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

from inro.virtual_card.card_file import CardFile
from tests.servers.families import has_ended, until_ended
from tests.station.given_station import SERIAL, printed_pin

CONFINED = """
import os, sys
from inro.station.memory import confine
locked = confine(parent=int(sys.argv[1]) or os.getppid(), require_locked=False)
print(locked, flush=True)
sys.stdin.readline()
"""


def memory_of(pid: int) -> list[bytes]:
    """Return every readable stretch of a process's memory."""
    stretches = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            (
                place,
                rights,
                *_,
            ) = line.split()
            if "r" not in rights or line.rstrip().endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(bound, 16) for bound in place.split("-"))
            memory.seek(start)
            stretches.append(memory.read(end - start))
    return stretches


def count(stretches: list[bytes], pattern: bytes) -> int:
    return sum(stretch.count(pattern) for stretch in stretches)


def forms(number: int) -> list[bytes]:
    """Return how a number may lie in memory or in a file."""
    octets = number.to_bytes((number.bit_length() + 7) // 8)
    # base64 differs by its place in a group of three; inside, each offset gives one sure run
    encoded = [base64.b64encode(bytes(offset) + octets)[8:-8] for offset in range(3)]
    return [octets, octets[::-1], octets.hex().encode(), octets.hex().upper().encode(), *encoded]


def key_on_card(path: Path, *, file_key: bytes, pin: bytearray) -> rsa.RSAPrivateKey:
    """Open the card file with everything there is, as only a test can."""
    card_file = CardFile.open(path=path, file_key=file_key)
    state = card_file.load()
    card_file.close()
    sealing_key = state.pin.open(bytes(pin))
    assert sealing_key is not None
    sealed = state.keys[0]
    key = load_der_private_key(AESGCM(sealing_key).decrypt(sealed[:12], sealed[12:], b"\0"), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def test_station_keeps_neither_prime_nor_pin_in_memory_or_files(tmp_path: Path):
    command = [sys.executable, "-m", "tests.station.desk_parent", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        parent.stdout.readline()
        before = memory_of(parent.pid)
        parent.stdin.write(b"\n")
        parent.stdin.flush()
        file_key, spki = (bytes.fromhex(word) for word in parent.stdout.readline().decode().split())
        after = memory_of(parent.pid)
        parent.stdin.write(b"\n")
        parent.stdin.flush()
    pin = printed_pin(next((tmp_path / "paper").iterdir()))
    key = key_on_card(tmp_path / "cards" / f"{SERIAL}.card", file_key=file_key, pin=pin)
    public = load_der_public_key(spki)
    assert isinstance(public, rsa.RSAPublicKey)
    assert key.public_key().public_numbers() == public.public_numbers()
    assert count(after, public.public_numbers().n.to_bytes(256)) > 0  # the search finds what is there
    numbers = key.private_numbers()
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for secret in (numbers.p, numbers.q, numbers.d, numbers.dmp1, numbers.dmq1):
        for form in forms(secret):
            assert count(after, form) == 0
            assert count(files, form) == 0
    for form in (bytes(pin), pin.decode().encode("utf-16-le"), pin.decode().encode("utf-32-le")):
        assert count(after, form) <= count(before, form)  # eight digits may occur by chance beforehand


def test_confined_process_dumps_nothing_and_locks_its_memory():
    with subprocess.Popen(
        [sys.executable, "-c", CONFINED, "0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        locked = process.stdout.readline().strip() == "True"
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        status = Path(f"/proc/{process.pid}/status").read_text()
        owner = Path(f"/proc/{process.pid}/mem").stat().st_uid
        process.stdin.write("\n")
        process.stdin.flush()
    assert next(line for line in limits.splitlines() if "core file" in line).split()[4:6] == ["0", "0"]
    size = int(next(line for line in status.splitlines() if line.startswith("VmLck")).split()[1])
    assert (size > 0) is locked
    assert owner == 0  # what is not dumpable belongs to root, whoever runs it


def test_process_whose_parent_is_another_does_not_begin():
    done = subprocess.run([sys.executable, "-c", CONFINED, "1"], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout == b""


def test_confined_process_dies_with_its_parent():
    outer = f"""
import subprocess, sys
command = [sys.executable, "-c", {CONFINED!r}, "0"]
child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.readline()
"""
    with subprocess.Popen(
        [sys.executable, "-c", outer], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not has_ended(child)
        parent.kill()
    until_ended([child])
