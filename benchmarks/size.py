"""How much of the full size is measured: all of it by `make bench`, about a hundredth by the tests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """A fraction of the full size, above 0 and at most 1."""

    fraction: float

    def __post_init__(self) -> None:
        if not 0 < self.fraction <= 1:
            raise ValueError(f"a size is above 0 and at most 1, not {self.fraction}")

    @property
    def full(self) -> bool:
        """Whether bounds mean anything: small runs measure mostly what is done once."""
        return self.fraction == 1

    def of(self, count: int) -> int:
        """Return that part of `count`, at least 2."""
        return max(2, round(count * self.fraction))

    def rounds(self, count: int) -> int:
        """Return how many rounds are made: `count`, or 2 in a small run."""
        return count if self.full else min(count, 2)
