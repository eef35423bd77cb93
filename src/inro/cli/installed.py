"""An installation's records opened for one command, and as whom the log says that it ran (40(7))."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from inro.cli.processes import installation_home
from inro.cli.refusal import Words, refuse, stop
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.process import prepare_process
from inro.ports.errors import PortError
from inro.practice.duties import Duty
from inro.practice.errors import Refused
from inro.store.errors import StoreError
from inro.usecases.actor import Actor

BAD_INPUT = 2


@contextmanager
def installed(program: str, home: Path | None) -> Iterator[None]:
    """Open the installation's records, and end with one line if any part of the house refuses."""
    os.environ["INRO_HOME"] = str(installation_home(home).absolute())
    try:
        prepare_process()
        # Imported here, because Django reads the installation when it is set up.
        from inro.store.availability import records_needed

        with records_needed():
            yield
    except (ConfigurationRefused, StoreError, PortError, Refused) as error:
        stop(program, error)


def operator(duty: Duty) -> Actor:
    """Return who runs a command: who may is the machine's business, the log says as whom it ran."""
    return Actor(name=f"operator-{os.getuid()}", duties=frozenset({duty}))


def day_given(text: str, *, option: str) -> date:
    """Return the day that an option names, or end with one line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(
            Words(f"日付として読めません：{text}", f"not a date: {text}"),
            do=f"write it as {option} 2026-12-01",
            status=BAD_INPUT,
        )
