"""What the virtual card refuses outside its own protocol: a card file that cannot be opened."""

from pathlib import Path


class CardFileRefused(Exception):
    """A card file is missing, in use, altered, or under another key; `why` names which."""

    def __init__(self, *, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"
