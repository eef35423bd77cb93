"""Loopback ports that are free just now."""

import secrets
import socket

LOOPBACK = "127.0.0.1"
# Below the ports that the kernel gives to connections: one of those may be anybody's the next moment.
_PORTS = range(12_000, 32_000)
_TOGETHER = 4


def free_port(*, following: int = 1) -> int:
    """Return a TCP port of the loopback address on which nothing listens, nor on up to 3 `following` ones.

    The office's site has its responder on the next. Nobody else on this machine who asks here is given one of
    them while this process lives, though its server begins to listen only later.
    """
    while True:
        port = _PORTS[secrets.randbelow(len(_PORTS) // _TOGETHER) * _TOGETHER]
        if _is_ours(port) and all(_is_free(port + place) for place in range(following + 1)):
            return port


def _is_ours(port: int) -> bool:
    # A name of the kernel's, which is free again when this process has ended, however it ends.
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0inro-port-{port}")
    except OSError:
        name.close()
        return False
    name.detach()
    return True


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
