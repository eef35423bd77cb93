"""Pages of the register: letters are looked through and let go, doubts end here, the page has a feed (43)."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from inro.practice.duties import Duty
from inro.practice.notices import NoticeKind
from inro.practice.sending import NoticeState
from inro.store.models import Letter, Notice
from inro.store.reads.letters import letter_record
from inro.usecases.actor import Actor, process
from inro.usecases.notice_page import post_page
from inro.usecases.sending import begin_try, doubt_open_tries
from tests import given
from tests.usecases import given_letters, given_notices
from tests.web.applicant import problems, text_of
from tests.web.conftest import office_over
from tests.web.installation import installation
from tests.web.test_letters import Desk

MAIL = """
[mail]
host = "127.0.0.1"
port = 25
tls = "none"
sender = "desk@ca.example"
"""
WORKER = process("worker-1")
PUBLISHER = Actor(name="p-publish", duties=frozenset({Duty.PUBLICATION}))


@pytest.fixture
def desk(db, settings, tmp_path, monkeypatch) -> Desk:
    """An office whose mail server is set up and whose fax is not."""
    home = installation(tmp_path / "home")
    file = home / "inro.toml"
    file.write_text(file.read_text("utf-8") + MAIL, "utf-8")
    return Desk(office_over(settings, home), monkeypatch).sit("ueno")


def in_doubt() -> Notice:
    """Return a notice whose sender died while sending."""
    notice = given_notices.let_go(given.examining())
    begin_try(notice=notice, actor=WORKER, now=given.NOW)
    doubt_open_tries(actor=WORKER, now=given.NOW + timedelta(hours=1))
    return Notice.objects.get(pk=notice)


def test_letters_are_looked_through_and_let_go_together(desk):
    letters = [
        letter_record(given_letters.released(given_notices.reachable(given.examining()), channel=way))
        for way in (given_notices.Channel.EMAIL, given_notices.Channel.EMAIL, given_notices.Channel.FAX)
    ]
    by_mail = letters[:2]
    text = desk.get("/notices/release/")
    assert given_notices.MAILBOX in text
    assert "ＦＡＸは inro.toml に設定されていません" in text
    seen = {f"seen-{one.number}": one.content_sha256 for one in by_mail}
    numbers = [one.number for one in by_mail]
    assert "通知書を選んでください" in problems(desk.post("/notices/release/", status=422))[0]
    changed = desk.post("/notices/release/", status=422, letter=numbers, **dict.fromkeys(seen, "x"))
    assert "内容が変わった" in problems(changed)[0]
    desk.post("/notices/release/", letter=numbers, **seen)
    assert list(Notice.objects.values_list("state", "released_by")) == [("released", "ueno")] * 2
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == [
        "on_way",
        "on_way",
        "released",
    ]
    listed = desk.get("/notices/?state=released")
    assert "送信待ち" in listed
    assert "件数 2" in listed


def test_a_doubt_is_ended_by_who_found_out(desk):
    row = in_doubt()
    path = f"/notices/{row.pk}/"
    assert "対応が必要な通知 1" in desk.get("/notices/")
    text = desk.get(path)
    assert row.message_id in text
    assert "結果不明" in text
    assert "選んでください" in problems(desk.post(path, status=422, do="resolve", reason="x"))[0]
    missing = desk.post(path, status=422, do="resolve", was_sent="no", reason=" ")
    assert "理由" in problems(missing)[0]
    desk.post(path, do="resolve", was_sent="yes", sent_at="2026/12/1 10:30", reason="サーバの記録")
    row.refresh_from_db()
    assert (row.state, row.arrived_on) == (NoticeState.SENT, row.sent_on)
    assert "サーバの記録" in desk.get(path)


def test_the_message_is_given_as_it_is_sent_and_the_register_as_a_file(desk):
    row = in_doubt()
    answer = desk.visitor.get(f"/notices/{row.pk}/content")
    assert answer.headers["Content-Type"] == "message/rfc822"
    assert answer.content == bytes(row.content)
    lines = b"".join(desk.visitor.get("/notices/register.csv?state=in_doubt")).decode("utf-8-sig")
    assert len(lines.splitlines()) == 2
    assert row.content_sha256 in lines
    assert given_notices.MAILBOX not in lines
    assert desk.visitor.get("/notices/999/").status_code == 404


def test_postmarks_come_from_a_list_all_or_none(desk):
    letters = [letter_record(given_letters.printed(given_letters.released(given.examining()))) for _ in "ab"]
    lines = [f"{one.number},2026/12/1" for one in letters]
    broken = desk.post("/letters/", status=422, do="import", postmarks=f"{lines[0]}\n{lines[1]}9x")
    assert "2件目" in problems(broken)[0]
    assert not Notice.objects.exists()
    desk.post("/letters/", do="import", postmarks="通知番号,消印日\n" + "\n".join(lines))
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_a_notice_for_the_page_begins_with_the_words_of_its_kind(desk):
    assert "サービスを停止しております" in desk.get("/notices/page/?kind=stop")
    typed = {"kind": "stop", "title": "停止のお知らせ", "text": "復旧しました。"}
    assert "見出し" in problems(desk.post("/notices/page/", status=422, **typed | {"title": " "}))[0]
    desk.post("/notices/page/", **typed)
    [row] = Notice.objects.all()
    assert (row.state, row.arrived_on, row.clause) == ("sent", row.sent_on, "31")
    assert "復旧しました。".encode() == desk.visitor.get(f"/notices/{row.pk}/content").content


def test_what_is_posted_stands_on_the_public_page_and_in_its_feed(db, public):
    assert "お知らせはありません" in text_of(public.get("/notices/"))
    post_page(
        words=given_notices.WORDS[NoticeKind.MAINTENANCE],
        title="保守のお知らせ",
        text="12月5日の午前1時から4時まで停止します。\n\n<b>ご不便を</b>おかけします。",
        actor=PUBLISHER,
        now=given.NOW,
    )
    page = public.get("/notices/").content.decode()
    assert "保守のお知らせ" in page
    assert "&lt;b&gt;" in page
    feed = public.get("/notices/feed.atom")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    [title] = ET.fromstring(feed.content).findall("{*}entry/{*}title")
    assert title.text == "保守のお知らせ"
