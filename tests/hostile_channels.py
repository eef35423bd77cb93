"""Hostile names through every way in and out: taken whole or refused in words, no crash (8.5, 8.7, 8.12).

The tests send some names, the benchmarks ten thousand.
"""

import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pikepdf

from inro.adapters.past_application_file import open_past_applications
from inro.cli.name import replaced_lines
from inro.japanese.past_application_columns import COLUMNS, LineFinding
from inro.japanese.replacement import Document
from inro.paper.errors import GlyphMissing, TextTooLong
from inro.paper.form import application_sheet
from inro.paper.form_sheet import forms_data, press_forms
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.practice.stated import StatedForm
from inro.words.past_applications import LINE_FAULTS
from tests import past
from tests.forms import FORM
from tests.hostile import is_text, octets_of
from tests.paper.forms import DAY, NUMBER, TERMS
from tests.paper.read_back import drawn_text_of
from tests.paper.sheets import OPERATOR

if TYPE_CHECKING:
    from tests.web.applicant import Applicant

_FORMS_IN_ONE = 25
# Texts of a line that are nobody's numbers or dates.
_TEXT_COLUMNS = ("legal_name", "city", "organization", "contact_name", "authority_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """How many of a channel's names were taken, and how many refused."""

    taken: int
    refused: int

    @property
    def count(self) -> int:
        """All of them: none was lost, and none ended the program."""
        return self.taken + self.refused


def through_name_replace(names: Sequence[str]) -> Passed:
    """Send names as lines through `inro name replace`; what is taken reads back as itself."""
    lines = [octets_of(name).replace(b"\n", b"").replace(b"\r", b"") for name in names]
    refused: list[int] = []

    def complain(number: int, words: object) -> None:
        assert " / " in str(words)
        refused.append(number)

    made = list(map(json.loads, replaced_lines(lines, document=Document.RESIDENT, complain=complain)))
    bad = set(refused)
    good = [line for number, line in enumerate(lines, start=1) if number not in bad]
    for line, record in zip(good, made, strict=True):
        assert record["input"] == line.decode()
        assert "".join(unit["from"] for unit in record["units"]) == record["input"]
        assert "".join(unit["to"] for unit in record["units"]) == record["output"]
    return Passed(taken=len(made), refused=len(refused))


def through_import(names: Sequence[str], folder: Path) -> Passed:
    """Send names as fields of a file through `inro import applications`, first all, then those without fault.

    All together are refused line by line and leave nothing; what is left over comes in whole.
    """
    from inro.store.models import PastApplication as Row

    file = folder / "hostile.csv"
    file.write_bytes(_csv(names))
    faults: list[LineFinding] = []
    bad = _import(file, faults)
    assert bad
    assert not Row.objects.exists()
    wrong = {finding.line for finding in faults}
    assert bad == len(wrong)
    assert all(str(finding.fault.value) in LINE_FAULTS for finding in faults)
    lines = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join(line for place, line in enumerate(lines, start=1) if place not in wrong))
    assert _import(file, []) == 0
    taken = Row.objects.count()
    assert taken + len(wrong) == len([line for line in lines[1:] if line.strip()])
    for stated in Row.objects.values_list("stated", flat=True).iterator():
        assert stated is not None
        StatedForm.from_record(stated["form"])
    # A name with a line break in it came as two lines, both of them refused.
    return Passed(taken=taken, refused=len(names) - taken)


def through_paper(names: Sequence[str]) -> Passed:
    """Print each name on an application form: whole, every glyph drawn, or refused by field and character."""
    good = [form for form in map(_form, names) if _is_printable(form)]
    for batch in batched(good, _FORMS_IN_ONE):
        sheets = [_sheet(form) for form in batch]
        pdf = press_forms(sheets, operator=OPERATOR)
        printed = bare(drawn_text_of(pdf))
        for form in batch:
            assert bare(form.legal_name) in printed, form.legal_name
        assert glyphs_missing(pdf) == 0
    return Passed(taken=len(good), refused=len(names) - len(good))


def through_wizard(
    names: Iterable[str], applicant: "Applicant", *, step: str, fields: Sequence[str]
) -> Passed:
    """Type each name into all fields of a wizard's step: kept as typed and answered in words, or refused."""
    from inro.practice.wizard import Step
    from inro.store.reads.draft import draft_record
    from tests.web.applicant import problems

    taken = refused = 0
    for name in names:
        seen = draft_record(applicant.number).of_step(Step(step)).version
        body = urlencode({"seen": str(seen), **dict.fromkeys(fields, octets_of(name))})
        response = applicant.client.post(
            f"/apply/{step}/", body, content_type="application/x-www-form-urlencoded"
        )
        page = response.content.decode()
        assert "<script>alert" not in page
        if response.status_code in (400, 413):
            refused += 1
            continue
        assert response.status_code in (200, 302)
        kept = draft_record(applicant.number).of_step(Step(step)).fields
        if is_text(name):
            assert {field: kept[field] for field in fields} == dict.fromkeys(fields, name)
        assert response.status_code == 302 or problems(response)
        taken, refused = (taken + 1, refused) if response.status_code == 302 else (taken, refused + 1)
    return Passed(taken=taken, refused=refused)


def bare(text: str) -> str:
    """Return text without spaces, breaks and variation selectors, compatibility forms unified.

    Hyphens go, too: readers take those at a line's end for the typesetter's own.
    """
    kept = (
        one for one in unicodedata.normalize("NFC", text) if not (one.isspace() or one in "-\u200b\ufffe")
    )
    return "".join(one for one in kept if not 0xFE00 <= ord(one) <= 0xFE0F and ord(one) < 0xE0100)


def glyphs_missing(pdf: bytes) -> int:
    """Return how often a PDF shows glyph 0, the box or blank of a font that lacks a character."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(
            text[place : place + 2] == b"\0\0"
            for page in document.pages
            for text in _shown(page)
            for place in range(0, len(text), 2)
        )


def _shown(page: pikepdf.Page) -> Iterator[bytes]:
    # All fonts are embedded with glyphs numbered by two octets (Identity-H).
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("Tj", "TJ"):
            parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
            yield from (bytes(part) for part in parts if isinstance(part, pikepdf.String))


def _form(name: str) -> StatedForm:
    return replace(FORM, legal_name=name)


def _sheet(form: StatedForm):
    return application_sheet(form=form, number=NUMBER, made_on=DAY, edition=TERMS.edition, terms=TERMS)


def _is_printable(form: StatedForm) -> bool:
    try:
        forms_data([_sheet(form)], operator=OPERATOR)
    except (GlyphMissing, TextTooLong) as refused:
        told, field = str(refused.data).encode(), refused.field
    else:
        return True
    assert told
    assert field == "form.legal_name"
    return False


def _csv(names: Sequence[str]) -> bytes:
    """Return a file with a name in one column of each line, quoted as CSV has it, octets as they are."""
    header = ",".join(column.japanese for column in COLUMNS.values())
    lines = [header.encode()]
    for place, name in enumerate(names):
        column = _TEXT_COLUMNS[place % len(_TEXT_COLUMNS)]
        row = past.row(number=f"N{place}", name_choice="通称名") | {column: name}
        quoted = ('"' + row[name_].replace('"', '""') + '"' for name_ in COLUMNS)
        lines.append(octets_of(",".join(quoted)))
    return b"\n".join(lines)


def _import(file: Path, faults: list[LineFinding]) -> int:
    """Return how many lines were refused; with none of them the file is in."""
    from inro.usecases.actor import Actor
    from inro.usecases.past_applications import LinesRefused, import_past_applications
    from tests import given

    clerk = Actor(name="operator-0", duties=frozenset({Duty.RECORDS}))
    with open_past_applications(file, today=jst_date(given.NOW), told=lambda _octets: None) as opened:
        try:
            import_past_applications(
                lines=opened.lines,
                file_sha256=opened.sha256,
                terms=TERMS,
                complain=faults.append,
                told_before=lambda _line: None,
                actor=clerk,
                now=given.NOW,
            )
        except LinesRefused as refused:
            return refused.bad
    return 0
