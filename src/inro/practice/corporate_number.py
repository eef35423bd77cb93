"""What became of asking the public register for an applicant's Corporate Number (8.2)."""

from dataclasses import dataclass
from enum import StrEnum


class ConfirmationMethod(StrEnum):
    """Where the published entry was looked up."""

    REGISTER_FILE = "register_file"
    WEB_API = "web_api"


class ConfirmationOutcome(StrEnum):
    """What the register says: the number is published, is not, or is that of a closed organization."""

    CONFIRMED = "confirmed"
    NOT_FOUND = "not_found"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedNumber:
    """A Corporate Number (13 digits) and what the register said of it last."""

    number: str
    outcome: ConfirmationOutcome
