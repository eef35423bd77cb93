"""A Maildir in which reports of deliveries arrive, or copies of what the house's server took."""

from collections.abc import Iterator
from pathlib import Path

from inro.adapters.delivery_reports import GatewayWords, report_of
from inro.ports.errors import MailboxUnavailable
from inro.ports.mail import Report

_SEEN = ":2,S"
_TO_READ = ":2,"
_DO = "make the Maildir there, with new and cur, and let the worker read and write it"


class MaildirReports:
    """`ports.mail.Reports` over a Maildir; what is no report is left unread for a person, in `cur`."""

    def __init__(self, folder: Path, *, gateway: GatewayWords | None = None) -> None:
        self._folder = folder
        self._gateway = gateway

    def waiting(self) -> Iterator[Report]:
        """Return the reports that were not put away yet, by name.

        Raises: MailboxUnavailable.
        """
        try:
            for name in sorted(entry.name for entry in (self._folder / "new").iterdir()):
                content = (self._folder / "new" / name).read_bytes()
                report = report_of(content, name=name, gateway=self._gateway)
                if report is None:
                    self._move(name, _TO_READ)
                else:
                    yield report
        except OSError as error:
            raise _unavailable(self._folder, error) from error

    def put_away(self, report: Report) -> None:
        """Mark a report as read.

        Raises: MailboxUnavailable.
        """
        try:
            self._move(report.name, _SEEN)
        except OSError as error:
            raise _unavailable(self._folder, error) from error

    def _move(self, name: str, flags: str) -> None:
        (self._folder / "new" / name).rename(self._folder / "cur" / f"{name}{flags}")


def _unavailable(folder: Path, error: OSError) -> MailboxUnavailable:
    return MailboxUnavailable(str(folder), error.strerror or type(error).__name__, _DO)
