"""The board of deadlines, one case's, the files, the house's health (18.7, 26.2, 40(7))."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inro.practice.calendar import start_of_day
from inro.practice.events import EventKind
from inro.practice.platform_obligations import PlatformFacts
from inro.practice.probe import ProbeFinding, ProbeResult, Probers, Problem
from inro.store.ids import ApplicationId
from inro.usecases.actor import process
from inro.usecases.night import run_night
from inro.usecases.probe import record_probe
from inro.web.office import clock
from inro.words.events import EVENTS
from tests import given, posted
from tests.listed import published, signed
from tests.web.given_held import held_back

OVERDUE = start_of_day(date(2026, 12, 25))


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """Let a test say what time it is at the office."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    at(OVERDUE)
    return at


@pytest.fixture
def application(db) -> ApplicationId:
    """A case whose slip is overdue."""
    made = posted.issued(given.office())
    posted.to_subscriber(made)
    return made


@pytest.fixture
def case(application) -> str:
    """The number of that case."""
    return posted.number_of(application)


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def run(now: datetime) -> None:
    run_night(platform=PlatformFacts, actor=process("worker-1"), now=now)


def test_who_is_nobody_sees_no_deadline(office, case):
    for address in ("/deadlines/", f"/deadlines/{case}/", "/deadlines/deadlines.csv", "/health/line/"):
        assert office.get(address).status_code == 302


def test_the_board_shows_what_is_due_the_longest_overdue_first(clerk, case):
    page = text(clerk.get("/deadlines/"))
    assert page.count(case) == 2 * page.count('scope="row"')
    places = [
        page.index(f'<td data-label="期限の種類">{kind}</td>')
        for kind in ("郵便物の留置期限", "受領書", "受領書の督促")
    ]
    assert places == sorted(places)
    assert "約款第18条第7項：発送の日（初日は数えない）2026年12月1日、+20日で2026年12月21日" in page
    assert "4日超過" in page
    assert "有効期間満了の案内</td>" not in page
    assert "有効期間満了の案内</td>" in text(clerk.get("/deadlines/?ahead=all"))


def test_the_board_is_narrowed_and_what_it_cannot_ask_is_left_out(clerk, case):
    page = text(clerk.get("/deadlines/?kind=slip"))
    assert page.count('scope="row"') == 1
    odd = text(clerk.get("/deadlines/?kind=nothing&ahead=never&after=x~1"))
    assert odd.count('scope="row"') == text(clerk.get("/deadlines/")).count('scope="row"')


def test_pages_follow_one_another_without_gap(clerk, case, monkeypatch):
    monkeypatch.setattr("inro.web.office.deadlines.board._PAGE", 3)
    whole = text(clerk.get("/deadlines/?ahead=all"))
    seen, address = 0, "/deadlines/?ahead=all"
    while address:
        page = text(clerk.get(address))
        seen += page.count('scope="row"')
        _, _, rest = page.partition('href="?ahead=all&amp;after=')
        address = f"/deadlines/?ahead=all&after={rest.partition(chr(34))[0]}" if rest else ""
    assert whole.count('scope="row"') == 3
    assert seen == 8


def test_a_page_asks_the_database_few_times(clerk, case):
    with CaptureQueriesContext(connection) as queries:
        clerk.get("/deadlines/?ahead=all")
    assert len(queries) <= 4


def test_a_case_shows_the_events_that_made_and_ended_what_it_owes(clerk, case, application):
    posted.slip(application, on=date(2026, 12, 20))
    page = text(clerk.get(f"/deadlines/{case}/"))
    # What the dispatch had made, and the time for issuing, which the certificate on its card ended.
    assert page.count('<span class="says">完了</span>') == 6
    assert EVENTS[EventKind.PARCEL_DISPATCHED].japanese in page
    assert EVENTS[EventKind.RECEIPT_CONFIRMED].japanese in page
    assert clerk.get("/deadlines/A26-999999-9/").status_code == 404


def test_the_files_hold_numbers_and_no_person(clerk, case):
    sent = b"".join(clerk.get("/deadlines/deadlines.csv?kind=slip").streaming_content).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(sent))
    assert row[:3] == ["2026-12-21", case, "受領書"]
    assert len(head) == len(row)
    calendar = clerk.get("/deadlines/deadlines.ics?ahead=all")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.content.count(b"BEGIN:VEVENT") == 8
    assert "高橋".encode() not in calendar.content


def test_health_says_when_a_night_did_not_happen(clerk, case, now):
    assert "夜間処理はまだ一度も" in text(clerk.get("/health/"))
    assert clerk.get("/health/line/").status_code == 503
    run(OVERDUE)
    assert text(clerk.get("/health/line/")).startswith(
        "inro ok night=2026-12-25 late=none held=none waiting=none probes=none overdue=2 "
    )
    assert "遅れなし" in text(clerk.get("/health/"))
    now(OVERDUE + timedelta(hours=27))
    late = clerk.get("/health/line/")
    assert late.status_code == 503
    assert b"late=platform/night" in late.content
    assert "遅れあり" in text(clerk.get("/health/"))


def test_health_says_what_was_seen_from_outside_and_when_nobody_looked(clerk, case, now):
    run(OVERDUE)
    assert "外からの確認の報告はまだありません" in text(clerk.get("/health/"))
    recorded = partial(record_probe, actor=process("probe"), now=OVERDUE)
    result = ProbeResult(
        name="大阪", began_at=OVERDUE, next_by=OVERDUE + timedelta(hours=1), checked=13, findings=()
    )
    recorded(result=result)
    assert "遅れなし" in text(clerk.get("/health/"))
    assert "probes=大阪:ok" in text(clerk.get("/health/line/"))
    finding = ProbeFinding(problem=Problem.EXPIRED, address="http://repository.inro.example/crl.crl")
    recorded(result=replace(result, findings=(finding,)))
    page = text(clerk.get("/health/"))
    assert "遅れあり" in page
    assert "有効期間が過ぎています: http://repository.inro.example/crl.crl" in page
    assert "probes=大阪:1" in clerk.get("/health/line/").content.decode()
    recorded(result=result)
    now(OVERDUE + timedelta(hours=1))
    assert "その後の確認なし" in text(clerk.get("/health/"))
    assert "probes=大阪:overdue" in clerk.get("/health/line/").content.decode()


def test_health_asks_for_a_prober_once_there_are_lists(clerk, case, settings):
    """Which must report, or why none does, is the installation's to say."""

    def configured(probers: Probers) -> str:
        home = settings.HOUSE.installation
        settings.HOUSE = replace(
            settings.HOUSE, installation=replace(home, platform=replace(home.platform, probers=probers))
        )
        return clerk.get("/health/line/").content.decode()

    run(OVERDUE)
    signed(now=OVERDUE)
    published(now=OVERDUE)
    line = clerk.get("/health/line/")
    assert (line.status_code, "probes=any:missing" in line.content.decode()) == (503, True)
    page = text(clerk.get("/health/"))
    assert "報告なし" in page
    assert "別の機械で inro probe を動かしてください。" in page
    assert "probes=大阪:missing" in configured(Probers(names=("大阪",)))
    line = configured(Probers(none_because="データセンターの監視が毎分見ている"))
    assert line.startswith("inro ok ")
    assert "probes=none" in line
    assert "データセンターの監視が毎分見ている" in text(clerk.get("/health/"))


def test_health_names_a_list_that_is_held_back(clerk, case):
    run(OVERDUE)
    held_back(now=OVERDUE)
    line = clerk.get("/health/line/")
    assert line.status_code == 503
    assert b" held=crl-3/812:older " in line.content
    page = text(clerk.get("/health/"))
    assert "公開を止めた失効リスト" in page
    assert "公開中のリストより前のものです" in page


def test_pages_speak_english_too(clerk, case):
    clerk.get("/language/en/")
    page = text(clerk.get("/deadlines/"))
    assert "Terms Article 18(7): from the day of dispatch (itself not counted), 2026-12-01" in page
    assert "days over" in page
