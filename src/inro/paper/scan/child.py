"""The child that opens one stranger's file: `python -I -m inro.paper.scan.child KIND LIMIT=NUMBER ...`.

The file comes on standard input; pages go to standard output as a line of JSON and rows of pixels each, then
one line that says that all is done or why it is refused.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from inro.paper.scan.confinement import allow_cpu, confine
from inro.paper.scan.errors import FileFault, FileRefused
from inro.paper.scan.image_file import pages_of_image
from inro.paper.scan.limits import Limits
from inro.paper.scan.pdf_file import pages_of_pdf
from inro.paper.scan.rendering import Rendered


def main(arguments: list[str]) -> None:
    """Write the pages of the file on standard input."""
    kind, *given = arguments
    limits = Limits(**{name: int(value) for name, _, value in (one.partition("=") for one in given)})
    confine(memory=limits.memory)
    try:
        allow_cpu(limits.cpu_seconds)
        for page in _pages(kind, sys.stdin.buffer.read(), limits):
            _write_page(page)
            allow_cpu(limits.cpu_seconds)
        _write({"done": True})
    except FileRefused as refusal:
        _write({"refused": {"fault": refusal.fault, "detail": refusal.detail}})
    except MemoryError:
        _write({"refused": {"fault": FileFault.OUT_OF_MEMORY, "detail": ""}})


def _pages(kind: str, data: bytes, limits: Limits) -> Iterator[Rendered]:
    if kind == "PDF":
        return pages_of_pdf(data, limits=limits)
    return pages_of_image(data, kind=kind, limits=limits)


def _write_page(page: Rendered) -> None:
    announced = asdict(page)
    pixels = announced.pop("pixels")
    _write({"page": announced})
    sys.stdout.buffer.write(pixels)
    sys.stdout.buffer.flush()


def _write(told: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
