"""The campaigns' pages: planned by one, released by another, printed, posted, proved (2.2, 11, 15, 40(7))."""

from datetime import date

import pytest

from inro.practice.campaign import CampaignState
from inro.practice.events import EventKind
from inro.store.models import AuditRow, Campaign, CampaignBatch, CampaignByHand, CampaignItem, Notice
from inro.store.reads.campaign import campaign_record
from inro.store.reads.campaign_proof import proof_lines
from inro.web.office import clock
from tests import given, posted
from tests.paper.read_back import text_of as read_pdf
from tests.usecases import given_discontinuation as end
from tests.usecases.given_notices import MAILBOX, reachable
from tests.web.applicant import problems, text_of
from tests.web.conftest import office_over
from tests.web.installation import installation
from tests.web.test_notices import MAIL


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
    assert "二名で決定" in "".join(problems(desk.post(f"{one}release/", status=409, told="1")))
    end.propose(house, number)
    end.decide(house, number)
    desk.post(f"{one}release/", status=409, told="2")
    desk.post(f"{one}release/", told="1")
    desk.sit("ueno").post(f"{one}print/", dated_on="2026/12/1")
    lot = desk.visitor.get(f"{one}letters-1.pdf")
    assert lot.content.startswith(b"%PDF")
    assert desk.post(f"{one}finish/", status=409).status_code == 409
    desk.post(f"{one}post/1/", postmark="2026/12/1")
    desk.post(f"{one}page/")
    desk.post(f"{one}revocations/")
    listed = b"".join(desk.post(f"{one}revocations.csv", status=200).streaming_content).decode()
    assert case in listed
    assert listed.count("\r\n") == 2
    proof = b"".join(desk.post(f"{one}proof.csv", status=200).streaming_content).decode()
    assert "期限内に到達" in proof
    paper = read_pdf(desk.post(f"{one}proof.pdf", status=200).content)
    assert "中60日を置いて2027年1月29日" in paper
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


@pytest.fixture
def mailing_desk(db, settings, tmp_path, monkeypatch) -> Desk:
    """An office whose mail server is set up and whose fax is not."""
    home = installation(tmp_path / "home")
    file = home / "inro.toml"
    file.write_text(file.read_text("utf-8") + MAIL, "utf-8")
    return Desk(office_over(settings, home), monkeypatch).sit("ueno")


def started(desk, channel: str, **fields) -> str:
    one = planned(desk, kind="maintenance", day="2027/2/20", words="設備の交換", channel=channel, **fields)
    desk.sit("nishimura").post(f"{one}release/", told="1")
    desk.sit("ueno")
    return one


def test_mails_are_looked_through_and_let_go(mailing_desk):
    desk = mailing_desk
    reachable(posted.issued(given.office()))
    one = started(desk, "email")
    assert "次の束を準備する：電子メール" in desk.get(one)
    desk.post(f"{one}prepare/", channel="email")
    lot = f"{one}messages/1/"
    text = desk.get(lot)
    for part in (MAILBOX, "設備の交換", "内容を確認したので1件を送信する", "約款第30条第2号"):
        assert part in text
    item = CampaignItem.objects.get().pk
    assert MAILBOX.encode() in desk.visitor.get(f"{lot}{item}/").content
    seen = CampaignBatch.objects.get().pdf_sha256
    assert "もう一度確かめて" in "".join(problems(desk.post(lot, status=409, seen="0" * 64)))
    desk.post(lot, seen=seen)
    assert "件を送信する" not in desk.get(lot)
    assert Notice.objects.get().recipient == MAILBOX
    assert "電子メール" in desk.get(one)


def test_a_way_that_is_not_set_up_is_refused(mailing_desk):
    desk = mailing_desk
    reachable(posted.issued(given.office()))
    one = started(desk, "fax")
    desk.post(f"{one}prepare/", channel="fax")
    lot = f"{one}messages/1/"
    answer = desk.post(lot, status=409, seen=CampaignBatch.objects.get().pdf_sha256)
    assert "inro.toml" in "".join(problems(answer))
    assert desk.visitor.get(f"{lot}{CampaignItem.objects.get().pk}/").content.startswith(b"%PDF")
    assert desk.visitor.get(f"{lot}0/").status_code == 404
    assert desk.visitor.get(f"{one}messages/9/").status_code == 404
    desk.post(f"{one}prepare/", status=409, channel="web")


def test_a_notice_given_by_hand_is_confirmed_by_another(desk):
    case = posted.number_of(posted.issued(given.office()))
    one = started(desk, "post")
    reason = "外字のため手書き。控えは保管庫A-3"
    desk.post(f"{one}by-hand/", status=409, case="", way="post", served_on="2026/12/1", reason=reason)
    for _ in range(2):
        desk.post(f"{one}by-hand/", case=case, way="post", served_on="2026/12/1", reason=reason)
        assert "別の担当者が確認します" in desk.get(one)
        made = CampaignByHand.objects.order_by("-pk").first().pk
        desk.post(f"{one}by-hand/{made}/confirm/", status=409)
        if CampaignByHand.objects.count() == 1:
            desk.post(f"{one}by-hand/{made}/drop/")
    desk.sit("nishimura").post(f"{one}by-hand/{made}/confirm/")
    proof = b"".join(desk.post(f"{one}proof.csv", status=200).streaming_content).decode()
    assert reason in proof
    assert desk.post(f"{one}proof.pdf", status=200).content.startswith(b"%PDF")
    [line] = proof_lines(campaign_record(one.split("/")[2]))
    assert line.by_hand.startswith(reason)
