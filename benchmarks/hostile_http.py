"""A million damaged HTTP requests to the responder, and ten thousand clients that never end theirs (26)."""

import asyncio
import os
import random
import resource
import socket
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.rows import Row, count_row, memory_row
from benchmarks.size import Size
from inro.demo.servers.free_port import LOOPBACK
from inro.pki.ocsp_request import MOST_OCTETS, request_path
from tests.pki import material
from tests.responder.given_answers import put, question
from tests.responder.serving import responder

REQUESTS = 1_000_000
SLOW_CLIENTS = 10_000
_AT_ONCE = 128
_MORE_COMES_S = 0.1
_PATIENCE_S = 120
_MOST_READ = 1 << 16
# A connection closed so leaves no port waiting behind it.
_RESET = struct.pack("ii", 1, 0)
_MOST_MB = 100
# Each that has begun a request costs the server some 20 kB until it is let go of.
_MOST_MB_HELD = 400
_UNENDED = (
    b"GET /MFU",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\nx",
    b"GET / HTTP/1.1\r\nA: ",
)
_FIGURE = "hostile_http"


@dataclass(slots=True)
class Seen:
    """How the requests ended, and the server's memory (MB) and open files before and after."""

    answered: int = 0
    hung_up: int = 0
    first_mb: float = 0.0
    last_mb: float = 0.0
    first_files: int = 0
    last_files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Slow clients: how many were let go of, the server's memory (MB), and whether others were answered."""

    let_go: int
    mb: float
    answered: bool


def measure(size: Size) -> Iterator[Row]:
    """Yield the rows: every request ended, no memory or file kept, and a question still answered."""
    wanted, clients, serial = size.of(REQUESTS), size.of(SLOW_CLIENTS), material.serial("hostile")
    # The responder inherits it: each connection is a file on both sides.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        put(place / "web", serial)
        with responder(place / "web", place / "log") as address:
            port = int(address.rpartition(":")[2])
            seen = asyncio.run(_sent(port, wanted, _whole(serial)))
            held = asyncio.run(_held(port, clients, _get(serial)))
            alive = asyncio.run(_answers(port, _get(serial)))
    yield from _rows_of_seen(seen, wanted, alive=alive)
    yield from _rows_of_held(held, clients)


def _rows_of_seen(seen: Seen, wanted: int, *, alive: bool) -> Iterator[Row]:
    yield count_row(
        figure=_FIGURE,
        subject="damaged requests over HTTP",
        against="every one answered or hung up on",
        unit="requests",
        found=seen.answered + seen.hung_up,
        wanted=wanted,
        checked={
            "answered": seen.answered,
            "hung_up": seen.hung_up,
            "alive": alive,
        },
    )
    files = {"files": [seen.first_files, seen.last_files]}
    yield memory_row(
        figure=_FIGURE,
        subject="the responder after all of them",
        against="itself after the first tenth",
        ours_mb=seen.last_mb,
        theirs_mb=seen.first_mb,
        bound=1.1,
        checked=files,
    )
    yield memory_row(
        figure=_FIGURE,
        subject="the responder after all of them",
        against=f"{_MOST_MB} MB",
        ours_mb=seen.last_mb,
        theirs_mb=_MOST_MB,
        bound=1.0,
        checked=files,
    )


def _rows_of_held(held: Held, clients: int) -> Iterator[Row]:
    yield count_row(
        figure=_FIGURE,
        subject="clients that send a letter at a time, all at once",
        against="every one let go of, others answered meanwhile",
        unit="clients",
        found=held.let_go if held.answered else 0,
        wanted=clients,
        checked={"answered_meanwhile": held.answered},
    )
    yield memory_row(
        figure=_FIGURE,
        subject="the responder while all of them are connected",
        against=f"{_MOST_MB_HELD} MB",
        ours_mb=held.mb,
        theirs_mb=_MOST_MB_HELD,
        bound=1.0,
        checked={},
    )


async def _held(port: int, clients: int, question: bytes) -> Held:
    slow = []
    for place in range(clients):
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        writer.write(_UNENDED[place % len(_UNENDED)])
        slow.append((reader, writer))
    answered = await _answers(port, question)
    mb = _memory_mb(_listener(port))

    async def is_let_go(reader: asyncio.StreamReader) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await reader.read()
        except TimeoutError:
            return False
        except OSError:
            pass  # Reset is let go of, too.
        return True

    gone = await asyncio.gather(*(is_let_go(reader) for reader, _ in slow))
    for _, writer in slow:
        writer.close()
    return Held(let_go=sum(gone), mb=mb, answered=answered)


async def _sent(port: int, wanted: int, whole: list[bytes]) -> Seen:
    seen, chance = Seen(), random.Random("http")
    server = _listener(port)

    async def send(count: int) -> None:
        for _ in range(count):
            answer = await _ended(port, _damaged(chance, chance.choice(whole)))
            if answer.startswith(b"HTTP/1.1 "):
                seen.answered += 1
            else:
                seen.hung_up += 1

    for part in (wanted // 10, wanted - wanted // 10):
        shares = [part // _AT_ONCE + (place < part % _AT_ONCE) for place in range(_AT_ONCE)]
        await asyncio.gather(*map(send, shares))
        if not seen.first_mb:
            seen.first_mb, seen.first_files = _memory_mb(server), _files(server)
    seen.last_mb, seen.last_files = _memory_mb(server), _files(server)
    return seen


async def _answers(port: int, question: bytes) -> bool:
    """Return whether a question that is whole is answered."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        writer.write(question)
        async with asyncio.timeout(_PATIENCE_S):
            return (await reader.read(_MOST_READ)).startswith(b"HTTP/1.1 200")
    finally:
        writer.close()


async def _ended(port: int, octets: bytes) -> bytes:
    """Send octets and nothing more; return what comes back, or b"" where it hangs up.

    Who waits for more is told soon that there is none.
    """
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    try:
        writer.write(octets)
        try:
            async with asyncio.timeout(_MORE_COMES_S):
                return await reader.read(_MOST_READ)
        except TimeoutError:
            writer.write_eof()
        async with asyncio.timeout(_PATIENCE_S):
            return await reader.read(_MOST_READ)
    except OSError:
        return b""  # Hung up on before all was sent.
    finally:
        writer.close()


def _whole(serial: int) -> list[bytes]:
    asked = question(serial)
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(asked)}\r\n\r\n".encode()
    large = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {MOST_OCTETS + 1}\r\n\r\n".encode()
    chunked = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    return [
        _get(serial),
        head + asked,
        large + bytes(MOST_OCTETS + 1),
        chunked + f"{len(asked):x}\r\n".encode() + asked + b"\r\n0\r\n\r\n",
        b"GET /crl.crl HTTP/1.1\r\nHost: x\r\nRange: bytes=0-99\r\nAccept-Encoding: gzip\r\n\r\n",
    ]


def _get(serial: int) -> bytes:
    path = quote(request_path(question(serial)), safe="")
    return f"GET /{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()


def _damaged(chance: random.Random, whole: bytes) -> bytes:
    damaged = bytearray(whole)
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(damaged))
        match chance.randrange(4):
            case 0:
                damaged[place] = chance.randrange(256)
            case 1:
                damaged[place:place] = damaged[:place] or b"\0"
            case 2:
                damaged[place : place + chance.randrange(1, 40)] = b"x"
            case _:
                del damaged[place + 1 :]
    return bytes(damaged[: 4 * MOST_OCTETS])


def _listener(port: int) -> int:
    """Return the id of the process that listens on a loopback port."""
    command = ["ss", "-Hltnp", f"sport = :{port}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(told.partition("pid=")[2].partition(",")[0])


def _memory_mb(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _files(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))
