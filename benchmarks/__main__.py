"""`make bench`: measure every figure beside its peers and limits; JSON lines and a table."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.figure import Figure, FigureFailed, empty_record, figures, measured
from benchmarks.peer_places import DJANGO_CA_PYTHON
from benchmarks.rows import Row, table_of
from benchmarks.size import Size

OUT = Path("var/bench")


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0; 1 if a bound is missed at full size or a figure fails."""
    given = _parsed(arguments)
    if given.django_ca and not DJANGO_CA_PYTHON.exists():
        print(
            "bench: django-ca がありません / is not there  直すには / to mend: tools/set-up bench",
            file=sys.stderr,
        )
        return 1
    console = Console(width=None if sys.stdout.isatty() else 180)
    chosen = [one for one in figures(with_django_ca=given.django_ca) if one.name in given.figures]
    try:
        rows = _measure(chosen, given.size, given.out, console)
    except FigureFailed as failure:
        print(f"bench: {failure.name} failed with status {failure.status}", file=sys.stderr)
        return 1
    console.print(table_of(rows))
    console.print(f"{given.out}/*.jsonl")
    return int(given.size.full and not all(row.holds for row in rows))


def _measure(chosen: Sequence[Figure], size: Size, out: Path, console: Console) -> list[Row]:
    out.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    with empty_record() as empty:
        for name in dict.fromkeys(figure.name for figure in chosen):
            figures_of = [figure for figure in chosen if figure.name == name]
            with (out / f"{name}.jsonl").open("w", encoding="utf-8") as lines:
                for row in _rows_of(figures_of, size, empty, console):
                    rows.append(row)
                    print(row.to_line(), file=lines, flush=True)
    return rows


def _rows_of(chosen: Sequence[Figure], size: Size, empty: Path, console: Console) -> Iterator[Row]:
    for figure in chosen:
        shown = " ".join([figure.name, *(f"{key}={value:,}" for key, value in figure.arguments)])
        with console.status(shown):
            yield from measured(figure, fraction=size.fraction, empty=empty)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = sorted({figure.name for figure in figures(with_django_ca=True)})
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("figures", nargs="*", default=names, metavar="FIGURE", help=", ".join(names))
    parser.add_argument("--size", type=_size, default=Size(1.0), help="fraction of the full size (default 1)")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the JSON lines")
    parser.add_argument("--no-django-ca", dest="django_ca", action="store_false", help="leave this peer out")
    given = parser.parse_args(arguments)
    if unknown := set(given.figures) - set(names):
        parser.error(f"{', '.join(sorted(unknown))}: no such figure; there are {', '.join(names)}")
    return given


def _size(text: str) -> Size:
    try:
        return Size(float(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
