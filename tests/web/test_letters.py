"""Pages of deficiencies, letters, proxy recipients, the check of 46: each act from its form (9.2, 24)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from inro.practice.antisocial import CheckResult
from inro.practice.application import ApplicationState
from inro.practice.calendar import JST, start_of_day
from inro.practice.letters import LetterState
from inro.practice.proxy import ProxyPoint, ProxyState
from inro.store.ids import ApplicationId
from inro.store.models import Application, Letter
from inro.store.reads.application import application_record
from inro.store.reads.issuance import issuance_order
from inro.store.reads.letters import letter_record, letters_of
from inro.store.reads.proxy import proxy_requests
from inro.web.office import clock
from tests import given, posted
from tests.usecases import given_letters as made
from tests.web.applicant import problems, text_of

DAY = timedelta(days=1)
TYPED = "2026/12/01"
AT = given.NOW.astimezone(JST).strftime("%Y/%m/%d %H:%M")
PERSON = {
    "name": "中村　美咲",
    "kana": "ナカムラ　ミサキ",
    "postal_code": "０６０００９９",
    "prefecture": "北海道",
    "city": "架空市",
    "street": "北三条",
    "building": "見本荘２",
}


class Desk:
    """The office's pages on the tests' day, with whoever is to sit at them."""

    def __init__(self, visitor: Client, monkeypatch) -> None:
        self.visitor = visitor
        self.monkeypatch = monkeypatch
        self.at(given.NOW)

    def at(self, now: datetime) -> None:
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
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer


@pytest.fixture
def desk(office, monkeypatch) -> Desk:
    return Desk(office, monkeypatch).sit("ishikawa")


@pytest.fixture
def case(db) -> ApplicationId:
    return given.examining()


def page(application: ApplicationId, name: str = "deficiency") -> str:
    return f"/cases/{application_record(application).number}/{name}/"


def test_a_letter_from_the_points_to_the_post(desk, case):
    assert "同封がない 住民票の写し等" in desk.get(page(case))
    chosen = desk.post(
        page(case), status=200, do="choose", point=["paper-resident_record", "consent_missing"]
    )
    assert 'value="住民票の写し等"' in chosen.content.decode()
    points = {
        "item-1": "住民票の写し等",
        "finding-1": "同封されていませんでした。",
        "remedy-1": "お送りください。",
        "item-2": "",
        "finding-2": "",
        "remedy-2": "",
    }
    assert (
        "1件目：お願いの内容"
        in problems(
            desk.post(page(case), status=422, do="write", channel="post", **points | {"remedy-1": ""})
        )[0]
    )
    desk.post(page(case), do="write", channel="post", **points)
    [draft] = letters_of(case)
    assert [point.finding for point in draft.points] == ["同封されていませんでした。"]
    assert "今日印刷した場合の通知書" in desk.get(page(case))
    assert desk.visitor.get(f"/letters/{draft.number}/2.png").content.startswith(b"\x89PNG")
    assert desk.visitor.get(f"/letters/{draft.number}/9.png").status_code == 404
    desk.post(page(case), do="release", content_sha256=draft.content_sha256)
    assert application_record(case).state is ApplicationState.DEFICIENT
    text = desk.sit("ueno").get("/letters/")
    assert "印刷待ち 1" in text
    pdf = desk.post("/letters/", status=200, do="print", letter=[draft.number], dated_on=TYPED)
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"] == 'inline; filename="letters-20261201.pdf"'
    desk.post("/letters/", do="post", letter=[draft.number], postmark=TYPED)
    assert letter_record(draft.letter_id).state is LetterState.SENT
    text = desk.get(page(case))
    for part in (
        "期限内",
        "2026/12/21",
        "通知の到達の日（初日は数えない）2026年12月1日、+20日で2026年12月21日",
    ):
        assert part in text
    assert desk.visitor.get(f"/letters/{draft.number}/sheets.pdf").content.startswith(b"%PDF")


def test_one_postmark_for_many_letters_and_what_is_wrong_with_it(desk, db):
    numbers = []
    for _ in range(3):
        letter = made.printed(made.released(given.examining()))
        numbers.append(letter_record(letter).number)
    desk.sit("ueno")
    tomorrow = "2026/12/2"
    asked = {"do": "post", "letter": numbers, "postmark": tomorrow}
    assert "発送の日が今日以前である" in text_of(desk.post("/letters/", status=422, **asked))
    assert "消印の日を読み取れません" in text_of(
        desk.post("/letters/", status=422, **asked | {"postmark": "明日"})
    )
    assert "通知書を選んで" in text_of(desk.post("/letters/", status=422, do="post", postmark=TYPED))
    assert set(Letter.objects.values_list("state", flat=True)) == {"printed"}
    desk.post("/letters/", **asked | {"postmark": "R8.12.1"})
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_a_lapsed_case_shows_its_proposal_and_is_given_more_time_with_a_reason(desk, case):
    made.posted(case)
    desk.at(start_of_day(made.TODAY + 21 * DAY))
    text = desk.get(page(case))
    for part in ("期限経過", "自動では何も起こりません", "2026年12月21日の期限までに", "約款第9条第2項"):
        assert part in text
    assert application_record(case).state is ApplicationState.DEFICIENT
    assert (
        "理由を入力"
        in problems(desk.post(page(case), status=422, do="extend", extended_to="2026/12/28", reason=""))[0]
    )
    desk.post(page(case), do="extend", extended_to="2026/12/28", reason="入院中と連絡があった")
    text = desk.get(page(case))
    for part in ("期限内", "延長により2026年12月28日", "入院中と連絡があった", "ishikawa"):
        assert part in text


def test_a_call_is_noted_with_whom_and_what(desk, case):
    made.posted(case)
    fields = {"do": "call", "called_at": AT, "spoken_to": "本人", "said": "月末に送るとのこと"}
    wrong = desk.post(page(case), status=422, **fields | {"called_at": "きのう"})
    assert "電話した日時を読み取れません" in problems(wrong)[0]
    desk.post(page(case), **fields)
    assert "月末に送るとのこと" in desk.get(page(case))


def test_who_may_only_read_sees_no_form(desk, case):
    made.written(case)
    text = desk.sit("oka").get(page(case))
    assert "この内容で確定する" not in text
    assert "選んだ通知書を一つのPDFで印刷する" not in desk.get("/letters/")
    refused = desk.post(page(case), status=422, do="drop")
    assert "任命されていません" in text_of(refused)
    assert letters_of(case)[0].state is LetterState.DRAFTED


def test_a_letter_by_mail_is_recorded_on_its_own_page(desk, case):
    stated = application_record(case).form.as_record() | {"contact": {"email": "hanako@mihon.example"}}
    Application.objects.filter(pk=case).update(stated=stated)
    letter = letter_record(made.printed(made.released(case, channel=made.Channel.EMAIL)))
    desk.sit("ueno")
    assert letter.number in desk.get("/letters/")
    path = f"/letters/{letter.number}/"
    assert "送信を確認した日時" in desk.get(path)
    assert "読み取れません" in text_of(desk.post(path, status=422, do="send", confirmed_at="12/1"))
    desk.post(path, do="send", confirmed_at=AT)
    assert "到達とみなす日 2026/12/01" in desk.get(path)
    assert desk.visitor.get("/letters/L26-000000-X/").status_code == 404


def test_a_rejections_letter_is_previewed_printed_and_posted(desk, db):
    house = given.office()
    case = given.examined(house)
    given.reject(house, case)
    [letter] = letters_of(case)
    desk.sit("ueno")
    path = f"/letters/{letter.number}/"
    assert "不受理のお知らせ" in desk.get(path)
    assert desk.visitor.get(f"{path}1.png").status_code == 200
    assert desk.post(path, status=200, do="print", dated_on=TYPED).content.startswith(b"%PDF")
    desk.post("/letters/", do="post", letter=[letter.number], postmark=TYPED)
    assert letter_record(letter.letter_id).arrived_on == made.TODAY


def test_a_letter_whose_case_went_on_is_dropped(desk, case):
    letter = letter_record(made.released(case))
    given.withdraw(case)
    desk.sit("ueno")
    assert "申込みは先へ進んでいます" in desk.get("/letters/")
    desk.post(f"/letters/{letter.number}/", do="drop")
    assert letter.number not in desk.get("/letters/")


def test_each_officer_records_a_check_and_a_match_is_shown(desk, case):
    path = page(case, "antisocial")
    text = desk.get(path)
    for part in ("髙橋 花子", "株式会社みほん建設", "見本 太郎", "新聞記事データベース", "該当なし"):
        assert part in text
    fields = {"source": "web_search", "result": "match", "remark": "", "checked_at": AT}
    assert "根拠を入力" in problems(desk.post(path, status=422, **fields))[0]
    desk.post(path, **fields | {"remark": "暴力団員との記事"})
    assert "承諾できません" in desk.get(path)
    assert "約款第46条" in desk.get(page(case))
    given.look_for_forces(case, result=CheckResult.NO_MATCH)
    assert "確認先を選んで" in problems(desk.post(path, status=422, checked_at=AT))[0]


def test_a_contract_is_ended_before_issuance_for_a_reason(desk, db):
    case = issuance_order(given.accepted(given.office())).application_id
    path = page(case, "termination")
    assert "承諾の職務をもつ担当者" in desk.get(path)
    assert "に任命されていません" in text_of(desk.post(path, status=422, why="death"))
    desk.sit("nishimura")
    assert "終了する理由を選んで" in problems(desk.post(path, status=422))[0]
    assert "5年の上限を過ぎている" in text_of(desk.post(path, status=422, why="five_years_over"))
    assert application_record(case).state is ApplicationState.ACCEPTED
    desk.post(path, why="death")
    text = desk.sit("ishikawa").get(path)
    assert "契約終了" in text
    assert "契約を終了する" not in text
    assert application_record(case).state is ApplicationState.TERMINATED


def test_until_the_acceptance_the_intake_desk_records_a_withdrawal(desk, case):
    path = page(case, "termination")
    assert "受付の職務をもつ担当者" in desk.get(path)
    assert "に任命されていません" in text_of(desk.post(path, status=422, do="withdraw"))
    desk.sit("mori").post(path, do="withdraw")
    assert application_record(case).state is ApplicationState.WITHDRAWN
    text = desk.sit("ishikawa").get(path)
    assert "取下げ" in text
    assert "記録する" not in text


def test_a_contract_whose_card_is_being_made_is_not_ended(desk, db):
    case = issuance_order(given.reserved(given.accepted(given.office()))).application_id
    answer = desk.sit("nishimura").post(page(case, "termination"), status=422, why="death")
    assert "ICカードを作成中ではない" in text_of(answer)
    assert application_record(case).state is ApplicationState.ACCEPTED


def test_a_proxy_request_from_its_papers_to_the_decision(desk, db):
    case = posted.issued(given.office())
    posted.to_subscriber(case)
    path = page(case, "proxy")
    desk.sit("mori")
    asked = {"do": "receive", "arrived_on": TYPED, "reason": "入院のため", **PERSON}
    assert "郵便番号" in problems(desk.post(path, status=422, **asked | {"postal_code": "12"}))[0]
    desk.post(path, **asked)
    desk.sit("ishikawa")
    text = desk.get(path)
    for part in ("〒060-0099 北海道架空市北三条 見本荘２", "〒100-0099 東京都架空区見本町一丁目２番３号"):
        assert part in text
    verdicts = {point.value: "fit" for point in ProxyPoint} | {"proxy_seal": "deficient"}
    wrong = desk.post(path, status=422, do="examine", **verdicts | {"proxy_address": ""})
    assert "受取代理人の住所の判定" in problems(wrong)[0]
    desk.post(path, do="examine", **verdicts)
    desk.post(path, do="call", called_at=AT, spoken_to="本人", said="実印が違う")
    text = desk.get(path)
    for part in ("電話の日（初日は数えない）2026年12月1日、+20日で2026年12月21日", "契約は続きます"):
        assert part in text
    desk.sit("mori").post(path, do="resubmit", **PERSON)
    desk.sit("ishikawa").post(path, do="examine", **verdicts | {"proxy_seal": "fit"})
    desk.sit("nishimura")
    assert "承認するか、しないか" in problems(desk.post(path, status=422, do="decide"))[0]
    desk.post(path, do="decide", approve="yes")
    assert proxy_requests(case)[0].state is ProxyState.APPROVED
    assert "いまの受取人 中村 美咲 〒060-0099" in desk.get(path)


@pytest.mark.parametrize(("days", "words"), [(5, None), (15, "あと5日"), (21, "すでに過ぎています")])
def test_the_unchanged_deadline_is_warned_of(desk, db, days, words):
    case = posted.issued(given.office())
    posted.to_subscriber(case)
    desk.at(given.NOW + days * DAY)
    text = desk.get(page(case, "proxy"))
    assert "受領書の期限（代理人の申請では延びない） 2026/12/21" in text
    assert words is None or words in text
    assert ("おそれがあります" in text) == (words == "あと5日")


def test_before_issuance_no_proxy_is_asked_for_and_nobody_knows_other_cases(desk, case):
    assert "受付できない" in desk.sit("mori").get(page(case, "proxy"))
    assert desk.visitor.get("/cases/A26-999999-9/proxy/").status_code == 404
