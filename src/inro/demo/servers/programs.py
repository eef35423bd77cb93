"""Finding programs, and running servers without root's rights."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from inro.ports.errors import PortError

PACKAGES = {
    "certtool": "gnutls-bin",
    "chromium": "chromium",
    "exiftool": "libimage-exiftool-perl",
    "java": "default-jre-headless",
    "ldapsearch": "ldap-utils",
    "mutool": "mupdf-tools",
    "openssl": "openssl",
    "pcscd": "pcscd",
    "pdfimages": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pkcs11-tool": "opensc",
    "pkcs15-tool": "opensc",
    "postgres": "postgresql",
    "initdb": "postgresql",
    "setpriv": "util-linux",
    "slapadd": "slapd",
    "slapd": "slapd",
    "softhsm2-util": "softhsm2",
    "unshare": "util-linux",
}
FOLDERS = ("/usr/bin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/local/sbin")
ORDINARY_USER = "nobody"


def program(name: str) -> str:
    """Return the path of `name`.

    Raises: PortError saying how to get it.
    """
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    folders = os.pathsep.join([os.environ.get("PATH", ""), *FOLDERS, *map(str, newest_first)])
    found = shutil.which(name, path=folders)
    if found is None:
        package = PACKAGES.get(name, name)
        raise PortError(
            name, "is not on this machine", f"apt-get install -y {package}  (or: tools/set-up run)"
        )
    return found


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def unprivileged(command: Sequence[str]) -> list[str]:
    """Return `command` as an ordinary user would run it, ended by the kernel when this process ends."""
    start = [program("setpriv"), "--pdeathsig", "TERM"]
    if os.geteuid() == 0:
        start += [
            f"--reuid={ORDINARY_USER}",
            f"--regid={_ordinary().pw_gid}",
            "--clear-groups",
            "--no-new-privs",
        ]
    return [*start, "--", *command]


def give_away(folder: Path) -> None:
    """Let the ordinary user own `folder`, if this process is root's; others may not enter it."""
    folder.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(folder, _ordinary().pw_uid, _ordinary().pw_gid)


def _ordinary() -> pwd.struct_passwd:
    return pwd.getpwnam(ORDINARY_USER)


def end(
    process: "subprocess.Popen[bytes]", first: signal.Signals = signal.SIGTERM, patience: float = 20.0
) -> None:
    """End `process`, asking with `first` and insisting after `patience` seconds."""
    if process.poll() is None:
        process.send_signal(first)
        try:
            process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=patience)


def wait_until(
    answers: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path, patience: float = 300.0
) -> None:
    """Wait until the server answers.

    Raises: PortError with the end of its log when it ends or stays silent.
    """
    deadline = time.monotonic() + patience
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            end(process)
            said = log.read_text(errors="replace").strip()[-300:]
            raise PortError(
                str(process.args), f"did not start: {said}", "mend what it says, then start again"
            )
        time.sleep(0.05)
