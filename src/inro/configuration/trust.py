"""The ceremony's folder: what every process may read and none may write (Ordinance 6(17), 9.1)."""

from dataclasses import dataclass
from pathlib import Path

from inro.configuration.errors import ConfigurationRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRoster:
    """The officers' roster as the ceremony left it, and the key it trusts (DER); nothing is verified yet."""

    document: bytes
    signature: bytes
    public_key_info: bytes


def read_signed_roster(trust: Path) -> SignedRoster:
    """Return the roster's three files.

    Raises: ConfigurationRefused.
    """
    return SignedRoster(
        document=read_trust(trust / "roster.json"),
        signature=read_trust(trust / "roster.sig"),
        public_key_info=read_trust(trust / "roster-key.der"),
    )


def read_trust(file: Path) -> bytes:
    """Return a file of the ceremony's folder.

    Raises: ConfigurationRefused.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigurationRefused(
            file=file,
            problem=error.strerror or type(error).__name__,
            do="name the ceremony's folder in inro.toml",
        ) from error
