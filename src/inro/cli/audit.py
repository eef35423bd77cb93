"""`inro audit verify`: the log read by a reader that shares nothing with its writer (39.4, 40(7))."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from inro.cli.processes import installation_home
from inro.cli.refusal import Words, refuse
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import Installation, SqliteDatabase, load_installation
from inro.store.audit_verify import Connection, Damage, Verdict, verify_chain

DAMAGE = {
    Damage.ALTERED: Words("改変", "altered"),
    Damage.REMOVED: Words("削除", "removed"),
    Damage.INSERTED: Words("挿入", "inserted"),
    Damage.REORDERED: Words("順序の入替え", "reordered"),
    Damage.ANCHOR: Words("署名済みの錨と不一致", "differs from a signed anchor"),
    Damage.NO_HEAD: Words("先頭の記録がない", "the chain has no head"),
}

app = typer.Typer(help="監査記録 / audit log", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """監査記録 / audit log."""


@app.command()
def verify(
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """鎖全体を検査する / read the whole chain; status 1 if a row is not as it was written."""
    folder = installation_home(home)
    try:
        with _connection(load_installation(folder)) as connection:
            verdict = verify_chain(connection)
    except ConfigurationRefused as refused:
        refuse(Words("設定が正しくありません", str(refused)), do=refused.do or f"correct {refused.file}")
    except (sqlite3.Error, psycopg.Error) as error:
        refuse(Words("記録を読めません", f"the records cannot be read: {error}"), do="inro doctor")
    for line in report(verdict):
        typer.echo(line)
    if not verdict.sound:
        raise SystemExit(1)


@contextmanager
def _connection(installation: Installation) -> Iterator[Connection]:
    """Open the database for reading only."""
    chosen = installation.database
    if isinstance(chosen, SqliteDatabase):
        with closing(sqlite3.connect(f"{chosen.path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            yield opened
        return
    with psycopg.connect(
        host=chosen.host, port=chosen.port, dbname=chosen.name, user=chosen.user, connect_timeout=10
    ) as connected:
        connected.read_only = True
        yield connected


def report(verdict: Verdict) -> Iterator[str]:
    """Yield the lines that tell what the reader found."""
    yield f"記録 / rows: {verdict.rows}"
    yield f"末尾のハッシュ / head: {verdict.head}"
    for finding in verdict.findings:
        yield f"× {finding.seq}: {DAMAGE[finding.damage]}"
    yield (
        "○ 鎖に欠けはありません / the chain is whole"
        if verdict.sound
        else "× 鎖が破れています / the chain is broken"
    )
