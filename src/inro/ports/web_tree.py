"""The web half of the repository (4(6)): files by name, and what a stranger gets for that name."""

from typing import Protocol

from inro.ports.replacement import MayReplace, replace_anything


class WebTree(Protocol):
    """A folder that a web server shows."""

    def publish(self, name: str, content: bytes, *, may_replace: MayReplace = replace_anything) -> None:
        """Replace the file `name` by `content`, whole.

        Raises: PortError, NewerPublished where `may_replace` says no of what is there.
        """
        ...

    def read_back(self, name: str) -> bytes | None:
        """Return what the web server now gives for `name`, or None.

        Raises: PortError.
        """
        ...
