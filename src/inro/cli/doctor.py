"""`inro doctor`: what a running installation lacks, in Japanese and English, and what to do about it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.finding import Finding, Verdict
from inro.cli.processes import installation_home

MARKS = {Verdict.WELL: "○", Verdict.DOUBTFUL: "△", Verdict.MISSING: "×"}


def doctor(
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """不足と直し方を示す / say what is missing, and what to do."""
    folder = installation_home(home)
    # Imported here, so that the other commands don't wait for Django and the typesetter.
    from inro.cli.installation import installation_findings
    from inro.cli.machine import machine_findings

    found = [*machine_findings(folder), *installation_findings(folder, now=datetime.now(UTC))]
    for line in report(found):
        typer.echo(line)
    if any(finding.verdict is Verdict.MISSING for finding in found):
        raise SystemExit(1)


def report(found: Iterable[Finding]) -> list[str]:
    """Return the lines that tell what was found."""
    lines = []
    for finding in found:
        lines.append(f"{MARKS[finding.verdict]} {finding.subject}: {finding.detail}")
        if finding.do:
            lines.append(f"    対処 / what to do: {finding.do}")
    return lines
