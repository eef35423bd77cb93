"""How a PIN gets from process to process: a pipe, never argument, environment or file (17.3, 19.3)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from inro.ports.errors import PinRefused

# A supervisor starts a process that ends with it no more: the PIN would be refused again.
PIN_REFUSED_STATUS = 77
_LONGEST = 255


@contextmanager
def pin_pipe(pin: bytearray) -> Iterator[int]:
    """Lend a file descriptor from which a child process reads the PIN; both ends are closed afterwards."""
    reading, writing = os.pipe()
    try:
        os.write(writing, pin)
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


def read_pin(descriptor: int) -> bytearray:
    """Read a PIN to the pipe's end, into one place of memory, and close the descriptor.

    Raises: PinRefused if nothing, or too much, comes.
    """
    pin = bytearray(_LONGEST + 1)
    length = 0
    try:
        while length < len(pin) and (count := os.readv(descriptor, [memoryview(pin)[length:]])):
            length += count
    except OSError as error:
        raise PinRefused("PIN", f"descriptor {descriptor}: {error}", _DO) from error
    finally:
        os.close(descriptor)
    if not 0 < length <= _LONGEST:
        raise PinRefused("PIN", f"{length} octets came through descriptor {descriptor}", _DO)
    del pin[length:]
    return pin


_DO = "start this process by its supervisor"
