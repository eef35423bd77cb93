"""What kind of file octets are, told by their beginning and never by a name."""

from inro.paper.scan.errors import FileFault, FileRefused

_BEGINNINGS = {
    b"%PDF-": "PDF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
}


def kind_of(data: bytes) -> str:
    """Return PDF, TIFF, JPEG or PNG.

    Raises: FileRefused for nothing and for any other kind.
    """
    if not data:
        raise FileRefused(FileFault.EMPTY)
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            return kind
    raise FileRefused(FileFault.NOT_A_SCAN)
