"""The directory half of the repository (4(6)): RFC 4523 attributes of the CA's entry."""

from typing import Protocol

from inro.ports.replacement import MayReplace, replace_anything


class Directory(Protocol):
    """A directory server that holds the CA's entry."""

    def publish(self, attribute: str, *values: bytes, may_replace: MayReplace = replace_anything) -> None:
        """Replace `attribute` (such as `certificateRevocationList;binary`) of the entry by `values`.

        Raises: DirectoryUnavailable, NewerPublished where `may_replace` says no of what is there.
        """
        ...

    def read_back(self, attribute: str) -> bytes | None:
        """Return what the directory now gives for `attribute`, or None.

        Raises: DirectoryUnavailable.
        """
        ...
