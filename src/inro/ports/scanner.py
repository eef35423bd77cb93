"""Where a scanner leaves its files until the intake desk takes them (8.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedFile:
    """A file as a look into the folder found it; its `name` may hold a number and is written down nowhere.

    `name_to_show` is None where the name itself may not be shown or kept (8.5).
    """

    name: str = field(repr=False)
    name_to_show: str | None
    size: int
    state: tuple[int, ...]


type Look = Mapping[str, ScannedFile]


class Scanner(Protocol):
    """Gives files whole and once: a file that two looks find alike is complete."""

    def look(self) -> Look:
        """Return the files there are, by name.

        Raises: PortError.
        """
        ...

    def take(self, file: ScannedFile, *, most_octets: int) -> bytes:
        """Return a file's octets and remove it.

        Raises: ScannedFileRefused, PortError.
        """
        ...

    def refuse(self, file: ScannedFile) -> None:
        """Remove a file that is not to be taken in.

        Raises: ScannedFileRefused, PortError.
        """
        ...


def complete(earlier: Look, later: Look) -> tuple[ScannedFile, ...]:
    """Return the files that did not change between two looks, in the order of their names."""
    return tuple(later[name] for name in sorted(later) if earlier.get(name) == later[name])
