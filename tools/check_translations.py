"""Refuses gettext catalogues that are incomplete, stale or not compiled: Japanese is the default (screens).

English message ids. A folder that holds `locale/ja/LC_MESSAGES` answers for every page and module below it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

TRANSLATE = re.compile(
    r"""\{%\s*(?:translate|trans)\s+(?P<quote>["'])(?P<tag>.+?)(?P=quote)"""
    r"""|\b_\(\s*(?P<mark>["'])(?P<call>.+?)(?P=mark)\s*\)"""
    r"""|\{%\s*blocktrans(?:late)?\b(?P<options>[^%]*)%\}(?P<block>.*?)\{%\s*endblocktrans(?:late)?\s*%\}""",
    re.DOTALL,
)
MARKERS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
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
    pages = [*folder.rglob("*.html"), *folder.rglob("*.txt")]
    marked = {_message(found) for page in pages for found in TRANSLATE.finditer(page.read_text("utf-8"))}
    return marked.union(*(_marked_in(path) for path in folder.rglob("*.py")))


def _marked_in(module: Path) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in MARKERS
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
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
