"""Upright columns over an axis, with marked places: counts by day or by month (18.7, 22.1(1))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from inro.web.figures.markup import BLUE, RED, SMALL, SOFT, box, drawing, line, text

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 44, 40
_MOST_LABELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it is called, and how many; `short` stands below the axis where room is scarce."""

    label: str
    count: int
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line after a column, by its place, with what it means."""

    after: int
    words: str


def columns(
    values: Sequence[Column], *, name: str, title: str, said: str, axis: str, marks: Sequence[Mark] = ()
) -> SafeString:
    """Return columns; `axis` says what is counted along it."""
    top = top_of(max((value.count for value in values), default=0))
    parts = (
        *_scale(top),
        *_columns(values, top),
        *_marks(marks, len(values)),
        text(axis, x=WIDTH - _RIGHT, y=HEIGHT - 6, anchor="end", fill=SOFT),
    )
    return drawing(parts, name=name, title=title, said=said, width=WIDTH, height=HEIGHT)


def top_of(most: int) -> int:
    """Return the end of a scale that holds `most` and can be halved: 2, 4, 10, 20, 40, 100."""
    power = int(10.0 ** (len(str(most)) - 1))
    return next(top for top in (2 * power, 4 * power, 10 * power) if top >= most)


def _scale(top: int) -> Iterator[SafeString]:
    for value in (0, top // 2, top):
        y = _y(value, top)
        yield line(x1=_LEFT, y1=y, x2=WIDTH - _RIGHT, y2=y)
        yield text(f"{value:,}", x=_LEFT - 6, y=y + 4, anchor="end", fill=SOFT)


def _columns(values: Sequence[Column], top: int) -> Iterator[SafeString]:
    step = _step(len(values))
    every = -(-len(values) // _MOST_LABELS)
    for place, value in enumerate(values):
        x, y = _LEFT + place * step, _y(value.count, top)
        yield box(x=x + step * 0.12, y=y, width=step * 0.76, height=_y(0, top) - y, fill=BLUE)
        if place % every == 0:
            yield text(
                value.short or value.label,
                x=x + step / 2,
                y=HEIGHT - _BOTTOM + 16,
                anchor="middle",
                fill=SOFT,
            )
        if value.count and len(values) <= _MOST_LABELS:
            yield text(f"{value.count:,}", x=x + step / 2, y=y - 4, anchor="middle")


def _marks(marks: Sequence[Mark], columns_drawn: int) -> Iterator[SafeString]:
    step = _step(columns_drawn)
    for place, mark in enumerate(marks):
        x = _LEFT + (mark.after + 1) * step
        # Marks close together would write over each other: each on a row of its own.
        y = 12 + place % 3 * 14
        yield line(x1=x, y1=y + 2, x2=x, y2=HEIGHT - _BOTTOM, stroke=RED, dashes="5 3")
        fits = x + (len(mark.words) + 1) * SMALL < WIDTH
        yield text(
            mark.words,
            x=x + 4 if fits else x - 4,
            y=y,
            anchor="start" if fits else "end",
            bold=True,
            fill=RED,
        )


def _step(columns_drawn: int) -> float:
    return (WIDTH - _LEFT - _RIGHT) / max(columns_drawn, 1)


def _y(value: int, top: int) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * value / top
