"""Where a document becomes paper."""

from typing import Protocol


class Printer(Protocol):
    """Takes one PDF document; the bytes are never kept by the adapter unless it says so (19.3)."""

    def print_document(self, title: str, pdf: bytes) -> None:
        """Print `pdf` under `title`.

        Raises: PrinterUnavailable.
        """
        ...
