"""The address sheet of a parcel: whom it goes to, how it is posted, what must be in it (17.4, 19.1, 24.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inro.paper.codes import qr_svg, sheet_payload
from inro.paper.parties import Addressee, Operator
from inro.paper.press import press


class PostalMethod(StrEnum):
    """How the terms have a parcel posted."""

    RESTRICTED = "本人限定受取郵便（基本型）"
    SIMPLIFIED = "簡易書留"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLabel:
    """One parcel; `contents` is the packer's list, `tracking_number` may still be empty."""

    posted_on: date
    recipient: Addressee
    method: PostalMethod
    application: str
    parcel: str
    contents: tuple[str, ...]
    tracking_number: str = ""


def render_parcel_label(*, label: ParcelLabel, operator: Operator) -> bytes:
    """Return the address sheet, A5, as PDF.

    Raises: GlyphMissing, FontMissing.
    """
    return press(
        "label",
        made_on=label.posted_on,
        data={
            "label": label,
            "operator": operator,
            "restricted": label.method is PostalMethod.RESTRICTED,
            "qr": qr_svg(sheet_payload(kind="PL1", number=label.parcel)),
        },
    )
