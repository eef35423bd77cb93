"""Lying bars, longest first, each with its words and count: what happens most (9.2)."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from inro.web.figures.columns import WIDTH, Column
from inro.web.figures.markup import box, drawing, text

_ROW, _LEFT, _RIGHT = 28, 296, 64
_LONGEST = 24


def bars(values: Sequence[Column], *, name: str, title: str, said: str) -> SafeString:
    """Return bars in the order given."""
    most = max((value.count for value in values), default=0)
    return drawing(
        _bars(values, max(most, 1)),
        name=name,
        title=title,
        said=said,
        width=WIDTH,
        height=_ROW * max(len(values), 1) + 8,
    )


def _bars(values: Sequence[Column], most: int) -> Iterator[SafeString]:
    for place, value in enumerate(values):
        y = 4 + place * _ROW
        width = (WIDTH - _LEFT - _RIGHT) * value.count / most
        yield text(_cut(value.label), x=_LEFT - 8, y=y + 18, anchor="end")
        yield box(x=_LEFT, y=y + 4, width=width, height=_ROW - 8)
        yield text(f"{value.count:,}", x=_LEFT + width + 6, y=y + 18)


def _cut(words: str) -> str:
    # The table beside the drawing has the whole.
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
