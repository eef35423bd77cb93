"""`inro editions`: what is on record, which governs a day, whether the policy is what was registered."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.installed import day_given, installed, operator
from inro.configuration.installation import installation_from_environment
from inro.configuration.policy import Policy, load_policy
from inro.practice.duties import Duty

app = typer.Typer(help="約款の版 / editions of the terms", no_args_is_help=True)

_HOME = typer.Option(help="設置の場所 / the installation's folder")


@app.callback()
def editions() -> None:
    """約款の版 / editions of the terms."""


@app.command("list")
def listed(home: Annotated[Path | None, _HOME] = None) -> None:
    """版を並べる / list the editions: day, hash, on record, published, in force."""
    with installed("inro editions", home):
        # The models can be imported only once Django knows the installation.
        from inro.store.reads.edition import edition_records

        policy, records = _policy(), {record.name: record for record in edition_records()}
        for name, edition in policy.editions.items():
            record = records.get(name)
            marks = (
                ("記録 / on record", record is not None),
                ("公開 / published", record is not None and record.published),
                ("施行 / in force", record is not None and record.activated_at is not None),
            )
            said = "  ".join(f"{'○' if holds else '―'} {words}" for words, holds in marks)
            print(f"{name}  {edition.terms.effective_from}  {edition.sha256}  {said}")


@app.command()
def governs(
    day: Annotated[str, typer.Argument(metavar="DATE", help="日付 / a day, such as 2026-12-01")],
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """その日に適用される版を示す / say which edition governs on a day (2.1)."""
    on = day_given(day, option="DATE")
    with installed("inro editions", home):
        from inro.usecases.governing import governing_policy

        edition = governing_policy(_policy()).edition_on(on)
    print(f"{on}  {edition.terms.edition}  {edition.sha256}")


@app.command()
def register(home: Annotated[Path | None, _HOME] = None) -> None:
    """ポリシーの版を記録し公開を始める / put the policy's editions on record and have them published (10)."""
    with installed("inro editions", home):
        from inro.usecases.edition import register_editions

        made = register_editions(
            editions=_policy().editions.values(), actor=operator(Duty.PUBLICATION), now=datetime.now(UTC)
        )
    print(f"記録した版 / editions put on record: {made}")


@app.command()
def verify(home: Annotated[Path | None, _HOME] = None) -> None:
    """ポリシーと記録を比べる / compare the policy with the record; status 1 if anything differs."""
    with installed("inro editions", home):
        from inro.usecases.governing import edition_differences

        found = edition_differences(_policy())
    for line in found or ("○ すべて一致します / nothing differs",):
        print(line)
    if found:
        print("直すには / to mend: policy/editions を登録時の内容に戻す / bring back what was registered")
        raise SystemExit(1)


def _policy() -> Policy:
    return load_policy(installation_from_environment().policy)
