"""The application form, printed to be sealed and posted (8.1, 8.2, 8.5-8.12, 12.3, 40(5), 42)."""

from dataclasses import dataclass
from datetime import date

from inro.paper.clause_words import clause_words
from inro.paper.codes import qr_svg, sheet_payload
from inro.paper.parties import Operator
from inro.paper.press import birth_date_words, press
from inro.paper.statement import StatementRow

PAGES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A character the certificate shows in another form, and the table that says so (8.8-8.12)."""

    original: str
    printed: str
    source: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationForm:
    """What an applicant asks for; a sole proprietor has no `organization` and no `authority` (5.4, 8.2)."""

    number: str
    made_on: date
    edition: str
    name: str
    kana: str
    romaji: str
    birth_date: date
    postal_code: str
    address: str
    validity_words: str
    price_words: str
    organization: tuple[StatementRow, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    authority: tuple[str, ...] = ()
    proxy: str = ""
    contact: str = ""


def render_application_form(*, form: ApplicationForm, operator: Operator) -> bytes:
    """Return the form as PDF of two pages, the number as a QR code and in print on both.

    Raises: GlyphMissing, FontMissing.
    """
    return press(
        "application",
        made_on=form.made_on,
        data={
            "form": form,
            "birth_date": birth_date_words(form.birth_date),
            "clauses": [clause_words(item.clause) for item in form.replacements],
            "operator": operator,
            "qr": [
                qr_svg(sheet_payload(kind="RA1", number=form.number, page=page, pages=PAGES))
                for page in range(1, PAGES + 1)
            ],
        },
    )
