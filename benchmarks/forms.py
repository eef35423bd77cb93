"""Application forms as PDF, many and one, beside the promise and typst alone on the same template (8.1)."""

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path

import pikepdf
import typst

from benchmarks.cost import Cost, compare, cost_of
from benchmarks.rows import Row, row_of
from benchmarks.size import Size
from inro.paper.fonts import installed_fonts
from inro.paper.form import application_sheet, render_application_form, render_application_forms
from inro.paper.form_sheet import TEMPLATE, forms_data
from inro.paper.press import TEMPLATES
from inro.practice.editions import Terms
from tests.forms import WHOLE
from tests.paper.sheets import OPERATOR

FORMS = 100
PAGES_EACH = 2
PAGES_A_SECOND = 100
SECONDS_FOR_ONE = 0.15
_EDITION = Path(__file__).parents[1] / "policy" / "editions" / "2025-04-01.toml"
_DAY = date(2026, 11, 20)


def measure(size: Size) -> list[Row]:
    """Return rows for many forms in PDFs of a batch, and for one form in a process that has made others."""
    terms = Terms.from_record(tomllib.loads(_EDITION.read_text("utf-8")))
    # A number is used once: what the typesetter has set before costs nothing.
    numbers = (f"A26-{number:06d}" for number in count(1))
    _one(numbers, terms)
    return [*_many_rows(numbers, terms, size), *_one_rows(numbers, terms, size)]


def _many_rows(numbers: Iterator[str], terms: Terms, size: Size) -> list[Row]:
    forms = size.of(FORMS)
    pages = forms * PAGES_EACH
    promised = pages / PAGES_A_SECOND
    comparisons = compare(
        ours=lambda: cost_of(lambda: _many(numbers, terms, forms), count=pages),
        others={
            f"promise: {PAGES_A_SECOND} pages/s": lambda: Cost(cpu=promised, wall=promised, count=pages),
            "typst alone, data ready": lambda: _alone(numbers, terms, forms),
        },
        rounds=size.rounds(9),
    )
    checked = {"pages": _many(numbers, terms, forms), "expected": pages}
    return [
        row_of(
            comparison,
            figure="forms",
            subject="application forms, many in one PDF",
            against=against,
            per="page",
            bound=1.0 if against.startswith("promise") else None,
            checked=checked,
        )
        for against, comparison in comparisons.items()
    ]


def _one_rows(numbers: Iterator[str], terms: Terms, size: Size) -> list[Row]:
    comparisons = compare(
        ours=lambda: cost_of(lambda: _one(numbers, terms)),
        others={
            f"promise: {SECONDS_FOR_ONE * 1000:.0f} ms": lambda: Cost(
                cpu=SECONDS_FOR_ONE, wall=SECONDS_FOR_ONE
            ),
            "typst alone, data ready": lambda: _alone(numbers, terms, 1, per_page=False),
        },
        rounds=size.rounds(25),
    )
    return [
        row_of(
            comparison,
            figure="forms",
            subject="one application form, warm",
            against=against,
            per="form",
            bound=1.0 if against.startswith("promise") else None,
            checked={"pages": _pages(_one(numbers, terms)), "expected": PAGES_EACH},
        )
        for against, comparison in comparisons.items()
    ]


def _one(numbers: Iterator[str], terms: Terms) -> bytes:
    return render_application_form(
        form=WHOLE,
        number=next(numbers),
        made_on=_DAY,
        edition=terms.edition,
        terms=terms,
        operator=OPERATOR,
    )


def _many(numbers: Iterator[str], terms: Terms, forms: int) -> int:
    """Return the number of pages made."""
    made = render_application_forms(
        forms=((next(numbers), WHOLE) for _ in range(forms)),
        made_on=_DAY,
        edition=terms.edition,
        terms=terms,
        operator=OPERATOR,
    )
    return sum(map(_pages, made))


def _alone(numbers: Iterator[str], terms: Terms, forms: int, *, per_page: bool = True) -> Cost:
    """Set the same forms with nothing around: no glyphs looked up, no codes drawn, no pages counted."""
    sheets = [
        application_sheet(form=WHOLE, number=next(numbers), made_on=_DAY, edition=terms.edition, terms=terms)
        for _ in range(forms)
    ]
    data = json.dumps(forms_data(sheets, operator=OPERATOR) | {"made_on": ""}, ensure_ascii=False)
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=installed_fonts(), ignore_system_fonts=True)
    main = str(TEMPLATES / f"{TEMPLATE}.typ")
    return cost_of(
        lambda: compiler.compile(main, sys_inputs={"data": data}, pdf_standards=["a-2b"]),
        count=forms * PAGES_EACH if per_page else 1,
    )


def _pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)
