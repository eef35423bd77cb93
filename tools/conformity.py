"""Joins the clauses of the terms to the code and tests that keep them, and refuses what no longer holds.

docs/terms.toml lists the clause ids; docs/clauses.toml says for each either

    ["6.1"]
    code = ["inro.practice.validity.not_after"]
    tests = ["tests/practice/test_validity.py::test_ends_with_the_month"]

or `reason = "…"`, why it needs neither. A `note` may stand beside both. docs/conformity.md is made from the
two by `python -m tools.conformity --write`.
"""

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TERMS = Path("docs/terms.toml")
CLAUSES = Path("docs/clauses.toml")
MATRIX = Path("docs/conformity.md")
LISTS = ("code", "tests")
TEXTS = ("reason", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How one clause is kept."""

    clause: str
    title: str
    code: tuple[str, ...]
    tests: tuple[str, ...]
    reason: str
    note: str


def entries(root: Path) -> list[Entry]:
    """Return one entry per clause of the terms, in their order; one without an answer is empty."""
    answers = _read(root / CLAUSES)
    return [_entry(clause, title, answers.get(clause, {})) for clause, title in _titles(root).items()]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _titles(root: Path) -> dict[str, str]:
    titles: dict[str, str] = _read(root / TERMS)["clauses"]
    return titles


def _entry(clause: str, title: str, answer: dict[str, Any]) -> Entry:
    return Entry(
        clause=clause,
        title=title,
        code=tuple(answer.get("code", ())),
        tests=tuple(answer.get("tests", ())),
        reason=answer.get("reason", ""),
        note=answer.get("note", ""),
    )


def findings(root: Path) -> Iterator[str]:
    """Yield one line for everything that is missing, unknown or gone, the stale matrix last."""
    yield from _misnamed(root)
    for entry in entries(root):
        yield from (f"{CLAUSES}: {entry.clause}: {what}" for what in _wrong_with(entry, root))
    matrix = root / MATRIX
    if not matrix.exists() or matrix.read_text(encoding="utf-8") != rendered(root):
        yield f"{MATRIX}: stale: .venv/bin/python -m tools.conformity --write"


def _misnamed(root: Path) -> Iterator[str]:
    titles = _titles(root)
    for clause, answer in _read(root / CLAUSES).items():
        if clause not in titles:
            yield f"{CLAUSES}: {clause}: no such clause in {TERMS}"
        for key in sorted(set(answer) - {*LISTS, *TEXTS}):
            yield f"{CLAUSES}: {clause}: unknown key {key}"


def _wrong_with(entry: Entry, root: Path) -> Iterator[str]:
    if not (entry.reason or (entry.code and entry.tests)):
        yield "needs code and tests, or a reason"
    if entry.reason and (entry.code or entry.tests):
        yield "has a reason and code or tests: say what remains in a note"
    yield from (f"no such symbol {symbol}" for symbol in entry.code if not has_symbol(root, symbol))
    yield from (f"no such test {test}" for test in entry.tests if not has_test(root, test))


def has_symbol(root: Path, symbol: str) -> bool:
    """Return whether `symbol`, dotted from `inro`, is a module, a name in it or in a class of it."""
    parts = symbol.split(".")
    for length in range(len(parts), 0, -1):
        path = root.joinpath("src", *parts[:length])
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                return _defines(ast.parse(file.read_text(encoding="utf-8")).body, parts[length:])
    # What is no Python (a page, a table) is cited by its path.
    return "/" in symbol and (root / symbol).exists()


def has_test(root: Path, test: str) -> bool:
    """Return whether `test`, a pytest node id without parameters, is a test function there."""
    path, *names = test.split("::")
    file = root / path
    if not names or not file.is_file() or not names[-1].startswith("test"):
        return False
    return _defines(ast.parse(file.read_text(encoding="utf-8")).body, names)


def _defines(body: list[ast.stmt], names: list[str]) -> bool:
    if not names:
        return True
    for statement in body:
        if names[0] in _names_of(statement):
            inner = statement.body if isinstance(statement, ast.ClassDef) else []
            return _defines(inner, names[1:])
    return False


def _names_of(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.TypeAlias(name=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def rendered(root: Path) -> str:
    """Return the matrix as Markdown."""
    rows = [_row(entry) for entry in entries(root)]
    return (
        "# Conformity\n\n"
        f"Which code and which tests keep which clause of the terms. Made from {CLAUSES} by\n"
        "`python -m tools.conformity --write`; `make check` refuses it when a symbol or test is gone.\n\n"
        "| clause | about | code | tests | remark |\n| --- | --- | --- | --- | --- |\n" + "".join(rows)
    )


def _row(entry: Entry) -> str:
    code = "<br>".join(f"`{symbol.removeprefix('inro.')}`" for symbol in entry.code)
    tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in entry.tests)
    remark = " ".join(text for text in (entry.reason, entry.note) if text).replace("|", "\\|")
    return f"| {entry.clause} | {entry.title} | {code} | {tests} | {remark} |\n"


def main() -> int:
    """Write the matrix with `--write`; print what is wrong; return 1 if there is anything."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="make docs/conformity.md anew")
    root = Path.cwd()
    if parser.parse_args().write:
        (root / MATRIX).write_text(rendered(root), encoding="utf-8")
    found = list(findings(root))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
