"""A process works by its clock; a told time is for demonstrations, and only ever goes on."""

import gc
import io
import itertools
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.adapters.instants import Instant, InstantRefused, answer, as_told, by_clock, moments

NOON = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=OFFSETS)  # noqa: DTZ001


def told(*instants: datetime | str, **asked: object) -> io.StringIO:
    """Return lines that tell instants."""
    texts = (one if isinstance(one, str) else one.isoformat() for one in instants)
    return io.StringIO("".join(json.dumps({"now": text} | asked) + "\n" for text in texts))


def ticking() -> datetime:
    return NOON


@given(st.lists(TIMES).map(sorted))
def test_told_instants_come_in_utc_as_they_were_told(times: list[datetime]) -> None:
    found = [instant.now for instant in as_told(told(*times))]
    assert found == times
    assert all(now.tzinfo is UTC for now in found)


@given(TIMES, TIMES)
def test_a_told_time_never_goes_back(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    instants = as_told(told(later, earlier))
    assert next(instants).now == later
    if earlier == later:
        assert next(instants).now == later
        return
    with pytest.raises(InstantRefused, match="before the last"):
        next(instants)


def test_what_else_was_asked_comes_along() -> None:
    assert list(as_told(told(NOON, lists=True))) == [Instant(now=NOON, asked={"lists": True})]


def test_the_end_of_the_lines_is_the_end() -> None:
    assert list(as_told(io.StringIO())) == []


@pytest.mark.parametrize(
    "line",
    [
        "",
        "now",
        "[]",
        "null",
        "{}",
        '"2026-12-01T09:00:00+09:00"',
        '{"now": null}',
        '{"now": 1764547200}',
        '{"now": "tomorrow"}',
        '{"now": "2026-13-01T00:00:00Z"}',
        '{"now": "0001-01-01T00:00:00+09:00"}',
        '{"now": "9999-12-31T23:59:59-09:00"}',
    ],
)
def test_a_line_that_is_no_instant_is_refused(line: str) -> None:
    with pytest.raises(InstantRefused, match="no instant"):
        next(as_told(io.StringIO(line + "\n")))


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(InstantRefused, match="no offset"):
        next(as_told(told("2026-12-01T09:00:00")))


def test_outside_a_demonstration_no_time_is_told() -> None:
    with pytest.raises(InstantRefused, match="demonstrations only"):
        moments(stepped=True, allowed=False, clock=ticking, pause=0)


def test_a_demonstration_is_told_its_time_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", told(NOON))
    assert [one.now for one in moments(stepped=True, allowed=True, clock=ticking, pause=0)] == [NOON]


@pytest.mark.parametrize("allowed", [True, False])
def test_unasked_a_process_works_by_its_clock(allowed: bool) -> None:
    times = iter([NOON, NOON + timedelta(seconds=1), NOON + timedelta(seconds=2)])
    found = moments(stepped=False, allowed=allowed, clock=lambda: next(times), pause=0)
    assert [one.now - NOON for one in itertools.islice(found, 3)] == [timedelta(seconds=n) for n in range(3)]


@pytest.fixture(autouse=True)
def unsettled() -> Iterator[None]:
    """Let the collector look at everything again, as it does in a process that goes on with other tests."""
    yield
    gc.unfreeze()


def test_what_is_loaded_is_looked_at_once() -> None:
    found = by_clock(clock=ticking, pause=0)
    next(found)
    assert gc.get_freeze_count() == 0
    next(found)
    assert gc.get_freeze_count() > 10_000


def test_the_clock_is_read_anew_after_each_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    found = by_clock(clock=ticking, pause=2.0)
    assert next(found) == Instant(now=NOON)
    assert slept == []
    next(found)
    assert slept == [2.0]


def test_an_answer_is_one_line_that_reads_back() -> None:
    out = io.StringIO()
    answer({"refused": ["髙橋\n"], "at": NOON}, to=out)
    assert out.getvalue().count("\n") == 1
    assert json.loads(out.getvalue()) == {"refused": ["髙橋\n"], "at": str(NOON)}
    assert "髙橋" in out.getvalue()
