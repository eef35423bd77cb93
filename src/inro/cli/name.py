"""`inro name`: how the characters of names are entered (8.7-8.10)."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

import typer

from inro.cli.refusal import Words, refuse
from inro.japanese.replacement import Document, How, Unit, replace_unit
from inro.japanese.units import TextFault, TextRefused, split_units

# '<' and '>' never pass the gate in half width, so no text can be taken for these.
MARKS = {How.KANA: "<KANA>", How.REVIEW: "<REVIEW>"}
FAULTS = {
    TextFault.CONTROL: Words("制御文字があります", "a control character"),
    TextFault.INVISIBLE: Words("見えない書式文字があります", "an invisible format character"),
    TextFault.SURROGATE: Words("対になっていないサロゲートがあります", "an unpaired surrogate"),
    TextFault.NO_CHARACTER: Words("文字ではない符号位置があります", "a noncharacter"),
    TextFault.LOST: Words("失われた文字の跡（U+FFFD）があります", "the trace of a character lost before"),
    TextFault.LOOSE_SELECTOR: Words(
        "前に文字のない異体字セレクタです", "a variation selector behind no character"
    ),
}
_REMEMBERED = 65_536
_BYTE_ORDER_MARK = "\ufeff".encode()

app = typer.Typer(help="氏名の文字 / the characters of names", no_args_is_help=True)

type Complain = Callable[[int, Words], None]


@app.callback()
def name() -> None:
    """氏名の文字 / the characters of names."""


@app.command()
def replace(
    document: Annotated[
        Document, typer.Option(help="元の書類：住民票か登記 / what the names were taken from (8.8, 8.9)")
    ],
) -> None:
    """1行を1件として文字を置き換え、1行ずつJSONで出す / one text a line in, one JSON object a line out.

    読めない行は出力せず、行番号を標準エラーに示して次へ進み、終了コードは1 /
    a bad line gives no output but its number on standard error; the rest goes on, and the status is 1.
    """
    bad: list[int] = []

    def complain(number: int, words: Words) -> None:
        bad.append(number)
        sys.stdout.buffer.flush()
        print(f"inro: {number}行目 / line {number}: {words}", file=sys.stderr)

    for line in replaced_lines(sys.stdin.buffer, document=document, complain=complain):
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    if bad:
        refuse(
            Words(f"置き換えなかった行: {len(bad)}", f"lines not replaced: {len(bad)}"),
            do="mend those lines (UTF-8, no control characters) and give them again",
        )


def replaced_lines(lines: Iterable[bytes], *, document: Document, complain: Complain) -> Iterator[bytes]:
    """Yield a line of JSON for every line that is a text; of every other tell its number, from 1, and why."""
    outputs, units = _Pieces(document, _output_piece), _Pieces(document, _unit_piece)
    for number, line in enumerate(lines, start=1):
        read = _read(line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line)
        if isinstance(read, Words):
            complain(number, read)
            continue
        try:
            yield _written(read, outputs, units)
        except TextRefused as refused:
            complain(number, _with_place(FAULTS[refused.fault], refused))


def _read(line: bytes) -> str | Words:
    try:
        return line.removesuffix(b"\n").removesuffix(b"\r").decode()
    except UnicodeDecodeError as error:
        octet = f"{line[error.start]:02X}"
        place = error.start + 1
        if _holds_surrogate(line[error.start :]):
            words = FAULTS[TextFault.SURROGATE]
        else:
            words = Words("UTF-8として読めません", "not UTF-8")
        return Words(
            f"{words.japanese}（{place}バイト目 0x{octet}）", f"{words.english} (octet {place}, 0x{octet})"
        )


def _holds_surrogate(rest: bytes) -> bool:
    return len(rest) >= 3 and rest[0] == 0xED and rest[1] >= 0xA0


def _with_place(words: Words, refused: TextRefused) -> Words:
    place, code_point = refused.place + 1, f"U+{refused.code_point:04X}"
    return Words(
        f"{words.japanese}（{place}文字目 {code_point}）",
        f"{words.english} (character {place}, {code_point})",
    )


class _Pieces(dict[str, bytes]):
    """A piece of JSON, in UTF-8, for each unit met before: those of most names are the same few thousand."""

    def __init__(self, document: Document, piece_of: Callable[[Unit], str]) -> None:
        self._document = document
        self._piece_of = piece_of

    def __missing__(self, original: str) -> bytes:
        if len(self) >= _REMEMBERED:
            self.clear()
        piece = self._piece_of(replace_unit(original, document=self._document)).encode()
        self[original] = piece
        return piece


def _output_piece(unit: Unit) -> str:
    return _json(_stands(unit))[1:-1]


def _unit_piece(unit: Unit) -> str:
    return _json({"from": unit.original, "to": _stands(unit), "how": unit.how, "source": unit.source})


def _stands(unit: Unit) -> str:
    return unit.replacement or MARKS[unit.how]


def _written(text: str, outputs: _Pieces, units: _Pieces) -> bytes:
    split = split_units(text)
    return b'{"input": %b, "output": "%b", "units": [%b]}\n' % (
        _json(text).encode(),
        b"".join(map(outputs.__getitem__, split)),
        b", ".join(map(units.__getitem__, split)),
    )


_json = json.JSONEncoder(ensure_ascii=False).encode
