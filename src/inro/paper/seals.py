"""Where a seal stands on a form, in millimetres from the top left corner of its last page (8.1, 23).

Forms draw the boxes from here, and whoever looks for a seal on a scanned page finds it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

PANEL_TOP = 217.0
PANEL_HEIGHT = 62.0
COLUMN_WIDTH = 56.0


class Sealer(StrEnum):
    """Whose seal it is; the representative of a sole proprietor's business is the proprietor (8.1)."""

    SUBSCRIBER = "subscriber"
    REPRESENTATIVE = "representative"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPlace:
    """A square box: its left and upper edge and its side, to the middle of the line."""

    x: float
    y: float
    side: float = 32.0


SEAL_PLACES: Mapping[Sealer, SealPlace] = MappingProxyType(
    {
        Sealer.SUBSCRIBER: SealPlace(x=33.0, y=236.0),
        Sealer.REPRESENTATIVE: SealPlace(x=89.0, y=236.0),
        Sealer.PROXY: SealPlace(x=145.0, y=236.0),
    }
)

# Where the receipt slip has its round place for the registered seal, as `slip.typ` draws it.
SLIP_SEAL = SealPlace(x=156.0, y=238.8, side=30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealBox:
    """One box as a form shows it: whose it is, the name above, the kind of seal and a word below."""

    sealer: Sealer
    title: str
    name: str
    seal: str
    note: str
