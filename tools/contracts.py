"""Contracts for import-linter: what a room may import at all, and who may import a room at all."""

import sys
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import TypedDict, cast, override

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Breach(TypedDict):
    """One import that a contract does not allow."""

    importer: str
    imported: str
    line_number: int


class _DirectImports(Contract):
    """A contract over direct imports, one by one."""

    @override
    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        breaches = list(self._breaches(graph))
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    @abstractmethod
    def _breaches(self, graph: ImportGraph) -> Iterator[Breach]: ...

    @override
    def render_broken_contract(self, check: ContractCheck) -> None:
        for breach in check.metadata["breaches"]:
            output.print_error(
                f"{breach['importer']} imports {breach['imported']} (l. {breach['line_number']})"
            )


class OnlyContract(_DirectImports):
    """`modules` and all below import the standard library and `allowed` packages, nothing else."""

    type_name = "only"

    modules = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField())

    @override
    def _breaches(self, graph: ImportGraph) -> Iterator[Breach]:
        for importer in sorted(_at_or_below(_names(self.modules), graph.modules)):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                standard = imported.partition(".")[0] in sys.stdlib_module_names
                if not standard and not _is_below(imported, _names(self.allowed)):
                    yield from _lines(graph, importer, imported)


class WallContract(_DirectImports):
    """`modules` and all below, which need not exist yet, are imported by `importers` and themselves only."""

    type_name = "wall"

    modules = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    @override
    def _breaches(self, graph: ImportGraph) -> Iterator[Breach]:
        modules = _names(self.modules)
        for imported in sorted(_at_or_below(modules, graph.modules)):
            own = [module for module in modules if _is_below(imported, [module])]
            for importer in sorted(graph.find_modules_that_directly_import(imported)):
                if not _is_below(importer, [*_names(self.importers), *own]):
                    yield from _lines(graph, importer, imported)


def _names(field: object) -> list[str]:
    # The library puts the parsed list where the class declares the field.
    return cast("list[str]", field)


def _is_below(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _at_or_below(packages: Iterable[str], modules: Iterable[str]) -> set[str]:
    return {module for module in modules if _is_below(module, packages)}


def _lines(graph: ImportGraph, importer: str, imported: str) -> Iterator[Breach]:
    for detail in graph.get_import_details(importer=importer, imported=imported):
        yield Breach(importer=importer, imported=imported, line_number=detail["line_number"])
