"""Answers that lie ready: the responder, nginx and cfssl with the same ones, `openssl ocsp` (26)."""

import os
import random
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from benchmarks.peers.ocsp_servers import cfssl, nginx, openssl
from benchmarks.rows import Row, count_row
from benchmarks.size import Size
from inro.adapters.ocsp_tree import FOLDER
from inro.demo.servers.free_port import LOOPBACK
from inro.pki.ocsp_request import RequestRefused, parse_request, request_path
from tests.pki import material
from tests.responder.given_answers import put, question
from tests.responder.serving import responder

CERTIFICATES = 1000
HOSTILE = 1_000_000
ROUNDS = 5
_SECONDS, _SECONDS_SMALL = 4, 2
_SCRIPT = """local asked = {{ {asked} }}
local number = 0
function request() number = number + 1; return {request} end
"""
_GET = 'wrk.format("GET", asked[number % #asked + 1])'
# Its GET stumbles over the path's first slash.
_POST = 'wrk.format("POST", "/", nil, asked[number % #asked + 1])'


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One run of wrk: questions a second, CPU seconds of the server for each, 99th percentile, errors."""

    rate: float
    cpu: float
    p99_ms: float
    errors: int


def measure(size: Size) -> list[Row]:
    """Return the rows."""
    count = size.of(CERTIFICATES)
    serials = [material.serial(f"bench-{number}") for number in range(count)]
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        web = place / "web"
        for serial in serials:
            put(web, serial)
        asked = [question(serial) for serial in serials]
        paths = (f'"/{quote(request_path(one), safe="")}"' for one in asked)
        bodies = ('"' + "".join(f"\\{octet:03d}" for octet in one) + '"' for one in asked)
        by_get, by_post = place / "get.lua", place / "post.lua"
        by_get.write_text(_SCRIPT.format(asked=", ".join(paths), request=_GET))
        by_post.write_text(_SCRIPT.format(asked=", ".join(bodies), request=_POST))
        with (
            responder(web, place / "log") as ours,
            nginx(place, web / FOLDER) as files,
            cfssl(place, web / FOLDER) as memory,
        ):
            loads = _in_turns(((ours, by_get), (files, by_get), (memory, by_post)), size)
        with openssl(place, serials) as port:
            rate = _openssl_rate(port, serials, seconds=_seconds(size))
    checked = {"certificates": count, "errors": sum(load.errors for turn in loads for load in turn)}
    return [
        *_beside_nginx(loads, checked),
        _beside_cfssl(loads, checked),
        _beside_openssl(loads, rate),
        _hostile(size),
    ]


def _in_turns(served: tuple[tuple[str, Path], ...], size: Size) -> list[tuple[Load, ...]]:
    """Return the loads of each turn in the order given; who is first changes from turn to turn."""
    _load(*served[0], seconds=1)  # what is loaded once is loaded
    found = []
    for turn in range(size.rounds(ROUNDS)):
        order = [(turn + place) % len(served) for place in range(len(served))]
        loads = {place: _load(*served[place], seconds=_seconds(size)) for place in order}
        found.append(tuple(loads[place] for place in range(len(served))))
    return found


def _seconds(size: Size) -> int:
    return _SECONDS if size.full else _SECONDS_SMALL


def _load(address: str, script: Path, *, seconds: int) -> Load:
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", str(script), address]
    server = _listener(int(address.rpartition(":")[2]))
    before = _cpu_seconds(server)
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = _cpu_seconds(server) - before
    count = _found(r"([0-9]+) requests in", told)
    wrong = re.search(r"Non-2xx or 3xx responses: ([0-9]+)", told)
    return Load(
        rate=float(_found(r"Requests/sec:\s+([0-9.]+)", told)),
        cpu=used / int(count),
        p99_ms=_milliseconds(_found(r"99%\s+([0-9.]+[a-z]+)", told)),
        errors=int(wrong[1]) if wrong else 0,
    )


def _found(pattern: str, told: str) -> str:
    match = re.search(pattern, told)
    if match is None:
        raise ValueError(told)
    return match[1]


def _milliseconds(text: str) -> float:
    for unit, factor in (("us", 0.001), ("ms", 1.0), ("s", 1000.0)):
        if text.endswith(unit):
            return float(text.removesuffix(unit)) * factor
    raise ValueError(text)


def _listener(port: int) -> int:
    """Return the id of the process that listens on a loopback port."""
    told = subprocess.run(["ss", "-Hltnp", f"sport = :{port}"], check=True, capture_output=True, text=True)
    return int(_found(r"pid=([0-9]+)", told.stdout))


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _beside_nginx(loads: list[tuple[Load, ...]], checked: dict[str, Any]) -> Iterator[Row]:
    against = "nginx, the same answers as files"
    yield _row(
        "an answer that lies ready, by GET",
        against,
        "wall ms/answer",
        [(1000 / ours.rate, 1000 / theirs.rate) for ours, theirs, _ in loads],
        4.0,
        checked,
    )
    yield _row(
        "what it costs the server",
        against,
        "CPU ms/answer",
        [(1000 * ours.cpu, 1000 * theirs.cpu) for ours, theirs, _ in loads],
        None,
        checked,
    )
    yield _row(
        "the slowest of a hundred answers",
        against,
        "ms p99",
        [(ours.p99_ms, theirs.p99_ms) for ours, theirs, _ in loads],
        3.0,
        checked,
    )


def _beside_cfssl(loads: list[tuple[Load, ...]], checked: dict[str, Any]) -> Row:
    return _row(
        "an answer that lies ready, by GET",
        "cfssl ocspserve by POST, the same answers in memory",
        "CPU ms/answer",
        [(1000 * ours.cpu, 1000 * theirs.cpu) for ours, _, theirs in loads],
        None,
        checked,
    )


def _beside_openssl(loads: list[tuple[Load, ...]], openssl: float) -> Row:
    return _row(
        "an answer that lies ready, by GET",
        "openssl ocsp, signed for each question",
        "wall ms/answer",
        [(1000 / ours.rate, 1000 / openssl) for ours, *_ in loads],
        0.1,
        {"openssl_answers": openssl > 0},
    )


def _row(
    subject: str,
    against: str,
    unit: str,
    pairs: list[tuple[float, float]],
    bound: float | None,
    checked: dict[str, Any],
) -> Row:
    ratios = [ours / theirs for ours, theirs in pairs]
    return Row(
        figure="ocsp",
        subject=subject,
        against=against,
        unit=unit,
        ours=median(ours for ours, _ in pairs),
        theirs=median(theirs for _, theirs in pairs),
        ratio=median(ratios),
        ratio_least=min(ratios),
        ratio_most=max(ratios),
        rounds=len(pairs),
        bound=bound,
        wall=None if unit == "ms p99" else median(ours for ours, _ in pairs) / 1000,
        checked=checked,
    )


def _openssl_rate(port: int, serials: list[int], *, seconds: int) -> float:
    """Return how many questions a second `openssl ocsp` answers a client that asks one after another."""
    asked = [_post(question(serial)) for serial in serials]
    begun, answered = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        answered += _asked(port, asked[answered % len(asked)])
    return answered / (time.perf_counter() - begun)


def _post(body: bytes) -> bytes:
    head = f"POST / HTTP/1.0\r\nContent-Type: application/ocsp-request\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _asked(port: int, request: bytes) -> bool:
    with socket.create_connection((LOOPBACK, port), timeout=10) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(8192), b""))
    return len(answer) > 500


def _hostile(size: Size) -> Row:
    """Ask with damaged octets: each is read as a question or refused, and nothing else happens."""
    wanted, chance = size.of(HOSTILE), random.Random("ocsp")
    whole = [question(material.serial("hostile"), nonce=nonce) for nonce in (None, bytes(32))]
    read = refused = 0
    for number in range(wanted):
        damaged = bytearray(whole[number % 2])
        for _ in range(chance.randrange(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if number % 3 == 0:
            del damaged[chance.randrange(len(damaged)) :]
        try:
            parse_request(bytes(damaged))
            read += 1
        except RequestRefused:
            refused += 1
    return count_row(
        figure="ocsp",
        subject="damaged questions",
        against="every one read or refused",
        unit="questions",
        found=read + refused,
        wanted=wanted,
        checked={"read": read, "refused": refused},
    )
