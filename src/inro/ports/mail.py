"""How a finished message leaves the house, and what is told of it afterwards (43)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What became of one try, as far as it is known; queued means that a report will tell."""

    ACCEPTED = "accepted"
    QUEUED = "queued"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outcome of a try and the server's words."""

    outcome: Outcome
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message for one recipient: an e-mail as its octets, a fax as a PDF; `key` is its Message-ID."""

    key: str
    recipient: str
    content: bytes


class Sending(Protocol):
    """Takes a message on; it never tries twice by itself and never says more than it knows."""

    def send(self, outgoing: Outgoing) -> Answer:
        """Send once and return what became of it; what went wrong is an answer, not an exception."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What another server or the fax machine told of a message later.

    `name` is its place in the mailbox, `key` the Message-ID it is about, `at` when it happened where that is
    told.
    """

    name: str
    key: str
    outcome: Outcome
    said: str
    at: datetime | None = None


class Reports(Protocol):
    """Where reports of deliveries arrive; one that was taken in is put away."""

    def waiting(self) -> Iterable[Report]:
        """Return the reports that were not put away yet.

        Raises: MailboxUnavailable.
        """
        ...

    def put_away(self, report: Report) -> None:
        """Keep a report out of what waits.

        Raises: MailboxUnavailable.
        """
        ...
