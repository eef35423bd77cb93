"""A printer for the demonstration: it keeps documents in a folder, which no other installation may (19.3)."""

import os
import re
from pathlib import Path

from inro.ports.errors import PrinterUnavailable

_UNFIT = re.compile(r"[^\w.-]+")


class FolderPrinter:
    """Writes every PDF into `folder`, numbered in order of printing; demonstration only."""

    def __init__(self, *, folder: Path, demonstration: bool) -> None:
        if not demonstration:
            do = "name a printer in inro.toml"
            raise PrinterUnavailable("folder printer", "it keeps PINs on disk: demonstration only (19.3)", do)
        self._folder = folder
        self.printed: list[Path] = []

    def print_document(self, title: str, pdf: bytes) -> None:
        """Keep `pdf` as `0001-title.pdf`; an existing file is never overwritten.

        Raises: PrinterUnavailable.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.printed.append(self._keep(_UNFIT.sub("-", title).strip("-.") or "document", pdf))
        except OSError as error:
            raise PrinterUnavailable("folder printer", str(error), f"make room in {self._folder}") from error

    def _keep(self, name: str, pdf: bytes) -> Path:
        number = sum(1 for _ in self._folder.glob("*.pdf")) + 1
        while True:
            path = self._folder / f"{number:04d}-{name}.pdf"
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                number += 1
                continue
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
            return path
