"""The card's file system and its access conditions (ISO/IEC 7816-4 7.1 to 7.3, IsoApplet's dialect)."""

from enum import IntEnum

from inro.virtual_card.apdu import Command, Declined, Status, read_tlv, write_tlv
from inro.virtual_card.state import MASTER_FILE, CardEntry, CardState

_FREE, _AFTER_PIN, _NEVER = 0x00, 0x90, 0xFF
_CONTROL = 0x6F
_SIZE, _FULL_SIZE, _KIND, _IDENTIFIER, _NAME, _ACCESS = 0x80, 0x81, 0x82, 0x83, 0x84, 0x86
_FOLDER, _TRANSPARENT = 0x38, 0x01
_LARGEST = 0x7FFF


class Access(IntEnum):
    """Place of an operation's condition among the eight access octets of a file."""

    CREATE_FOLDER = 5
    CREATE_FILE = 6
    UPDATE = 6
    READ = 7


def resolve(state: CardState, *, folder: str, command: Command) -> str:
    """Return the path a SELECT names.

    Raises: Declined (6A82, 6A86).
    """
    target = command.data.hex()
    match command.p1:
        case 0x00 if target in ("", MASTER_FILE):
            path = MASTER_FILE
        case 0x00:
            path = folder + target
        case 0x03:
            path = folder[:-4] or MASTER_FILE
        case 0x04:
            path = _by_name(state, command.data)
        case 0x08:
            path = MASTER_FILE + target.removeprefix(MASTER_FILE)
        case 0x09:
            path = folder + target
        case _:
            raise Declined(Status.WRONG_PARAMETERS)
    if path not in state.entries:
        raise Declined(Status.FILE_NOT_FOUND)
    return path


def _by_name(state: CardState, name: bytes) -> str:
    return next((path for path, entry in state.entries.items() if entry.control.get(_NAME) == name), "")


def describe_entry(entry: CardEntry) -> bytes:
    """Return the entry's file control information (tag 6F)."""
    objects = b"".join(write_tlv(tag, value) for tag, value in entry.control.items())
    return write_tlv(_CONTROL, objects + write_tlv(_ACCESS, entry.access))


def create_entry(state: CardState, *, folder: str, control: bytes, pin_verified: bool) -> str:
    """Add the file or folder that `control` describes and return its path.

    Raises: Declined (6982, 6A80, 6A89).
    """
    objects = dict(read_tlv(dict(read_tlv(control)).get(_CONTROL, b"")))
    access = objects.pop(_ACCESS, b"")
    kind = objects.get(_KIND, b"\0")[0]
    size = int.from_bytes(objects.get(_SIZE) or objects.get(_FULL_SIZE, b""))
    if not _acceptable(objects=objects, access=access, kind=kind, size=size):
        raise Declined(Status.WRONG_DATA)
    right = Access.CREATE_FOLDER if kind == _FOLDER else Access.CREATE_FILE
    require(state, entry=state.entries[folder], right=right, pin_verified=pin_verified)
    path = folder + objects[_IDENTIFIER].hex()
    if path in state.entries:
        raise Declined(Status.ALREADY_THERE)
    content = None if kind == _FOLDER else bytearray(size)
    state.entries[path] = CardEntry(control=objects, access=access, content=content)
    return path


def _acceptable(*, objects: dict[int, bytes], access: bytes, kind: int, size: int) -> bool:
    known = {_FREE, _AFTER_PIN, _NEVER}
    return (
        len(objects.get(_IDENTIFIER, b"")) == 2
        and objects.keys() <= {_SIZE, _FULL_SIZE, _KIND, _IDENTIFIER, _NAME, 0x8A}
        and kind in (_FOLDER, _TRANSPARENT)
        and size <= _LARGEST
        and len(access) == 8
        and access[0] == _NEVER
        and set(access[1:]) <= known
    )


def require(state: CardState, *, entry: CardEntry, right: Access, pin_verified: bool) -> None:
    """Check an access condition; before the first PIN is set a card is in its maker's hands and open.

    Raises: Declined (6982).
    """
    condition = entry.access[right]
    free = condition == _FREE or (condition == _AFTER_PIN and pin_verified)
    if state.pin.is_set and not free:
        raise Declined(Status.SECURITY_NOT_SATISFIED)


def content_of(entry: CardEntry) -> bytearray:
    """Return the content of a file.

    Raises: Declined (6986) for a folder.
    """
    if entry.content is None:
        raise Declined(Status.NO_FILE_SELECTED)
    return entry.content


def offset_of(command: Command) -> int:
    """Return the offset a READ or UPDATE BINARY names; short file identifiers are not offered.

    Raises: Declined (6A86).
    """
    if command.p1 & 0x80:
        raise Declined(Status.WRONG_PARAMETERS)
    return command.p1p2
