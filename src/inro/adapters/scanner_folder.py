"""A folder in memory into which a scanner writes; a file is read once and removed (8.5)."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inro.adapters.memory_folder import FolderUnfit, open_memory_folder
from inro.japanese.number_detector import holds_forbidden_number
from inro.ports.errors import ScannedFileRefused
from inro.ports.scanner import Look, ScannedFile

# Programs write under such a name first and rename the file once it is whole.
_UNFINISHED = (".part", ".partial", ".tmp", ".filepart", ".crdownload")
_WHAT = "scanner folder"
_DO_WAIT = "wait until the scanner is done"
_DO = "remove the file from the scanner's folder and scan the paper again"


class ScannerFolder:
    """`ports.scanner.Scanner` over a folder that only this process's user can enter."""

    def __init__(self, folder: Path) -> None:
        """Make the folder ready.

        Raises: FolderUnfit.
        """
        self._folder = open_memory_folder(folder)

    def look(self) -> Look:
        """Return the files there are, by name; hidden ones and those still under a name of passage are not.

        Raises: FolderUnfit.
        """
        seen: dict[str, ScannedFile] = {}
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    if not entry.name.startswith(".") and not entry.name.lower().endswith(_UNFINISHED):
                        with suppress(FileNotFoundError):  # taken away since
                            seen[entry.name] = _scanned(entry.name, entry.stat(follow_symlinks=False))
        except OSError as error:
            raise FolderUnfit(str(self._folder), error.strerror or str(error), "make it readable") from error
        return seen

    def take(self, file: ScannedFile, *, most_octets: int) -> bytes:
        """Return the octets of a file that is still as it was seen, and remove it.

        Raises: ScannedFileRefused; the file is then left where it is.
        """
        if file.size > most_octets:
            raise ScannedFileRefused(_WHAT, f"a file of {file.size} octets; {most_octets} are allowed", _DO)
        with self._opened() as folder:
            octets = _read(folder, file)
            _remove(folder, file)
        return octets

    def refuse(self, file: ScannedFile) -> None:
        """Remove a file, whatever it is, that is still as it was seen.

        Raises: ScannedFileRefused.
        """
        with self._opened() as folder:
            _remove(folder, file)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        # Everything goes by this descriptor, whatever becomes of the folder's name meanwhile.
        try:
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                yield folder
            finally:
                os.close(folder)
        except OSError as error:
            raise ScannedFileRefused(_WHAT, error.strerror or str(error), _DO) from error


def _read(folder: int, file: ScannedFile) -> bytes:
    # Without O_NONBLOCK a pipe of that name would keep the desk waiting for ever.
    how = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with os.fdopen(os.open(_plain(file.name), how, dir_fd=folder), "rb") as opened:
        facts = os.fstat(opened.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise ScannedFileRefused(_WHAT, "something that is no file", _DO)
        if facts.st_uid != os.geteuid() or facts.st_nlink != 1:
            raise ScannedFileRefused(_WHAT, "a file of another user, or with a second name", _DO)
        octets = opened.read(file.size + 1)
        if _state(facts) != file.state or len(octets) != file.size:
            raise ScannedFileRefused(_WHAT, "a file that still changes", _DO_WAIT)
        return octets


def _remove(folder: int, file: ScannedFile) -> None:
    # A file that has come under this name since is another scan, and stays.
    if _state(os.lstat(_plain(file.name), dir_fd=folder)) != file.state:
        raise ScannedFileRefused(_WHAT, "a file that still changes", _DO_WAIT)
    os.unlink(file.name, dir_fd=folder)


def _scanned(name: str, facts: os.stat_result) -> ScannedFile:
    shown = None if holds_forbidden_number(name) else name
    return ScannedFile(name=name, name_to_show=shown, size=facts.st_size, state=_state(facts))


def _state(facts: os.stat_result) -> tuple[int, ...]:
    return facts.st_ino, facts.st_mode, facts.st_size, facts.st_mtime_ns


def _plain(name: str) -> str:
    if name in {"", ".", ".."} or "/" in name or "\0" in name:
        raise ScannedFileRefused(_WHAT, "a name with a folder in it", _DO)
    return name
