"""Revocations in a real browser: from the form to the lists, a fax in an emergency, a refusal (21, 22)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from inro.demo.servers.free_port import free_port
from inro.paper.codes import sheet_payload
from inro.practice.calendar import jst_date
from inro.practice.enclosures import PaperKind
from inro.practice.intake import ArrivalWay
from inro.store.ids import CaseId
from inro.store.models import RevocationCase
from tests import given, listed, posted
from tests.usecases import given_intake as intake
from tests.web.given_officers import KeySlot, officers_of
from tests.web.installation import installation
from tests.web.looking import WIDTHS, keep, watched
from tests.web.serving import site
from tests.web.sitting import sit_down
from tests.web.test_door_browser import in_a_thread
from tests.web.test_letters_browser import at_width

# The served process has its own clock, so these cases lie before the present.
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
_EXPECTED = ("403", "404", "409", "422")
_WIDTHS = (320, 1280)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at its registered name, with three certificates of one organization."""

    address: str
    house: given.Office
    numbers: tuple[str, ...]

    def path(self, place: int) -> str:
        """Return where the revocation of a certificate is."""
        return f"{self.address}/cases/{self.numbers[place]}/revocation/"


@pytest.fixture
def served(fresh_database, tmp_path) -> Iterator[Served]:
    port = free_port()
    address = f"http://localhost:{port}"
    home = installation(tmp_path / "office")
    house = officers_of(home, origin=address, rp_id="localhost")
    cases = tuple(posted.issued(house, now=NOW - days * DAY) for days in (9, 6, 3))
    posted.to_subscriber(cases[0], on=jst_date(NOW - 8 * DAY), now=NOW - 8 * DAY)
    into = intake.envelope(way=ArrivalWay.FAX, arrived_on=jst_date(NOW - DAY), now=NOW)
    scanned = intake.record_paper(kind=PaperKind.REVOCATION_APPLICATION, original=False)
    intake.enclosed(into, cases[1], scanned, now=NOW)
    with site(home, port=port):
        yield Served(address=address, house=house, numbers=tuple(map(posted.number_of, cases)))


def revoked(*, published: bool) -> None:
    """Do what signer and publisher do; the browser's loop is no place for the database."""

    def work() -> None:
        now = datetime.now(UTC).replace(microsecond=0)
        given.entered(CaseId(RevocationCase.objects.get().pk), now=now)
        if published:
            listed.with_revocations(now=now)

    in_a_thread(work)


def enter(page: Page, ground: str, *, by_fax: bool = False) -> None:
    """Fill in the form of a paper and open the case."""
    page.locator(f'input[name="ground"][value="{ground}"]').check()
    page.get_by_label("ＦＡＸ（緊急" if by_fax else "郵送").check()
    if by_fax:
        page.get_by_label("ＦＡＸは緊急である").check()
        page.get_by_label("ＦＡＸはやむを得ない").check()
    page.get_by_label("書面の氏名").fill(given.CONTENT.name)
    page.get_by_role("button", name="手続を始める").click()


def answer_all(page: Page) -> None:
    """Answer every item of the checklist that it is in order."""
    for choice in page.get_by_role("radio", name="適", exact=True).all():
        choice.check()


def both_sign(page: Page, served: Served, slot: KeySlot, path: str) -> None:
    """Let both officers sign on the same page, one after the other."""
    for name, person, button in (("石川", "ishikawa", "確認する"), ("西村", "nishimura", "決定する")):
        sit_down(page, served.address, name)
        slot.plug_in(person)
        page.goto(path)
        if person == "ishikawa":
            answer_all(page)
        looked_at(page, f"revocation-{person}")
        with page.expect_navigation():
            page.get_by_role("button", name=f"セキュリティキーで{button}").click()


def looked_at(page: Page, name: str) -> None:
    """Keep a picture of the page at each width."""
    for width in _WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        keep(page, f"{name}-{width}")


def test_from_the_form_to_the_lists(served, browser):
    with watched(browser, 1280) as watch:
        page, slot, path = watch.page, KeySlot(watch.page, served.house), served.path(0)
        sit_down(page, served.address, "森")
        page.goto(f"{served.address}/revocations/")
        code = sheet_payload(kind="RR1", number=served.numbers[0])
        page.get_by_label("書面のコードか申込番号").fill(code)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="企業等の依頼")).to_be_visible()
        looked_at(page, "revocation-new")
        enter(page, "22.1(12)")
        expect(page.get_by_text("affiliationChanged（3）")).to_be_visible()
        page.get_by_role("link", name="この失効で変わること").click()
        expect(page.get_by_role("heading", name="同じ企業等のほかの証明書 2")).to_be_visible()
        looked_at(page, "revocation-touched")
        both_sign(page, served, slot, path)
        expect(page.get_by_text("この画面は5秒ごとに更新されます。")).to_be_visible()
        revoked(published=True)
        sit_down(page, served.address, "上野")
        page.goto(path)
        expect(page.get_by_text("公開済")).to_be_visible()
        expect(page.get_by_text("未了")).to_have_count(0)
        page.get_by_role("button", name="通知書を作る").click()
        expect(page.get_by_text("失効のお知らせ")).to_be_visible()
        looked_at(page, "revocation-published")
        assert [text for text in watch.complaints if not any(one in text for one in _EXPECTED)] == []


def test_in_an_emergency_a_fax_goes_first_and_its_papers_are_chased(served, browser):
    with watched(browser, 1280) as watch:
        page, slot, path = watch.page, KeySlot(watch.page, served.house), served.path(1)
        sit_down(page, served.address, "森")
        page.goto(f"{served.address}/revocations/")
        page.get_by_role("link", name="この書面で手続を始める").click()
        enter(page, "21.1(8)/compromised", by_fax=True)
        expect(page.get_by_text("緊急：秘密鍵が他人に渡ったか")).to_be_visible()
        both_sign(page, served, slot, path)
        revoked(published=False)
        sit_down(page, served.address, "森")
        page.goto(f"{served.address}/revocations/")
        expect(page.get_by_role("heading", name="ＦＡＸ先行・原本待ち 1")).to_be_visible()
        looked_at(page, "revocation-board")
        page.goto(path)
        page.get_by_role("button", name="督促の通知書を作る").click()
        expect(page.get_by_text("原本の督促")).to_be_visible()
        page.get_by_label("必要書類").check()
        page.get_by_role("button", name="到着を記録する").click()
        page.get_by_label("申請書・依頼書の原本").check()
        page.get_by_role("button", name="到着を記録する").click()
        expect(page.get_by_text("未着", exact=True)).to_have_count(0)
        looked_at(page, "revocation-fax")


def test_a_paper_is_turned_down_without_scripts(served, browser):
    with watched(browser, 1280, java_script_enabled=False) as watch:
        page, path = watch.page, served.path(2)
        sit_down(page, served.address, "森")
        page.goto(f"{path}new/subscriber/")
        enter(page, "21.1(9)")
        sit_down(page, served.address, "石川")
        page.goto(path)
        answer_all(page)
        page.get_by_role("group", name="印影が").get_by_label("否").check()
        page.get_by_role("button", name="不備を記録する").click()
        expect(page.get_by_text("不備があります")).to_be_visible()
        sit_down(page, served.address, "西村")
        page.goto(path)
        page.get_by_text("理由を付けて不受理にする").click()
        page.get_by_label("本人・企業等からの書面と確認できない").check()
        page.get_by_label("申出人にお知らせする理由").fill("印影が登録印と異なります")
        looked_at(page, "revocation-refusing")
        page.get_by_role("button", name="不受理にする").click()
        expect(page.get_by_role("heading", name="以前に不受理としたもの")).to_be_visible()
        looked_at(page, "revocation-refused")


def test_the_desks_pages_fit_are_readable_and_ask_nobody_else(served, browser):
    with watched(browser, WIDTHS[0]) as watch:
        page, found = watch.page, {}
        sit_down(page, served.address, "森")
        for name, path in {
            "board": f"{served.address}/revocations/",
            "none": served.path(0),
            "ca": f"{served.path(0)}new/ca/",
            "touched": f"{served.path(0)}touched/",
        }.items():
            page.goto(path)
            for width in WIDTHS:
                found[f"{name}-{width}"] = at_width(watch, f"revocation-{name}", width)
        assert {name: problems for name, problems in found.items() if problems} == {}
        assert watch.strangers(served.address) == []
        assert watch.complaints == []
