"""What `inro doctor` asks of documents: a place that keeps them, and folders in memory for pages (8.5)."""

import os
from collections.abc import Iterator
from pathlib import Path

from inro.adapters.document_place import document_place
from inro.adapters.memory_folder import check_memory_folder
from inro.cli.finding import Finding, doubtful, missing, well
from inro.cli.refusal import Words
from inro.configuration.document_places import DocumentFolderPlace, DocumentPlaces
from inro.ports.errors import PortError

SWAPS = Path("/proc/swaps")


def document_findings(places: DocumentPlaces) -> Iterator[Finding]:
    """Yield how the store and the two folders stand; nothing is made and nothing put."""
    yield store_finding(places)
    yield memory_finding(Words("一時保管", "quarantine"), places.quarantine)
    yield memory_finding(Words("スキャナのフォルダ", "scanner's folder"), places.scanner)
    yield swap_finding(SWAPS.read_text("utf-8"))


def store_finding(places: DocumentPlaces) -> Finding:
    """Say whether documents can be kept where `inro.toml` says."""
    subject = Words("文書保管庫", "document store")
    try:
        document_place(places.store).check()
    except PortError as error:
        said = f"{error.what}: {error.detail}"
        return missing(subject, Words(said, said), error.do)
    if isinstance(places.store, DocumentFolderPlace):
        folder = places.store.folder
        if folder.stat().st_mode & 0o077 or folder.stat().st_uid != os.geteuid():
            detail = Words(f"{folder} を他の利用者が読めます", f"others can enter {folder}")
            return doubtful(subject, detail, f"chmod 700 {folder}  (owned by the office's user)")
        return well(subject, Words(str(folder), str(folder)))
    return well(subject, Words(places.store.bucket, places.store.bucket))


def memory_finding(subject: Words, folder: Path) -> Finding:
    """Say whether a folder is, or would be, in memory and its owner's alone."""
    try:
        check_memory_folder(folder)
    except PortError as error:
        said = f"{error.what}: {error.detail}"
        return missing(subject, Words(said, said), error.do)
    return well(subject, Words(str(folder), str(folder)))


def swap_finding(swaps: str) -> Finding:
    """Say whether what is in memory may get onto a disk; `swaps` is what /proc/swaps says."""
    subject = Words("スワップ", "swap")
    if len(swaps.splitlines()) > 1:
        detail = Words("有効です", "is on")
        return doubtful(subject, detail, "swapoff -a, or encrypt it: a scanner's file may get onto the disk")
    return well(subject, Words("無効", "off"))
