"""Fax through HylaFAX's spool, laid out as `hfaxd` leaves it for `faxq` (sendq(5), hylafax-server(5)).

Jobs in `sendq`, sheets in `docq`, ends in `doneq`, or in `archive` once `faxqclean` was there. A job is known
by its `jobtag`, our Message-ID, so one that is there already is not queued again. `faxq` is told by its FIFO;
where it does not run, it finds the job when it starts.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

from inro.ports.errors import MailboxUnavailable
from inro.ports.mail import Answer, Outcome, Outgoing, Report

_DONE, _FAILED = "7", "8"
# What `faxsend` says when every page went: a job can be done otherwise too.
_SENT = "2"
_MOST_NUMBER = 32_000
_GIVES_UP = timedelta(hours=3)
_DIGITS = frozenset("0123456789+")
_GROUP_MAY_WRITE = 0o660
_DO = "install HylaFAX there, and put the worker into the group that owns the spool"
# A4 upright, fine, so that small characters stay legible; tried three times, dialled twelve, as sendfax asks.
_AS_SENDFAX = {
    "retrytime": "0",
    "state": "2",
    "npages": "0",
    "totpages": "0",
    "ntries": "0",
    "ndials": "0",
    "totdials": "0",
    "maxdials": "12",
    "tottries": "0",
    "maxtries": "3",
    "pagewidth": "209",
    "resolution": "196",
    "pagelength": "296",
    "priority": "127",
    "schedpri": "127",
    "minbr": "0",
    "desiredbr": "13",
    "desiredst": "0",
    "desiredec": "2",
    "desireddf": "3",
    "desiredtl": "0",
    "useccover": "0",
    "usexvres": "0",
    "modem": "any",
    "client": "localhost",
    "jobtype": "facsimile",
    # Kept by `faxqclean` until the end was read; nobody is mailed, the register tells.
    "doneop": "archive",
    "notify": "none",
    "pagechop": "default",
    "chopthreshold": "3",
}


class FaxSpool:
    """`ports.fax.Fax` and `ports.mail.Reports` over one spool; `sender` is the job's owner."""

    def __init__(self, folder: Path, *, sender: str, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    def send(self, outgoing: Outgoing) -> Answer:
        """Queue the sheets once; a job of the same key that is there already stands."""
        try:
            with _locked(self._folder / "sendq" / "seqf") as numbers:
                known = self._job_of(outgoing.key)
                job = known or str(_taken(numbers))
                if known is None:
                    self._queue(outgoing, job)
        except OSError as error:
            return Answer(outcome=Outcome.PUT_OFF, said=f"{error.strerror}: {_DO}")
        self._tell(job)
        return Answer(outcome=Outcome.QUEUED, said=f"job {job}")

    def waiting(self) -> Iterator[Report]:
        """Return the ends of jobs that were not put away yet.

        Raises: MailboxUnavailable.
        """
        try:
            for file in (*sorted(self._folder.glob("doneq/q*")), *sorted(self._folder.glob("archive/*/q*"))):
                tags = _tags(file)
                if tags.get("state") in (_DONE, _FAILED) and tags.get("jobtag"):
                    yield Report(
                        name=str(file.relative_to(self._folder)),
                        key=tags["jobtag"],
                        outcome=_outcome(tags),
                        said=tags.get("status") or f"job {file.name[1:]}",
                        at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
                    )
        except OSError as error:
            raise _unavailable(self._folder, error) from error

    def put_away(self, report: Report) -> None:
        """Move a job's end to the archive, flat: there it is not read again.

        Raises: MailboxUnavailable.
        """
        file = self._folder / report.name
        try:
            file.rename(self._folder / "archive" / file.name)
        except OSError as error:
            raise _unavailable(self._folder, error) from error

    def _job_of(self, key: str) -> str | None:
        for places in ("sendq/q*", "doneq/q*", "archive/q*", "archive/*/q*"):
            for file in self._folder.glob(places):
                if _tags(file).get("jobtag") == key:
                    return file.name[1:]
        return None

    def _queue(self, outgoing: Outgoing, job: str) -> None:
        with _locked(self._folder / "docq" / "seqf") as numbers:
            document = f"docq/doc{_taken(numbers)}.pdf.{job}"
            _write(self._folder / document, outgoing.content)
        number = "".join(c for c in outgoing.recipient if c in _DIGITS)
        now = self._clock()
        lines = {
            "tts": str(int(now.timestamp())),
            "killtime": str(int((now + _GIVES_UP).timestamp())),
            **_AS_SENDFAX,
            "external": number,
            "number": number,
            "mailaddr": self._sender,
            "sender": self._sender,
            "owner": self._sender,
            "jobid": job,
            "groupid": job,
            "jobtag": outgoing.key,
            "pdf": f"0::{document}",
        }
        # Under another name until it is whole: faxq reads whatever is called q and a number.
        whole = self._folder / "sendq" / f".q{job}"
        _write(whole, "".join(f"{tag}:{value}\n" for tag, value in lines.items()).encode())
        whole.rename(self._folder / "sendq" / f"q{job}")

    def _tell(self, job: str) -> None:
        """Tell `faxq` of a job; where it does not run, it looks into `sendq` by itself when it starts."""
        try:
            pipe = os.open(self._folder / "FIFO", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            return
        try:
            # The answer would go to a pipe called client/inro, which nobody reads: the q-file tells.
            os.write(pipe, f"Sclient/inro:{job}\0".encode())
        finally:
            os.close(pipe)


@contextmanager
def _locked(file: Path) -> Iterator[TextIO]:
    """Open a file of numbers as hfaxd does: one program at a time."""
    with file.open("a+", encoding="ascii") as numbers:
        fcntl.flock(numbers, fcntl.LOCK_EX)
        file.chmod(_GROUP_MAY_WRITE)
        yield numbers


def _taken(numbers: TextIO) -> int:
    """Take the next number: it stands in the file, 1 in one that is new."""
    numbers.seek(0)
    number = int(numbers.read().strip() or "1")
    numbers.seek(0)
    numbers.truncate()
    numbers.write(str(number % _MOST_NUMBER + 1))
    return number


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    file.chmod(_GROUP_MAY_WRITE)


def _outcome(tags: dict[str, str]) -> Outcome:
    sent = tags["state"] == _DONE and tags.get("returned") == _SENT
    return Outcome.ACCEPTED if sent else Outcome.REFUSED


def _tags(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return {tag: value for tag, _, value in (line.partition(":") for line in lines)}


def _unavailable(folder: Path, error: OSError) -> MailboxUnavailable:
    return MailboxUnavailable(str(folder), error.strerror or type(error).__name__, _DO)
