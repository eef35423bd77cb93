"""The register in a real browser: let go by keyboard, every page at every width (43)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from inro.ports.mail import Answer, Outcome
from inro.practice.notices import Channel, NoticeKind
from inro.store.ids import NoticeId
from inro.usecases.actor import process
from inro.usecases.notice_page import post_page
from inro.usecases.sending import begin_try, doubt_open_tries, record_answer
from tests import given
from tests.usecases import given_letters, given_notices
from tests.web.installation import installation
from tests.web.looking import WIDTHS, watched
from tests.web.serving import site
from tests.web.test_letters_browser import at_width
from tests.web.test_notices import MAIL

NOW = datetime.now(UTC)
WORKER = process("worker-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office and the public pages, with notices in every state."""

    office: str
    public: str
    in_doubt: NoticeId
    sent: NoticeId


def let_go(answer: Answer | None) -> NoticeId:
    """Return a notice that a server answered so, or not at all."""
    notice = given_notices.let_go(given.examining(now=NOW), now=NOW)
    tried = begin_try(notice=notice, actor=WORKER, now=NOW)
    if answer is not None and tried is not None:
        record_answer(tried=tried.try_id, answer=answer, actor=WORKER, now=NOW)
    return notice


@pytest.fixture
def served(fresh_database, tmp_path) -> Iterator[Served]:
    in_doubt = let_go(Answer(outcome=Outcome.UNKNOWN, said="Connection unexpectedly closed"))
    sent = let_go(Answer(outcome=Outcome.ACCEPTED, said="250 2.0.0 Ok: queued as 4F1C2A"))
    let_go(Answer(outcome=Outcome.REFUSED, said="550 5.1.1 <hanako@example.jp>: no such user"))
    let_go(Answer(outcome=Outcome.PUT_OFF, said="451 4.3.0 try again later"))
    let_go(None)
    given_letters.posted(given.examining(now=NOW), now=NOW)
    for way in (Channel.EMAIL, Channel.EMAIL, Channel.FAX):
        given_letters.released(given_notices.reachable(given.examining(now=NOW)), channel=way, now=NOW)
    post_page(
        words=given_notices.WORDS[NoticeKind.MAINTENANCE],
        title="システム保守のお知らせ",
        text="12月5日（土）午前1時から4時まで、保守のためサービスを停止いたします。\n\nご不便をおかけします。",
        actor=given.DESK,
        now=NOW,
    )
    doubt_open_tries(actor=WORKER, now=NOW + timedelta(minutes=1))
    home = installation(tmp_path / "office")
    file = home / "inro.toml"
    file.write_text(file.read_text("utf-8") + MAIL, "utf-8")
    with site(home) as office, site(home, "public") as public:
        yield Served(office=office, public=public, in_doubt=in_doubt, sent=sent)


def test_letters_are_let_go_by_keyboard(served, browser):
    with watched(browser, 1366, java_script_enabled=False) as watch:
        page = watch.page
        page.goto(f"{served.office}/desk/")
        page.get_by_role("button", name="上野").click()
        page.get_by_text("通知", exact=True).click()
        page.get_by_role("link", name="通知台帳").click()
        page.get_by_role("link", name="メール・ＦＡＸで送る").click()
        page.get_by_role("button", name="選んだ通知書を送信する").press("Enter")
        expect(page.get_by_role("heading", name="通知台帳")).to_be_visible()
        expect(page.get_by_text("件数 3")).to_be_visible()
        assert watch.complaints == []


def test_pages_fit_are_readable_and_ask_nobody_else(served, browser):
    with watched(browser, WIDTHS[0]) as watch:
        page, found = watch.page, {}
        page.goto(f"{served.office}/desk/")
        page.get_by_role("button", name="上野").click()
        for name, address in {
            "register": f"{served.office}/notices/",
            "release": f"{served.office}/notices/release/",
            "doubt": f"{served.office}/notices/{served.in_doubt}/",
            "sent": f"{served.office}/notices/{served.sent}/",
            "write": f"{served.office}/notices/page/",
            "public": f"{served.public}/notices/",
        }.items():
            page.goto(address)
            for width in WIDTHS:
                found[f"{name}-{width}"] = at_width(watch, f"notice-{name}", width)
        assert {name: problems for name, problems in found.items() if problems} == {}
        assert watch.strangers(served.office, served.public) == []
        assert watch.complaints == []
