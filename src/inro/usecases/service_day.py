"""Whether the service still takes applications and makes certificates: not from its last day on (11)."""

from datetime import datetime

from inro.practice.discontinuation import check_open
from inro.store.reads.discontinuation import last_day_of_service


def check_service_open(now: datetime) -> None:
    """Refuse an application, a card or a certificate once the last day has come (11, 11.3).

    Raises: ServiceEnded.
    """
    check_open(last_day=last_day_of_service(), now=now)
