"""The terms in force and the spans every date rule is tried over."""

import tomllib
from datetime import date, datetime
from pathlib import Path

from hypothesis import strategies as st

from inro.configuration.calendars import is_national_holiday
from inro.practice.calendar import JST, Calendar
from inro.practice.editions import Terms
from inro.practice.validity import ValidityPeriod

POLICY = Path(__file__).parents[2] / "policy"


def read_terms(edition: str) -> Terms:
    return Terms.from_record(tomllib.loads((POLICY / "editions" / f"{edition}.toml").read_text("utf-8")))


TERMS = read_terms("2025-04-01")
PLAIN = Calendar()
MOVING = Calendar(moves_last_day=True, is_holiday=is_national_holiday)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))
PERIODS = st.sampled_from(list(ValidityPeriod))
# Every second of the span in Japan, so also the nine hours in which UTC has another day.
INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - Hypothesis wants the limits without a zone
    max_value=datetime(2060, 12, 31, 23, 59, 59),  # noqa: DTZ001
    timezones=st.just(JST),
)
