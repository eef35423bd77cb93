"""Answers about certificates: the responder beside nginx with the same files and `openssl ocsp` (26)."""

import os
import random
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from benchmarks.rows import Row, count_row
from benchmarks.size import Size
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from inro.pki.ocsp_request import RequestRefused, parse_request, request_path
from tests.pki import material, ocsp_material
from tests.responder.given_answers import RESPONDER, put, question
from tests.responder.serving import responder

CERTIFICATES = 1000
HOSTILE = 1_000_000
ROUNDS = 5
_SECONDS, _SECONDS_SMALL = 4, 1
_SCRIPT = """local paths = {{ {paths} }}
local number = 0
function request() number = number + 1; return wrk.format("GET", paths[number % #paths + 1]) end
"""
_NGINX = """master_process off; daemon off; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000; types {{ }} default_type application/ocsp-response;
client_body_temp_path {place}/1; proxy_temp_path {place}/2; fastcgi_temp_path {place}/3;
uwsgi_temp_path {place}/4; scgi_temp_path {place}/5;
server {{ listen {host}:{port}; root {root}; location / {{ expires 5m; try_files $uri.der =404; }} }} }}
"""


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
        script = place / "paths.lua"
        paths = (f'"/{quote(request_path(question(serial)), safe="")}"' for serial in serials)
        script.write_text(_SCRIPT.format(paths=", ".join(paths)))
        with responder(web, place / "log") as ours, _nginx(place, web / "ocsp") as theirs:
            loads = _in_turns(ours, theirs, script, size)
        openssl = _openssl_rate(place, serials, seconds=_seconds(size))
    return [*_beside_nginx(loads, count), _beside_openssl(loads, openssl), _hostile(size)]


def _in_turns(ours: str, theirs: str, script: Path, size: Size) -> list[tuple[Load, Load]]:
    _load(ours, script, seconds=1)  # what is loaded once is loaded
    found = []
    for turn in range(size.rounds(ROUNDS)):
        addresses = (ours, theirs) if turn % 2 else (theirs, ours)
        one, other = (_load(address, script, seconds=_seconds(size)) for address in addresses)
        found.append((one, other) if turn % 2 else (other, one))
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


def _beside_nginx(loads: list[tuple[Load, Load]], count: int) -> Iterator[Row]:
    checked = {
        "certificates": count,
        "errors": sum(ours.errors + theirs.errors for ours, theirs in loads),
    }
    against = "nginx, the same answers as files"
    yield _row(
        "an answer that lies ready, by GET",
        against,
        "CPU ms/answer",
        [(1000 * ours.cpu, 1000 * theirs.cpu) for ours, theirs in loads],
        4.0,
        checked,
        median(1 / ours.rate for ours, _ in loads),
    )
    yield _row(
        "the slowest of a hundred answers",
        against,
        "ms p99",
        [(ours.p99_ms, theirs.p99_ms) for ours, theirs in loads],
        3.0,
        checked,
    )


def _beside_openssl(loads: list[tuple[Load, Load]], openssl: float) -> Row:
    return _row(
        "an answer that lies ready, by GET",
        "openssl ocsp, signed for each question",
        "wall ms/answer",
        [(1000 / ours.rate, 1000 / openssl) for ours, _ in loads],
        0.1,
        {"openssl_answers": openssl > 0},
    )


def _row(
    subject: str,
    against: str,
    unit: str,
    pairs: list[tuple[float, float]],
    bound: float,
    checked: dict[str, Any],
    wall: float | None = None,
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
        wall=wall,
        checked=checked,
    )


@contextmanager
def _nginx(place: Path, root: Path) -> Iterator[str]:
    port = free_port()
    folder = place / "nginx"
    folder.mkdir()
    (folder / "nginx.conf").write_text(_NGINX.format(place=folder, host=LOOPBACK, port=port, root=root))
    command = ["nginx", "-c", str(folder / "nginx.conf")]
    with _running(command, lambda: listens(port), folder / "log"):
        yield f"http://{LOOPBACK}:{port}"


@contextmanager
def _running(command: list[str], ready: Callable[[], bool], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        wait_until(ready, process, log)
        yield
    finally:
        end(process)


def _openssl_rate(place: Path, serials: list[int], *, seconds: int) -> float:
    """Return how many questions a second `openssl ocsp` answers a client that asks one after another."""
    keep = {"ca": material.issuer().certificate, "responder": RESPONDER.certificate}
    for name, certificate in keep.items():
        pem = x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)
        (place / f"{name}.pem").write_bytes(pem)
    key = material.key(ocsp_material.KEY)
    (place / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    lines = (f"V\t451231235959Z\t\t{serial:X}\tunknown\t/CN={serial:X}" for serial in serials)
    (place / "index.txt").write_text("\n".join(lines) + "\n")
    port = free_port()
    command = ["openssl", "ocsp", "-index", str(place / "index.txt"), "-port", str(port), "-nmin", "10"]
    command += ["-CA", str(place / "ca.pem"), "-rsigner", str(place / "responder.pem")]
    log = place / "openssl.log"
    # It says so itself: a connection without a question would keep it from every other.
    with _running([*command, "-rkey", str(place / "key.pem")], lambda: "waiting" in log.read_text(), log):
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
