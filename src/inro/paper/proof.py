"""The proof of a campaign on paper: counts, the file it goes with, and who was told when (2.2, 11.2, 43)."""

from dataclasses import dataclass
from datetime import date

from inro.paper.parties import Operator
from inro.paper.press import press


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """One person's notice; days as ISO dates; `by_hand` that it was given outside of the lots."""

    case: str
    letter: str
    name: str
    channel: str
    sent_on: str
    arrived_on: str
    standing: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSheet:
    """One campaign's proof; where it is not `whole`, the rows are those who were told late or not at all.

    `counted` says how the last day came about; `counts` are, for each way, how many stand how.

    `file_sha256` is of the list as a file, which has everybody.
    """

    number: str
    told_of: str
    last_day: date | None
    counted: tuple[str, ...]
    counts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    rows: tuple[ProofRow, ...]
    whole: bool
    file_sha256: str


def render_proof(*, sheet: ProofSheet, made_on: date, operator: Operator) -> bytes:
    """Return the proof as PDF.

    Raises: GlyphMissing, FontMissing.
    """
    return press("proof", made_on=made_on, data={"proof": sheet, "operator": operator})
