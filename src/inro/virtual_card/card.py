"""A card that speaks IsoApplet's protocol: files, one PIN with 15 tries, RSA-2048 keys that never come out
(5.2, 17.1, 19.3, 19.5)."""

import os
from collections.abc import Callable
from typing import Final

from inro.virtual_card.apdu import Command, Declined, Status, parse_command, read_tlv
from inro.virtual_card.card_file import CardFile
from inro.virtual_card.files import (
    Access,
    content_of,
    create_entry,
    describe_entry,
    offset_of,
    require,
    resolve,
)
from inro.virtual_card.pin import LONGEST, SHORTEST
from inro.virtual_card.private_key import import_key, reseal_key, seal_key, sign_digest_info
from inro.virtual_card.state import MASTER_FILE

APPLET: Final = bytes.fromhex("F276A288BCFBA69D34F31001")
ANSWER_TO_RESET: Final = bytes.fromhex("3B848001494E524F1F")

_GREETING = bytes.fromhex("000603")  # protocol 0.6; extended lengths, random numbers
_PIN_REFERENCE = 0x01
_IMPORT_RSA_2048, _SIGN_RSA_PKCS1 = 0xF3, 0x11
_PUT_DATA = 0xDB
_LONGEST_CHAIN = 2048

type _Answer = bytes


class VirtualCard:
    """One card: APDUs in, answers out; whatever changes is durable before the answer leaves."""

    def __init__(self, card_file: CardFile) -> None:
        self._file = card_file
        self._state = card_file.load()
        self._chain = bytearray()
        self._sealing_key: bytearray | None = None
        self._instructions: dict[int, Callable[[Command], _Answer]] = {
            0xA4: self._select,
            0xE0: self._create_file,
            0xB0: self._read_binary,
            0xD6: self._update_binary,
            0x20: self._verify,
            0x24: self._change_reference_data,
            0x22: self._manage_security_environment,
            _PUT_DATA: self._put_data,
            0x2A: self._compute_signature,
            0x84: self._get_challenge,
        }
        self.reset()

    @property
    def answer_to_reset(self) -> bytes:
        """The ATR (ISO/IEC 7816-3 8): protocol T=1, historical bytes INRO."""
        return ANSWER_TO_RESET

    def reset(self) -> None:
        """Forget everything but what is durable, as a card does when its power goes."""
        self._folder = self._selected = MASTER_FILE
        self._environment: tuple[int, int] | None = None
        self._forget_pin()
        self._drop_chain()

    def transmit(self, octets: bytes) -> bytes:
        """Answer one command APDU.

        Raises: OSError when the card file cannot be written; the command then had no effect.
        """
        try:
            return self._answer(parse_command(octets)) + int(Status.DONE).to_bytes(2)
        except Declined as declined:
            return declined.status.to_bytes(2)

    def _answer(self, command: Command) -> _Answer:
        if command.cla & ~0x10 or (command.chained and command.ins != _PUT_DATA):
            raise Declined(Status.UNKNOWN_CLASS)
        instruction = self._instructions.get(command.ins)
        if instruction is None:
            raise Declined(Status.UNKNOWN_INSTRUCTION)
        if command.ins != _PUT_DATA:
            self._drop_chain()
        return instruction(command)

    def _select(self, command: Command) -> _Answer:
        if command.p1 == 0x04 and command.data == APPLET:
            self.reset()
            return _GREETING
        path = resolve(self._state, folder=self._folder, command=command)
        entry = self._state.entries[path]
        self._selected = path
        self._folder = path if entry.is_folder else path[:-4]
        return b"" if command.p2 & 0x0C == 0x0C else describe_entry(entry)

    def _create_file(self, command: Command) -> _Answer:
        path = create_entry(
            self._state, folder=self._folder, control=command.data, pin_verified=self._pin_verified
        )
        self._keep()
        self._selected = path
        if self._state.entries[path].is_folder:
            self._folder = path
        return b""

    def _read_binary(self, command: Command) -> _Answer:
        content, offset = self._content(Access.READ), offset_of(command)
        if offset > len(content):
            raise Declined(Status.WRONG_OFFSET)
        return bytes(content[offset : offset + command.expected])

    def _update_binary(self, command: Command) -> _Answer:
        content, offset = self._content(Access.UPDATE), offset_of(command)
        if offset + len(command.data) > len(content):
            raise Declined(Status.NO_ROOM)
        content[offset : offset + len(command.data)] = command.data
        self._keep()
        return b""

    def _content(self, right: Access) -> bytearray:
        entry = self._state.entries[self._selected]
        content = content_of(entry)
        require(self._state, entry=entry, right=right, pin_verified=self._pin_verified)
        return content

    def _verify(self, command: Command) -> _Answer:
        self._require_pin_reference(command)
        if not command.data and self._pin_verified:
            return b""
        if not self._state.pin.left:
            raise Declined(Status.PIN_LOCKED)
        if not command.data:
            raise Declined(self._tries_status())
        self._sealing_key = self._open_pin(command.data)
        return b""

    def _open_pin(self, pin: bytes) -> bytearray:
        """Compare a PIN; the try is durably spent before, and given back only by the right one (19.5)."""
        slot = self._state.pin
        self._forget_pin()
        if not slot.left:
            raise Declined(Status.PIN_LOCKED)
        slot.left -= 1
        self._keep()
        sealing_key = slot.open(pin)
        if sealing_key is None:
            raise Declined(self._tries_status())
        slot.left = slot.limit
        self._keep()
        return sealing_key

    def _change_reference_data(self, command: Command) -> _Answer:
        if command.p1 == 0x01:
            self._set_first_pin(command)
        elif command.p1 == 0x00:
            self._change_pin(command)
        else:
            raise Declined(Status.WRONG_PARAMETERS)
        return b""

    def _set_first_pin(self, command: Command) -> None:
        if command.p2 != _PIN_REFERENCE:
            raise Declined(Status.REFERENCE_NOT_FOUND)
        if self._state.pin.is_set:
            raise Declined(Status.CONDITIONS_NOT_SATISFIED)
        _require_pin_length(command.data)
        self._state.pin.set(command.data)
        self._keep()

    def _change_pin(self, command: Command) -> None:
        self._require_pin_reference(command)
        if len(command.data) <= LONGEST:
            raise Declined(Status.WRONG_LENGTH)
        old, new = command.data[:LONGEST], command.data[LONGEST:]
        _require_pin_length(new)
        old_key = self._open_pin(old)
        new_key = self._state.pin.set(new)
        for reference, sealed in self._state.keys.items():
            self._state.keys[reference] = reseal_key(sealed, old=old_key, new=new_key, reference=reference)
        self._keep()
        self._sealing_key = new_key

    def _manage_security_environment(self, command: Command) -> _Answer:
        objects = dict(read_tlv(command.data))
        algorithm = objects.get(0x80, b"")
        reference = objects.get(0x84) or objects.get(0x83, b"")
        wanted = {0x4100: _IMPORT_RSA_2048, 0x41B6: _SIGN_RSA_PKCS1}.get(command.p1p2)
        if wanted is None:
            raise Declined(Status.WRONG_PARAMETERS)
        if algorithm != bytes([wanted]) or len(reference) != 1:
            raise Declined(Status.WRONG_DATA)
        if wanted == _SIGN_RSA_PKCS1 and reference[0] not in self._state.keys:
            raise Declined(Status.REFERENCE_NOT_FOUND)
        self._environment = wanted, reference[0]
        return b""

    def _put_data(self, command: Command) -> _Answer:
        if command.p1p2 != 0x3FFF:
            raise Declined(Status.WRONG_PARAMETERS)
        reference, sealing_key = self._key_in_use(_IMPORT_RSA_2048)
        if reference in self._state.keys:
            raise Declined(Status.ALREADY_THERE)
        self._chain += command.data
        if len(self._chain) > _LONGEST_CHAIN:
            self._drop_chain()
            raise Declined(Status.WRONG_LENGTH)
        if command.chained:
            return b""
        try:
            key = import_key(bytes(self._chain))
        finally:
            self._drop_chain()
        self._state.keys[reference] = seal_key(key, sealing_key=sealing_key, reference=reference)
        self._keep()
        return b""

    def _compute_signature(self, command: Command) -> _Answer:
        if command.p1p2 != 0x9E9A:
            raise Declined(Status.WRONG_PARAMETERS)
        reference, sealing_key = self._key_in_use(_SIGN_RSA_PKCS1)
        return sign_digest_info(
            self._state.keys[reference],
            sealing_key=sealing_key,
            reference=reference,
            digest_info=command.data,
        )

    def _get_challenge(self, command: Command) -> _Answer:
        if not 0 < command.expected <= 256:
            raise Declined(Status.WRONG_LENGTH)
        return os.urandom(command.expected)

    def _key_in_use(self, algorithm: int) -> tuple[int, bytearray]:
        if self._sealing_key is None:
            raise Declined(Status.SECURITY_NOT_SATISFIED)
        if self._environment is None or self._environment[0] != algorithm:
            raise Declined(Status.CONDITIONS_NOT_SATISFIED)
        return self._environment[1], self._sealing_key

    def _require_pin_reference(self, command: Command) -> None:
        if command.p1 != 0x00 or command.p2 != _PIN_REFERENCE or not self._state.pin.is_set:
            raise Declined(Status.REFERENCE_NOT_FOUND)

    def _tries_status(self) -> int:
        return 0x63C0 | self._state.pin.left

    def _keep(self) -> None:
        try:
            self._file.save(self._state)
        except OSError:
            self._state = self._file.load()
            self.reset()
            raise

    @property
    def _pin_verified(self) -> bool:
        return self._sealing_key is not None

    def _forget_pin(self) -> None:
        if self._sealing_key is not None:
            self._sealing_key[:] = bytes(len(self._sealing_key))
        self._sealing_key = None

    def _drop_chain(self) -> None:
        self._chain[:] = bytes(len(self._chain))
        self._chain.clear()


def _require_pin_length(pin: bytes) -> None:
    if not SHORTEST <= len(pin.rstrip(b"\0")) <= LONGEST or len(pin) > LONGEST:
        raise Declined(Status.WRONG_LENGTH)
