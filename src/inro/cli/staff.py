"""`inro staff found`: the first two administrators, their codes told at this terminal alone (40(7))."""

import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.installed import installed
from inro.cli.processes import installation_home
from inro.cli.refusal import Words, refuse
from inro.configuration.installation import installation_from_environment
from inro.practice.enrolment import CODE_SERVES, CodeHalf, new_half
from inro.practice.passphrase import SALT_OCTETS

# Screen and what scrolled off it: the next person at the terminal reads nothing of this one's code.
_WIPED = "\033[2J\033[3J\033[H"
PERSON = typer.Argument(help="担当者ID（英小文字・数字） / person's id, small letters and digits")
NAME = typer.Argument(help="氏名 / name")

app = typer.Typer(help="担当者 / staff", no_args_is_help=True)


@app.callback()
def staff() -> None:
    """担当者 / staff."""


@app.command()
def found(
    first: Annotated[str, PERSON],
    first_name: Annotated[str, NAME],
    second: Annotated[str, PERSON],
    second_name: Annotated[str, NAME],
    *,
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """最初の管理者二名を登録し、登録コードを一度だけ表示する / make the first two administrators.

    Run once at installation, both of them present. The codes are shown once; either of them enrolled ends it.
    """
    folder = installation_home(home)
    if not sys.stdout.isatty():
        refuse(
            Words("登録コードは端末にだけ表示します", "the codes are told at a terminal only"),
            do="run it at a terminal, without > or |",
        )
    people = ((first, first_name), (second, second_name))
    codes = [(_half(), _half()) for _ in people]
    with installed("inro staff found", folder):
        _check_no_demonstration()
        _found(people, codes)
    for (person, name), (one, other) in zip(people, codes, strict=True):
        _tell(person, name, one, other)


def _found(people: tuple[tuple[str, str], ...], codes: list[tuple[CodeHalf, CodeHalf]]) -> None:
    # Imported here, because Django reads the installation when it is set up.
    from inro.usecases.actor import process
    from inro.usecases.staff import Founder, found_staff

    found_staff(
        founders=[
            Founder(person=person, name=name, first=one, second=other)
            for (person, name), (one, other) in zip(people, codes, strict=True)
        ],
        actor=process(f"operator-{os.getuid()}"),
        now=datetime.now(UTC),
    )


def _check_no_demonstration() -> None:
    if installation_from_environment().demonstration:
        refuse(
            Words("実演にはログインがありません", "a demonstration has no sign-in"),
            do="name an installation of your own: inro staff found --home FOLDER",
        )


def _half() -> CodeHalf:
    return CodeHalf(text=new_half(secrets.choice), salt=secrets.token_bytes(SALT_OCTETS))


def _tell(person: str, name: str, first: CodeHalf, second: CodeHalf) -> None:
    hours = int(CODE_SERVES.total_seconds()) // 3600
    print(f"{name}（{person}）の登録コード / code of {person}")
    print(f"  前半 / first half : {first.text}")
    print(f"  後半 / second half: {second.text}")
    print(f"{hours}時間以内に一度だけ使えます。表示は今回限りです / once, within {hours} hours; shown once.")
    print("控えたら Enter（画面を消します） / Enter once noted, which wipes the screen ", end="", flush=True)
    sys.stdin.readline()
    print(_WIPED, end="", flush=True)
