"""The three faces everything on paper is set in, found by their own paths and by nothing else.

Fontconfig's choice differs from machine to machine, and a name set in another face is another name.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from inro.paper.errors import FontMissing

FOLDERS = (
    Path("/usr/share/fonts/opentype/ipaexfont-gothic"),
    Path("/usr/share/fonts/opentype/ipaexfont-mincho"),
    Path("/usr/share/fonts/truetype/ipamj"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One font: the family name templates use, its file, and the Debian package it comes from."""

    family: str
    file: Path
    package: str


WORDS = Face(family="IPAexGothic", file=FOLDERS[0] / "ipaexg.ttf", package="fonts-ipaexfont-gothic")
TEXT = Face(family="IPAexMincho", file=FOLDERS[1] / "ipaexm.ttf", package="fonts-ipaexfont-mincho")
NAMES = Face(family="IPAmjMincho", file=FOLDERS[2] / "ipamjm.ttf", package="fonts-ipamj-mincho")
FACES = (WORDS, TEXT, NAMES)


@cache
def installed_fonts() -> typst.Fonts:
    """Return the three faces, read once for this process.

    Raises: FontMissing.
    """
    for face in FACES:
        require_face(face)
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(face.file.parent) for face in FACES],
    )


def require_face(face: Face) -> Path:
    """Return the face's file.

    Raises: FontMissing.
    """
    if not face.file.is_file():
        raise FontMissing(path=str(face.file), package=face.package)
    return face.file
