"""Turns a template and plain data into PDF/A bytes, the same bytes for the same data, nothing on disk.

Data reach a template as one JSON text and are never read as markup.
"""

import dataclasses
import json
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import typst

from inro.paper.errors import SheetRefused
from inro.paper.fonts import installed_fonts
from inro.paper.glyphs import check_glyphs, plain_forms_in
from inro.practice.calendar import JST

# The typesetter reads templates by their path, so they lie beside this file and not in an archive.
TEMPLATES = Path(__file__).parent / "templates"
_WEEKDAYS = "月火水木金土日"
_ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1873, 1, 1), "明治"),
)
_MEIJI_BEGAN = 1868


_OF_THREAD = threading.local()


def lasting_typesetter() -> typst.Compiler:
    """Return this thread's own: it holds the data of one sheet until the next, so it is never shared.

    Raises: FontMissing.
    """
    if not hasattr(_OF_THREAD, "typesetter"):
        _OF_THREAD.typesetter = typst.Compiler(
            root=str(TEMPLATES), font_paths=installed_fonts(), ignore_system_fonts=True
        )
    typesetter: typst.Compiler = _OF_THREAD.typesetter
    return typesetter


def press(sheet: str, *, made_on: date, data: Mapping[str, Any]) -> bytes:
    """Return `sheet` (a template's name) filled with `data` as PDF/A-2b, dated `made_on`.

    Raises: GlyphMissing, FontMissing, SheetRefused.
    """
    return _pressed(lasting_typesetter().compile, sheet, made_on=made_on, plain=_checked(data))


def press_secret(sheet: str, *, made_on: date, data: Mapping[str, Any]) -> bytes:
    """Return what `press` does, by a typesetter of its own: a lasting one holds data until the next.

    Raises: GlyphMissing, FontMissing, SheetRefused.
    """
    once: Callable[..., Any] = partial(
        typst.compile, root=str(TEMPLATES), font_paths=installed_fonts(), ignore_system_fonts=True
    )
    return _pressed(once, sheet, made_on=made_on, plain=_checked(data))


def press_checked(sheet: str, *, made_on: date, plain: Mapping[str, Any]) -> bytes:
    """Return what `press` does of JSON values whose glyphs the caller has checked.

    Raises: FontMissing, SheetRefused.
    """
    return _pressed(lasting_typesetter().compile, sheet, made_on=made_on, plain=plain)


def queried(sheet: str, selector: str, *, made_on: date, plain: Mapping[str, Any]) -> str:
    """Return as JSON the values of a sheet's elements that `selector` names.

    Raises: FontMissing, SheetRefused.
    """
    ask = partial(
        typst.query,
        selector=selector,
        field="value",
        root=str(TEMPLATES),
        font_paths=installed_fonts(),
        ignore_system_fonts=True,
    )
    answer: str = _answered(ask, sheet, made_on=made_on, plain=plain)
    return answer


def _checked(data: Mapping[str, Any]) -> Mapping[str, Any]:
    plain = {name: printable(value) for name, value in data.items()}
    printed = {name: value for name, value in plain.items() if name != "qr"}
    check_glyphs(printed)
    return plain | {"plain_forms": plain_forms_in(printed)}


def _pressed(typeset: Callable[..., Any], sheet: str, *, made_on: date, plain: Mapping[str, Any]) -> bytes:
    midnight = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    as_archive = partial(typeset, pdf_standards=["a-2b"], timestamp=int(midnight.timestamp()))
    pdf: bytes = _answered(as_archive, sheet, made_on=made_on, plain=plain)
    return pdf


def _answered(typeset: Callable[..., Any], sheet: str, *, made_on: date, plain: Mapping[str, Any]) -> Any:
    data = json.dumps({"made_on": long_date(made_on), **plain}, ensure_ascii=False)
    try:
        return typeset(str(TEMPLATES / f"{sheet}.typ"), sys_inputs={"data": data})
    except typst.TypstError as error:
        raise SheetRefused(sheet=sheet, field="typesetting") from error


def printable(value: Any) -> Any:
    """Return `value` as JSON values, dates and instants as they are read in Japan."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: printable(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, datetime):
        return japanese_instant(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): printable(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [printable(item) for item in value]
    return value


def long_date(day: date) -> str:
    """Return `day` as 2026年12月22日（令和8年・火）."""
    return f"{_numbers(day)}（{era_year(day)}・{_WEEKDAYS[day.weekday()]}）"


def plain_date(day: date) -> str:
    """Return `day` as 2026年12月22日."""
    return _numbers(day)


def birth_date_words(day: date) -> str:
    """Return `day` as 1978年8月9日（昭和53年）, as resident records have it."""
    return f"{_numbers(day)}（{era_year(day)}）"


def era_year(day: date) -> str:
    """Return the year of the era in which `day` lies, the first as 元年; the era's own day for its change.

    Days before the Gregorian calendar came to Japan are given without an era.
    """
    for began, name in _ERAS:
        if day >= began:
            year = day.year - (_MEIJI_BEGAN if name == "明治" else began.year) + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"西暦{day.year}年"


def _numbers(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def japanese_instant(instant: datetime) -> str:
    """Return an aware `instant` as 2026年12月22日 23時59分59秒（日本時間）."""
    local = instant.astimezone(JST)
    return (
        f"{local.year}年{local.month}月{local.day}日 "
        f"{local.hour}時{local.minute:02}分{local.second:02}秒（日本時間）"
    )
