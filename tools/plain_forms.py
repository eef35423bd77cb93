"""Makes src/inro/paper/plain_forms.toml from the Ideographic Variation Database and the two faces.

    python -m tools.plain_forms IVD_Sequences.txt > src/inro/paper/plain_forms.toml

A sequence is listed when the glyph registered for it in the Adobe-Japan1 collection is the one that the text
face draws for the base alone (its glyph names carry the collection's numbers) and the name face lacks it.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from inro.paper.fonts import NAMES, TEXT, require_face
from inro.paper.glyphs import coverage

HEAD = """\
# Variation sequences of the Adobe-Japan1 collection whose registered glyph is the one IPAexMincho draws for
# the base character alone (its glyph names carry the collection's numbers), and which IPAmjMincho lacks.
# Source: Ideographic Variation Database, IVD_Sequences.txt of 2012-03-02, Copyright 2006-2012 Unicode, Inc.,
# https://www.unicode.org/license.txt; face: IPAexMincho 004.01.
"""
_IN_A_ROW = 100


def plain_forms(lines: Iterable[str]) -> dict[int, str]:
    """Return the base characters by selector, both sorted."""
    with TTFont(require_face(TEXT), lazy=True) as font:
        drawn = font.getBestCmap()
    known = coverage(NAMES).sequences
    found: defaultdict[int, list[str]] = defaultdict(list)
    for line in lines:
        if line.startswith("#") or "Adobe-Japan1" not in line:
            continue
        sequence, _, glyph = (part.strip() for part in line.split(";"))
        base, selector = (int(part, 16) for part in sequence.split())
        if drawn.get(base) == f"aj{glyph.removeprefix('CID+')}" and (base, selector) not in known:
            found[selector].append(chr(base))
    return {selector: "".join(sorted(found[selector])) for selector in sorted(found)}


def toml(forms: dict[int, str]) -> str:
    """Return the table as the file holds it."""
    text = HEAD
    for selector, bases in forms.items():
        rows = (bases[start : start + _IN_A_ROW] for start in range(0, len(bases), _IN_A_ROW))
        text += f'{selector:04X} = """\\\n' + "".join(f"{row}\\\n" for row in rows) + '"""\n'
    return text


if __name__ == "__main__":
    sys.stdout.write(toml(plain_forms(Path(sys.argv[1]).read_text("utf-8").splitlines())))
