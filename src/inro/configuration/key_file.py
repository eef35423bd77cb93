"""A key in a file of the installation: its owner's alone and long enough, or nothing starts (40(7))."""

import os
import stat
from pathlib import Path

from inro.configuration.errors import ConfigurationRefused

LEAST_CHARACTERS = 50


def read_key(file: Path, *, key: str) -> str:
    """Return the key in a file that only its owner may read; `key` names it in `inro.toml`.

    Raises: ConfigurationRefused.
    """
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            text = opened.read().decode("ascii").strip()
    except OSError as error:
        detail = error.strerror or type(error).__name__
        do = f"write one: (umask 077; openssl rand -hex 32 > {file})"
        raise ConfigurationRefused(file=file, key=key, problem=detail, do=do) from error
    except UnicodeDecodeError as error:
        raise ConfigurationRefused(
            file=file, key=key, problem="not ASCII", do="write hexadecimal digits"
        ) from error
    if stat.S_IMODE(mode) & 0o077:
        problem = "others than its owner may read it"
        raise ConfigurationRefused(
            file=file, key=key, problem=problem, do=f"chmod 600 {file}, then a new key"
        )
    if len(text) < LEAST_CHARACTERS or len(set(text)) < 8:
        problem = f"shorter than {LEAST_CHARACTERS} characters, or too regular"
        raise ConfigurationRefused(file=file, key=key, problem=problem, do=f"openssl rand -hex 32 > {file}")
    return text
