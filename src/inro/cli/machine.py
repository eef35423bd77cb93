"""What an installation needs of its machine: modules, PKCS#11, fonts, room on the disk, a clock."""

import ctypes
import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from inro.adapters.token_address import SOFTHSM_MODULE
from inro.cli.finding import Finding, doubtful, missing, well
from inro.cli.refusal import Words
from inro.paper.fonts import FACES

GIBIBYTE = 1024**3
ROOM_NEEDED = 1 * GIBIBYTE
ROOM_WISHED = 5 * GIBIBYTE
# adjtimex(2): what the kernel answers while nothing keeps its clock right.
TIME_ERROR = 5

MODULES = (
    "asn1crypto",
    "boto3",
    "cryptography",
    "django",
    "django_tasks_db",
    "fido2",
    "granian",
    "ldap",
    "pkcs11",
    "pkilint",
    "psycopg",
    "rfc8785",
    "shamir_mnemonic",
    "smartcard",
    "structlog",
    "typst",
    "whitenoise",
)


def machine_findings(home: Path) -> Iterator[Finding]:
    """Yield how this machine stands for an installation in `home`."""
    yield python_finding()
    yield module_finding(MODULES)
    yield pkcs11_finding(SOFTHSM_MODULE)
    yield font_finding()
    yield disk_finding(home, free=shutil.disk_usage(home).free)
    yield synchronisation_finding(kernel_clock_state())


def python_finding() -> Finding:
    """Say whether Python is new enough."""
    version = sys.version.partition(" ")[0]
    return well(Words("Python", "Python"), Words(version, version))


def module_finding(names: tuple[str, ...]) -> Finding:
    """Say which Python modules are not installed."""
    subject = Words("Python モジュール", "Python modules")
    absent = [name for name in names if importlib.util.find_spec(name) is None]
    if absent:
        listed = ", ".join(absent)
        return missing(subject, Words(f"不足: {listed}", f"missing: {listed}"), "tools/set-up run")
    return well(subject, Words(f"{len(names)} 個すべてあり", f"all {len(names)} present"))


def pkcs11_finding(module: Path) -> Finding:
    """Say whether the default PKCS#11 module is installed."""
    subject = Words("PKCS#11 モジュール", "PKCS#11 module")
    if not module.is_file():
        detail = Words(f"{module} がありません", f"no {module}")
        return missing(subject, detail, "apt-get install -y softhsm2")
    return well(subject, Words(str(module), str(module)))


def font_finding() -> Finding:
    """Say which of the fonts for paper are not installed."""
    subject = Words("帳票の書体", "fonts for paper")
    absent = [face for face in FACES if not face.file.is_file()]
    if absent:
        listed = ", ".join(face.family for face in absent)
        packages = " ".join(face.package for face in absent)
        return missing(
            subject, Words(f"不足: {listed}", f"missing: {listed}"), f"apt-get install -y {packages}"
        )
    listed = ", ".join(face.family for face in FACES)
    return well(subject, Words(listed, listed))


def disk_finding(home: Path, *, free: int) -> Finding:
    """Say whether `free` octets are room enough beside the installation."""
    subject = Words("ディスクの空き", "room on the disk")
    detail = Words(f"{home} に {free / GIBIBYTE:.1f} GiB", f"{free / GIBIBYTE:.1f} GiB at {home}")
    if free < ROOM_NEEDED:
        return missing(subject, detail, "free at least 1 GiB: no audit row can be written on a full disk")
    if free < ROOM_WISHED:
        return doubtful(subject, detail, "free 5 GiB or more: ten years of records grow")
    return well(subject, detail)


def kernel_clock_state() -> int:
    """Return what the kernel says of its clock (adjtimex(2)), or 0 where it says nothing."""
    buffer = ctypes.create_string_buffer(512)
    answer = ctypes.CDLL(None, use_errno=True).adjtimex(buffer)
    return max(int(answer), 0)


def synchronisation_finding(state: int) -> Finding:
    """Say whether something keeps the machine's clock right."""
    subject = Words("時計の同期", "clock synchronisation")
    if state == TIME_ERROR:
        return doubtful(
            subject,
            Words("時刻同期されていません", "the kernel's clock is not synchronised"),
            "run an NTP client (apt-get install -y chrony), here or on the host of this machine",
        )
    return well(subject, Words("同期中", "synchronised"))
