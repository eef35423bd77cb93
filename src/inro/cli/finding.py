"""What an examination of this machine or an installation found."""

from dataclasses import dataclass
from enum import StrEnum

from inro.cli.refusal import Words


class Verdict(StrEnum):
    """How something stands; only `missing` changes the exit status."""

    WELL = "ok"
    DOUBTFUL = "warning"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: what it is, how it stands, and what to do where it does not stand well."""

    subject: Words
    verdict: Verdict
    detail: Words
    do: str = ""


def well(subject: Words, detail: Words) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(subject=subject, verdict=Verdict.WELL, detail=detail)


def doubtful(subject: Words, detail: Words, do: str) -> Finding:
    """Return a finding that a person should look at."""
    return Finding(subject=subject, verdict=Verdict.DOUBTFUL, detail=detail, do=do)


def missing(subject: Words, detail: Words, do: str) -> Finding:
    """Return a finding without which the installation does not run."""
    return Finding(subject=subject, verdict=Verdict.MISSING, detail=detail, do=do)
