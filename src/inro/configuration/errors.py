"""What is wrong with a configuration file: where, which key, what, and the way out."""

from pathlib import Path


class ConfigurationRefused(Exception):
    """A file that is no valid configuration; the process does not start with it."""

    def __init__(self, *, file: Path, problem: str, key: str = "", do: str = "") -> None:
        super().__init__(file, key, problem, do)
        self.file = file
        self.key = key
        self.problem = problem
        self.do = do

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.file), self.key, self.problem, self.do) if part)
