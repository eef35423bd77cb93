"""A grid of counts, darker where more; the number stands in every field, so the shade says nothing alone."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from inro.web.figures.columns import WIDTH
from inro.web.figures.markup import GROUND, INK, SOFT, box, drawing, text

_ROW, _LEFT, _HEAD = 34, 176, 28
# Light to dark; on the last two the number is white.
_SHADES = ("#ffffff", "#e8f1fe", "#c5d7fb", "#9db7f9", "#3460fb", "#0017c1")
_DARK = 4


def grid(
    *, rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str], name: str, title: str, said: str
) -> SafeString:
    """Return a grid: a row of counts for each name, under the heads."""
    most = max((count for _, counts in rows for count in counts), default=0)
    parts = (*_heads(heads), *_fields(rows, len(heads), max(most, 1)))
    return drawing(parts, name=name, title=title, said=said, width=WIDTH, height=_HEAD + _ROW * len(rows) + 4)


def _heads(heads: Sequence[str]) -> Iterator[SafeString]:
    for place, head in enumerate(heads):
        width = (WIDTH - _LEFT) / len(heads)
        yield text(head, x=_LEFT + (place + 0.5) * width, y=18, anchor="middle", fill=SOFT)


def _fields(rows: Sequence[tuple[str, Sequence[int]]], across: int, most: int) -> Iterator[SafeString]:
    width = (WIDTH - _LEFT) / max(across, 1)
    for down, (label, counts) in enumerate(rows):
        y = _HEAD + down * _ROW
        yield text(label, x=_LEFT - 12, y=y + 21, anchor="end")
        for place, count in enumerate(counts):
            shade = -(-count * (len(_SHADES) - 1) // most)
            yield box(
                x=_LEFT + place * width + 1, y=y + 1, width=width - 2, height=_ROW - 2, fill=_SHADES[shade]
            )
            yield text(
                f"{count:,}",
                x=_LEFT + (place + 0.5) * width,
                y=y + 21,
                anchor="middle",
                fill=GROUND if shade >= _DARK else INK,
            )
