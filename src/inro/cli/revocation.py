"""`inro revocation list`, `inro revocation show`: where revocations stand, by numbers alone (21, 39.4)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inro.cli.installed import installed
from inro.practice.calendar import JST
from inro.practice.grounds import Invoker
from inro.practice.grounds import ground as ground_of
from inro.words.grounds import ground_words
from inro.words.records import record_words
from inro.words.states import word

if TYPE_CHECKING:
    from datetime import datetime

    from inro.store.reads.revocation import RevocationRecord
    from inro.store.reads.revocation_board import RevocationLine

app = typer.Typer(help="失効の手続 / revocation cases", no_args_is_help=True)
_HOME = typer.Option(help="設置の場所 / the installation's folder")
_PROGRAM = "inro revocation"


@app.callback()
def revocation() -> None:
    """失効の手続 / revocation cases."""


@app.command("list")
def list_revocations(home: Annotated[Path | None, _HOME] = None) -> None:
    """手続中の失効を、申出の区分ごとに古い順に示す / open cases by who brought them, oldest first."""
    with installed(_PROGRAM, home):
        from inro.store.reads.revocation_board import open_revocations, open_revocations_of_ca

        for invoker in Invoker:
            for one in open_revocations(invoker):
                _say(one, label=word(invoker, "ja"))
        for of_ca in open_revocations_of_ca():
            _say(of_ca, label="CA証明書")


@app.command()
def show(
    number: Annotated[str, typer.Argument(help="失効案件の番号 / the case's number")],
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """失効案件の事由・理由コード・時刻を示す / one case: its ground, reason code and times."""
    with installed(_PROGRAM, home):
        from inro.store.reads.revocation import revocation_by_number

        one = revocation_by_number(number)
        code = ground_of(one.ground).reason_code
        lines = {
            "状態 / state": record_words(one.state, "ja"),
            "証明書 / serial": one.serial.hex(),
            "事由 / ground": f"{one.ground}  {ground_words(one.ground, 'ja')}",
            "理由コード / reason code": f"{code.rfc_name} ({code.value})" if code else "-",
            "到着 / arrived": _instant(one.requested_at),
            "決定 / decided": _instant(one.decided_at),
            "失効 / revoked": _instant(one.revoked_at),
            "公開 / published": _instant(one.published_at),
            "未着 / outstanding": ", ".join(word(paper, "ja") for paper in one.outstanding) or "-",
        }
        for label, text in lines.items():
            print(f"{label}: {text}")


def _say(one: "RevocationLine | RevocationRecord", *, label: str) -> None:
    emergency = "  !" if ground_of(one.ground).is_emergency else ""
    state = record_words(one.state, "ja")
    print(f"{one.number}  {label}  {state}  {one.ground}  {_instant(one.requested_at)}{emergency}")


def _instant(at: "datetime | None") -> str:
    return at.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S") if at is not None else "-"
