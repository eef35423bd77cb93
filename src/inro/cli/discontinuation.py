"""`inro discontinuation`: where the end of the service stands, and its last steps on record (11)."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.installed import BAD_INPUT, installed, operator
from inro.cli.refusal import Words, refuse
from inro.configuration.document_places import DocumentFolderPlace
from inro.configuration.installation import Installation, installation_from_environment
from inro.configuration.trust import read_trust
from inro.practice.duties import Duty
from inro.words.states import word

app = typer.Typer(help="サービスの終了 / the end of the service", no_args_is_help=True)

_HOME = typer.Option(help="設置の場所 / the installation's folder")
MANIFEST = "manifest.json"


@app.callback()
def discontinuation() -> None:
    """サービスの終了 / the end of the service."""


@app.command()
def status(home: Annotated[Path | None, _HOME] = None) -> None:
    """どこまで進んだかを示す / say how far the end of the service is."""
    with installed("inro discontinuation", home):
        from inro.store.reads.discontinuation import standing_discontinuation

        record = standing_discontinuation()
    if record is None:
        print("終了の予定はありません / the service goes on")
        return
    print(f"{record.last_day}  {record.campaign}  {word(record.state, 'ja')} / {word(record.state, 'en')}")


@app.command("record-destruction")
def record_destruction(
    folder: Annotated[Path, typer.Argument(help="鍵廃棄式の記録 / folder of the destruction's record")],
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """鍵の廃棄を記録する / put the destruction of the keys on record."""
    with installed("inro discontinuation", home):
        from inro.usecases.last_records import record_key_destruction

        trust = installation_from_environment().trust
        record_key_destruction(
            transcript=_octets(folder / "transcript.txt"),
            signature=_octets(folder / "transcript.sig"),
            roster_key_info=read_trust(trust / "roster-key.der"),
            ca_key_info=read_trust(trust / "ca-key.der"),
            actor=operator(Duty.KEY_CUSTODY),
            now=datetime.now(UTC),
        )
    print("鍵の廃棄を記録しました / the destruction of the keys is on record")


@app.command("write-records")
def write_records(
    folder: Annotated[Path, typer.Argument(help="作るフォルダー / folder to make")],
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """保存する記録をすべて書き出す / write out every kept record with a manifest (40(4))."""
    with installed("inro discontinuation", home):
        from inro.usecases.last_records import write_last_records

        try:
            manifest_sha256, files = write_folder(installation_from_environment(), folder)
        except OSError as error:
            refuse(
                Words(f"書き出せません：{error}", f"not written: {error}"),
                do="name a new folder on a disk with room",
                status=BAD_INPUT,
            )
        write_last_records(
            manifest_sha256=manifest_sha256,
            files=files,
            actor=operator(Duty.RECORDS),
            now=datetime.now(UTC),
        )
    print(f"{files} 個のファイル / files\n{MANIFEST} SHA-256 {manifest_sha256}")


@app.command("hand-over")
def hand_over(
    receiver: Annotated[str, typer.Argument(help="引渡し先 / who keeps the records")],
    receipt: Annotated[Path, typer.Option(help="受領書の写し / copy of the receipt")],
    manifest: Annotated[str, typer.Option(help="受領書にある SHA-256 / the hash the receipt names")],
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """記録の引渡しを記録する / record the kept records as handed over (40(4))."""
    with installed("inro discontinuation", home):
        from inro.usecases.last_records import hand_over_records

        hand_over_records(
            receiver=receiver,
            manifest_sha256=manifest,
            receipt=_octets(receipt),
            actor=operator(Duty.RECORDS),
            now=datetime.now(UTC),
        )
    print("記録の引渡しを記録しました / the records are handed over")


def write_folder(installation: Installation, folder: Path) -> tuple[str, int]:
    """Write tables, lists, journal, documents, ceremonies' records; return the manifest's hash, the count.

    Tokens are left out; documents stay encrypted, and the custodians of their key go with them.

    Raises: OSError.
    """
    from inro.store.reads.whole import table_names, table_rows

    folder.mkdir(parents=True)
    (folder / "tables").mkdir()
    for table in table_names():
        with (folder / "tables" / f"{table}.jsonl").open("w", encoding="utf-8") as file:
            for row in table_rows(table):
                file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
    for name, source, ignore in _places(installation):
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        elif source.is_file():
            (folder / name).mkdir()
            shutil.copy2(source, folder / name)
    sums = {str(path.relative_to(folder)): _sha256(path) for path in sorted(_files(folder))}
    text = json.dumps({"written_by": installation.name, "files": sums}, indent=1, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, "utf-8")
    return hashlib.sha256(text.encode()).hexdigest(), len(sums)


type _Ignoring = Callable[[str, list[str]], set[str]] | None


def _places(installation: Installation) -> Iterator[tuple[str, Path, _Ignoring]]:
    yield "lists", installation.signer.archive, None
    yield "journal", installation.signer.journal, None
    yield "ceremonies", installation.trust, shutil.ignore_patterns("tokens")
    yield "policy", installation.policy, None
    yield "repository", installation.repository.web_root, None
    if isinstance(installation.documents.store, DocumentFolderPlace):
        yield "documents", installation.documents.store.folder, None


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _octets(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(
            Words(f"読めません：{path}", f"not readable: {error}"),
            do="name the folder or file again",
            status=BAD_INPUT,
        )
