"""What a certificate says, in full, for the subscriber's check and for disclosure (12.6, 28, 40(4), 42.4)."""

from dataclasses import dataclass
from datetime import date

from inro.paper.codes import qr_svg, sheet_payload
from inro.paper.parties import Operator
from inro.paper.press import press


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One item; `outside_accreditation` for everything but the name, which alone is accredited (42.4)."""

    label: str
    value: str
    outside_accreditation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentStatement:
    """A certificate's content; `sha256` is the fingerprint of its DER in hexadecimal."""

    number: str
    made_on: date
    certificate_number: str
    subscriber_name: str
    sha256: str
    rows: tuple[StatementRow, ...]


def render_statement(*, statement: ContentStatement, operator: Operator) -> bytes:
    """Return the statement as PDF, every item whole, over as many pages as it takes.

    Raises: GlyphMissing, FontMissing.
    """
    return press(
        "statement",
        made_on=statement.made_on,
        data={
            "statement": statement,
            "operator": operator,
            "fingerprint": " ".join(_groups(statement.sha256.upper(), 4)),
            "qr": qr_svg(sheet_payload(kind="CS1", number=statement.number)),
        },
    )


def _groups(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]
