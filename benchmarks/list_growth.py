"""How lists grow from 10,000 to 1,000,000 entries, and how soon after a revocation there is one (26.1).

All sizes are made in one process, one behind the other, so that they share what the machine was like.
"""

import math
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.cost import Cost, cost_of
from benchmarks.orders import open_room
from benchmarks.revoked import fill_database, fill_journal
from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from benchmarks.world import NOW, ca_token, make_house, make_key
from inro.adapters.instants import settle
from inro.pki.crl import ListKind
from inro.signer.lists import sign_lists
from inro.signer.room import Room
from inro.signer.steps import Step
from inro.store.reads.revocation import list_in_force

SIZES = (10_000, 100_000, 1_000_000)
MEASURED_AT = 100_000
EXPONENT_BOUND = 1.05
LIMIT_S = 0.2
_ROUNDS = 5


@dataclass(slots=True, kw_only=True)
class _Population:
    """A signer and how many revoked certificates it has; each list is a minute after the one before."""

    room: Room
    count: int = 0
    minutes: int = 0

    def grow(self, count: int) -> None:
        """Have more certificates revoked, in the journal and on record."""
        fill_journal(self.room.journal, count, begin=self.count)
        fill_database(count, begin=self.count)
        self.count = count

    def sign(self) -> Cost:
        """Sign all lists; return what it cost until the first, the CRL, had its signature."""
        self.minutes += 1
        cpu, wall, signed = time.process_time(), time.perf_counter(), list[Cost]()

        def passed(step: Step) -> None:
            if step is Step.SIGN_LIST and not signed:
                signed.append(Cost(cpu=time.process_time() - cpu, wall=time.perf_counter() - wall))

        sign_lists(room=self.room, now=NOW + timedelta(minutes=self.minutes), passed=passed)
        return signed[0]


def measure(size: Size) -> Iterator[Row]:
    """Yield rows: a list soon after a revocation, and how the CPU of all lists grows between two sizes."""
    with tempfile.TemporaryDirectory() as name, ca_token(Path(name) / "token") as (_, token):
        room = open_room(house=make_house(token), token=token, station_key=make_key(), folder=Path(name))
        population = _Population(room=room)
        costs: list[tuple[int, float]] = []
        for count in map(size.of, SIZES):
            population.grow(count)
            population.sign()
            # As the signer's process does after its first pass.
            settle()
            if count == size.of(MEASURED_AT):
                yield _soon(population, size)
            times = [cost_of(population.sign).cpu for _ in range(size.rounds(_ROUNDS))]
            costs.append((population.count, median(times)))
        yield from (_growth(before, after) for before, after in pairwise(costs))
        room.journal.close()


def _soon(population: _Population, size: Size) -> Row:
    """Return how long the CRL takes after one certificate more was revoked; the record has it already."""
    costs, listed = [], []
    for _ in range(size.rounds(4 * _ROUNDS)):
        population.grow(population.count + 1)
        costs.append(population.sign())
        newest = list_in_force(ListKind.CRL)
        listed.append(newest is not None and newest.entries == population.count)
    row = limit_row(
        figure="list_growth",
        subject=f"one revoked of {population.count:,}: until the CRL is checked, linted and signed",
        against=f"{LIMIT_S * 1000:.0f} ms",
        times=[cost.cpu for cost in costs],
        limit=LIMIT_S,
        checked={"lists": len(costs), "listed": all(listed)},
    )
    # The token is in software: CPU is what the machine's other work does not add to.
    return replace(row, unit="CPU ms p95", wall=median(cost.wall for cost in costs))


def _growth(before: tuple[int, float], after: tuple[int, float]) -> Row:
    exponent = math.log(after[1] / before[1]) / math.log(after[0] / before[0])
    return Row(
        figure="list_growth",
        subject=f"all lists of {after[0]:,} entries against {before[0]:,}",
        against="as many times the CPU as entries",
        unit="exponent",
        ours=exponent,
        theirs=1.0,
        ratio=exponent,
        ratio_least=exponent,
        ratio_most=exponent,
        rounds=1,
        bound=EXPONENT_BOUND,
        checked={"cpu_ms": [round(1000 * cost) for _, cost in (before, after)]},
    )
