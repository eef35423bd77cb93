"""How much of anything one file may take before it is refused."""

from dataclasses import dataclass

_MEBI = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits for one file: sizes in octets, time in seconds for each page, the first page's with the opening.

    `pixels` bounds both a picture in the file and a page made of it; 80 million are A3 at 600 dpi.
    `inflated` is what one packed stream of a PDF may grow to. `seconds` is of the wall clock, `cpu_seconds`
    of the processor.
    """

    octets: int = 256 * _MEBI
    pages: int = 1_000
    pixels: int = 80_000_000
    inflated: int = 256 * _MEBI
    memory: int = 1_536 * _MEBI
    seconds: int = 60
    cpu_seconds: int = 30


LIMITS = Limits()
