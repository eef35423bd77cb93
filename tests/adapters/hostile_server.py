"""A server of a test that sends what it is told to, as slowly as it is told to."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from inro.demo.servers.free_port import LOOPBACK


@contextmanager
def hostile_server(sent: Iterable[bytes], *, pause: float = 0.0, hang: bool = False) -> Iterator[int]:
    """Answer every connection with the pieces of `sent`, a pause after each; yield the port.

    `hang` keeps the connection open afterwards until the test ends.
    """
    pieces, ended = list(sent), threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            # Who answers before the question has come cuts the asker off.
            connection.recv(65_536)
            for piece in pieces:
                connection.sendall(piece)
                if pause:
                    ended.wait(pause)
                if ended.is_set():
                    return
            if hang:
                ended.wait()

    def accept(listener: socket.socket) -> None:
        while not ended.is_set():
            with suppress(OSError):
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server((LOOPBACK, 0)) as listener:
        thread = threading.Thread(target=accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            with suppress(OSError):
                socket.create_connection((LOOPBACK, listener.getsockname()[1]), timeout=300).close()
            thread.join()
