"""What is refused of a scanned file or of boxes on its pages: data only (8.5)."""

from enum import StrEnum

from inro.practice.errors import Refused


class FileFault(StrEnum):
    """Why a file did not become pages."""

    EMPTY = "empty"
    NOT_A_SCAN = "not_a_scan"
    MALFORMED = "malformed"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active_content"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    BOMB = "bomb"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


class FileRefused(Refused):
    """A file did not become pages; `detail` is a number or a name of its format, never its content."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        super().__init__(fault=fault, detail=detail)
        self.fault = fault
        self.detail = detail


class BoxRefused(Refused):
    """A box to black out is empty, inverted or not wholly on its page (8.5)."""

    def __init__(self, *, box: str, width: int, height: int) -> None:
        super().__init__(box=box, width=width, height=height)


class NumbersNotSought(Refused):
    """The process that looks for numbers ended without an answer; a person marks the page unaided (8.5)."""

    def __init__(self, *, detail: str) -> None:
        super().__init__(detail=detail)
