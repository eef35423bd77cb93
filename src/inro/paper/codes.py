"""The QR code by which a scanner files a sheet that comes back; the number stands beside it in print."""

import io

import segno

from inro.paper.scan.code import SheetCode


def qr_svg(payload: str) -> str:
    """Return a QR code of level Q for `payload` as SVG text without a quiet zone."""
    out = io.BytesIO()
    segno.make_qr(payload, error="q").save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode("ascii")


def sheet_payload(*, kind: str, number: str, page: int = 1, pages: int = 1) -> str:
    """Return what a sheet's code says: kind, number, page of pages, and a check letter over all of it."""
    return SheetCode(kind=kind, number=number, page=page, pages=pages).payload
