"""What a piece of work costs: CPU time, user and system together, beside the wall clock."""

import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

_STARTER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of CPU and of the wall for `count` units of work."""

    cpu: float
    wall: float
    count: int = 1

    @property
    def cpu_each(self) -> float:
        """Seconds of CPU for one unit."""
        return self.cpu / self.count

    @property
    def wall_each(self) -> float:
        """Seconds of the wall for one unit."""
        return self.wall / self.count


type Contender = Callable[[], Cost]


def cost_of(work: Callable[[], object], *, count: int = 1) -> Cost:
    """Do `work`, which is `count` units, in this process; all its threads count."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(cpu=time.process_time() - cpu, wall=time.perf_counter() - wall, count=count)


def cost_with_children(work: Callable[[], object], *, count: int = 1) -> Cost:
    """Do `work`, which is `count` units; processes it starts and waits for count as well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = cost_of(work, count=count)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu=own.cpu + children, wall=own.wall, count=count)


def cost_of_program(command: Sequence[str]) -> Cost:
    """Run a program to its end and return its cost.

    Raises: CalledProcessError with what it wrote, if it fails.
    """
    wall = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as program:
        assert program.stderr is not None
        said = program.stderr.read()
        # wait4 tells of this one child; Popen then finds it gone.
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command, stderr=said)
    return Cost(cpu=used.ru_utime + used.ru_stime, wall=time.perf_counter() - wall)


def peak_of_program(command: Sequence[str]) -> int:
    """Run a program to its end and return its peak memory in KiB.

    A small program starts it: until it has one of its own, a program is charged with its starter's memory.
    """
    starter = [sys.executable, "-S", "-c", _STARTER, *command]
    return int(subprocess.run(starter, check=True, stdout=subprocess.PIPE).stdout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Medians of interleaved rounds, seconds of CPU for each unit, and the ratios round by round."""

    ours: float
    ours_wall: float
    theirs: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of ours divided by theirs."""
        return median(self.ratios)


def compare(*, ours: Contender, others: Mapping[str, Contender], rounds: int) -> dict[str, Comparison]:
    """Let all take turns for `rounds` rounds, in reverse order every other round.

    A machine that grows slower or faster meanwhile does so for everyone.
    """
    everyone = {"": ours, **others}
    costs: dict[str, list[Cost]] = {name: [] for name in everyone}
    for turn in range(rounds):
        for name in list(everyone)[:: -1 if turn % 2 else 1]:
            costs[name].append(everyone[name]())
    return {name: _comparison(costs[""], costs[name]) for name in others}


def _comparison(ours: list[Cost], theirs: list[Cost]) -> Comparison:
    return Comparison(
        ours=median(cost.cpu_each for cost in ours),
        ours_wall=median(cost.wall_each for cost in ours),
        theirs=median(cost.cpu_each for cost in theirs),
        ratios=tuple(mine.cpu_each / other.cpu_each for mine, other in zip(ours, theirs, strict=True)),
    )
