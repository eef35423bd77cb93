"""`inro import applications`: applications from before this platform, taken in whole or not at all (8.11)."""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Any, NoReturn

import typer

from inro.adapters.past_application_file import (
    PastFileFault,
    PastFileRefused,
    TextEncoding,
    open_past_applications,
)
from inro.cli.installed import BAD_INPUT, installed, operator
from inro.cli.progress import Progress, progress_on
from inro.cli.refusal import Words, refuse
from inro.configuration.installation import installation_from_environment
from inro.configuration.policy import load_policy
from inro.japanese.past_application_columns import COLUMNS, Header, LineFinding
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.words.past_applications import FILE_FAULTS, LINE_FAULTS

MOST_RANGES = 10
WAYS = {
    PastFileFault.AMBIGUOUS: "say which it is: --encoding utf-8  or  --encoding cp932",
    PastFileFault.MARKED: "leave --encoding out",
    PastFileFault.NEITHER: "save it as CSV UTF-8",
    PastFileFault.CHANGED: "close it elsewhere and import it again",
}
SEE = "see docs/operations/past-applications.md for the columns"

app = typer.Typer(help="取込み / taking records in", no_args_is_help=True)


@app.callback()
def import_() -> None:
    """取込み / taking records in."""


@app.command()
def applications(
    file: Annotated[Path, typer.Argument(help="CSV（UTF-8またはCP932） / CSV in UTF-8 or CP932")],
    *,
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
    encoding: Annotated[
        TextEncoding | None, typer.Option(help="文字コード（判別できないとき） / where it cannot be told")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="誤りの一覧をCSVで書く / write what is wrong as CSV, too")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSONで出す / as JSON")] = False,
) -> None:
    """過去の申込みを取り込む / take in applications of this service or its predecessor.

    1行でも誤りがあれば何も取り込まず、すべての誤りを示す /
    with one bad line nothing is taken in, and everything that is wrong is told.
    """
    with installed("inro import", home), ExitStack() as opened, progress_on(silent=as_json) as progress:
        told = _Told(report=opened.enter_context(_report(report)) if report else None)
        summary = _imported(file, encoding, told, progress)
    if as_json:
        print(json.dumps(summary, ensure_ascii=False))
        return
    print(f"取込み完了 / imported: {summary['added']:,} 件 / applications ({told.sha256[:16]}…)")
    if told.before:
        print(f"取込み済みの行 / lines imported before: {summary['already']:,} ({told.ranges()})")


@dataclass(slots=True, kw_only=True)
class _Told:
    """What the person at the terminal is told: what is wrong at once, what was there before in the end."""

    report: Any = None
    sha256: str = ""
    before: list[tuple[int, int]] = field(default_factory=list)

    def complain(self, finding: LineFinding) -> None:
        """Say what is wrong with a line, never what stands there."""
        words, column = Words(*LINE_FAULTS[finding.fault.value]), COLUMNS.get(finding.column)
        place = f" {finding.place}文字目 / character {finding.place}" if finding.place else ""
        code = f" U+{finding.code_point:04X}" if finding.code_point is not None else ""
        named = f" {column.japanese} ({column.name})" if column else ""
        print(f"inro: {finding.line}行目 / line {finding.line}:{named}{place}{code} {words}", file=sys.stderr)
        if self.report is not None:
            row = (finding.line, finding.column, column.japanese if column else "", finding.place or "")
            self.report.writerow((*row, code.strip(), *words))

    def was_before(self, line: int) -> None:
        """Note a line that was taken in before."""
        if self.before and self.before[-1][1] == line - 1:
            self.before[-1] = (self.before[-1][0], line)
        elif len(self.before) <= MOST_RANGES:
            self.before.append((line, line))

    def ranges(self) -> str:
        """Return those lines, the first of them if they are scattered."""
        shown = [str(one) if one == last else f"{one}-{last}" for one, last in self.before[:MOST_RANGES]]
        return ", ".join([*shown, "…"] if len(self.before) > MOST_RANGES else shown)


@contextmanager
def _report(file: Path) -> Iterator[Any]:
    try:
        opened: IO[str] = file.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        refuse(
            Words(f"{file} に書き込めません", f"{file} cannot be written: {error.strerror}"),
            do="name another file as --report",
            status=BAD_INPUT,
        )
    with opened:
        writer = csv.writer(opened)
        writer.writerow(("行 line", "column", "項目", "文字目 character", "code", "誤り", "what is wrong"))
        yield writer


def _imported(file: Path, encoding: TextEncoding | None, told: _Told, progress: Progress) -> dict[str, Any]:
    # Imported here, because Django reads the installation when it is set up.
    from inro.usecases.governing import governing_policy
    from inro.usecases.past_applications import LinesRefused, import_past_applications

    now = datetime.now(UTC)
    policy = load_policy(installation_from_environment().policy)
    try:
        with open_past_applications(
            file, today=jst_date(now), encoding=encoding, told=progress.reached
        ) as opened:
            progress.begin(opened.size)
            told.sha256 = opened.sha256
            summary = import_past_applications(
                lines=opened.lines,
                file_sha256=opened.sha256,
                terms=governing_policy(policy).edition_on(jst_date(now)).terms,
                complain=told.complain,
                told_before=told.was_before,
                actor=operator(Duty.RECORDS),
                now=now,
            )
    except PastFileRefused as refused:
        _refuse_file(file, refused)
    except LinesRefused as refused:
        refuse(
            Words(
                f"何も取り込んでいません。誤りのある行: {refused.bad:,}",
                f"nothing was imported; lines to mend: {refused.bad:,}",
            ),
            do=f"mend those lines and import the file again; {SEE}",
            status=BAD_INPUT,
        )
    return asdict(summary) | {"sha256": told.sha256}


def _refuse_file(file: Path, refused: PastFileRefused) -> NoReturn:
    japanese, english = FILE_FAULTS[refused.fault.value]
    if refused.header is not None:
        more = _of_header(refused.header)
        japanese, english = f"{japanese}（{more.japanese}）", f"{english} ({more.english})"
    refuse(
        Words(f"{file} を取り込めません：{japanese}", f"{file} was not imported: {english}"),
        do=WAYS.get(refused.fault, SEE),
        status=BAD_INPUT,
    )


def _of_header(header: Header) -> Words:
    japanese, english = [], []
    if header.missing:
        japanese.append(f"不足 {'・'.join(COLUMNS[name].japanese for name in header.missing)}")
        english.append(f"missing {', '.join(header.missing)}")
    if header.unknown:
        places = ", ".join(map(str, header.unknown))
        japanese.append(f"不明な見出し {places}番目")
        english.append(f"unknown headings at {places}")
    if header.doubled:
        japanese.append(f"重複 {'・'.join(COLUMNS[name].japanese for name in header.doubled)}")
        english.append(f"twice {', '.join(header.doubled)}")
    return Words("、".join(japanese), "; ".join(english))
