"""Loopback ports that are free just now."""

import secrets
import socket

LOOPBACK = "127.0.0.1"
# Below the ports that the kernel gives to connections: one of those may be anybody's the next moment.
_PORTS = range(12_000, 32_000)


def free_port(*, following: int = 1) -> int:
    """Return a TCP port of the loopback address on which nothing listens, nor on the `following` ones.

    The office's site has its responder on the next.
    """
    while True:
        port = _PORTS[secrets.randbelow(len(_PORTS) - following)]
        if all(_is_free(port + place) for place in range(following + 1)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def listens(port: int) -> bool:
    """Return whether something answers on the loopback port."""
    with socket.socket() as client:
        client.settimeout(1.0)
        return client.connect_ex((LOOPBACK, port)) == 0
