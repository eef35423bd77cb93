"""Personalises a card of IsoApplet's protocol by APDUs over any transport (5.2, 17.1, 17.3, 19.5)."""

import hashlib
from typing import Final

from inro.adapters import pkcs15_files as files
from inro.ports.card import CardLabel, CardTransport
from inro.ports.errors import CardLocked, CardRefused, PinRefused

PIN_TRIES: Final = 15

_APPLET = bytes.fromhex("F276A288BCFBA69D34F31001")
_PROTOCOL_MAJOR = 0
_DONE, _PIN_LOCKED, _FILE_NOT_FOUND = 0x9000, 0x6983, 0x6A82
_FREE, _AFTER_PIN, _NEVER = b"\x00", b"\x90", b"\xff"
_BLOCK = 240
_CHAIN_BLOCK = 255
_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_SELECT_IMPORT = bytes.fromhex("00224100068001F38401") + bytes([files.KEY_REFERENCE])
_SELECT_SIGN = bytes.fromhex("002241B606800111") + bytes([0x84, 1, files.KEY_REFERENCE])
_QUERY_PIN = bytes([0x00, 0x20, 0x00, files.PIN_REFERENCE])


class IsoAppletCard:
    """A card under personalisation or in use; fits `inro.ports.card.Card`."""

    def __init__(self, transport: CardTransport) -> None:
        self._transport = transport

    def require_blank(self) -> None:
        """Make sure that nothing was ever written onto the card.

        Raises: CardRefused.
        """
        self._select_applet()
        for file in (files.DIRECTORY, files.APPLICATION):
            command = b"\x00\xa4\x08\x0c\x02" + bytes.fromhex(file)
            if _status(self._transport.transmit(command)) != _FILE_NOT_FOUND:
                raise CardRefused("card", "is not blank", "take a blank card")

    def initialise(self, label: CardLabel, pin: bytearray, certificate_room: int) -> int:
        """Write structure and PIN, reserve room for the certificate, return the tries read back (19.5).

        Raises: CardRefused, also when the card is not blank or locks after other than 15 wrong PINs.
        """
        if not files.SHORTEST_PIN <= len(pin) <= files.PIN_STORED_OCTETS:
            raise CardRefused("card", f"a PIN of {len(pin)} characters", "use 8 to 16")
        self.require_blank()
        self._write_structure(label, certificate_room)
        self._send(b"\x00\x24\x01", bytes([files.PIN_REFERENCE, len(pin)]), pin, doing="set the PIN")
        tries = self.tries_left()
        if tries != PIN_TRIES:
            raise CardRefused("card", f"locks after {tries} wrong PINs, not {PIN_TRIES}", "destroy the card")
        self._verify(pin)
        return tries

    def store_key(self, private_key: bytearray) -> None:
        """Put an RSA private key (PKCS#8 DER) onto the card just initialised (17.3).

        Raises: CardRefused.
        """
        template = _key_template(private_key)
        try:
            self._send(_SELECT_IMPORT, doing="prepare the key")
            blocks = range(0, len(template), _CHAIN_BLOCK)
            for start in blocks:
                block = template[start : start + _CHAIN_BLOCK]
                more = 0x10 if start != blocks[-1] else 0x00
                self._send(bytes([more, 0xDB, 0x3F, 0xFF, len(block)]), block, doing="store the key")
        finally:
            template[:] = bytes(len(template))
        self._write_file(files.KEY_OBJECTS, files.key_object())
        self._write_file(files.CERTIFICATE_OBJECTS, files.certificate_object())

    def sign(self, pin: bytearray, data: bytes) -> bytes:
        """Let the card sign `data` (RSASSA-PKCS1-v1_5, SHA-256) after the PIN (12.8).

        Raises: PinRefused, CardLocked, CardRefused.
        """
        self._select_applet()
        self._select(files.MASTER_FILE + files.APPLICATION)
        self._verify(pin)
        self._send(_SELECT_SIGN, doing="choose the key")
        digest_info = _SHA256_DIGEST_INFO + hashlib.sha256(data).digest()
        return self._send(bytes([0x00, 0x2A, 0x9E, 0x9A, len(digest_info)]), digest_info, b"\0", doing="sign")

    def write_certificate(self, certificate: bytes) -> None:
        """Put the certificate (DER) into the room reserved; needs no PIN.

        Raises: CardRefused.
        """
        self._select_applet()
        room = self._room(files.CERTIFICATE)
        if len(certificate) > room:
            raise CardRefused("card", f"a certificate of {len(certificate)} octets in room for {room}")
        self._write_file(files.CERTIFICATE, certificate)

    def read_certificate(self) -> bytes:
        """Return the certificate on the card (DER).

        Raises: CardRefused.
        """
        self._select_applet()
        self._select(files.MASTER_FILE + files.APPLICATION + files.CERTIFICATE)
        size = files.total_size(self._read(0, 6))
        if size is None:
            raise CardRefused("card", "holds no certificate")
        parts = [self._read(start, min(_BLOCK, size - start)) for start in range(0, size, _BLOCK)]
        return b"".join(parts)

    def tries_left(self) -> int:
        """Return how many wrong PINs the card still takes (19.5).

        Raises: CardRefused.
        """
        self._select_applet()
        status = _status(self._transport.transmit(_QUERY_PIN))
        if status == _PIN_LOCKED:
            return 0
        if status & 0xFFF0 != 0x63C0:
            raise _refused("tell the tries left", status)
        return status & 0x0F

    def serial(self) -> str:
        """Return the serial written at personalisation, 16 hexadecimal digits.

        Raises: CardRefused when the card is blank or foreign.
        """
        self._select_applet()
        self._select(files.MASTER_FILE + files.APPLICATION + files.TOKEN_INFO)
        try:
            return files.serial_in(self._read(0, 0)).hex()
        except ValueError as error:
            raise CardRefused("card", str(error)) from error

    def _write_structure(self, label: CardLabel, certificate_room: int) -> None:
        serial = bytes.fromhex(label.serial)
        self._create(files.DIRECTORY, size=128, update=_NEVER)
        self._write_file(files.DIRECTORY, files.directory(), within="")
        self._create(files.APPLICATION, size=0, folder=True)
        self._create_in_application(files.OBJECTS, files.object_directory())
        self._create_in_application(files.TOKEN_INFO, files.token_info(serial=serial, label=label.label))
        self._create_in_application(files.PIN_OBJECTS, files.pin_object())
        self._create(files.KEY_OBJECTS, size=128, update=_AFTER_PIN)
        self._create(files.CERTIFICATE_OBJECTS, size=128, update=_AFTER_PIN)
        self._create(files.CERTIFICATE, size=certificate_room, update=_FREE)

    def _create_in_application(self, file: str, content: bytes) -> None:
        self._create(file, size=len(content), update=_NEVER)
        self._write_file(file, content)

    def _create(self, file: str, *, size: int, update: bytes = _NEVER, folder: bool = False) -> None:
        # Eight access octets: all conditions given; delete, lock, activate, deactivate, write never;
        # update as asked, read free. In a folder the last three are create folder, create file, delete.
        access = b"\xff" + 5 * _NEVER + (2 * _NEVER if folder else update + _FREE)
        control = files.element(
            0x6F,
            files.element(0x81, size.to_bytes(2)),
            files.element(0x82, b"\x38" if folder else b"\x01"),
            files.element(0x83, bytes.fromhex(file)),
            files.element(0x86, access),
        )
        parent = files.MASTER_FILE if file in (files.DIRECTORY, files.APPLICATION) else files.APPLICATION
        self._select(files.MASTER_FILE if parent == files.MASTER_FILE else files.MASTER_FILE + parent)
        self._send(b"\x00\xe0\x00\x00", bytes([len(control)]), control, doing=f"create file {file}")

    def _write_file(self, file: str, content: bytes, *, within: str = files.APPLICATION) -> None:
        self._select(files.MASTER_FILE + within + file)
        for start in range(0, len(content), _BLOCK):
            block = content[start : start + _BLOCK]
            head = b"\x00\xd6" + start.to_bytes(2) + bytes([len(block)])
            self._send(head, block, doing=f"write file {file}")

    def _read(self, start: int, count: int) -> bytes:
        return self._send(b"\x00\xb0" + start.to_bytes(2) + bytes([count]), doing="read")

    def _room(self, file: str) -> int:
        path = bytes.fromhex(files.APPLICATION + file)
        answer = self._send(b"\x00\xa4\x08\x00", bytes([len(path)]), path, b"\0", doing=f"find file {file}")
        for _, objects in files.elements(memoryview(answer)):
            for tag, value in files.elements(objects):
                if tag in (0x80, 0x81):
                    return int.from_bytes(value)
        raise CardRefused("card", f"does not tell the size of file {file}")

    def _select_applet(self) -> None:
        head = b"\x00\xa4\x04\x00" + bytes([len(_APPLET)])
        greeting = self._send(head, _APPLET, b"\0", doing="select the applet")
        if len(greeting) < 3 or greeting[0] != _PROTOCOL_MAJOR:
            raise CardRefused("card", f"speaks another protocol ({greeting.hex()})")

    def _select(self, path: str) -> None:
        target = bytes.fromhex(path)
        if len(target) == 2:
            self._send(b"\x00\xa4\x00\x0c\x02", target, doing=f"select {path}")
        else:
            self._send(b"\x00\xa4\x08\x0c", bytes([len(target) - 2]), target[2:], doing=f"select {path}")

    def _verify(self, pin: bytearray) -> None:
        command = bytearray(_QUERY_PIN) + bytes([files.PIN_STORED_OCTETS])
        command += pin + bytes(files.PIN_STORED_OCTETS - len(pin))
        try:
            status = _status(self._transport.transmit(command))
        finally:
            command[:] = bytes(len(command))
        if status in (_PIN_LOCKED, 0x63C0):
            raise CardLocked("card", "its PIN is locked")
        if status & 0xFFF0 == 0x63C0:
            raise PinRefused("card", f"wrong PIN, {status & 0x0F} tries left")
        if status != _DONE:
            raise _refused("take the PIN", status)

    def _send(self, *parts: bytes | bytearray, doing: str) -> bytes:
        command = bytearray().join(parts)
        try:
            answer = self._transport.transmit(command)
        finally:
            command[:] = bytes(len(command))
        if _status(answer) != _DONE:
            raise _refused(doing, _status(answer))
        return answer[:-2]


def _status(answer: bytes) -> int:
    if len(answer) < 2:
        raise CardRefused("card", "gave no answer")
    return int.from_bytes(answer[-2:])


def _refused(doing: str, status: int) -> CardRefused:
    return CardRefused("card", f"did not {doing} (status {status:04X})")


def _key_template(private_key: bytearray) -> bytearray:
    """Return the private key template of ISO/IEC 7816-8 (7F48) for a PKCS#8 RSA key (RFC 8017 A.1.2).

    Raises: CardRefused.
    """
    numbers: list[memoryview] = []
    try:
        with memoryview(private_key) as whole:
            numbers = _key_numbers(whole)
            modulus, _, _, p, q, dmp1, dmq1, coefficient = numbers
            if 8 * len(modulus) != files.MODULUS_BITS:
                raise CardRefused("card", f"a key of {8 * len(modulus)} bits", "use 2048")
            body = bytearray()
            for tag, number in zip(range(0x92, 0x97), (p, q, coefficient, dmp1, dmq1), strict=True):
                body += files.element(tag, number)
            template = bytearray(b"\x7f\x48\x82") + len(body).to_bytes(2) + body
            body[:] = bytes(len(body))
            return template
    except ValueError:
        raise CardRefused("card", "the key is not an RSA key in PKCS#8") from None
    finally:
        for number in numbers:
            number.release()


def _key_numbers(whole: memoryview) -> list[memoryview]:
    (_, info), *_ = files.elements(whole)
    wrapped, *_ = (content for tag, content in files.elements(info) if tag == 0x04)
    (_, sequence), *_ = files.elements(wrapped)
    return [_unsigned(number) for tag, number in files.elements(sequence)][1:9]


def _unsigned(number: memoryview) -> memoryview:
    return number[1:] if len(number) > 1 and number[0] == 0 else number
