"""Refuses gettext catalogues that are incomplete, stale or not compiled: Japanese is the default (screens).

English message ids. A folder that holds `locale/ja/LC_MESSAGES` answers for every page and module below it.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

TRANSLATE = re.compile(
    r"""\{%\s*(?:translate|trans)\s+(?P<quote>["'])(?P<tag>.+?)(?P=quote)"""
    r"""|\b(?:gettext|gettext_lazy|gettext_noop|_)\(\s*(?P<mark>["'])(?P<call>.+?)(?P=mark)\s*\)"""
    r"""|\{%\s*blocktrans(?:late)?\b(?P<options>[^%]*)%\}(?P<block>.*?)\{%\s*endblocktrans(?:late)?\s*%\}""",
    re.DOTALL,
)
VARIABLE = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")


def findings(root: Path) -> Iterator[str]:
    """Yield one line for every message without a translation, unused entry, and uncompiled catalogue."""
    houses = {path.parents[2] for path in (root / "src").rglob("locale/ja/LC_MESSAGES")}
    yield from _homeless(root, houses)
    for house in sorted(houses):
        folder = house / "locale" / "ja" / "LC_MESSAGES"
        shown = folder.relative_to(root)
        yield from (f"{shown}: {what}" for what in _wrong_with(folder, used_messages(house)))


def _homeless(root: Path, houses: set[Path]) -> Iterator[str]:
    for path in sorted((root / "src" / "inro").rglob("*.html")):
        marked = TRANSLATE.search(path.read_text(encoding="utf-8"))
        if marked and houses.isdisjoint(path.parents):
            yield f"{path.relative_to(root)}: marks messages, but no folder above it has locale/ja"


def used_messages(folder: Path) -> set[str]:
    """Return every message id that the pages and code below `folder` mark for translation."""
    files = [*folder.rglob("*.html"), *folder.rglob("*.txt"), *folder.rglob("*.py")]
    return {
        _message(found) for path in files for found in TRANSLATE.finditer(path.read_text(encoding="utf-8"))
    }


def _message(found: re.Match[str]) -> str:
    if found["block"] is None:
        return found["tag"] or found["call"]
    text = VARIABLE.sub(r"%(\1)s", found["block"])
    if "trimmed" in (found["options"] or ""):
        text = " ".join(line.strip() for line in text.strip().splitlines())
    return text


def _wrong_with(folder: Path, used: set[str]) -> Iterator[str]:
    if not (folder / "django.po").is_file():
        yield "no django.po"
        return
    catalogue = polib.pofile(str(folder / "django.po"))
    known = {entry.msgid for entry in catalogue if not entry.obsolete}
    yield from (f"no entry for {message!r}" for message in sorted(used - known))
    yield from (f"not used any more: {message!r}" for message in sorted(known - used))
    yield from (f"not translated: {entry.msgid!r}" for entry in catalogue.untranslated_entries())
    yield from (f"uncertain (fuzzy): {entry.msgid!r}" for entry in catalogue.fuzzy_entries())
    compiled = folder / "django.mo"
    if not compiled.exists() or _pairs(polib.mofile(str(compiled))) != _pairs(catalogue):
        yield "django.mo is stale: msgfmt -o django.mo django.po"


def _pairs(catalogue: polib.POFile | polib.MOFile) -> set[tuple[str, str]]:
    return {(entry.msgid, entry.msgstr) for entry in catalogue if not entry.obsolete and entry.msgstr}


def main() -> int:
    """Print what is wrong; return 1 if there is anything."""
    found = list(findings(Path.cwd()))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
