"""Every form as the tests of paper print it, and where a page's black lines lie."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2
from PIL import Image

from inro.paper.application_papers import render_checklist, render_envelope_label
from inro.paper.form import render_application_form
from inro.paper.further_forms import render_authority_form, render_former_surname_form
from inro.paper.later_forms import (
    KnownSubscriber,
    render_disclosure_request,
    render_proxy_form,
    render_revocation_application,
    render_revocation_request,
)
from inro.practice.editions import Terms
from inro.practice.enclosures import PaperKind
from inro.practice.stated import NameChoice, StatedReplacement
from tests.forms import PROXY, WHOLE
from tests.paper.sheets import OPERATOR

TERMS = Terms.from_record(
    tomllib.loads((Path(__file__).parents[2] / "policy/editions/2025-04-01.toml").read_text("utf-8"))
)
NUMBER = "A26-000001-K"
DAY = date(2026, 11, 20)
VARIANT = "邉\U000e0100"
MARRIED = replace(
    WHOLE,
    name_choice=NameChoice.FORMER_SURNAME,
    legal_name=f"渡{VARIANT}　𠮷子",
    certificate_name="渡辺　吉子",
    replacements=(
        StatedReplacement(
            field="legal_name", original=VARIANT, printed="辺", source="戸籍統一文字情報", clause="8.8"
        ),
        StatedReplacement(field="legal_name", original="𠮷", printed="吉", source="ＪＩＳ包摂", clause="8.9"),
    ),
)
KNOWN = KnownSubscriber.of(MARRIED, application=NUMBER, certificate_number="C26-000001")
COMMON: Mapping[str, Any] = MappingProxyType({"number": NUMBER, "made_on": DAY, "operator": OPERATOR})
APPLICATION: Mapping[str, Any] = MappingProxyType({**COMMON, "edition": TERMS.edition, "terms": TERMS})
LATER: Mapping[str, Any] = MappingProxyType({**COMMON, "terms": TERMS})
FORMS = MappingProxyType(
    {
        PaperKind.APPLICATION_FORM: partial(render_application_form, form=MARRIED, **APPLICATION),
        PaperKind.FORMER_SURNAME_FORM: partial(render_former_surname_form, form=MARRIED, **COMMON),
        PaperKind.AUTHORITY_FORM: partial(render_authority_form, form=MARRIED, **COMMON),
        PaperKind.CHECKLIST: partial(render_checklist, form=MARRIED, **LATER),
        PaperKind.ENVELOPE_LABEL: partial(render_envelope_label, form=MARRIED, **COMMON),
        PaperKind.PROXY_FORM: partial(
            render_proxy_form, subscriber=KNOWN, proxy=PROXY, reason="入院のため", **LATER
        ),
        PaperKind.REVOCATION_APPLICATION: partial(render_revocation_application, subscriber=KNOWN, **LATER),
        PaperKind.REVOCATION_REQUEST: partial(render_revocation_request, subscriber=KNOWN, **LATER),
        PaperKind.DISCLOSURE_REQUEST: partial(render_disclosure_request, subscriber=KNOWN, **LATER),
    }
)
DPI = 300


def pages_as_images(pdf: bytes) -> list[Image.Image]:
    """Return every page in grey at 300 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def pixels(millimetres: float) -> int:
    """Return a length in pixels of such an image."""
    return round(millimetres / 25.4 * DPI)
