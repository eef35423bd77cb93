"""`inro audit`: log and decisions, read by readers of their own (9.1, 39.4, 40(7))."""

import json
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
from inro.configuration.trust import read_trust
from inro.store.audit_verify import Connection, Damage, Verdict, verify_chain
from inro.store.decisions_export import exported_decisions
from inro.store.decisions_verify import DecisionsVerdict, verify_decisions
from inro.words.conditions import DAMAGES

DAMAGE = {
    Damage.ALTERED: Words("改変", "altered"),
    Damage.REMOVED: Words("削除", "removed"),
    Damage.INSERTED: Words("挿入", "inserted"),
    Damage.REORDERED: Words("順序の入替え", "reordered"),
    Damage.ANCHOR: Words("監査記録への署名と不一致", "differs from a signed anchor"),
    Damage.NO_HEAD: Words("連鎖の先頭の記録がない", "the chain has no head"),
}

app = typer.Typer(help="監査記録 / audit log", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """監査記録 / audit log."""


@app.command()
def verify(
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """記録の連鎖と全承認を検査する / read chain and decisions; status 1 if one is not as it was written."""
    with _records(home) as (connection, roster_key):
        verdict = verify_chain(connection)
        decisions = verify_decisions(connection, roster_key=roster_key)
    for line in (*report(verdict), *report_decisions(decisions)):
        typer.echo(line)
    if not (verdict.sound and decisions.sound):
        raise SystemExit(1)


@app.command("export-decisions")
def export_decisions(
    number: Annotated[str, typer.Argument(help="申込番号 / application's number")],
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """一件の承認を、単独で検証できる形で書き出す / write a case's decisions so that they verify alone."""
    with _records(home) as (connection, roster_key):
        exported = exported_decisions(connection, application=number, roster_key=roster_key)
    if not exported["decisions"]:
        refuse(
            Words(f"{number} に承認の記録がありません", f"no decision of {number} is on record"),
            do="look at the number; after disposal nothing is left to export",
        )
    typer.echo(json.dumps(exported, ensure_ascii=False, indent=1))


@contextmanager
def _records(home: Path | None) -> Iterator[tuple[Connection, bytes]]:
    """Open an installation's records with the ceremony's roster key, and end with one line if they fail."""
    try:
        installation = load_installation(installation_home(home))
        roster_key = read_trust(installation.trust / "roster-key.der")
        with _connection(installation) as connection:
            yield connection, roster_key
    except ConfigurationRefused as refused:
        refuse(Words("設定が正しくありません", str(refused)), do=refused.do or f"correct {refused.file}")
    except (sqlite3.Error, psycopg.Error) as error:
        refuse(Words("記録を読めません", f"the records cannot be read: {error}"), do="inro doctor")


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
        "○ 記録の連鎖に欠けはありません / the chain is whole"
        if verdict.sound
        else "× 記録の連鎖が切れています / the chain is broken"
    )


def report_decisions(verdict: DecisionsVerdict) -> Iterator[str]:
    """Yield the lines that tell how the decisions stand."""
    yield f"承認 / decisions: {verdict.standing}（廃棄済み / disposed of: {verdict.disposed}）"
    for finding in verdict.findings:
        yield f"× {finding.decision}: {' / '.join(DAMAGES[finding.damage])}"
    yield (
        "○ 承認はすべて担当者のキーで検証できます / every decision verifies by its officer's key"
        if verdict.sound
        else "× 検証できない承認があります / a decision does not verify"
    )
