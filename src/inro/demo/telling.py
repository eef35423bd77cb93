"""How the story is told: date, clause, what happened, in Japanese and English; and what was skipped."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from inro.practice.calendar import JST


@dataclass(slots=True, kw_only=True)
class Teller:
    """Prints the story line by line and moves the bar from chapter to chapter."""

    console: Console
    progress: Progress
    chapters: int
    told: int = field(default=0)

    def __post_init__(self) -> None:
        self.progress.add_task("", total=self.chapters)

    def chapter(self, japanese: str, english: str) -> None:
        """Begin a chapter."""
        self.told += 1
        task = self.progress.task_ids[0]
        self.progress.update(task, completed=self.told, description=japanese)
        self.console.rule(f"[bold]{japanese}[/]  {english}", align="left")

    def tell(self, now: datetime, clause: str, japanese: str, english: str) -> None:
        """Print one event."""
        when = now.astimezone(JST).strftime("%Y-%m-%d %H:%M")
        line = f"[cyan]{when}[/] [magenta]{clause:>9}[/]  {japanese}  [dim]{english}[/]"
        self.console.print(line, soft_wrap=True)

    def skip(self, start: datetime, end: datetime) -> None:
        """Say which quiet time the clock jumped over."""
        days = (end - start) // timedelta(days=1)
        if days > 0:
            # Lists were due every 24 hours all that time; the story makes them on its own days only.
            self.console.print(
                f"[dim]…… {days} 日を飛ばす（この間の 24 時間ごとの CRL も省く） "
                f"/ {days} quiet days skipped, with the lists due on them[/]",
                soft_wrap=True,
            )


def bar(console: Console) -> Progress:
    """Return the progress bar that stays below the story."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
