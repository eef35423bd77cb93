"""A folder in which documents appear as PDF files: test and demonstration equipment (19.3)."""

import re
from pathlib import Path

from inro.ports.errors import PrinterUnavailable

_UNFIT = re.compile(r"[^0-9A-Za-z._-]+")


class PdfFolderPrinter:
    """Keeps every document it is given, so a production station refuses it for PIN mailers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print_document(self, title: str, pdf: bytes) -> None:
        """Write `pdf` as a new file named after `title`.

        Raises: PrinterUnavailable, also when a document of that title is there already.
        """
        target = self._folder / f"{_UNFIT.sub('-', title)}.pdf"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(pdf)
        except OSError as error:
            raise PrinterUnavailable(str(target), error.strerror or "cannot be written") from error
