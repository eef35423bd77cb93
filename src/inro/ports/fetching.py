"""Asking a stranger's server for something, within bounds that no server can move (4(6))."""

from dataclasses import dataclass

from inro.ports.errors import PortError
from inro.practice.probe import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long one question may take from beginning to end, and how many octets its answer may have."""

    seconds: float
    octets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The host and port where a connection goes, whatever the address says."""

    host: str
    port: int


class FetchFailed(PortError):
    """A server gave no answer, or not within the bounds; `problem` says which."""

    def __init__(self, problem: Problem, what: str, detail: str = "") -> None:
        super().__init__(what, detail, "see the server, its address and what is between")
        self.problem = problem
