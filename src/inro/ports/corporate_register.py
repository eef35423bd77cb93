"""The public register of Corporate Numbers (8.2): a loaded file or the National Tax Agency's Web-API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from inro.japanese.number_publication import PublishedEntry
from inro.practice.corporate_number import ConfirmationMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """What the register holds of the numbers asked for; one that is missing is not published.

    `published_on` is the day whose state the data show.
    """

    method: ConfirmationMethod
    published_on: date
    entries: Mapping[str, PublishedEntry]


class CorporateRegister(Protocol):
    """A register that gives published entries by number."""

    def look_up(self, numbers: Sequence[str]) -> RegisterAnswer:
        """Return what is published of these Corporate Numbers, each 13 digits with a right check digit.

        Raises: CorporateRegisterUnavailable.
        """
        ...
