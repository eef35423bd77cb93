"""What a prober saw before: of each list its highest number, so that one that goes back is noticed (26.2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from inro.pki.published_list import PublishedList
from inro.practice.probe import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The newest list that one address gave by one route."""

    number: int
    this_update: datetime
    sha256: str

    @classmethod
    def of(cls, found: PublishedList) -> Self:
        """Return what is kept of a list."""
        return cls(number=found.number, this_update=found.this_update, sha256=found.sha256)

    def problem(self, found: PublishedList) -> tuple[Problem, str] | None:
        """Return what is wrong with a list after this one (RFC 5280 5.2.3)."""
        if found.number < self.number or found.this_update < self.this_update:
            return Problem.WENT_BACK, f"number {found.number} after {self.number}"
        if found.number == self.number and found.sha256 != self.sha256:
            return Problem.CHANGED_UNDER_NUMBER, f"number {found.number}"
        return None


type Memory = Mapping[str, Seen]


class MemoryLost(Exception):
    """The file of what was seen holds something else."""


def read_memory(file: Path) -> Memory:
    """Return what was seen, nothing before the first round.

    Raises: MemoryLost, OSError.
    """
    try:
        kept = json.loads(file.read_text("utf-8"))
        return {
            key: Seen(
                number=int(one["number"]),
                this_update=datetime.fromisoformat(one["this_update"]),
                sha256=str(one["sha256"]),
            )
            for key, one in kept.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise MemoryLost(str(file)) from error


def write_memory(file: Path, memory: Memory) -> None:
    """Keep what was seen, whole or as it was.

    Raises: OSError.
    """
    text = json.dumps(
        {
            key: {
                "number": seen.number,
                "this_update": seen.this_update.isoformat(),
                "sha256": seen.sha256,
            }
            for key, seen in sorted(memory.items())
        },
        indent=1,
    )
    part = file.with_name(f".{file.name}.part")
    part.write_text(text, "utf-8")
    part.replace(file)
