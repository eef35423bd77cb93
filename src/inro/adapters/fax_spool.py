"""Fax through a spool laid out as HylaFAX does: jobs in `sendq`, sheets in `docq`, ends in `doneq`.

A job is known by its `jobtag`, our Message-ID, so one that is there already is not queued again (sendq(5)).
"""

import fcntl
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from inro.ports.errors import MailboxUnavailable
from inro.ports.mail import Answer, Outcome, Outgoing, Report

_WHERE = ("sendq", "doneq", "archive")
_DONE, _FAILED = "7", "8"
_DIGITS = frozenset("0123456789+")
_DO = "make sendq, docq, doneq and archive there, and let the worker read and write them"


class FaxSpool:
    """`ports.fax.Fax` and `ports.mail.Reports` over one spool; `sender` is the job's owner."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, outgoing: Outgoing) -> Answer:
        """Queue the sheets once; a job of the same key that is there already stands."""
        try:
            with (self._folder / "seqf").open("a+", encoding="ascii") as numbers:
                fcntl.flock(numbers, fcntl.LOCK_EX)
                known = self._job_of(outgoing.key)
                if known is None:
                    numbers.seek(0)
                    known = self._queue(outgoing, _next(numbers.read()))
                    numbers.seek(0)
                    numbers.truncate()
                    numbers.write(f"{known}\n")
        except OSError as error:
            return Answer(outcome=Outcome.PUT_OFF, said=f"{error.strerror}: {_DO}")
        return Answer(outcome=Outcome.QUEUED, said=f"job {known}")

    def waiting(self) -> Iterator[Report]:
        """Return the ends of jobs that were not put away yet.

        Raises: MailboxUnavailable.
        """
        try:
            for file in sorted((self._folder / "doneq").glob("q*")):
                tags = _tags(file)
                outcome = {_DONE: Outcome.ACCEPTED, _FAILED: Outcome.REFUSED}.get(tags.get("state", ""))
                if outcome is not None and tags.get("jobtag"):
                    ended_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                    said = tags.get("status", "") or f"job {file.name[1:]}"
                    yield Report(name=file.name, key=tags["jobtag"], outcome=outcome, said=said, at=ended_at)
        except OSError as error:
            raise _unavailable(self._folder, error) from error

    def put_away(self, report: Report) -> None:
        """Move a job's end to the archive.

        Raises: MailboxUnavailable.
        """
        try:
            (self._folder / "doneq" / report.name).rename(self._folder / "archive" / report.name)
        except OSError as error:
            raise _unavailable(self._folder, error) from error

    def _job_of(self, key: str) -> str | None:
        for place in _WHERE:
            for file in (self._folder / place).glob("q*"):
                if _tags(file).get("jobtag") == key:
                    return file.name[1:]
        return None

    def _queue(self, outgoing: Outgoing, job: int) -> str:
        document = f"docq/{hashlib.sha256(outgoing.content).hexdigest()[:16]}-{job}.pdf"
        (self._folder / document).write_bytes(outgoing.content)
        number = "".join(c for c in outgoing.recipient if c in _DIGITS)
        lines = {
            "tts": "0",
            "state": "2",
            "jobid": str(job),
            "jobtag": outgoing.key,
            "sender": self._sender,
            "owner": self._sender,
            "number": number,
            "external": number,
            "jobtype": "facsimile",
            "notify": "when done",
            "!pdf": f"0::{document}",
        }
        # Under another name until it is whole: faxq reads whatever is called q and a number.
        whole = self._folder / "sendq" / f".q{job}"
        whole.write_text("".join(f"{tag}:{value}\n" for tag, value in lines.items()), encoding="utf-8")
        whole.rename(self._folder / "sendq" / f"q{job}")
        return str(job)


def _next(last: str) -> int:
    return int(last.strip() or "0") + 1


def _tags(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return {tag: value for tag, _, value in (line.partition(":") for line in lines)}


def _unavailable(folder: Path, error: OSError) -> MailboxUnavailable:
    return MailboxUnavailable(str(folder), error.strerror or type(error).__name__, _DO)
