"""`inro name`: how the characters of names are entered (8.7-8.10)."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, NamedTuple

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
    known = _Fragments(document)
    for number, line in enumerate(lines, start=1):
        read = _read(line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line)
        if isinstance(read, Words):
            complain(number, read)
            continue
        try:
            yield _written(read, known)
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


class _Fragment(NamedTuple):
    """What a unit adds to `output`, and its object in `units`: JSON already, in UTF-8."""

    output: bytes
    unit: bytes


class _Fragments(dict[str, _Fragment]):
    """The fragments of units met before: most units of most names are the same few thousand."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __missing__(self, original: str) -> _Fragment:
        if len(self) >= _REMEMBERED:
            self.clear()
        unit = replace_unit(original, document=self.document)
        made = _Fragment(_json(_stands(unit))[1:-1].encode(), _json(_record(unit)).encode())
        self[original] = made
        return made


def _record(unit: Unit) -> dict[str, str]:
    return {"from": unit.original, "to": _stands(unit), "how": unit.how, "source": unit.source}


def _stands(unit: Unit) -> str:
    return unit.replacement or MARKS[unit.how]


def _written(text: str, known: _Fragments) -> bytes:
    fragments = [known[unit] for unit in split_units(text)]
    output = b"".join([fragment.output for fragment in fragments])
    units = b", ".join([fragment.unit for fragment in fragments])
    return b'{"input": %b, "output": "%b", "units": [%b]}\n' % (_json(text).encode(), output, units)


_json = json.JSONEncoder(ensure_ascii=False).encode
