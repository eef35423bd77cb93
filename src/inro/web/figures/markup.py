"""The few pieces of SVG that drawings are made of; attributes alone, since the content policy bars styles."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

INK, SOFT, LINE, BLUE, RED, GROUND = "#333333", "#4d4d4d", "#949494", "#0017c1", "#ce0000", "#ffffff"
SMALL = 12


def drawing(
    parts: Iterable[SafeString], *, name: str, title: str, said: str, width: int, height: int
) -> SafeString:
    """Return a drawing with its title and what it says; `name` is unique on the page."""
    return format_html(
        '<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        ' aria-labelledby="{name}-title {name}-said" font-size="{small}" fill="{ink}">'
        '<title id="{name}-title">{title}</title><desc id="{name}-said">{said}</desc>{parts}</svg>',
        name=name,
        title=title,
        said=said,
        width=width,
        height=height,
        small=SMALL,
        ink=INK,
        parts=mark_safe("".join(parts)),  # nosec B308 B703
    )


def box(*, x: float, y: float, width: float, height: float, fill: str = BLUE) -> SafeString:
    """Return a filled rectangle."""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        _short(x),
        _short(y),
        _short(width),
        _short(height),
        fill,
    )


def line(
    *, x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, dashes: str = "none"
) -> SafeString:
    """Return a straight line; `dashes` as SVG writes them."""
    places = ((name, _short(at)) for name, at in (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)))
    return format_html(
        '<line {} stroke="{}" stroke-dasharray="{}"/>',
        format_html_join(" ", '{}="{}"', places),
        stroke,
        dashes,
    )


def text(
    words: object, *, x: float, y: float, anchor: str = "start", bold: bool = False, fill: str = INK
) -> SafeString:
    """Return words at a place; `anchor` is start, middle or end."""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-weight="{}" fill="{}">{}</text>',
        _short(x),
        _short(y),
        anchor,
        700 if bold else 400,
        fill,
        words,
    )


def _short(place: float) -> str:
    return f"{place:.1f}".removesuffix(".0")
