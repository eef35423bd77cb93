"""Sealed documents as files of one folder, by the first digits of their address (28, 40(7))."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inro.adapters.document_seal import is_address, require_address, require_bytes
from inro.ports.errors import DocumentStoreUnavailable, DocumentUnknown

_DIGITS = 2
_DO_RESTORE = "restore it from the backup of the documents"


class DiskDocuments:
    """`ports.document_store.SealedBytes` on a disk; a file appears whole under its address, or never.

    It is written without a name and linked once it is on disk, so whatever ends the process leaves nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, address: str, sealed: bytes) -> None:
        """Keep `sealed`, synchronised with the disk; what is there already under this address is the same.

        Raises: DocumentStoreUnavailable.
        """
        file = self._file(address)
        with self._errors():
            _make_shard(file.parent)
            with _opened(file.parent) as shard:
                _write(shard, address, sealed)
                os.fsync(shard)

    def get(self, address: str) -> bytes:
        """Return the bytes, held against their address.

        Raises: DocumentUnknown, DocumentDamaged, DocumentStoreUnavailable.
        """
        with self._errors():
            try:
                sealed = self._file(address).read_bytes()
            except FileNotFoundError as error:
                raise DocumentUnknown(f"document {address}", "not in the folder", _DO_RESTORE) from error
        return require_bytes(address, sealed)

    def erase(self, address: str) -> None:
        """Remove the file, synchronised with the disk; the bytes were never readable without their key.

        Raises: DocumentStoreUnavailable.
        """
        file = self._file(address)
        with self._errors(), suppress(FileNotFoundError), _opened(file.parent) as shard:
            os.unlink(address, dir_fd=shard)
            os.fsync(shard)

    def addresses(self) -> Iterator[str]:
        """Yield every address in ascending order.

        Raises: DocumentStoreUnavailable.
        """
        with self._errors():
            for shard in sorted(place for place in self._folder.iterdir() if len(place.name) == _DIGITS):
                yield from sorted(file.name for file in shard.iterdir() if is_address(file.name))

    def check(self) -> None:
        """Make a file without a name in the folder, and let it go.

        Raises: DocumentStoreUnavailable.
        """
        with self._errors(), _opened(self._folder) as folder:
            os.close(_nameless(folder))

    def _file(self, address: str) -> Path:
        return self._folder / require_address(address)[:_DIGITS] / address

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            detail = error.strerror or str(error)
            raise DocumentStoreUnavailable(str(self._folder), detail, _way(error)) from error


def _way(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "make room on its disk, then do it again"
    if error.errno in (errno.EOPNOTSUPP, errno.EISDIR):
        return "put the folder on ext4, XFS or Btrfs: this file system has no files without a name"
    return "see that the folder is there and can be written"


def _make_shard(shard: Path) -> None:
    # The folder itself is not made here: where a disk is not mounted, nothing may be written beside it.
    if not shard.is_dir():
        shard.mkdir(mode=0o700, exist_ok=True)
        with _opened(shard.parent) as folder:
            os.fsync(folder)


def _write(shard: int, address: str, octets: bytes) -> None:
    descriptor = _nameless(shard)
    try:
        rest = memoryview(octets)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
        # Another process may have put the same bytes: an address is theirs and no other's.
        with suppress(FileExistsError):
            os.link(f"/proc/self/fd/{descriptor}", address, dst_dir_fd=shard, follow_symlinks=True)
    finally:
        os.close(descriptor)


def _nameless(folder: int) -> int:
    return os.open(".", os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600, dir_fd=folder)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
