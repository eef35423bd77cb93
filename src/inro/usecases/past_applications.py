"""Applications from before this platform: a file of them taken in whole or not at all (8.11, 40(4))."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from inro.japanese.past_application_columns import LineFault, LineFinding
from inro.japanese.past_application_line import LineReading
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.editions import Terms
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.practice.past_application import PastApplication as StatedPast
from inro.practice.retention import certificate_retention
from inro.store.models import PastApplication, PastImport
from inro.usecases.act import act
from inro.usecases.actor import Actor

# So many lines are in memory at once, and asked for in one question.
_AT_ONCE = 500


class LinesRefused(Refused):
    """A file of past applications has lines that cannot be taken in; none of it was."""

    def __init__(self, *, bad: int) -> None:
        super().__init__(bad=bad)
        self.bad = bad


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """How many lines with content a file has, and how many of them were new or there before."""

    lines: int
    added: int
    already: int


def import_past_applications(
    *,
    lines: Iterable[tuple[int, LineReading]],
    file_sha256: str,
    terms: Terms,
    complain: Callable[[LineFinding], None],
    told_before: Callable[[int], None],
    actor: Actor,
    now: datetime,
) -> ImportSummary:
    """Take in every line of a file, in one transaction; what was taken in before stays as it is (8.11).

    `complain` hears everything that is wrong with any line, `told_before` the number of each line whose
    service and number are on record with the same content.

    Raises: DutyMissing, LinesRefused, Conflict, RecordsUnwritable, and what `lines` raises. In each case
    nothing was taken in.
    """
    actor.check(Act.IMPORT_PAST_APPLICATIONS)
    with act(actor=actor, now=now) as doing:
        taking = _Taking(file_sha256=file_sha256, terms=terms, complain=complain, actor=actor.name, now=now)
        for batch in batched(lines, _AT_ONCE):
            for line in taking.take(batch):
                told_before(line)
        if taking.bad:
            raise LinesRefused(bad=taking.bad)
        summary = taking.finish()
        if taking.of is None:
            doing.nothing()
        else:
            doing.record(
                EventKind.PAST_APPLICATIONS_IMPORTED,
                subject=f"past-import/{taking.of.pk}",
                file_sha256=file_sha256,
                lines=summary.lines,
                added=summary.added,
                already=summary.already,
            )
    return summary


def subject(service: str, number: str) -> str:
    """Return what the audit log calls a past application."""
    return f"past-application/{service}/{number}"


@dataclass(slots=True, kw_only=True)
class _Taking:
    """One file on its way in: a line that is wrong keeps the whole file out, but all are looked at."""

    file_sha256: str
    terms: Terms
    complain: Callable[[LineFinding], None]
    actor: str
    now: datetime
    of: PastImport | None = None
    lines: int = 0
    added: int = 0
    already: int = 0
    bad: int = 0

    def take(self, batch: Sequence[tuple[int, LineReading]]) -> list[int]:
        """Take some lines in; return the numbers of those that were there before."""
        self.lines += len(batch)
        stated: list[tuple[int, StatedPast]] = []
        for line, reading in batch:
            if isinstance(reading, StatedPast):
                stated.append((line, reading))
            else:
                self._complain(*reading)
        return self._add(stated)

    def finish(self) -> ImportSummary:
        """Write down how many lines there were."""
        if self.of is not None:
            PastImport.objects.filter(pk=self.of.pk).update(lines=self.lines, added=self.added)
        return ImportSummary(lines=self.lines, added=self.added, already=self.already)

    def _add(self, stated: list[tuple[int, StatedPast]]) -> list[int]:
        known = _known(past.number for _line, past in stated)
        rows: list[PastApplication] = []
        before: list[int] = []
        for line, past in stated:
            row = _row(line, past)
            there = known.get((row.service, row.number))
            if there is None:
                row.came_in = self._import()
                known[row.service, row.number] = row
                rows.append(row)
                self._check_retention(line, past)
            elif self.of is not None and there.came_in_id == self.of.pk:
                self._complain(LineFinding(line=line, column="number", fault=LineFault.TWICE))
            elif there.content_sha256 != row.content_sha256:
                self._complain(LineFinding(line=line, column="number", fault=LineFault.OTHER_CONTENT))
            else:
                before.append(line)
        # With a bad line nothing stays; what is left is to tell about the others.
        PastApplication.objects.bulk_create(rows)
        self.added += len(rows)
        self.already += len(before)
        return before

    def _import(self) -> PastImport:
        if self.of is None:
            self.of = PastImport.objects.create(
                file_sha256=self.file_sha256, imported_at=self.now, imported_by=self.actor
            )
        return self.of

    def _check_retention(self, line: int, past: StatedPast) -> None:
        if certificate_retention(not_after=past.not_after, terms=self.terms).is_reached(self.now):
            self._complain(LineFinding(line=line, column="ends_on", fault=LineFault.RETENTION_OVER))

    def _complain(self, *of_one_line: LineFinding) -> None:
        self.bad += 1
        for finding in of_one_line:
            self.complain(finding)


def _row(line: int, past: StatedPast) -> PastApplication:
    record = past.as_record()
    named = {
        "service": past.service.value,
        "number": past.number,
        "certificate_number": past.certificate_number,
    }
    days = {"applied_on": past.applied_on.isoformat(), "ends_on": past.ends_on.isoformat()}
    return PastApplication(
        **named,
        applied_on=past.applied_on,
        ends_on=past.ends_on,
        stated=record,
        content_sha256=canonical_sha256(record | named | days),
        line=line,
    )


def _known(numbers: Iterable[str]) -> dict[tuple[str, str], PastApplication]:
    rows = PastApplication.objects.filter(number__in=list(numbers)).defer("stated")
    return {(row.service, row.number): row for row in rows}
