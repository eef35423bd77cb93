"""A measured figure as a line of JSON, and all of them as a table."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from rich.table import Table

from benchmarks.cost import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure against one peer or limit; `ratio` is ours divided by theirs, the median of all rounds.

    `ours` and `theirs` are in `unit`; `bound` is what the ratio must not exceed, None where nothing is
    promised. `checked` says what of the results was looked at: counts, never times.
    """

    figure: str
    subject: str
    against: str
    unit: str
    ours: float
    theirs: float
    ratio: float
    ratio_least: float
    ratio_most: float
    rounds: int
    bound: float | None = None
    wall: float | None = None
    checked: dict[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its bound."""
        return self.bound is None or self.ratio <= self.bound

    def to_line(self) -> str:
        """Return the row as one line of JSON."""
        return json.dumps(asdict(self) | {"holds": self.holds}, ensure_ascii=False)

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Return the row that `to_line` wrote."""
        record = json.loads(line)
        del record["holds"]
        return cls(**record)


def row_of(
    comparison: Comparison,
    *,
    figure: str,
    subject: str,
    against: str,
    per: str,
    bound: float | None = None,
    checked: dict[str, Any] | None = None,
) -> Row:
    """Return a comparison of CPU time as a row; `per` names the unit of work."""
    return Row(
        figure=figure,
        subject=subject,
        against=against,
        unit=f"CPU ms/{per}",
        ours=comparison.ours * 1000,
        theirs=comparison.theirs * 1000,
        ratio=comparison.ratio,
        ratio_least=min(comparison.ratios),
        ratio_most=max(comparison.ratios),
        rounds=len(comparison.ratios),
        bound=bound,
        wall=comparison.ours_wall,
        checked=checked or {},
    )


def memory_row(
    *,
    figure: str,
    subject: str,
    against: str,
    ours_mb: float,
    theirs_mb: float,
    bound: float | None,
    checked: dict[str, Any],
) -> Row:
    """Return a comparison of peak memory as a row."""
    ratio = ours_mb / theirs_mb
    return Row(
        figure=figure,
        subject=subject,
        against=against,
        unit="MB peak",
        ours=ours_mb,
        theirs=theirs_mb,
        ratio=ratio,
        ratio_least=ratio,
        ratio_most=ratio,
        rounds=1,
        bound=bound,
        checked=checked,
    )


def limit_row(
    *, figure: str, subject: str, against: str, times: Sequence[float], limit: float, checked: dict[str, Any]
) -> Row:
    """Return the 95th percentile of wall times beside a limit, all in seconds; bounded by the limit."""
    ordered = sorted(times)
    # By the nearest rank: of twenty the nineteenth.
    found = ordered[math.ceil(0.95 * len(ordered)) - 1]
    return Row(
        figure=figure,
        subject=subject,
        against=against,
        unit="ms p95",
        ours=found * 1000,
        theirs=limit * 1000,
        ratio=found / limit,
        ratio_least=ordered[0] / limit,
        ratio_most=ordered[-1] / limit,
        rounds=len(ordered),
        bound=1.0,
        wall=found,
        checked=checked,
    )


def count_row(
    *, figure: str, subject: str, against: str, unit: str, found: int, wanted: int, checked: dict[str, Any]
) -> Row:
    """Return a count that must be reached; its ratio is wanted divided by found: too few is missed."""
    ratio = wanted / found if found else float(wanted + 1)
    return Row(
        figure=figure,
        subject=subject,
        against=against,
        unit=unit,
        ours=found,
        theirs=wanted,
        ratio=ratio,
        ratio_least=ratio,
        ratio_most=ratio,
        rounds=1,
        bound=1.0,
        checked=checked,
    )


def table_of(rows: list[Row]) -> Table:
    """Return rows as a table for people."""
    table = Table(title="inro: each figure beside its peer or limit, measured in turns")
    for heading in ("figure", "against", "unit"):
        table.add_column(heading)
    for heading in ("inro", "other", "ratio", "least-most", "bound", "a second"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for row in rows:
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.subject,
        row.against,
        row.unit,
        _number(row.ours),
        _number(row.theirs),
        f"{row.ratio:.2f}",
        f"{row.ratio_least:.2f}-{row.ratio_most:.2f}",
        "" if row.bound is None else f"≤ {row.bound:.2f}",
        "" if row.wall is None else _number(1 / row.wall),
        "" if row.bound is None else "[green]holds[/]" if row.holds else "[red]missed[/]",
    )


def _number(value: float) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:,.{digits}f}"
