"""Answers signed for each question in a token, beside its bare signature and `openssl ocsp` (26).

The responder and `openssl ocsp`, its key in memory, are asked by the same client, one question with a nonce
after another, each on its own connection.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from cryptography.x509 import ocsp

from benchmarks.peers.ocsp_servers import openssl
from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from inro.adapters.ocsp_token import OcspToken
from inro.adapters.ocsp_tree import FOLDER, RESPONDER_FILE, OcspTree
from inro.adapters.pin_handover import pin_pipe
from inro.adapters.pkcs11_core import Token
from inro.adapters.token_address import OCSP_KEY, TokenAddress
from inro.adapters.token_keys import make_rsa_key
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.programs import end, wait_until
from inro.pki.ocsp_request import request_for
from inro.pki.ocsp_responder import Responder, assemble_responder, draft_responder, responder_of
from inro.pki.ocsp_response import assemble_answer, draft_answer
from tests.adapters.tokens import make_empty_token, pin
from tests.pki import material, ocsp_material
from tests.responder.given_answers import NOW, question
from tests.web.installation import environment, installation

CERTIFICATES = 100
ANSWERS = 2_000
ROUNDS = 5
_SUBJECT = "an answer with a nonce, signed in the token"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Seconds of each answer of the responder, of `openssl ocsp`, and of each bare signature."""

    ours: list[float]
    openssl: list[float]
    bare: list[float]


def measure(size: Size) -> Iterator[Row]:
    """Yield the rows: what a live answer costs beside bare signature and peer, and that none takes long."""
    serials = [material.serial(f"live-{number}") for number in range(size.of(CERTIFICATES))]
    asked = [_post(question(serial, nonce=number.to_bytes(32))) for number, serial in enumerate(serials)]
    count = size.of(ANSWERS)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        home, address = _installation(place, serials)
        with (
            _responder(home, place / "log") as ours,
            openssl(place, serials) as theirs,
            OcspToken.open(address, pin()) as token,
        ):
            turns = [
                Turn(
                    ours=_asked(ours, asked, count),
                    openssl=_asked(theirs, asked, count),
                    bare=_signed(token, count),
                )
                for _ in range(size.rounds(ROUNDS))
            ]
    checked = {"answers": sum(len(turn.ours) for turn in turns)}
    yield _row(
        "its signature alone, in the same token", [(turn.ours, turn.bare) for turn in turns], 3.0, checked
    )
    yield _row(
        "openssl ocsp, its key in memory", [(turn.ours, turn.openssl) for turn in turns], None, checked
    )
    times = [each for turn in turns for each in turn.ours]
    yield limit_row(
        figure="ocsp_live", subject=_SUBJECT, against="100 ms", times=times, limit=0.1, checked=checked
    )


def _row(
    against: str,
    turns: Sequence[tuple[list[float], list[float]]],
    bound: float | None,
    checked: dict[str, Any],
) -> Row:
    pairs = [(fmean(one), fmean(other)) for one, other in turns]
    ratios = [one / other for one, other in pairs]
    ours = median(one for one, _ in pairs)
    return Row(
        figure="ocsp_live",
        subject=_SUBJECT,
        against=against,
        unit="wall ms/answer",
        ours=1000 * ours,
        theirs=1000 * median(other for _, other in pairs),
        ratio=median(ratios),
        ratio_least=min(ratios),
        ratio_most=max(ratios),
        rounds=len(pairs),
        bound=bound,
        wall=ours,
        checked=checked,
    )


def _installation(place: Path, serials: Sequence[int]) -> tuple[Path, TokenAddress]:
    """Make an installation with the responder's token and answers signed in it."""
    home = installation(place / "home")
    address = make_empty_token(home / "room" / "ocsp", "ocsp")
    with Token.open(address, pin()) as token:
        make_rsa_key(token=token, label=OCSP_KEY, bits=2048)
    _put_answers(home, address, serials)
    (home / "room" / "ca.der").write_bytes(material.issuer().certificate)
    with (home / "inro.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[ocsp]\ntoken = "room/ocsp"\n')
    return home, address


@contextmanager
def _responder(home: Path, log: Path) -> Iterator[int]:
    """Run the responder of an installation, with its token, and yield its port."""
    port = free_port()
    with log.open("wb") as output, pin_pipe(pin()) as descriptor:
        command = [sys.executable, "-m", "inro.responder", "--home", str(home), "--port", str(port)]
        process = subprocess.Popen(
            [*command, "--pin-fd", str(descriptor)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment(),
            pass_fds=(descriptor,),
        )
    try:
        wait_until(lambda: listens(port), process, log)
        yield port
    finally:
        end(process)


def _put_answers(home: Path, address: TokenAddress, serials: Sequence[int]) -> None:
    with OcspToken.open(address, pin()) as token, OcspTree.open(home / "repository" / FOLDER) as tree:
        by = _certified(token)
        tree.put_file(RESPONDER_FILE, by.certificate, at=NOW)
        for serial in serials:
            single = ocsp_material.single(
                serial, this_update=NOW, next_update=NOW + ocsp_material.profile().answer
            )
            tbs = draft_answer(singles=[single], responder=by, produced_at=NOW)
            answer = assemble_answer(tbs=tbs, signature=token.sign(tbs), responder=by)
            tree.put(request_for(ocsp_material.id_of(serial).encoded), answer, at=NOW, revoked=False)


def _certified(token: OcspToken) -> Responder:
    issuer, profile = material.issuer(), ocsp_material.profile()
    asked = ocsp_material.particulars(NOW, public_key_info=token.public_key_info)
    tbs = draft_responder(particulars=asked, profile=profile, issuer=issuer).tbs
    made = assemble_responder(tbs=tbs, signature=material.signer("ca")(tbs), particulars=asked, issuer=issuer)
    return responder_of(certificate=made, issuer=issuer, public_key_info=token.public_key_info, now=NOW)


def _post(body: bytes) -> bytes:
    head = f"POST / HTTP/1.0\r\nContent-Type: application/ocsp-request\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _asked(port: int, questions: Sequence[bytes], count: int) -> list[float]:
    """Return the seconds of each of so many answers, all of them successful."""
    times = []
    for number in range(count):
        begun = time.perf_counter()
        with socket.create_connection((LOOPBACK, port), timeout=10) as connection:
            connection.sendall(questions[number % len(questions)])
            answer = b"".join(iter(lambda: connection.recv(8192), b""))
        times.append(time.perf_counter() - begun)
        status = ocsp.load_der_ocsp_response(answer.partition(b"\r\n\r\n")[2]).response_status
        assert status is ocsp.OCSPResponseStatus.SUCCESSFUL, status
    return times


def _signed(token: OcspToken, count: int) -> list[float]:
    """Return the seconds of each of so many signatures."""
    times = []
    for number in range(count):
        begun = time.perf_counter()
        token.sign(number.to_bytes(400))
        times.append(time.perf_counter() - begun)
    return times
