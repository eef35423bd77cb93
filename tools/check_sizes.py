"""Refuses functions above 50 lines and files above 400 (tests 600)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FUNCTION_LINES = 50
FILE_LINES = 400
TEST_FILE_LINES = 600
ROOMS = ("src", "tools", "benchmarks", "tests")


def oversized(root: Path) -> Iterator[str]:
    """Yield one line for every function and file under `root` that is too long."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _oversized_in(path, path.relative_to(root))


def _oversized_in(path: Path, shown: Path) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    limit = TEST_FILE_LINES if shown.parts[0] == "tests" else FILE_LINES
    lines = source.count("\n")
    if lines > limit:
        yield f"{shown}:1: file of {lines} lines, at most {limit}"
    for node in ast.walk(ast.parse(source, filename=str(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                where = f"{shown}:{node.lineno}"
                yield f"{where}: function {node.name} of {length} lines, at most {FUNCTION_LINES}"


def main() -> int:
    """Print what is too long; return 1 if there is anything."""
    found = list(oversized(Path.cwd()))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
