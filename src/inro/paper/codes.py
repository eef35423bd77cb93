"""The QR code by which a scanner files a sheet that comes back; the number stands beside it in print."""

import io
from collections.abc import Mapping
from types import MappingProxyType

import segno

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
    }
)


def qr_svg(payload: str) -> str:
    """Return a QR code of level Q for `payload` as SVG text without a quiet zone."""
    out = io.BytesIO()
    segno.make_qr(payload, error="q").save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode("ascii")


def sheet_payload(*, kind: str, number: str, page: int = 1, pages: int = 1) -> str:
    """Return what a sheet's code says: kind, number, page of pages, and a check letter over all of it."""
    return SheetCode(kind=kind, number=number, page=page, pages=pages).payload
