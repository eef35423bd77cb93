"""Opens a stranger's file in a child process and returns its pages as pixels (8.1, 8.5).

The file's octets go into the child and rows of pixels come out; this process looks at no more of the file
than its first octets. One child, one file.
"""

import signal
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from inro.paper.scan.child_process import Child, ChildEnded
from inro.paper.scan.code import Code, DamagedCode, read_code
from inro.paper.scan.errors import FileFault, FileRefused
from inro.paper.scan.kinds import kind_of
from inro.paper.scan.limits import LIMITS, Limits
from inro.paper.scan.page import Page, page_of_pixels

_CHANNELS = {"L": 1, "RGB": 3}
_MOST_CODES = 64


def open_file(data: bytes, *, limits: Limits = LIMITS) -> tuple[Page, ...]:
    """Return all pages of a PDF, TIFF, JPEG or PNG.

    Raises: FileRefused.
    """
    return tuple(pages_of(data, limits=limits))


def pages_of(data: bytes, *, limits: Limits = LIMITS) -> Iterator[Page]:
    """Yield the pages of a PDF, TIFF, JPEG or PNG one by one, as the child makes them.

    A refusal may follow pages already given: a caller keeps none of them.

    Raises: FileRefused.
    """
    if len(data) > limits.octets:
        raise FileRefused(FileFault.TOO_LARGE, str(len(data)))
    kind = kind_of(data)
    with Child("inro.paper.scan.child", *_arguments(kind, limits), seconds=limits.seconds) as child:
        try:
            child.tell(data, last=True)
            for _ in range(limits.pages):
                told = child.hear()
                if "page" not in told:
                    break
                yield _page(child, told["page"], limits)
            else:
                told = child.hear()
        except ChildEnded as ended:
            raise FileRefused(_fault(ended), ended.detail) from None
    if "done" not in told:
        raise _refusal(told)


def _arguments(kind: str, limits: Limits) -> list[str]:
    return [kind, *(f"{name}={value}" for name, value in asdict(limits).items())]


def _page(child: Child, told: Any, limits: Limits) -> Page:
    """Return the page that a line announces, believing none of it beyond its size."""
    try:
        mode, width, height, dpi = told["mode"], int(told["width"]), int(told["height"]), int(told["dpi"])
        codes = tuple(_code(payload) for payload in told["codes"][:_MOST_CODES])
        count = width * height * _CHANNELS[mode]
        if min(width, height, dpi) < 1 or width * height > limits.pixels:
            raise ValueError
    except (KeyError, TypeError, ValueError):
        raise FileRefused(FileFault.CRASHED, "no page") from None
    pixels = child.hear_octets(count)
    return page_of_pixels(pixels, mode=mode, width=width, height=height, dpi=dpi, codes=codes)


def _code(payload: Any) -> Code:
    return read_code(str(payload)) or DamagedCode()


def _refusal(told: Any) -> FileRefused:
    try:
        return FileRefused(FileFault(told["refused"]["fault"]), str(told["refused"]["detail"])[:80])
    except (KeyError, TypeError, ValueError):
        return FileRefused(FileFault.CRASHED, "no reason")


def _fault(ended: ChildEnded) -> FileFault:
    if ended.timed_out or ended.status == -signal.SIGXCPU:
        return FileFault.TIMED_OUT
    return FileFault.CRASHED
