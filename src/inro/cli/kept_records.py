"""The folder that holds every kept record, whole or not at all; nothing of ours is needed to read it (40(4)).

Tables are JSON lines, all as of one instant; files lie beside them; a manifest names each with its SHA-256.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from inro.configuration.document_places import DocumentFolderPlace
from inro.configuration.installation import Installation

MANIFEST = "manifest.json"
_DESTRUCTION = "transcript.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRecords:
    """What a folder holds: how many files, and the SHA-256 of the manifest that names them."""

    files: int
    manifest_sha256: str


@contextmanager
def written_records(installation: Installation, folder: Path) -> Iterator[WrittenRecords]:
    """Write tables, lists, journal, documents, ceremonies' records; `folder` is there once the block ends.

    Tokens are left out; documents stay encrypted, and the custodians of their key go with them. What breaks
    off leaves nothing behind.

    Raises: OSError, sqlite3.Error for a journal that its signer still holds.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} is there already")
    part = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700, parents=True)
        _write_tables(part / "tables")
        _copy_journal(installation.signer.journal, part / "journal")
        for name, source, ignore in _places(installation):
            if source.is_dir():
                shutil.copytree(source, part / name, ignore=ignore)
        yield _with_manifest(part, installation.name)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def holds_destruction(trust: Path, transcript_sha256: str | None) -> bool:
    """Return whether the record of the keys' destruction lies among the ceremonies' (Ordinance 6(17))."""
    return any(_sha256(file) == transcript_sha256 for file in trust.rglob(_DESTRUCTION))


def _write_tables(folder: Path) -> None:
    from inro.store.reads.whole import at_one_instant, table_names, table_rows

    folder.mkdir()
    with at_one_instant():
        for table in table_names():
            with (folder / f"{table}.jsonl").open("w", encoding="utf-8") as file:
                for row in table_rows(table):
                    file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


def _copy_journal(journal: Path, folder: Path) -> None:
    """Copy what was written last too, which may not be in the journal's own file yet."""
    folder.mkdir()
    if not journal.exists():
        return
    source = sqlite3.connect(f"{journal.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
    with closing(source):
        # Not `backup`: that waits without end for a signer that still holds the journal.
        source.execute("VACUUM INTO ?", (str(folder / journal.name),))


type _Ignoring = Callable[[str, list[str]], set[str]] | None


def _places(installation: Installation) -> Iterator[tuple[str, Path, _Ignoring]]:
    yield "lists", installation.signer.archive, None
    yield "ceremonies", installation.trust, shutil.ignore_patterns("tokens")
    yield "policy", installation.policy, None
    yield "repository", installation.repository.web_root, None
    if isinstance(installation.documents.store, DocumentFolderPlace):
        yield "documents", installation.documents.store.folder, None


def _with_manifest(folder: Path, written_by: str) -> WrittenRecords:
    sums = {str(path.relative_to(folder)): _sha256(path) for path in sorted(_files(folder))}
    text = json.dumps({"written_by": written_by, "files": sums}, indent=1, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, "utf-8")
    return WrittenRecords(files=len(sums), manifest_sha256=hashlib.sha256(text.encode()).hexdigest())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
