"""The register of lint rules: one small function each, with code, severity, clause and date of effect."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from inro.pki.finding import Finding, Severity


class Dated(Protocol):
    """Anything a rule looks at; rules apply to what was signed on or after their date."""

    @property
    def signed_on(self) -> date:
        """The day in Japan on which it was, or is to be, signed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule[T]:
    """One rule; `examine` yields a detail for every breach."""

    code: str
    severity: Severity
    clause: str
    effective: date
    examine: Callable[[T], Iterable[str]]


class Register[T]:
    """The rules of one source, in the order in which they are written."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.rules: list[Rule[T]] = []

    def rule(
        self, name: str, *, clause: str, effective: date, severity: Severity = Severity.ERROR
    ) -> Callable[[Callable[[T], Iterable[str]]], Callable[[T], Iterable[str]]]:
        """Enter the decorated function as the rule `<source>.<name>`."""
        code = f"{self.source}.{name}"

        def enter(examine: Callable[[T], Iterable[str]]) -> Callable[[T], Iterable[str]]:
            self.rules.append(
                Rule(code=code, severity=severity, clause=clause, effective=effective, examine=examine)
            )
            return examine

        return enter


def run_rules[T: Dated](rules: Iterable[Rule[T]], structure: T) -> tuple[Finding, ...]:
    """Examine `structure` by every rule in effect on the day it is signed."""
    signed_on = structure.signed_on
    return tuple(
        Finding(code=rule.code, severity=rule.severity, clause=rule.clause, detail=detail)
        for rule in rules
        if signed_on >= rule.effective
        for detail in _details(rule, structure)
    )


def _details[T](rule: Rule[T], structure: T) -> list[str]:
    try:
        return list(rule.examine(structure))
    except ValueError as error:
        # What a rule cannot read breaks the rule.
        return [f"cannot be read: {error}"]
