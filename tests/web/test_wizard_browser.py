"""The wizard in a real browser: the whole way by keyboard, with and without scripts, at every width."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.applicant import (
    AUTHORITY,
    CONSENTED,
    CONTACT,
    EXPLAINED,
    KIND,
    ORGANIZATION,
    PROXY,
    SUBSCRIBER,
)
from tests.web.installation import installation
from tests.web.looking import WIDTHS, Watch, keep, watched
from tests.web.serving import site
from tests.web.typing_hands import Hands

ON = "保存して次へ"
EVERYTHING = KIND | {"authority": "yes", "proxy": "yes"}


@pytest.fixture
def served(fresh_database, tmp_path: Path) -> Iterator[str]:
    """The public site of an installation."""
    with site(installation(tmp_path / "home"), "public") as address:
        yield address


def look(watch: Watch, name: str) -> None:
    """Look at the page as it stands, at every width."""
    for width in WIDTHS:
        watch.width = width
        watch.page.set_viewport_size({"width": width, "height": 900})
        assert watch.findings() == [], (name, width)
        keep(watch.page, f"{name}-{width}")


def test_the_whole_way_by_keyboard_and_every_page_at_every_width(served, browser):
    with watched(browser, WIDTHS[-1]) as watch:
        page, hands = watch.page, Hands(watch.page)
        for name, path in {
            "front": "/",
            "start": "/apply/",
            "resume": "/apply/resume/",
            "status": "/status/",
        }.items():
            page.goto(served + path)
            look(watch, name)
        page.goto(served + "/apply/")
        hands.go("入力を始める")
        look(watch, "begun")
        number, passphrase, _ = page.locator(".slip dd").all_inner_texts()
        hands.go("控えました。入力へ進む")
        hands.go(ON)
        assert page.title().startswith("エラー：")
        expect(page.locator(".errors")).to_be_focused()
        look(watch, "kind-wrong")
        hands.answer(EVERYTHING, ON)
        look(watch, "explanation")
        hands.answer(EXPLAINED, "次へ")
        look(watch, "terms")
        hands.answer(CONSENTED, "同意して次へ")
        odd = SUBSCRIBER | {"given": "鷗", "kana_surname": "Koichi"}
        hands.answer({name: text for name, text in odd.items() if "consent" not in name}, ON)
        look(watch, "subscriber-wrong")
        hands.answer(SUBSCRIBER, ON)
        if page.url.endswith("/subscriber/"):
            hands.answer(SUBSCRIBER, ON)
        look(watch, "organization")
        hands.answer(ORGANIZATION, ON)
        look(watch, "authority")
        hands.answer(AUTHORITY, ON)
        look(watch, "delivery")
        hands.answer(PROXY, ON)
        look(watch, "contact")
        hands.answer(CONTACT, ON)
        look(watch, "check")
        hands.go("申込書を作成する")
        look(watch, "print")
        assert re.match(r"A\d\d-000001-", page.locator(".slip dd").inner_text())
        page.goto(served + "/status/")
        hands.answer({"number": number, "passphrase": passphrase}, "状況を見る")
        look(watch, "status-found")
        assert watch.strangers(served) == []
        assert watch.complaints == []


def test_the_whole_way_without_scripts(served, browser):
    with watched(browser, 1366, java_script_enabled=False) as watch:
        page, hands = watch.page, Hands(watch.page)
        page.goto(served + "/apply/")
        hands.go("入力を始める")
        hands.go("控えました。入力へ進む")
        hands.answer(KIND | {"kind": "sole_proprietor"}, ON)
        hands.answer(EXPLAINED, "次へ")
        hands.answer(CONSENTED, "同意して次へ")
        filled = {"home_postal_code": "1000005", "given": "花子"}
        hands.answer(filled, "郵便番号から住所を入力")
        expect(page.locator("[name=home_city]")).to_have_value("千代田区")
        expect(page.locator("[name=given]")).to_have_value("花子")
        hands.answer({name: text for name, text in SUBSCRIBER.items() if "consent" not in name}, ON)
        hands.answer({"name-consent": "on"}, ON)
        hands.go(ON)
        hands.answer(CONTACT, ON)
        hands.go("申込書を作成する")
        expect(page.get_by_role("heading", name="印刷・郵送の準備")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", name="印刷・郵送の準備")).to_be_visible()


def test_typing_is_saved_by_itself_and_characters_are_shown_at_once(served, browser):
    with watched(browser, 1366) as watch:
        page, hands = watch.page, Hands(watch.page)
        page.goto(served + "/apply/")
        hands.go("入力を始める")
        hands.go("控えました。入力へ進む")
        hands.answer(KIND, ON)
        hands.answer(EXPLAINED, "次へ")
        hands.answer(CONSENTED, "同意して次へ")
        page.locator("[name=surname]").fill("髙橋")
        page.locator("[name=given]").fill("花子")
        page.locator("[name=home_postal_code]").fill("5300001")
        page.locator("[name=home_building]").focus()
        expect(page.locator(".replaced .glyph")).to_have_text(["髙", "高"])
        expect(page.locator("[name=home_city]")).to_have_value("大阪市北区")
        expect(page.locator("#saved")).to_contain_text("保存しました")
        expect(page.locator("#saved")).to_have_attribute("role", "status")
        page.reload()
        expect(page.locator("[name=surname]")).to_have_value("髙橋")
        assert watch.complaints == []
