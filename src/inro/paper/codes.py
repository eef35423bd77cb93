"""The QR code by which a scanner files a sheet that comes back; the number stands beside it in print."""

from collections.abc import Mapping
from types import MappingProxyType

from zxingcpp import BarcodeFormat, create_barcode

from inro.paper.scan.code import SheetCode
from inro.practice.enclosures import PaperKind

# What a code begins with, for every sheet that comes back in an envelope.
FORM_CODES: Mapping[str, PaperKind] = MappingProxyType(
    {
        "RA1": PaperKind.APPLICATION_FORM,
        "FS1": PaperKind.FORMER_SURNAME_FORM,
        "AU1": PaperKind.AUTHORITY_FORM,
        "PX1": PaperKind.PROXY_FORM,
        "RV1": PaperKind.REVOCATION_APPLICATION,
        "RR1": PaperKind.REVOCATION_REQUEST,
        "DR1": PaperKind.DISCLOSURE_REQUEST,
        "RS1": PaperKind.RECEIPT_SLIP,
        "RP1": PaperKind.REPLY_SHEET,
        "CL1": PaperKind.CHECKLIST,
        "EL1": PaperKind.ENVELOPE_LABEL,
    }
)
PREFIXES: Mapping[PaperKind, str] = MappingProxyType({kind: prefix for prefix, kind in FORM_CODES.items()})
# What the code of a sheet says that was printed to be filled in by hand and has no number yet.
NO_NUMBER = "-"


def qr_svg(payload: str) -> str:
    """Return a QR code of level Q for `payload` as SVG text without a quiet zone."""
    return str(create_barcode(payload, BarcodeFormat.QRCode, ec_level="Q").to_svg(add_quiet_zones=False))


def sheet_payload(*, kind: str, number: str, page: int = 1, pages: int = 1) -> str:
    """Return what a sheet's code says: kind, number, page of pages, and a check letter over all of it."""
    return SheetCode(kind=kind, number=number, page=page, pages=pages).payload
