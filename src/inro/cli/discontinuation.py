"""`inro discontinuation`: where the end of the service stands, and its last steps on record (11)."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.installed import BAD_INPUT, installed, operator
from inro.cli.kept_records import MANIFEST, holds_destruction, written_records
from inro.cli.refusal import Words, refuse
from inro.configuration.installation import installation_from_environment
from inro.configuration.trust import read_trust
from inro.practice.duties import Duty
from inro.words.states import word

app = typer.Typer(help="サービスの終了 / the end of the service", no_args_is_help=True)

_HOME = typer.Option(help="設置の場所 / the installation's folder")


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
    folder: Annotated[Path, typer.Argument(help="作るフォルダ / folder to make")],
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """保存する記録をすべて書き出す / write out every kept record with a manifest (40(4))."""
    with installed("inro discontinuation", home):
        from inro.usecases.last_records import check_last_records, write_last_records

        installation, actor = installation_from_environment(), operator(Duty.RECORDS)
        destroyed = check_last_records(actor=actor)
        if not holds_destruction(installation.trust, destroyed.transcript_sha256):
            refuse(
                Words("鍵廃棄式の記録がありません", "the record of the keys' destruction is not there"),
                do=f"put the folder of that ceremony into {installation.trust}",
            )
        try:
            with written_records(installation, folder) as written:
                write_last_records(
                    manifest_sha256=written.manifest_sha256,
                    files=written.files,
                    actor=actor,
                    now=datetime.now(UTC),
                )
        except (OSError, sqlite3.Error) as error:
            refuse(
                Words(f"書き出せません：{error}", f"not written: {error}"),
                do="stop the signer, and name a new folder on a disk with room",
                status=BAD_INPUT,
            )
    print(f"{written.files} 個のファイル / files\n{MANIFEST} SHA-256 {written.manifest_sha256}")


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


def _octets(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(
            Words(f"読めません：{path}", f"not readable: {error}"),
            do="name the folder or file again",
            status=BAD_INPUT,
        )
