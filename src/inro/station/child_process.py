"""Starts the child process of one card, records what it reports, and says what became of the card
(17.1, 17.3, 19.3)."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from inro.ports.errors import PortError
from inro.ports.key_maker import KeyErasure
from inro.station.job import PersonalisationJob, encode_job
from inro.station.personalisation import Phase, Report, Step, decode_report
from inro.store.states import Medium

_PATIENCE: Final = 120.0
_PASSED_ON: Final = ("PATH", "PCSCLITE_CSOCK_NAME")
type OnReport = Callable[[Report], str | None]


class PersonalisationFailed(PortError):
    """The child ended before it touched the card; the card is still blank."""

    def __init__(
        self, *, step: Step | None, detail: str, exit_code: int | None, mailer_intended: bool
    ) -> None:
        super().__init__("card", detail)
        self.step = step
        self.exit_code = exit_code
        self.mailer_intended = mailer_intended

    def __str__(self) -> str:
        return f"after step {self.step or 'none'}: {self.detail}"


class CardSpoiled(PersonalisationFailed):
    """The child ended with a card half made: it is destroyed, and its mailer too if one was intended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Personalised:
    """A card with a key and a PIN, the proof that it has them, and that nothing else has."""

    card_serial: str
    medium: Medium
    spki: bytes
    tries: int
    challenge: bytes
    signature: bytes
    key_erasure: KeyErasure
    pin_erasure: str
    memory_locked: bool
    child_pid: int
    exit_code: int

    def evidence(self) -> dict[str, Any]:
        """Return what the audit log keeps: no secret, no personal data (17.3, 19.3, 19.5)."""
        return {
            "card_serial": self.card_serial,
            "medium": self.medium,
            "spki_sha256": hashlib.sha256(self.spki).hexdigest(),
            "tries": self.tries,
            "challenge": self.challenge.hex(),
            "signature": self.signature.hex(),
            "key_erasure": {
                "method": self.key_erasure.method,
                "objects_before": self.key_erasure.objects_before,
                "objects_after": self.key_erasure.objects_after,
            },
            "pin_erasure": self.pin_erasure,
            "memory_locked": self.memory_locked,
            "child": {"pid": self.child_pid, "exit_code": self.exit_code},
        }


def personalise(
    *, job: PersonalisationJob, token_pin: bytes, card_file_key: bytes | None, on_report: OnReport
) -> Personalised:
    """Have a child process carry one card through steps 1 to 5; return when it has ended.

    Each report goes to `on_report` before the child goes on; for the mailer's intent `on_report` returns the
    mailer's number, and what it raises ends the child and goes through.

    Raises: PersonalisationFailed, CardSpoiled.
    """
    reports: list[Report] = []
    with _child(job=job, secrets=_secrets(token_pin, card_file_key)) as (process, told, answers):
        detail = _converse(told=told, answers=answers, reports=reports, on_report=on_report)
        exit_code = _end_of(process)
    if not reports or reports[-1].step is not Step.PRINT_MAILER or reports[-1].phase is not Phase.DONE:
        raise _failure(reports=reports, detail=detail, exit_code=exit_code)
    return _personalised(job=job, reports=reports, exit_code=exit_code)


def _converse(*, told: BinaryIO, answers: BinaryIO, reports: list[Report], on_report: OnReport) -> str:
    """Take the child's lines until it ends; return why it gave up, if it says so."""
    for line in told:
        if not line.endswith(b"\n"):
            break
        record = json.loads(line)
        if "failed" in record:
            return f"{record['failed']}: {record['detail']}"
        report = decode_report(record)
        _check(report, reports)
        number = on_report(report) or ""
        reports.append(report)
        try:
            answers.write(json.dumps({"mailer_number": number}).encode() + b"\n")
            answers.flush()
        except BrokenPipeError:
            break
    return "the process ended without a word"


def _check(report: Report, reports: Sequence[Report]) -> None:
    """Let nobody record a proof that does not hold.

    Raises: CardSpoiled.
    """
    if report.step is not Step.PROVE_KEY:
        return
    key = load_der_public_key(reports[0].spki)
    try:
        if not isinstance(key, rsa.RSAPublicKey):
            raise InvalidSignature
        key.verify(report.signature, report.challenge, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise CardSpoiled(
            step=reports[-1].step,
            detail="the card's signature is not that of the key made",
            exit_code=None,
            mailer_intended=False,
        ) from None


def _failure(*, reports: Sequence[Report], detail: str, exit_code: int) -> PersonalisationFailed:
    kind = CardSpoiled if reports else PersonalisationFailed
    return kind(
        step=reports[-1].step if reports else None,
        detail=detail,
        exit_code=exit_code,
        mailer_intended=any(report.phase is Phase.INTENDED for report in reports),
    )


def _personalised(*, job: PersonalisationJob, reports: Sequence[Report], exit_code: int) -> Personalised:
    by_step = {report.step: report for report in reports}
    erasure = by_step[Step.MOVE_KEY].key_erasure
    if erasure is None:
        raise _failure(reports=reports, detail="no evidence of the key's erasure", exit_code=exit_code)
    return Personalised(
        card_serial=job.label.serial,
        medium=job.card.medium,
        spki=by_step[Step.MAKE_KEY].spki,
        tries=by_step[Step.INITIALISE_CARD].tries,
        challenge=by_step[Step.PROVE_KEY].challenge,
        signature=by_step[Step.PROVE_KEY].signature,
        key_erasure=erasure,
        pin_erasure=reports[-1].pin_erasure,
        memory_locked=reports[-1].memory_locked,
        child_pid=reports[-1].child,
        exit_code=exit_code,
    )


def _secrets(token_pin: bytes, card_file_key: bytes | None) -> bytes:
    return len(token_pin).to_bytes(2) + token_pin + (card_file_key or b"")


@contextmanager
def _child(
    *, job: PersonalisationJob, secrets: bytes
) -> Iterator[tuple["subprocess.Popen[bytes]", BinaryIO, BinaryIO]]:
    """Start the child; on the way out it is ended if it still runs, by its own process id."""
    job_out, job_in = os.pipe()
    secrets_out, secrets_in = os.pipe()
    reports_out, reports_in = os.pipe()
    answers_out, answers_in = os.pipe()
    inherited = (job_out, secrets_out, reports_in, answers_out)
    command = [sys.executable, "-I", "-m", "inro.station.child"]
    process = subprocess.Popen(
        [*command, *map(str, inherited), str(os.getpid())],
        pass_fds=inherited,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {"LANG": "C.UTF-8"},
    )
    for descriptor in inherited:
        os.close(descriptor)
    with os.fdopen(reports_out, "rb") as told, os.fdopen(answers_in, "wb", buffering=0) as answers:
        try:
            _hand_over(job_in, encode_job(job))
            _hand_over(secrets_in, secrets)
            yield process, told, answers
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _hand_over(descriptor: int, octets: bytes) -> None:
    # A child that ended already is found out when its reports are read.
    with suppress(BrokenPipeError), os.fdopen(descriptor, "wb") as target:
        target.write(octets)


def _end_of(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
