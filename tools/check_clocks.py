"""Refuses reading the clock or drawing chance outside the edges: time, chance and person are arguments."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

EDGES = frozenset({"web", "worker", "signer", "station", "responder", "probe", "ceremony", "cli", "demo"})
# Adapters and the virtual card stand for devices, which have chance of their own.
DEVICES = frozenset({"adapters", "virtual_card"})

CLOCKS = frozenset(
    {
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
        "django.utils.timezone.now",
        "django.utils.timezone.localdate",
        "django.utils.timezone.localtime",
    }
)
CHANCE = ("secrets.", "random.", "os.urandom", "os.getrandom", "uuid.uuid1", "uuid.uuid4", "uuid.uuid7")
# Naming these types in a signature draws nothing.
CHANCE_TYPES = frozenset({"random.Random", "random.SystemRandom"})


def readings(root: Path) -> Iterator[str]:
    """Yield one line for every use of clock or chance where neither may be used."""
    house = root / "src" / "inro"
    for path in sorted(house.rglob("*.py")):
        room = path.relative_to(house).parts[0]
        if room not in EDGES:
            tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
            for line, name in sorted(_forbidden(tree, chance=room not in DEVICES)):
                yield f"{path.relative_to(root)}:{line}: {name}: make it an argument"


def _forbidden(tree: ast.Module, *, chance: bool) -> set[tuple[int, str]]:
    names = _imported_names(tree)
    found = set()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            full = _full_name(node, names)
            is_type = full in CHANCE_TYPES and id(node) not in called
            if full in CLOCKS or (chance and not is_type and full.startswith(CHANCE)):
                found.add((node.lineno, full))
    return found


def _imported_names(tree: ast.Module) -> dict[str, str]:
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _full_name(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        owner = _full_name(node.value, names)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def main() -> int:
    """Print every forbidden reading; return 1 if there is any."""
    found = list(readings(Path.cwd()))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
