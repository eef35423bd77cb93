"""`python -m inro.demo`: makes a throwaway installation and tells the story in it."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from datetime import time as day_time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.policy import load_policy
from inro.configuration.process import prepare_process
from inro.ports.errors import PortError
from inro.practice.calendar import JST
from inro.practice.errors import Refused
from inro.store.errors import StoreError
from inro.words.way_out import refusal_line

if TYPE_CHECKING:
    from inro.demo.installation import Demonstration

FIRST_DAY = date(2026, 12, 1)
HOME = Path("var/demo")
_BROKEN_OFF = (Refused, PortError, StoreError, ConfigurationRefused, OSError)
# A pipe or a file has no width of its own.
_PAPER_WIDTH = 140


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell the story; 0 at its end, 2 for an argument it can't be told with, 1 where it broke off.

    A story that breaks off leaves nothing: its folder goes, and the demonstration that was there comes back.
    """
    parser = argparse.ArgumentParser(prog="inro demo", description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, default=FIRST_DAY, help="the story's first day")
    parser.add_argument("--home", type=Path, default=HOME, help="folder to make")
    parser.add_argument("--policy", type=Path, default=Path("policy"), help="the policy folder")
    given = parser.parse_args(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAPER_WIDTH)
    began = time.monotonic()
    try:
        _tell(
            home=given.home.absolute(),
            policy=given.policy,
            first_day=given.date,
            began=began,
            console=console,
        )
    except _BROKEN_OFF as error:
        print(refusal_line("inro demo", error), file=sys.stderr)
        return 2 if isinstance(error, Refused | ConfigurationRefused) else 1
    return 0


def _tell(*, home: Path, policy: Path, first_day: date, began: float, console: Console) -> None:
    from inro.demo.house import directory_address, directory_in_operation, web_address
    from inro.demo.installation import check_dates, make_installation
    from inro.demo.place import cleared_place
    from inro.demo.servers.free_port import free_port
    from inro.demo.servers.mail import mail_server

    now = datetime.combine(first_day, day_time(9), JST).astimezone(UTC)
    check_dates(policy_folder=policy, now=now)
    read = load_policy(policy)
    transcript: list[str] = []
    with cleared_place(home), ExitStack() as running:
        web_url, port = web_address()
        mail_port = free_port()
        demonstration = make_installation(
            home=home,
            policy_folder=policy,
            policy=read,
            now=now,
            web_url=web_url,
            directory_url=directory_address(),
            mail_port=mail_port,
            show=transcript.append,
        )
        running.enter_context(directory_in_operation(demonstration.installation))
        running.enter_context(mail_server(folder=home / "mail", port=mail_port))
        os.environ["INRO_HOME"] = str(home)
        prepare_process()
        _perform(
            running, demonstration, port=port, now=now, first_day=first_day, began=began, console=console
        )


def _perform(
    running: ExitStack,
    demonstration: "Demonstration",
    *,
    port: int,
    now: datetime,
    first_day: date,
    began: float,
    console: Console,
) -> None:
    # Models can be imported only once the process is prepared.
    from inro.demo.house import house_in_operation, web_server
    from inro.demo.outside import seen_from_outside
    from inro.demo.performance import perform
    from inro.store.availability import records_needed

    running.enter_context(web_server(demonstration=demonstration, port=port, now=now))
    web_url = demonstration.installation.repository.web_url
    outside = running.enter_context(seen_from_outside(demonstration, web_url=web_url))
    with records_needed():
        perform(
            demonstration=demonstration,
            start=house_in_operation,
            outside=outside,
            now=now,
            first_day=first_day,
            began=began,
            console=console,
        )


if __name__ == "__main__":
    sys.exit(main())
