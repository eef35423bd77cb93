"""The campaigns' pages: planned by one, released by another, printed, posted, proved (2.2, 11, 15, 40(7))."""

from datetime import date

import pytest

from inro.practice.campaign import CampaignState
from inro.practice.events import EventKind
from inro.store.models import AuditRow, Campaign
from inro.store.reads.campaign import campaign_record
from inro.web.office import clock
from tests import given, posted
from tests.web.applicant import problems, text_of


class Desk:
    """The office's pages on the tests' day, with whoever is to sit at them."""

    def __init__(self, visitor, monkeypatch) -> None:
        self.visitor = visitor
        self.monkeypatch = monkeypatch
        self.at(given.NOW)

    def at(self, now) -> None:
        self.monkeypatch.setattr(clock, "now", lambda: now)

    def sit(self, person: str) -> "Desk":
        self.visitor.post("/desk/", {"person": person})
        return self

    def get(self, path: str) -> str:
        answer = self.visitor.get(path)
        assert answer.status_code == 200, answer.content.decode()
        return text_of(answer)

    def post(self, path: str, *, status: int = 302, **fields):
        answer = self.visitor.post(path, fields)
        assert answer.status_code == status, text_of(answer)[:3000]
        return answer


@pytest.fixture
def desk(db, office, monkeypatch) -> Desk:
    return Desk(office, monkeypatch).sit("ueno")


def planned(desk, **fields) -> str:
    return desk.post("/campaigns/new/", **fields).headers["Location"]


def test_a_discontinuation_from_plan_to_the_list_for_the_revocation_desk(desk):
    house = given.office()
    case = posted.number_of(posted.issued(house))
    assert "対象者を抽出する" in desk.get("/campaigns/new/?kind=discontinuation")
    one = planned(desk, kind="discontinuation", day="2027/3/31", words="")
    number = one.split("/")[2]
    text = desk.get(one)
    for part in ("承認待ち", "2027/01/29", "中60日を置いて2027年1月29日", "サービス終了のお知らせ", "郵便"):
        assert part in text
    assert "件を承認する" not in text
    desk.post(f"{one}release/", status=403, told="1")
    desk.sit("nishimura")
    assert "1件を承認する" in desk.get(one)
    desk.post(f"{one}release/", status=409, told="2")
    desk.post(f"{one}release/", told="1")
    desk.sit("ueno").post(f"{one}print/", dated_on="2026/12/1")
    lot = desk.visitor.get(f"{one}letters-1.pdf")
    assert lot.content.startswith(b"%PDF")
    assert desk.post(f"{one}finish/", status=409).status_code == 409
    desk.post(f"{one}post/1/", postmark="2026/12/1")
    desk.post(f"{one}page/", page="2026/12/1")
    desk.post(f"{one}revocations/")
    listed = b"".join(desk.post(f"{one}revocations.csv", status=200).streaming_content).decode()
    assert case in listed
    assert listed.count("\r\n") == 2
    proof = b"".join(desk.post(f"{one}proof.csv", status=200).streaming_content).decode()
    assert "期限内に到達" in proof
    assert desk.post(f"{one}proof.pdf", status=200).content.startswith(b"%PDF")
    desk.post(f"{one}finish/")
    assert campaign_record(number).state is CampaignState.FINISHED
    assert AuditRow.objects.filter(kind=EventKind.CAMPAIGN_LIST_WRITTEN).count() == 3
    assert EventKind.DISCONTINUATION_ANNOUNCED in set(AuditRow.objects.values_list("kind", flat=True))
    assert "完了" in desk.get("/campaigns/")


def test_what_is_typed_wrong_is_named(desk):
    assert "何の通知かを選んで" in "".join(problems(desk.post("/campaigns/new/", status=422)))
    for fields, wanted in (
        ({"kind": "terms_change"}, "版を選んで"),
        ({"kind": "maintenance", "day": "x", "words": "停止"}, "日付を読み取れません"),
        ({"kind": "maintenance", "day": "2026/12/20", "words": "停止"}, "期間を置いて"),
        ({"kind": "maintenance", "day": "2027/2/20", "words": ""}, "内容を入力して"),
        ({"kind": "renewal", "day": "2027/2/20", "until": "2027/2/1", "before": "2"}, "初日以後"),
        ({"kind": "renewal", "day": "2027/2/20", "until": "2027/2/28", "before": "7"}, "設定にない回"),
        ({"kind": "organization"}, "法人番号"),
        ({"kind": "organization", "organization": "9999999999999"}, "対象者がいません"),
    ):
        answer = desk.post("/campaigns/new/", status=422, **fields)
        assert wanted in "".join(problems(answer)), fields
    assert not Campaign.objects.exists()


def test_a_sample_and_the_page_name_nobody(desk):
    posted.issued(given.office())
    one = planned(
        desk, kind="maintenance", day="2027/2/20", words="9時から18時まで設備を交換します。", channel="web"
    )
    assert desk.visitor.get(f"{one}sample.pdf").content.startswith(b"%PDF")
    text = desk.visitor.get(f"{one}page.txt").content.decode()
    assert "9時から18時まで設備を交換します。" in text
    assert "2027年2月20日" in text
    assert campaign_record(one.split("/")[2]).last_day == date(2027, 1, 19)


def test_who_reads_the_list_of_an_organization_need_not_print(desk):
    posted.issued(given.office())
    one = planned(desk, kind="organization", organization="印籠商事株式会社")
    text = desk.get(one)
    assert "該当する証明書 1" in text
    assert desk.visitor.get(f"{one}sample.pdf").status_code == 404
    assert desk.visitor.post(f"{one}revocations.csv").status_code == 404
    desk.post(f"{one}withdraw/")
    assert "取消し" in desk.get("/campaigns/")
