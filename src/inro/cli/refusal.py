"""How the command line refuses: one line in Japanese and English, what to do, and a status that is not 0."""

import sys
from typing import NamedTuple, NoReturn


class Words(NamedTuple):
    """The same said in Japanese and in English."""

    japanese: str
    english: str

    def __str__(self) -> str:
        return f"{self.japanese} / {self.english}"


def refuse(words: Words, *, do: str, status: int = 1) -> NoReturn:
    """Say on standard error what is wrong and what mends it, and end."""
    print(f"inro: {words}  対処 / what to do: {do}", file=sys.stderr)
    raise SystemExit(status)


def stop(program: str, error: Exception, *, status: int = 1) -> NoReturn:
    """Say on standard error what a part of the house refused and what mends it, and end."""
    # Imported here: the words of every refusal are many, and most commands end without one.
    from inro.words.way_out import refusal_line

    print(refusal_line(program, error), file=sys.stderr)
    raise SystemExit(status)
