"""One telling of the story: records made ready, processes started, chapters, summary."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime

from django.core.management import call_command
from rich.console import Console

from inro.configuration.paper_operator import operator_of
from inro.demo.house import House
from inro.demo.installation import Demonstration
from inro.demo.office import Office
from inro.demo.outside import Outside
from inro.demo.papers import Papers
from inro.demo.stage import Stage
from inro.demo.story import CHAPTERS, tell_story
from inro.demo.summary import table_of, write_summary
from inro.demo.telling import Teller, bar


def perform(
    *,
    demonstration: Demonstration,
    start: Callable[[Demonstration], AbstractContextManager[House]],
    outside: Outside,
    now: datetime,
    first_day: date,
    began: float,
    console: Console,
) -> Stage:
    """Tell the story in a fresh installation and return the stage as it stands at the end.

    Raises: Refused, PortError, StoreError.
    """
    call_command("migrate", verbosity=0)
    home = demonstration.installation.home
    with start(demonstration) as house, bar(console) as progress:
        stage = Stage(
            demonstration=demonstration,
            office=Office(demonstration=demonstration),
            house=house,
            outside=outside,
            papers=Papers(
                folder=home / "papers",
                operator=operator_of(demonstration.installation),
                words=demonstration.policy.notice_words,
            ),
            teller=Teller(console=console, progress=progress, chapters=CHAPTERS),
            first_day=first_day,
            now=now,
        )
        tell_story(stage)
    console.print(table_of(stage))
    file = write_summary(stage, seconds=time.monotonic() - began)
    console.print(f"{file}  証明書・CRL・署名・PDF {stage.papers.made} 枚")
    console.print("次に / next: make serve")
    return stage
