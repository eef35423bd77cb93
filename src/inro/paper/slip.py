"""The receipt slip that goes with the card, and comes back with the registered seal (18.1-18.6, 12.6)."""

from dataclasses import dataclass
from datetime import date

from inro.paper.codes import PREFIXES, qr_svg, sheet_payload
from inro.paper.parties import Addressee, Operator
from inro.paper.press import press
from inro.paper.statement import StatementRow
from inro.practice.enclosures import PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSlip:
    """One parcel's slip: `rows` is what the subscriber compares with the card before signing (18.4).

    `counted` says how the day due came about.
    """

    number: str
    application: str
    certificate_number: str
    card_serial: str
    recipient: Addressee
    subscriber_name: str
    dispatched_on: date
    due_on: date
    counted: tuple[str, ...]
    rows: tuple[StatementRow, ...]


def render_receipt_slip(*, slip: ReceiptSlip, operator: Operator) -> bytes:
    """Return the sheet as PDF: what to check above the cut, the slip to send back below it.

    Raises: GlyphMissing, FontMissing.
    """
    return press(
        "slip",
        made_on=slip.dispatched_on,
        data={
            "slip": slip,
            "operator": operator,
            "qr": qr_svg(sheet_payload(kind=PREFIXES[PaperKind.RECEIPT_SLIP], number=slip.number)),
        },
    )
