"""A copy of SoftHSM's token file, from which a file cut short is put back (Ordinance 6(17)).

C_Login empties `token.object` and then writes it anew, in place. A process killed between the two, or a disk
that is full just then, would leave an empty file, and with it every key of the token would be lost.
"""

import os
from pathlib import Path

from inro.adapters.token_address import ModuleUnusable, TokenAddress, locked

_TOKEN_FILE = "token.object"
_COPIES = "copies"


def keep_token_file(address: TokenAddress) -> None:
    """Put back a token file that was cut short, or copy a whole one; call it before each login.

    Only a folder of SoftHSM's has such files. Without a copy nobody logs in.

    Raises: ModuleUnusable.
    """
    if not address.soft:
        return
    with locked(address.folder):
        try:
            for file in address.objects.glob(f"*/{_TOKEN_FILE}"):
                _keep(file, address.folder / _COPIES / f"{file.parent.name}.token")
        except OSError as error:
            raise ModuleUnusable(
                str(address.folder), str(error), "make room and make the token folder writable"
            ) from error


def _keep(file: Path, copy: Path) -> None:
    present = file.read_bytes()
    kept = copy.read_bytes() if copy.exists() else b""
    # A login changes flags and a counter, never the length: what is shorter than its copy was cut short.
    if len(present) < len(kept):
        _replace(file, kept)
    elif present and present != kept:
        copy.parent.mkdir(mode=0o700, exist_ok=True)
        _replace(copy, present)


def _replace(place: Path, octets: bytes) -> None:
    # Not named `.object`, which SoftHSM would take for a key's file.
    beside = place.with_name(f"{place.name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(octets)
        target.flush()
        os.fsync(target.fileno())
    beside.replace(place)
