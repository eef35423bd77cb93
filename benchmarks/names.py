"""Names through `inro name replace`, beside what was promised and the least that must be done (8.7-8.9)."""

import json
import random
import sys
from collections.abc import Callable, Iterable

from benchmarks.cost import Cost, compare, cost_of, cost_of_program
from benchmarks.rows import Row, row_of
from benchmarks.size import Size
from inro.cli.name import replaced_lines
from inro.cli.refusal import Words
from inro.japanese.gate import JIS_X_0208
from inro.japanese.replacement import Document

NAMES = 100_000
PROMISED = {"no": 100_000, "one": 30_000}
LOAD_SECONDS = 0.05
# Characters that one of the tables replaces for either document.
_REPLACED = ("髙", "𠮷", "﨑", "濵", "栁", "桒", "圡", "邉\U000e0100", "辻\U000e0100", "葛\U000e0100")
_START = "from inro.japanese.replacement import Document, replace_text"
_LOOK_UP = f"{_START}; replace_text('髙', document=Document.RESIDENT)"


def measure(size: Size) -> list[Row]:
    """Return rows for names of five characters with none and one to replace, and for loading the tables."""
    rows = [
        row
        for need, replaced in (("no", ()), ("one", _REPLACED))
        for document in Document
        for row in _rows(need, _names(size.of(NAMES), replaced), document, size)
    ]
    return [*rows, _loading(size)]


def _names(count: int, replaced: tuple[str, ...]) -> list[bytes]:
    rng = random.Random(87)
    kanji = [character for character in sorted(JIS_X_0208) if "一" <= character <= "鿿"]
    names = ([*rng.choices(kanji, k=2), "　", *rng.choices(kanji, k=2)] for _ in range(count))
    return [
        "".join([rng.choice(replaced), *name[1:]] if replaced else name).encode() + b"\n" for name in names
    ]


def _rows(need: str, names: list[bytes], document: Document, size: Size) -> list[Row]:
    count = len(names)
    least = _least if need == "no" else None
    promised = count / PROMISED[need]
    others: dict[str, Callable[[], Cost]] = {
        f"promise: {PROMISED[need]:,} names/s": lambda: Cost(cpu=promised, wall=promised, count=count)
    }
    if least:
        others["limit: decode, EUC-JP, json.dumps of both"] = lambda: cost_of(
            lambda: least(names), count=count
        )
    comparisons = compare(
        ours=lambda: cost_of(lambda: sum(map(len, _replaced(names, document))), count=count),
        others=others,
        rounds=size.rounds(9),
    )
    checked = _checked(names, document, need)
    return [
        row_of(
            comparison,
            figure="names",
            subject=f"{document} name with {need} character to replace, to JSON",
            against=against,
            per="name",
            bound=1.0 if against.startswith("promise") else None,
            checked=checked,
        )
        for against, comparison in comparisons.items()
    ]


def _replaced(names: list[bytes], document: Document) -> Iterable[bytes]:
    return replaced_lines(names, document=document, complain=_complain)


def _complain(number: int, words: Words) -> None:
    raise AssertionError(f"line {number}: {words}")


def _least(names: list[bytes]) -> int:
    """Do what any program must: read the text, test its characters, write a record."""
    written = 0
    for name in names:
        text = name.decode().rstrip("\n")
        text.encode("euc_jp")
        written += len(json.dumps({"input": text, "output": text}, ensure_ascii=False).encode())
    return written


def _checked(names: list[bytes], document: Document, need: str) -> dict[str, int | bool]:
    records = [json.loads(line) for line in _replaced(names, document)]
    hows = [[unit["how"] for unit in record["units"]].count("replaced") for record in records]
    return {
        "names": len(records),
        "replaced": sum(hows),
        "as_needed": set(hows) == {0 if need == "no" else 1},
        "inside_gate": all(JIS_X_0208.issuperset(record["output"]) for record in records),
    }


def _loading(size: Size) -> Row:
    def started() -> Cost:
        bare = cost_of_program([sys.executable, "-c", _START])
        return Cost(cpu=bare.cpu + LOAD_SECONDS, wall=bare.wall + LOAD_SECONDS)

    comparison = compare(
        ours=lambda: cost_of_program([sys.executable, "-c", _LOOK_UP]),
        others={"start": started},
        rounds=size.rounds(9),
    )["start"]
    return row_of(
        comparison,
        figure="names",
        subject="start, load the tables, replace one name",
        against=f"start and {LOAD_SECONDS * 1000:.0f} ms",
        per="start",
        bound=1.0,
    )
