"""Deadlines as iCalendar: lines folded, texts escaped, days and instants as RFC 5545 has them."""

from datetime import UTC, date, datetime

from inro.practice.day_sum import DaySum
from inro.practice.deadlines import DeadlineKind, hours_after, until_end
from inro.practice.obligations import RULES
from inro.words.calendar_file import CalendarEntry, calendar_lines

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
SLIP = until_end(kind=DeadlineKind.SLIP, clause="18.7", day_sum=DaySum.of(date(2026, 12, 1)).plus_days(20))
LIST = hours_after(NOW, hours=24, kind=DeadlineKind.LIST_RENEWAL, clause="26.2")
ABOUT = {DeadlineKind.SLIP: "A26-000001-0", DeadlineKind.LIST_RENEWAL: "crl-3"}


def written(*deadlines, house="架空電子認証", language="ja") -> list[bytes]:
    entries = [
        CalendarEntry(row=place, about=ABOUT[one.kind], deadline=one, rule=RULES[one.kind])
        for place, one in enumerate(deadlines, start=1)
    ]
    file = b"".join(calendar_lines(entries, house=house, language=language, now=NOW))
    assert file.endswith(b"END:VCALENDAR\r\n")
    return file.split(b"\r\n")


def unfolded(lines: list[bytes]) -> list[str]:
    return b"\r\n".join(lines).replace(b"\r\n ", b"").decode().split("\r\n")


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut():
    lines = written(SLIP, LIST, house="長い名前" * 30)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()


def test_a_day_lasts_until_the_next_and_an_instant_is_in_utc():
    lines = unfolded(written(SLIP, LIST))
    assert "DTSTART;VALUE=DATE:20261221" in lines
    assert "DTEND;VALUE=DATE:20261222" in lines
    assert "DTSTART:20261202T030000Z" in lines
    assert lines.count("UID:deadline-1@inro") == 1
    assert "SUMMARY:A26-000001-0 受領書" in lines
    assert "SUMMARY:失効リスト（CRL） 3 失効リストの更新" in lines


def test_texts_are_escaped():
    lines = unfolded(written(SLIP, house="a,b;c\\d\ne", language="en"))
    assert "X-WR-CALNAME:a\\,b\\;c\\\\d\\ne" in lines
    assert any(line.startswith("DESCRIPTION:Send the reminder\\nTerms Article 18(7): from") for line in lines)
