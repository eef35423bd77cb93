"""What may take the place of what the repository gives: never an older list that of a newer (26.2)."""

from collections.abc import Callable

type MayReplace = Callable[[bytes], bool]
"""Says of the octets that are there whether what is published now may take their place."""


def replace_anything(_there: bytes) -> bool:
    """Let whatever is there be replaced."""
    return True
