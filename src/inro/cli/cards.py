"""`inro cards`: blank cards into stock, from the list that came with them, and how many are left (17.1)."""

import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.installed import BAD_INPUT, installed, operator
from inro.cli.refusal import Words, refuse
from inro.practice.card import is_card_serial
from inro.practice.duties import Duty

app = typer.Typer(help="ICカード / cards", no_args_is_help=True)
_HOME = typer.Option(help="設置の場所 / the installation's folder")
_MOST_MODEL = 32


@app.callback()
def cards() -> None:
    """ICカード / cards."""


@app.command()
def receive(
    file: Annotated[
        Path,
        typer.Argument(
            help="製造番号を1行に1つ書いたファイル、- は標準入力 / a serial a line; - is standard input"
        ),
    ],
    model: Annotated[str, typer.Option(help="カードの型式 / the cards' model")],
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """未使用のカードを在庫に入れる。すべてか、一枚も入れない / take blank cards into stock: all, or none."""
    if not 0 < len(model) <= _MOST_MODEL:
        refuse(
            Words("型式は1文字から32文字です", "a model has 1 to 32 characters"),
            do="name it as --model MODEL",
            status=BAD_INPUT,
        )
    serials = _serials(_text(file))
    with installed("inro cards", home):
        # Imported here, because Django reads the installation when it is set up.
        from inro.store.states import Medium
        from inro.usecases.card import BlankCard, receive_blank_cards

        receive_blank_cards(
            cards=[BlankCard(serial=one, model=model, medium=Medium.HARDWARE) for one in serials],
            actor=operator(Duty.ISSUANCE_OPERATION),
            now=datetime.now(UTC),
        )
    typer.echo(f"在庫に入れたカード / cards taken into stock: {len(serials)}")


@app.command()
def stock(home: Annotated[Path | None, _HOME] = None) -> None:
    """型式ごとの未使用カードの枚数を示す / how many blank cards of each model there are."""
    with installed("inro cards", home):
        from inro.store.reads.issuance import blank_cards_by_model

        for model, count in blank_cards_by_model():
            typer.echo(f"{count:>6}  {model}")


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        refuse(
            Words(f"{file} を読めません: {error}", f"cannot read {file}: {error}"),
            do="name a text file with a serial a line",
            status=BAD_INPUT,
        )


def _serials(text: str) -> list[str]:
    """Return the serials of a list in its order; one that is none, or stands there twice, ends all."""
    found = [(place, line.strip().lower()) for place, line in enumerate(text.splitlines(), start=1)]
    serials = [(place, serial) for place, serial in found if serial]
    for place, serial in serials:
        if not is_card_serial(serial):
            refuse(
                Words(
                    f"{place}行目は16桁の十六進数ではありません", f"line {place} is not 16 hexadecimal digits"
                ),
                do="correct the line: as printed on the card's chip, without spaces",
                status=BAD_INPUT,
            )
    twice = [serial for serial, count in Counter(serial for _, serial in serials).items() if count > 1]
    if twice or not serials:
        refuse(
            Words(f"二度あります: {twice[0]}", f"there twice: {twice[0]}")
            if twice
            else Words("製造番号がありません", "no serial in it"),
            do="correct the list",
            status=BAD_INPUT,
        )
    return [serial for _, serial in serials]
