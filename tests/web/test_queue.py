"""The queue's pages: lists, search, work on a case, why it is read, exports, readings (40(1), 40(7))."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inro.practice.events import EventKind
from inro.practice.export import Charset
from inro.store.models import AuditRow, CaseOpening, Export, Parcel, QueueRow, Reading
from inro.web.office import clock
from inro.web.office.queue.asked import address_of, cursor_of, query_of
from inro.web.office.queue.csv_file import csv_lines
from tests import given
from tests.web.test_pages import text_of


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The day of the other tests."""
    shown = {"now": given.NOW + timedelta(days=9)}
    monkeypatch.setattr(clock, "now", lambda: shown["now"])
    return shown


def sit(office, person: str):
    """Let another clerk sit down."""
    office.post("/desk/", {"person": person})
    return office


def numbers_on(response) -> list[str]:
    return re.findall(r'<a class="mono" href="/cases/([^/]+)/">', response.content.decode())


def test_who_is_nobody_sees_no_case(office, story):
    for address in ("/", f"/cases/{story.valid}/", "/search/?q=高橋", "/exports/", "/reading/"):
        assert office.get(address).headers["Location"].startswith("/desk/?next=")
    sit(office, "ogata")
    for address in ("/", f"/cases/{story.valid}/", "/search/?q=高橋", "/reading/"):
        assert office.get(address).status_code == 403
    assert not Reading.objects.exists()


def test_a_list_shows_state_day_and_next_step_with_clause_and_sum(clerk, story):
    text = text_of(clerk.get("/"))
    for part in (
        story.examining,
        story.accepted,
        "高橋 花子",
        "審査中",
        "審査を終える",
        "2030/11/30",
        "証明書を発行する",
    ):
        assert part in text
    assert story.drafted not in text
    assert "約款第6条第1項：審査終了の日（初日は数えない）2026年12月1日、+1460日で2030年11月30日" in text
    assert text_of(clerk.get("/?stage=valid")).count("入金を待つ") == 1
    assert "失効リストに載せる" in text_of(clerk.get("/?stage=revocation"))


def test_a_list_is_narrowed_by_its_address(clerk, story):
    for address, seen, unseen in (
        ("/?stage=valid", "valid", "examining"),
        ("/?stage=examining", "examining", "valid"),
        ("/?view=all", "drafted", None),
        ("/?view=mine", None, "examining"),
        ("/?view=nonsense&stage=nonsense", "examining", "valid"),
    ):
        found = numbers_on(clerk.get(address))
        assert seen is None or getattr(story, seen) in found, address
        assert unseen is None or getattr(story, unseen) not in found, address


def test_what_is_overdue_stands_out_and_names_what_follows(clerk, story, now):
    now["now"] = datetime(2027, 11, 1, tzinfo=UTC)
    response = clerk.get("/?view=over")
    assert numbers_on(response) == [story.valid]
    assert b'<tr class="is-over">' in response.content
    assert "1日超過" in text_of(response)


def test_pages_follow_one_another_without_gap_or_repetition(clerk, db):
    wanted = {given.drafted() for _ in range(120)}
    found, address = [], "/?view=all"
    while address:
        response = clerk.get(address)
        found += numbers_on(response)
        following = re.search(r'href="(\?[^"]+)" rel="next"', response.content.decode())
        address = f"/{following[1].replace('&amp;', '&')}" if following else ""
    assert len(found) == len(set(found)) == len(wanted)
    assert found == sorted(found)
    newest = numbers_on(clerk.get("/?view=all&order=newest"))
    assert newest == sorted(found, reverse=True)[:50]


def test_a_broken_cursor_is_the_first_page(clerk, db):
    given.examining()
    first = numbers_on(clerk.get("/"))
    for after in ("x", "2026-12-01", "2026-12-01~x", "~5", "2026-13-01~5", f"2026-12-01~{'9' * 30}"):
        assert numbers_on(clerk.get("/", {"after": after})) == first, after
    assert cursor_of("2026-12-01T00:00:00~5", order="came") is None


def test_equal_lists_have_equal_addresses():
    given_ = {"order": "due", "stage": "valid", "nonsense": "x"}
    assert address_of(query_of(given_)) == "?view=all&stage=valid&order=due"


def test_a_page_asks_the_database_at_most_twelve_times_however_many_cases(clerk, db):
    counts = []
    for more in (1, 60):
        for _ in range(more):
            given.drafted()
        with CaptureQueriesContext(connection) as queries:
            clerk.get("/?view=all")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_case_is_found_however_it_is_typed(clerk, story):
    Parcel.objects.update(tracking_number="17000000001")
    names = ("高橋", "髙橋 花", "ﾀｶﾊｼ", "たかはし はなこ", "㈱みほん建設", "みほん", "TAKAHASHI")
    for typed in (*names, "170-00-00000-1", "17000000001"):
        assert story.valid in numbers_on(clerk.get("/search/", {"q": typed})), typed


def test_the_number_of_a_case_leads_straight_to_it(clerk, story):
    for typed in (story.valid, story.valid[:-2], story.valid.replace("-", "").lower()):
        assert clerk.get("/search/", {"q": typed}).headers["Location"] == f"/cases/{story.valid}/"
    wrong = story.valid[:-1] + ("0" if story.valid[-1] != "0" else "1")
    assert "見つかりませんでした" in text_of(clerk.get("/search/", {"q": wrong}))


def test_the_serial_number_of_a_certificate_finds_its_case(clerk, story):
    serial = re.search(r"([0-9A-F]{4} ){9}[0-9A-F]{4}", text_of(clerk.get(f"/cases/{story.valid}/")))
    assert serial is not None
    for typed in (serial[0], serial[0].replace(" ", ":").lower(), serial[0][:19]):
        assert numbers_on(clerk.get("/search/", {"q": typed})) == [story.valid]


def test_whatever_is_searched_for_is_answered(clerk, db):
    given.examining()
    for typed in ("", " ", "'; DROP TABLE", "%", "_", "\0", "👍", "a" * 5000, "9" * 40):
        assert clerk.get("/search/", {"q": typed}).status_code == 200, typed


def test_a_case_is_read_for_what_the_clerk_is_there_for_once_a_day(clerk, story, now):
    for _ in range(2):
        response = clerk.get(f"/cases/{story.examining}/")
        assert '<option value="intake" selected>' in response.content.decode()
    assert [(one.person, one.purpose) for one in Reading.objects.all()] == [("mori", "intake")]
    row = AuditRow.objects.order_by("-seq")[0]
    assert (row.kind, row.subject) == (EventKind.DATA_READ, f"application/{story.examining}")
    clerk.get(f"/cases/{story.examining}/?purpose=renewal")
    now["now"] += timedelta(days=1)
    clerk.get(f"/cases/{story.examining}/")
    assert Reading.objects.count() == 3
    clerk.get(f"/cases/{story.valid}/certificate/")
    assert Reading.objects.filter(purpose="revocation").count() == 1


def test_where_no_duty_says_why_the_clerk_does(office, story):
    sit(office, "ishikawa")
    asked = office.get(f"/cases/{story.drafted}/")
    assert "閲覧する目的" in text_of(asked)
    assert "高橋" not in asked.content.decode()
    wrong = office.get(f"/cases/{story.drafted}/?purpose=billing")
    assert (wrong.status_code, Reading.objects.count()) == (422, 0)
    assert "高橋" in office.get(f"/cases/{story.drafted}/?purpose=renewal").content.decode()


def test_a_case_is_opened_seen_by_others_taken_over_and_left(office, story):
    address = f"/cases/{story.examining}/"
    sit(office, "mori").post(f"{address}work/", {"do": "open"})
    assert "あなたが開いています" in text_of(office.get(address))
    sit(office, "ishikawa")
    assert "森　咲子さんが開いています" in office.get(address).content.decode()
    assert "森　咲子さんが開いています" in office.get("/").content.decode()
    refused = office.post(f"{address}work/", {"do": "open"})
    assert (refused.status_code, "森 咲子" in text_of(refused)) == (409, True)
    assert office.post(f"{address}work/", {"do": "open", "quiet": "1"}).status_code == 409
    nameless = office.post(f"{address}work/", {"do": "take_over", "holder": "mori"})
    assert "引き継ぐ理由を選んでください" in text_of(nameless)
    taken = {"do": "take_over", "holder": "mori", "taken_for": "urgent"}
    assert office.post(f"{address}work/", taken).status_code == 302
    assert CaseOpening.objects.get().person == "ishikawa"
    assert office.post(f"{address}work/", {"do": "open", "quiet": "1"}).status_code == 204
    office.post(f"{address}work/", {"do": "leave"})
    assert not CaseOpening.objects.exists()
    assert office.post(f"{address}work/", {"do": "nonsense"}).status_code == 409


def test_a_case_stays_open_while_any_of_its_pages_is_used(office, story, now):
    address = f"/cases/{story.examining}/"
    sit(office, "mori").post(f"{address}work/", {"do": "open"})
    first = CaseOpening.objects.get().until
    now["now"] += timedelta(minutes=4)
    assert office.get(f"{address}documents/").status_code == 200
    assert CaseOpening.objects.get().until == first + timedelta(minutes=4)
    sit(office, "ishikawa").get(address)
    now["now"] += timedelta(minutes=11)
    sit(office, "mori").get(address)
    # What ran out is opened by saying so, not by looking.
    assert CaseOpening.objects.get().until == first + timedelta(minutes=4)


def test_a_case_is_taken_on_from_its_page_and_given_back(clerk, story):
    address = f"/cases/{story.examining}/"
    clerk.post(f"{address}work/", {"do": "take", "seen": ""})
    assert "森　咲子" in clerk.get("/?view=mine").content.decode()
    assert clerk.post(f"{address}work/", {"do": "take", "seen": "somebody"}).status_code == 409
    clerk.post(f"{address}work/", {"do": "return", "seen": "mori"})
    assert numbers_on(clerk.get("/?view=mine")) == []
    assert clerk.post("/cases/A26-999999-Z/work/", {"do": "open"}).status_code == 404


def test_several_cases_are_taken_on_at_once_all_or_none(clerk, story):
    both = [f"{story.examining}/", f"{story.accepted}/"]
    answer = clerk.post("/queue/bulk/", {"do": "take", "case": both, "query": "?view=work&order=came"})
    assert answer.headers["Location"] == "/?view=work&order=came"
    assert QueueRow.objects.filter(assignee="mori").count() == 2
    # Seen by another clerk before they were taken.
    sit(clerk, "ishikawa")
    late = clerk.post("/queue/bulk/", {"do": "take", "case": both})
    assert late.status_code == 422
    assert QueueRow.objects.filter(assignee="mori").count() == 2
    for wrong in ({"do": "take"}, {"do": "accept", "case": both}, {"do": "take", "case": "nothing/"}):
        assert clerk.post("/queue/bulk/", wrong).status_code == 422


def test_addressees_are_listed_for_a_purpose_that_is_recorded(clerk, story):
    ticked = {"do": "list_letters", "case": [f"{story.valid}/", f"{story.examining}/"]}
    asked = clerk.post("/queue/bulk/", ticked)
    assert "宛先を一覧にする目的" in text_of(asked)
    assert 'action="/queue/letters/"' in asked.content.decode()
    numbers = {"number": [story.valid, story.examining]}
    assert clerk.post("/queue/letters/", numbers).status_code == 422
    assert not Reading.objects.exists()
    text = text_of(clerk.post("/queue/letters/", numbers | {"purpose": "delivery"}))
    assert text.count("東京都架空区見本町一丁目２番３号") == 2
    assert Reading.objects.filter(thing="letter_list").count() == 2


def test_a_filter_is_kept_shown_and_forgotten(clerk, story):
    clerk.post("/queue/filters/", {"filter_name": "今日の審査", "query": "?stage=examining&x=y"})
    page = clerk.get("/").content.decode()
    assert '<a href="/?view=all&amp;stage=examining&amp;order=due">今日の審査</a>' in page
    assert clerk.post("/queue/filters/", {"filter_name": "", "query": "?"}).status_code == 422
    kept = re.search(r"/queue/filters/(\d+)/", page)
    assert kept is not None
    clerk.post(kept[0])
    assert "今日の審査" not in clerk.get("/").content.decode()


def exported(office, story, charset: str):
    """Ask as one clerk, release as another, fetch as the first."""
    asked = {"query": "?view=all", "charset": charset, "purpose": "intake"}
    sit(office, "mori").post("/exports/new/", asked)
    export = Export.objects.order_by("-pk")[0].pk
    assert office.post(f"/exports/{export}/cases.csv").status_code == 409
    assert office.post(f"/exports/{export}/release/").status_code == 403
    sit(office, "nishimura").post(f"/exports/{export}/release/")
    assert office.post(f"/exports/{export}/cases.csv").status_code == 409
    return sit(office, "mori").post(f"/exports/{export}/cases.csv")


def test_an_export_is_asked_for_released_by_another_and_fetched(office, story):
    answer = exported(office, story, "utf_8")
    data = b"".join(answer.streaming_content)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert {row["申込番号"] for row in rows} == set(QueueRow.objects.values_list("number", flat=True))
    assert {row["氏名・名称"] for row in rows} == {"高橋　花子"}
    kinds = [EventKind.EXPORT_REQUESTED, EventKind.EXPORT_RELEASED, EventKind.EXPORT_WRITTEN]
    assert (
        list(AuditRow.objects.filter(kind__in=kinds).order_by("seq").values_list("kind", flat=True)) == kinds
    )
    assert "別の人が許可します" not in text_of(office.get("/exports/"))


def test_an_export_in_cp932_says_in_each_line_what_it_replaced(office, story):
    data = b"".join(exported(office, story, "cp932").streaming_content).decode("cp932")
    assert all(row["〓に置き換えた文字"] == "" for row in csv.DictReader(io.StringIO(data)))


def test_an_export_needs_its_purpose_and_one_that_is_not_there_is_missing(clerk, story):
    form = clerk.get("/exports/new/?number=" + story.valid)
    assert "一覧は1件です" in text_of(form)
    assert clerk.post("/exports/new/", {"query": "?", "charset": "utf_8"}).status_code == 422
    assert (
        clerk.post("/exports/new/", {"query": "?", "purpose": "billing", "charset": "utf_8"}).status_code
        == 422
    )
    assert clerk.post("/exports/99/cases.csv").status_code == 404


@pytest.mark.parametrize("start", "=+-@\t\r\n＝＋－＠")
def test_no_cell_is_a_formula(start):
    lines = csv_lines(head=["a"], rows=[[f"{start}1+1"]], charset=Charset.UTF_8)
    assert (
        next(csv.reader(io.StringIO(b"".join(lines).decode("utf-8-sig").split("\r\n", 1)[1])))[0]
        == f"'{start}1+1"
    )


def test_cp932_has_the_signs_it_has_and_a_stated_substitute_for_the_rest():
    lines = csv_lines(head=["名"], rows=[["𠮷野−〜①髙", "邉󠄀"]], charset=Charset.CP932, substituted="置換え")
    _, head, row = list(lines)
    assert head.decode("cp932") == '"名","置換え"\r\n'
    assert row.decode("cp932") == '"〓野－～①髙","邉〓","U+20BB7 U+E0100"\r\n'


def test_the_auditor_sees_who_read_what_and_why(office, story):
    sit(office, "mori").get(f"/cases/{story.examining}/")
    sit(office, "ishikawa").get(f"/cases/{story.examining}/")
    sit(office, "inoue")
    text = text_of(office.get("/reading/"))
    for part in ("mori", "ishikawa", "受付の確認", "審査（本人確認）", "約款第40条第1号", story.examining):
        assert part in text
    assert "ishikawa" not in text_of(office.get("/reading/", {"person": "mori"}))
    assert "該当する閲覧はありません" in text_of(office.get("/reading/", {"from": "R9.1.1"}))
    assert "読み取れなかった" in text_of(office.get("/reading/", {"to": "あした"}))
    assert "mori" in text_of(office.get("/reading/", {"number": story.examining[:-2], "purpose": "intake"}))
    file = b"".join(office.get("/reading/readings.csv?person=mori").streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(file))
    assert (row["閲覧者"], row["申込番号"], row["目的"]) == ("mori", story.examining, "受付の確認")
    # The auditor reads cases too, and that is on the page as well.
    office.get(f"/cases/{story.valid}/")
    assert "監査" in text_of(office.get("/reading/", {"person": "inoue"}))
    assert office.post("/queue/bulk/", {"do": "take"}).status_code == 403


def test_pages_speak_english_too(clerk, story):
    clerk.get("/language/en/")
    text = text_of(clerk.get("/"))
    for part in (
        "Conclude the examination",
        "Issue the certificate",
        "At work",
        "Terms Article 6(1): from the day of the end of the examination (itself not counted), 2026-12-01, ",
    ):
        assert part in text
