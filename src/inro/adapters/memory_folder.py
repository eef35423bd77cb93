"""Folders whose files live in memory only, for pages on which a number may still show (8.5)."""

import os
import stat
from pathlib import Path

from inro.ports.errors import PortError

_MOUNTS = Path("/proc/self/mountinfo")
_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
_OWNER_ONLY = 0o700
_ROOT = 0


class FolderUnfit(PortError):
    """A folder that may not hold pages before they are redacted."""


def open_memory_folder(folder: Path) -> Path:
    """Return `folder`, made if it is not there: a memory file system is empty after every start.

    Raises: FolderUnfit.
    """
    check_memory_folder(folder)
    try:
        for place in (*reversed(folder.parents), folder):
            if not place.exists():
                place.mkdir(mode=_OWNER_ONLY)
    except OSError as error:
        raise FolderUnfit(str(folder), error.strerror or str(error), "see that it can be made") from error
    check_memory_folder(folder)
    return folder


def check_memory_folder(folder: Path) -> None:
    """Refuse a folder that is not in memory, or that others can enter; one not made yet is held to its place.

    Raises: FolderUnfit.
    """
    there = next(place for place in (folder, *folder.parents) if place.exists())
    kind = _kind_of_mount(there)
    if kind not in _IN_MEMORY:
        do = "name a folder under /dev/shm, or on a tmpfs of its own, in inro.toml"
        raise FolderUnfit(str(folder), f"on {kind or 'an unknown file system'}, not in memory", do)
    for parent in folder.parents:
        if parent.exists() and parent.stat().st_uid not in (_ROOT, os.geteuid()):
            raise FolderUnfit(str(folder), f"{parent} is another user's", "name a folder of one's own")
    if there == folder:
        _check_owner(folder)


def _check_owner(folder: Path) -> None:
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode):
        raise FolderUnfit(str(folder), "no folder of its own", "remove what is there")
    if facts.st_uid != os.geteuid():
        raise FolderUnfit(str(folder), "another user's", "name a folder of this process's own user")
    if stat.S_IMODE(facts.st_mode) & 0o077:
        raise FolderUnfit(str(folder), "others can enter it", f"chmod 700 {folder}")


def _kind_of_mount(place: Path) -> str:
    """Return the type of the file system a folder is on, by its device; several mounts may cover one path."""
    device = place.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in _MOUNTS.read_text("utf-8").splitlines():
        # proc_pid_mountinfo(5): the third field is the device; behind the lone hyphen stands the type.
        fields, _, behind = line.partition(" - ")
        if fields.split()[2] == wanted:
            return behind.split()[0]
    return ""
