"""When a certificate ends: at a month end in Japan, within the law's five years (6.1)."""

from enum import StrEnum


class ValidityPeriod(StrEnum):
    """The four periods an applicant chooses from (6.1)."""

    ONE_YEAR = "1y"
    TWO_YEARS = "2y"
    THREE_YEARS = "3y"
    FOUR_YEARS_TEN_MONTHS = "4y10m"

    @property
    def months(self) -> int:
        """The length in calendar months."""
        return _MONTHS[self.value]


_MONTHS = {"1y": 12, "2y": 24, "3y": 36, "4y10m": 58}
