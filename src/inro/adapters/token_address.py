"""Where a token is found: folder, module, label, serial and lock; and what may go wrong (Ordinance 6(17))."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.ports.errors import PortError, TokenMissing

SOFTHSM_MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
CA_KEY = "ca"
JOURNAL_KEY = "journal"
STATION_KEY = "station"
ROSTER_KEY = "roster"
OCSP_KEY = "ocsp"
DOCUMENT_KEY = "documents"
FIRST_DOCUMENT_KEY = f"{DOCUMENT_KEY}-1"
DO_FIND = "look at the token folder named in inro.toml; tokens are made by the ceremony"


class ModuleUnusable(PortError):
    """The PKCS#11 module or its configuration cannot be used by this process."""


class ForeignProcess(PortError):
    """A token opened by one process is used in another: PKCS#11 forbids sessions inherited by fork."""


class TokenLost(PortError):
    """The token no longer answers as it did; the process ends and its supervisor starts it again."""


class KeyRefused(PortError):
    """A key of the token is missing, doubled, or not confined to the token as it must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAddress:
    """Where a token is found: by label and serial behind a module, never by slot number.

    `folder` holds `softhsm2.conf`, `tokens/` and `lock`; for another maker's module only `lock`. Without
    `serial` the label must be the only one of its kind.
    """

    folder: Path
    label: str
    serial: str | None = None
    module: Path = SOFTHSM_MODULE

    @property
    def soft(self) -> bool:
        """Whether the token is a folder of files kept by SoftHSM."""
        return "softhsm" in self.module.name

    @property
    def configuration(self) -> Path:
        """SoftHSM's configuration for this folder."""
        return self.folder / "softhsm2.conf"

    @property
    def objects(self) -> Path:
        """The folder in which SoftHSM keeps its files."""
        return self.folder / "tokens"


def write_address(address: TokenAddress) -> None:
    """Write label, serial and module into `address.json` of the token's folder; they are no secret."""
    facts = {"label": address.label, "serial": address.serial, "module": str(address.module)}
    (address.folder / "address.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


def read_address(folder: Path) -> TokenAddress:
    """Return the address that `write_address` left in `folder`.

    Raises: TokenMissing.
    """
    try:
        facts = json.loads((folder / "address.json").read_text("utf-8"))
        return TokenAddress(
            folder=folder, label=facts["label"], serial=facts["serial"], module=Path(facts["module"])
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TokenMissing(str(folder), "no readable address.json", DO_FIND) from error


def configure_soft_token(folder: Path, *, place: Path | None = None) -> None:
    """Make `folder` a SoftHSM token folder, or fit one that was copied here, or is to be moved to `place`."""
    objects = folder / "tokens"
    objects.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    lines = (
        f"directories.tokendir = {(place or folder).absolute() / 'tokens'}",
        "objectstore.backend = file",
        "log.level = ERROR",
        "slots.mechanisms = ALL",
        "library.reset_on_fork = false",
    )
    (folder / "softhsm2.conf").write_text("\n".join(lines) + "\n", "utf-8")


def check_configuration(address: TokenAddress) -> None:
    """Refuse an address whose module, folder or SoftHSM configuration cannot serve it.

    Raises: ModuleUnusable, TokenMissing.
    """
    if not address.module.exists():
        raise ModuleUnusable(str(address.module), "no such file", "install it: apt-get install softhsm2")
    if not address.soft:
        return
    if not address.folder.is_dir():
        raise TokenMissing(str(address.folder), "no such token folder", DO_FIND)
    try:
        text = address.configuration.read_text("utf-8")
    except OSError as error:
        raise ModuleUnusable(str(address.configuration), str(error), "make it readable") from error
    if f"directories.tokendir = {address.objects.absolute()}" not in text.splitlines():
        raise ModuleUnusable(
            str(address.configuration), "names another folder", "a copied token folder is configured anew"
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock against every process that starts on it or writes objects into it.

    C_Login rewrites SoftHSM's `token.object` in place, and a process that reads it then finds a torn file.

    Raises: ModuleUnusable.
    """
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ModuleUnusable(str(folder), str(error), "make the token folder writable") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
