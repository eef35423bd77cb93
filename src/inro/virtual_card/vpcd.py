"""A virtual card put into vpcd's virtual reader, so that PC/SC and OpenSC see an ordinary card."""

import argparse
import os
import socket
from pathlib import Path

from inro.virtual_card.card import VirtualCard
from inro.virtual_card.card_file import FILE_KEY_OCTETS, CardFile

FIRST_SLOT = 35963

_POWER_OFF, _POWER_ON, _RESET, _SEND_ATR = 0, 1, 2, 4
_PATIENCE = 10.0


def serve_card(card: VirtualCard, *, host: str, port: int) -> None:
    """Keep `card` in the reader slot at `host`:`port` until vpcd goes away.

    Raises: OSError when nobody listens there.
    """
    with socket.create_connection((host, port), timeout=_PATIENCE) as connection:
        connection.settimeout(None)
        while (message := _receive(connection)) is not None:
            answer = _answer(card, message)
            if answer is not None:
                connection.sendall(len(answer).to_bytes(2) + answer)


def _answer(card: VirtualCard, message: bytes) -> bytes | None:
    if len(message) != 1:
        return card.transmit(message)
    if message[0] in (_POWER_OFF, _POWER_ON, _RESET):
        card.reset()
        return None
    return card.answer_to_reset if message[0] == _SEND_ATR else None


def _receive(connection: socket.socket) -> bytes | None:
    head = _octets(connection, 2)
    return None if head is None else _octets(connection, int.from_bytes(head))


def _octets(connection: socket.socket, count: int) -> bytes | None:
    received = bytearray()
    while len(received) < count:
        # vpcd sends length and body apart; without a quick ACK each command waits 40 ms for the delayed one.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = connection.recv(count - len(received))
        if not part:
            return None
        received += part
    return bytes(received)


def main() -> None:
    """Serve one card: its file by path, its key by file descriptor, the slot by port."""
    parser = argparse.ArgumentParser(description="Put a virtual card into a vpcd reader.")
    parser.add_argument("--card", type=Path, required=True)
    parser.add_argument("--key-fd", type=int, required=True)
    parser.add_argument("--port", type=int, default=FIRST_SLOT)
    choice = parser.parse_args()
    with os.fdopen(choice.key_fd, "rb") as source:
        file_key = source.read(FILE_KEY_OCTETS)
    card_file = CardFile.open(path=choice.card, file_key=file_key)
    try:
        serve_card(VirtualCard(card_file), host="127.0.0.1", port=choice.port)
    finally:
        card_file.close()


if __name__ == "__main__":
    main()
