"""What a PDF says when another program reads it."""

import subprocess
from pathlib import Path

import pypdfium2

from inro.demo.servers.programs import program


def text_of(pdf: bytes) -> str:
    """Return the text of all pages without white space, as poppler extracts it, line by line."""
    return "".join(_extracted(pdf, "-layout").split())


def drawn_text_of(pdf: bytes) -> str:
    """Return the text of all pages in the order in which it was drawn, as poppler extracts it."""
    return _extracted(pdf, "-raw")


def _extracted(pdf: bytes, order: str) -> str:
    done = subprocess.run(
        [program("pdftotext"), "-enc", "UTF-8", order, "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8")


def pages_of(pdf: bytes) -> int:
    """Return the number of pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def drawn(pdf: bytes, page: int = 0) -> bytes:
    """Return the pixels of one page at 72 dpi, grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return bytes(document[page].render(scale=1, grayscale=True).buffer)
    finally:
        document.close()


def files_under(folder: Path) -> set[Path]:
    """Return every file below `folder`."""
    return {path for path in folder.rglob("*") if path.is_file()}
