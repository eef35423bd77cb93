"""An application made before this platform kept the records, with this service or its predecessor (8.11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from inro.practice.calendar import end_of_day
from inro.practice.stated import StatedAddress, StatedBilling, StatedForm


class PastService(StrEnum):
    """Which service an application was made with: this one, or 電子入札コアシステム用電子認証サービス."""

    PRESENT = "present"
    PREDECESSOR = "predecessor"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastApplication:
    """What is known of an earlier application; service and number together name it.

    `certificate_number` is what the card's face bears, `ends_on` the last day of validity in Japan. The
    renewal form goes to `contact` (連絡先担当者), or to the applicant at home where there is none.
    """

    service: PastService
    number: str
    applied_on: date
    certificate_number: str
    ends_on: date
    form: StatedForm
    contact: StatedBilling | None = None

    @property
    def not_after(self) -> datetime:
        """The end of validity in UTC (6.1)."""
        return end_of_day(self.ends_on)

    def as_record(self) -> dict[str, Any]:
        """Return form and contact as JSON values; the rest stands beside them."""
        record: dict[str, Any] = {"form": self.form.as_record()}
        if self.contact is not None:
            address = self.contact.address
            record["contact"] = {
                "name": self.contact.name,
                "organization": self.contact.organization,
                "address": {name: getattr(address, name) for name in address.__dataclass_fields__},
            }
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any], **known: Any) -> Self:
        """Return the application of a record that `as_record` wrote; `known` is what stood beside it.

        Raises: ContentRefused; KeyError, TypeError and ValueError for a record of another shape.
        """
        contact = record.get("contact")
        return cls(
            form=StatedForm.from_record(record["form"]),
            contact=StatedBilling(**{**contact, "address": StatedAddress(**contact["address"])})
            if contact
            else None,
            **known,
        )
