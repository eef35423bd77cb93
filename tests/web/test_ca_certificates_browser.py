"""The CA's own certificates in a real browser: list, case, both officers' keys, every width (22.1)."""

from playwright.sync_api import expect

from inro.pki.issuer import issuer_of
from inro.usecases.ca_certificate import enter_ca_certificate
from tests import given
from tests.pki.material import issuer, key
from tests.pki.test_ca_certificates import issued, ours
from tests.web.given_officers import KeySlot
from tests.web.looking import WIDTHS, watched
from tests.web.sitting import sit_down
from tests.web.test_ca_certificates import PATH
from tests.web.test_door_browser import in_a_thread
from tests.web.test_letters_browser import at_width
from tests.web.test_revocation_desk_browser import NOW, both_sign, served

__all__ = ["served"]


def enter() -> None:
    """Enter the CA's own certificate and a link to its next key."""
    own = issuer().certificate
    for certificate in (own, issued(by=ours(), signed_with=key("ca"), to=ours(), about=key("next"))):
        enter_ca_certificate(
            certificate=certificate,
            issuer=issuer_of(own),
            profile_sha256=given.PROFILE_SHA256,
            actor=given.CUSTODIAN,
            now=NOW,
        )


def test_the_pages_of_ca_certificates_fit_and_take_both_officers_keys(served, browser):
    in_a_thread(enter)
    with watched(browser, WIDTHS[0]) as watch:
        page, found = watch.page, {}

        def look(name: str) -> None:
            for width in WIDTHS:
                found[f"{name}-{width}"] = at_width(watch, f"ca-{name}", width)

        slot = KeySlot(page, served.house)
        sit_down(page, served.address, "森")
        page.goto(f"{served.address}/revocations/ca/")
        look("list")
        page.goto(f"{served.address}{PATH}")
        look("none")
        page.locator('input[name="ground"][value="22.1(5)/compromised"]').check()
        page.get_by_label("確認した事実と、その記録の所在").fill("事故記録 12-3")
        page.get_by_role("button", name="手続を始める").click()
        look("open")
        both_sign(page, served, slot, f"{served.address}{PATH}")
        expect(page.get_by_text("この画面は5秒ごとに更新されます")).to_be_visible()
        assert {name: problems for name, problems in found.items() if problems} == {}
        assert watch.strangers(served.address) == []
