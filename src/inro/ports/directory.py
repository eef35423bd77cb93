"""The directory half of the repository (4(6)): RFC 4523 attributes of the CA's entry."""

from typing import Protocol


class Directory(Protocol):
    """A directory server that holds the CA's entry."""

    def publish(self, attribute: str, value: bytes) -> None:
        """Replace `attribute` (such as `certificateRevocationList;binary`) of the CA's entry by `value`.

        Raises: DirectoryUnavailable.
        """
        ...

    def read_back(self, attribute: str) -> bytes | None:
        """Return what the directory now gives for `attribute`, or None.

        Raises: DirectoryUnavailable.
        """
        ...
