"""Files that hold personal data, for their owner alone."""

import os
from pathlib import Path


def write_private(file: Path, octets: bytes) -> None:
    """Put a file in its place whole, readable by nobody but its owner.

    Raises: OSError.
    """
    part = file.with_name(f".{file.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(octets)
    part.replace(file)
