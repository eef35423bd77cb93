"""`inro corporate-numbers`: what the Agency publishes, loaded from its file, shown by number (8.2)."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from inro.adapters.nta_web_api import NtaWebApi, WebApiAccess
from inro.adapters.number_publication_file import FileFault, PublicationFileRefused, open_publication
from inro.cli.installed import BAD_INPUT, day_given, installed, operator
from inro.cli.progress import Progress, progress_on
from inro.cli.refusal import Words, refuse
from inro.configuration.installation import WebApiPlace, installation_from_environment
from inro.japanese.number_publication import PublishedEntry, RowRefused
from inro.japanese.numbers import NumberVerdict, read_corporate_number
from inro.ports.corporate_register import CorporateRegister, RegisterAnswer
from inro.practice.duties import Duty
from inro.words.states import word

AGAIN = "download the file of all numbers (全件データ) anew from the National Tax Agency and load that"
FILE_FAULTS = {
    FileFault.UNREADABLE: Words("読めません", "it cannot be read"),
    FileFault.EMPTY: Words("空です", "it is empty"),
    FileFault.DAMAGED: Words("zipが途中で切れているか壊れています", "the zip is cut short or damaged"),
    FileFault.NOT_ONE_CSV: Words("zipの中のCSVが1つではありません", "the zip does not hold exactly one CSV"),
    FileFault.ENCRYPTED: Words("zipが暗号化されています", "the zip is encrypted"),
    FileFault.TOO_LARGE: Words("展開すると大きすぎます", "it is too large once unpacked"),
    FileFault.LINE_TOO_LONG: Words("行が長すぎます", "a line is too long"),
}
FILE_PROBLEMS = {
    "empty": Words("有効な法人番号の行がありません", "it holds no Corporate Number in force"),
    "of_a_day_to_come": Words("作成日が今日より後です", "it was made on a day to come"),
}
NUMBER_FAULTS = {
    NumberVerdict.NOT_DIGITS: Words("数字ではありません", "not digits"),
    NumberVerdict.WRONG_LENGTH: Words("13桁ではありません", "not 13 digits"),
    NumberVerdict.WRONG_CHECK_DIGIT: Words("検査用数字が合いません", "the check digit is wrong"),
}
HOME = typer.Option(help="設置の場所 / the installation's folder")
AS_JSON = typer.Option("--json", help="JSONで出す / as JSON")

app = typer.Typer(help="法人番号 / Corporate Numbers", no_args_is_help=True)


@app.callback()
def corporate_numbers() -> None:
    """法人番号 / Corporate Numbers."""


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="全件データのzip、または展開したCSV / the zip, or its CSV")],
    *,
    home: Annotated[Path | None, HOME] = None,
    published_on: Annotated[
        str,
        typer.Option(help="作成日（ファイル名にないとき） / the day it was made, if its name does not say"),
    ] = "",
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """国税庁の全件データを読み込む / load the published file of all numbers.

    失敗すれば前のデータが残る / a load that fails leaves what was loaded before.
    """
    day = day_given(published_on, option="--published-on") if published_on else None
    with installed("inro corporate-numbers", home), progress_on(silent=as_json) as progress:
        record = _loaded(file, day, progress)
    if as_json:
        _print_json(record)
        return
    print(
        f"読込み完了 / loaded: {record['rows']:,} 件 / numbers "
        f"({record['published_on']}, SHA-256 {record['sha256'][:16]}…)"
    )


@app.command()
def show(
    number: Annotated[str, typer.Argument(help="法人番号 / the Corporate Number")],
    *,
    home: Annotated[Path | None, HOME] = None,
    web_api: Annotated[
        bool, typer.Option("--web-api", help="国税庁のWeb-APIに照会する / ask the Agency's Web-API")
    ] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """公表されている内容を示す / say what is published of a number; status 1 if nothing is."""
    reading = read_corporate_number(number)
    if reading.verdict is not NumberVerdict.VALID:
        fault = NUMBER_FAULTS[reading.verdict]
        refuse(
            Words(f"法人番号として読めません：{fault.japanese}", f"no Corporate Number: {fault.english}"),
            do="give the 13 digits as in inro corporate-numbers show 7000012050002",
            status=BAD_INPUT,
        )
    with installed("inro corporate-numbers", home):
        answer = _register(web_api=web_api).look_up([reading.number])
    entry = answer.entries.get(reading.number)
    if entry is None or not entry.stands:
        refuse(
            Words(f"{reading.number} は公表されていません", f"{reading.number} is not published"),
            do=f"check the number, or load data newer than {answer.published_on}",
        )
    if as_json:
        _print_json(asdict(entry) | {"published_on": answer.published_on, "method": answer.method})
        return
    for line in told(entry, answer):
        print(line)


def told(entry: PublishedEntry, answer: RegisterAnswer) -> Iterator[str]:
    """Yield the lines that tell what is published of a number."""
    yield f"法人番号 / number: {entry.number}"
    yield f"商号又は名称 / name: {entry.name}"
    yield f"フリガナ / reading: {entry.furigana or '-'}"
    address = entry.abroad or f"{entry.prefecture}{entry.city}{entry.street}"
    yield f"所在地 / address: {address}"
    yield f"更新 / updated: {entry.updated_on}"
    if entry.closed_on:
        yield f"登記記録の閉鎖等 / closed: {entry.closed_on}"
    if entry.successor:
        yield f"承継先 / successor: {entry.successor}"
    method = f"{word(answer.method, 'ja')} / {word(answer.method, 'en')}"
    yield f"公表データ / published data: {answer.published_on} ({method})"


def _loaded(file: Path, day: date | None, progress: Progress) -> dict[str, Any]:
    # Imported here, because Django reads the installation when it is set up.
    from inro.usecases.corporate_register import RegisterFileRefused, load_corporate_register

    try:
        with _alone(), open_publication(file, told=progress.reached) as publication:
            progress.begin(publication.size)
            made_on = day or publication.published_on or _no_day(file)
            record = load_corporate_register(
                entries=publication.entries,
                published_on=made_on,
                sha256=publication.sha256,
                actor=operator(Duty.SYSTEM_ADMINISTRATION),
                now=datetime.now(UTC),
            )
    except PublicationFileRefused as refused:
        _refuse_file(file, FILE_FAULTS[refused.fault])
    except RegisterFileRefused as refused:
        _refuse_file(file, FILE_PROBLEMS[refused.problem])
    except RowRefused as refused:
        japanese, english = (word(refused.fault, language) for language in ("ja", "en"))
        _refuse_file(
            file,
            Words(
                f"{refused.line}行目 {refused.column} {japanese}",
                f"line {refused.line} {refused.column} {english}",
            ),
        )
    return asdict(record)


@contextmanager
def _alone() -> Iterator[None]:
    """Keep a second load of this installation out: both would fill the same table."""
    with (Path(os.environ["INRO_HOME"]) / "inro.toml").open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            refuse(Words("別の読込みが実行中です", "another load is running"), do="wait until it has ended")
        yield


def _register(*, web_api: bool) -> CorporateRegister:
    from inro.usecases.corporate_register import LoadedRegister

    if not web_api:
        return LoadedRegister()
    place = installation_from_environment().corporate_numbers or _no_web_api()
    return NtaWebApi(WebApiAccess(application_id_from=place.application_id_file, address=place.address))


def _no_web_api() -> WebApiPlace:
    refuse(
        Words(
            "inro.toml に [corporate_numbers] がありません", "there is no [corporate_numbers] in inro.toml"
        ),
        do="write address and application_id_file there, or ask the loaded file: leave --web-api out",
    )


def _refuse_file(file: Path, words: Words) -> NoReturn:
    refuse(
        Words(f"{file} を読み込めません：{words.japanese}", f"{file} was not loaded: {words.english}"),
        do=AGAIN,
        status=BAD_INPUT,
    )


def _no_day(file: Path) -> date:
    refuse(
        Words(f"{file.name} から作成日が分かりません", f"{file.name} does not say on which day it was made"),
        do="inro corporate-numbers load FILE --published-on 2026-12-01",
        status=BAD_INPUT,
    )


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False, default=str))
