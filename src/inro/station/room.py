"""What a station has: its signing key, its readers or virtual cards, its printer, and a name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inro.ports.signer import Signer
from inro.station.job import PersonalisationJob, ReaderPlace
from inro.store.reads.issuance import OrderRecord
from inro.store.states import Medium
from inro.usecases.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One station's means, made once when the process starts.

    `job` makes the child's job for an order, a card serial and a moment; `token_pin` opens the
    subscriber-key token in the child; `card_file_key` opens virtual cards and is None where there are none;
    `reader` is the reader in which cards are made, None where each is a file.
    """

    key: Signer
    token_pin: bytes
    card_file_key: bytes | None
    medium: Medium
    job: Callable[[OrderRecord, str, datetime], PersonalisationJob]
    actor: Actor
    name: str
    reader: ReaderPlace | None = None
