"""Where a signed list stands on its way to both halves of the repository (4(6), 26.1)."""

from datetime import timedelta
from enum import StrEnum

# The house's own figure for 'promptly': the worker tries every few seconds, so longer is a failure.
ON_BOTH_WITHIN = timedelta(minutes=10)


class PublicationState(StrEnum):
    """Which halves give a list back, byte for byte."""

    SIGNED = "signed"
    ON_WEB = "on_web"
    IN_DIRECTORY = "in_directory"
    ON_BOTH = "on_both"


def publication_state(*, on_web: bool, in_directory: bool) -> PublicationState:
    """Return where a list stands."""
    if on_web:
        return PublicationState.ON_BOTH if in_directory else PublicationState.ON_WEB
    return PublicationState.IN_DIRECTORY if in_directory else PublicationState.SIGNED
