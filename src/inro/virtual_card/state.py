"""Everything a virtual card remembers without power: files, PIN slot, sealed keys (ISO/IEC 7816-4 7, 9)."""

import json
from dataclasses import dataclass, field
from typing import Any

from inro.virtual_card.pin import PinSlot

MASTER_FILE = "3f00"


@dataclass(slots=True, kw_only=True)
class CardEntry:
    """A file or folder (DF): `control` holds its FCP objects, `content` is None for a folder."""

    control: dict[int, bytes]
    access: bytes
    content: bytearray | None

    @property
    def is_folder(self) -> bool:
        """Whether this entry is a DF."""
        return self.content is None

    def record(self) -> dict[str, Any]:
        """Return the entry for the card file."""
        return {
            "control": {f"{tag:02x}": value.hex() for tag, value in self.control.items()},
            "access": self.access.hex(),
            "content": None if self.content is None else self.content.hex(),
        }


@dataclass(slots=True, kw_only=True)
class CardState:
    """What a card holds; entries are keyed by path (4 hexadecimal digits a step, from the MF)."""

    entries: dict[str, CardEntry]
    pin: PinSlot
    keys: dict[int, bytes] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Return the state as JSON, for encryption by the card file."""
        record = {
            "entries": {path: entry.record() for path, entry in self.entries.items()},
            "pin": self.pin.record(),
            "keys": {str(reference): sealed.hex() for reference, sealed in self.keys.items()},
        }
        return json.dumps(record, separators=(",", ":")).encode()


def blank_state(*, tries: int) -> CardState:
    """Return the state of a card fresh from its maker: an empty MF and no PIN set."""
    control = {0x82: b"\x38", 0x83: bytes.fromhex(MASTER_FILE)}
    master = CardEntry(control=control, access=b"\xff" + bytes(7), content=None)
    return CardState(entries={MASTER_FILE: master}, pin=PinSlot(limit=tries, left=tries))


def decode_state(octets: bytes) -> CardState:
    """Return the state that `CardState.encode` wrote."""
    record = json.loads(octets)
    return CardState(
        entries={path: _entry(entry) for path, entry in record["entries"].items()},
        pin=PinSlot.from_record(record["pin"]),
        keys={int(reference): bytes.fromhex(sealed) for reference, sealed in record["keys"].items()},
    )


def _entry(record: dict[str, Any]) -> CardEntry:
    content = record["content"]
    return CardEntry(
        control={int(tag, 16): bytes.fromhex(value) for tag, value in record["control"].items()},
        access=bytes.fromhex(record["access"]),
        content=None if content is None else bytearray.fromhex(content),
    )
