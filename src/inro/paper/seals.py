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

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.x + self.side / 2, self.y + self.side / 2)


SEAL_PLACES: Mapping[Sealer, SealPlace] = MappingProxyType(
    {
        Sealer.SUBSCRIBER: SealPlace(x=33.0, y=236.0),
        Sealer.REPRESENTATIVE: SealPlace(x=89.0, y=236.0),
        Sealer.PROXY: SealPlace(x=145.0, y=236.0),
    }
)

# Where the receipt slip has its round place for the registered seal, as `slip.typ` draws it.
SLIP_SEAL = SealPlace(x=156.0, y=238.8, side=30.0)


# What is shown beyond a place: a page lies askew on the glass, and a seal is not set in the middle.
SEEN_AROUND = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Laying:
    """How a slip's seal is laid over the form's: moved in mm, turned in degrees, sized in percent."""

    right: float = 0.0
    down: float = 0.0
    turn: float = 0.0
    size: float = 100.0

    def transform(self, *, place: SealPlace, onto: SealPlace) -> str:
        """Return it as SVG has it, turned and resized about the middle of the seal's own place."""
        across, along = place.middle
        to_across, to_along = onto.middle
        moved = f"translate({to_across + self.right:.1f} {to_along + self.down:.1f})"
        turned = f"rotate({self.turn:.1f}) scale({self.size / 100:.3f})"
        return f"{moved} {turned} translate({-across:.1f} {-along:.1f})"


def seen(place: SealPlace) -> tuple[float, float, float, float]:
    """Return the part of a page that shows a seal: left, top, width, height in millimetres."""
    side = place.side + 2 * SEEN_AROUND
    return (place.x - SEEN_AROUND, place.y - SEEN_AROUND, side, side)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealBox:
    """One box as a form shows it: whose it is, the name above, the kind of seal and a word below."""

    sealer: Sealer
    title: str
    name: str
    seal: str
    note: str
