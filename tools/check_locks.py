"""Refuses locks without hashes, with addresses, or behind their .in files, and unexplained dependencies."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ADDRESS = re.compile(r"https?://|file://|--(extra-)?index-url|--find-links|\bgit\+")
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==[^ ]+ ")
ASKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)")


def findings(folder: Path) -> Iterator[str]:
    """Yield one line for everything wrong in the locks of `folder`."""
    for asked in sorted(folder.glob("*.in")):
        lock = asked.with_suffix(".txt")
        if not lock.exists():
            yield f"{lock.name}: missing"
            continue
        text = lock.read_text(encoding="utf-8")
        yield from (f"{lock.name}: {what}" for what in _wrong_with(text))
        missing = _asked_names(asked) - _pinned_names(text)
        yield from (f"{lock.name}: lacks {name}, asked for by {asked.name}" for name in sorted(missing))


def unexplained(root: Path) -> Iterator[str]:
    """Yield one line for every direct dependency of the programs that no decision record explains."""
    records = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "docs/adr").glob("*.md")))
    explained = {_normal(name) for name in re.findall(r"^## (\S+)$", records, re.MULTILINE)}
    for name in sorted(_asked_names(root / "requirements" / "run.in") - explained):
        yield f"{name}: a new dependency gets five lines in docs/adr/0002-dependencies.md"


def _wrong_with(text: str) -> Iterator[str]:
    if ADDRESS.search(text):
        yield "holds an address"
    for block in re.split(r"\n(?=[^ \n])", text.strip()):
        first = block.partition("\n")[0]
        if first.startswith("#"):
            continue
        if not PINNED.match(f"{first} "):
            yield f"not pinned: {first}"
        elif "--hash=sha256:" not in block:
            yield f"no hash: {first}"


def _asked_names(path: Path) -> set[str]:
    names = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            names |= _asked_names(path.parent / line.removeprefix("-r ").strip())
        elif found := ASKED.match(line):
            names.add(_normal(found["name"]))
    return names


def _pinned_names(text: str) -> set[str]:
    return {_normal(found["name"]) for line in text.splitlines() if (found := PINNED.match(f"{line} "))}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    """Print what is wrong with requirements/*.txt; return 1 if there is anything."""
    found = [*findings(Path.cwd() / "requirements"), *unexplained(Path.cwd())]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
