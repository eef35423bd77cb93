"""The child process of one card: a subscriber's key and PIN live and end with it (17.3, 19.3).

Started as `python -I -m inro.station.child JOB SECRETS REPORTS ANSWERS PARENT` with four file descriptors and
its parent's process id; it reports one JSON line a step and waits for the answer to each.
"""

import json
import os
import secrets
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO

from inro.adapters.ipp_printer import IppPrinter
from inro.adapters.locked_memory import wipe
from inro.adapters.pdf_folder_printer import PdfFolderPrinter
from inro.adapters.subscriber_token import SubscriberToken
from inro.paper.mailer import PinMailer, render_pin_mailer
from inro.ports.errors import PortError
from inro.ports.printer import Printer
from inro.practice.errors import Refused
from inro.station.card_place import open_card
from inro.station.job import FolderPrinter, PersonalisationJob, PrinterChoice, decode_job
from inro.station.memory import confine
from inro.station.personalisation import CardDesk, MailerPress, Report, personalise_card, with_process


def main(arguments: list[str]) -> None:
    """Make one card; end with status 0 when everything up to the printed mailer is done and reported."""
    sys.excepthook = _name_only
    job_out, secrets_out, reports_in, answers_out, parent = map(int, arguments)
    with os.fdopen(job_out, "rb") as source:
        job = decode_job(source.read())
    with os.fdopen(reports_in, "wb") as reports, os.fdopen(answers_out, "rb") as answers:
        try:
            locked = confine(parent=parent, require_locked=job.require_locked_memory)
            token_pin, card_file_key = _read_secrets(secrets_out)
            report = _reporter(reports=reports, answers=answers, locked=locked)
            _make_card(job=job, token_pin=token_pin, card_file_key=card_file_key, report=report)
        except (PortError, Refused) as refusal:
            _write_line(
                reports, json.dumps({"failed": type(refusal).__name__, "detail": str(refusal)}).encode()
            )
            sys.exit(1)


def _make_card(
    *,
    job: PersonalisationJob,
    token_pin: bytearray,
    card_file_key: bytes | None,
    report: Callable[[Report], str],
) -> None:
    with open_card(job.card, card_file_key=card_file_key) as card:
        try:
            maker = SubscriberToken.open(job.token, token_pin)
        finally:
            wipe(token_pin)
        with maker:
            desk = CardDesk(
                maker=maker,
                card=card,
                press=_press(job),
                report=report,
                below=secrets.randbelow,
                octets=secrets.token_bytes,
            )
            personalise_card(
                desk=desk, label=job.label, certificate_room=job.certificate_room, key_bits=job.key_bits
            )


def _press(job: PersonalisationJob) -> MailerPress:
    printer = _printer(job.printer)

    def press(*, number: str, pin: bytearray) -> None:
        mailer = PinMailer(
            number=number,
            recipient=job.mailer.recipient,
            card_serial=job.label.serial,
            application=job.mailer.application,
            printed_on=job.mailer.printed_on,
        )
        pdf = render_pin_mailer(mailer=mailer, operator=job.mailer.operator, pin=pin)
        printer.print_document(f"pin-mailer-{number}", pdf)

    return press


def _printer(choice: PrinterChoice) -> Printer:
    if isinstance(choice, FolderPrinter):
        return PdfFolderPrinter(choice.folder)
    return IppPrinter(host=choice.host, port=choice.port, path=choice.path, certificate=choice.certificate)


def _reporter(*, reports: BinaryIO, answers: BinaryIO, locked: bool) -> Callable[[Report], str]:
    def report(content: Report) -> str:
        told = with_process(content, child=os.getpid(), memory_locked=locked)
        _write_line(reports, told.encode())
        answer = answers.readline()
        if not answer:  # the parent is gone, or could not record what was told
            sys.exit(1)
        number = json.loads(answer)["mailer_number"]
        return str(number)

    return report


def _read_secrets(descriptor: int) -> tuple[bytearray, bytes | None]:
    """Return the token's PIN and the key of card files: two octets of length, the PIN, the key if any."""
    with os.fdopen(descriptor, "rb") as source:
        size = int.from_bytes(source.read(2))
        return bytearray(source.read(size)), source.read() or None


def _write_line(target: BinaryIO, line: bytes) -> None:
    target.write(line + b"\n")
    target.flush()


def _name_only(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # An error's own words might hold a secret; where it happened does not.
    del error
    places = [f"{frame.name} line {frame.lineno}" for frame in traceback.extract_tb(trace)]
    sys.stderr.write(f"inro.station.child: {kind.__name__} in {' > '.join(places)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
