"""TOML files read into tables whose every key is taken once; errors name file and key."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from inro.configuration.errors import ConfigurationRefused
from inro.pki.section import ProfileRefused, Section
from inro.practice.calendar import CalendarRefused
from inro.practice.editions import TermsRefused

# WebAuthn takes names of hosts only (Level 3, 5.4.2).
NO_RELYING_PARTY = "an IP address is no relying party of passkeys"
_DO = {
    "missing": "write it into the file",
    "unknown key": "remove it, or correct its spelling",
    NO_RELYING_PARTY: "write the host name in the office's address, or localhost for this machine alone",
}


def read_toml(file: Path) -> tuple[dict[str, Any], bytes]:
    """Return a TOML file's table and its octets.

    Raises: ConfigurationRefused when it cannot be read, is no UTF-8 or no TOML.
    """
    try:
        source = file.read_bytes()
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise ConfigurationRefused(file=file, problem=detail, do="make the file readable there") from error
    try:
        return tomllib.loads(source.decode("utf-8")), source
    except UnicodeDecodeError as error:
        problem = f"octet {error.start} is not UTF-8"
        raise ConfigurationRefused(file=file, problem=problem, do="save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationRefused(file=file, problem=str(error), do="correct the TOML there") from error


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Turn what is refused while a file is made into values into a refusal that names the file.

    Raises: ConfigurationRefused.
    """
    try:
        yield
    except ProfileRefused as refused:
        problem = f"{refused.problem} ({refused.clause})" if refused.clause else refused.problem
        do = _DO.get(refused.problem, "correct the value")
        raise ConfigurationRefused(file=file, key=refused.path, problem=problem, do=do) from refused
    except TermsRefused as refused:
        do = _DO.get("unknown key" if refused.problem == "unknown" else refused.problem, "correct the value")
        raise ConfigurationRefused(file=file, key=refused.field, problem=refused.problem, do=do) from refused
    except CalendarRefused as refused:
        key, value = next(iter(refused.data.items()))
        problem = f"contradicts itself: {value}"
        raise ConfigurationRefused(file=file, key=key, problem=problem, do="correct the value") from refused


def take_path(section: Section, key: str, *, home: Path) -> Path:
    """Take a path, relative to the installation's folder unless it is absolute.

    Raises: ProfileRefused.
    """
    return home / section.take_text(key)


def take_optional_path(section: Section, key: str, *, home: Path) -> Path | None:
    """Take a path that may be left out.

    Raises: ProfileRefused.
    """
    return take_path(section, key, home=home) if section.has(key) else None


def take_url(section: Section, key: str, schemes: tuple[str, ...]) -> str:
    """Take an address that begins with one of `schemes`.

    Raises: ProfileRefused.
    """
    path, url = section.path(key), section.take_text(key)
    if not url.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ProfileRefused(path=path, problem=f"does not begin with {' or '.join(schemes)}://")
    return url


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address as a browser names them (RFC 6454 6.1)."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    host = parts.hostname or ""
    return f"{parts.scheme}://[{host}]{port}" if ":" in host else f"{parts.scheme}://{host}{port}"


def take_optional[T](section: Section, key: str, kind: type[T], otherwise: T) -> T:
    """Take a value that may be left out.

    Raises: ProfileRefused.
    """
    return section.take(key, kind) if section.has(key) else otherwise
