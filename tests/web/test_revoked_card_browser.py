"""Cards of revoked certificates in a real browser: each step of each keeper, at every width (17.4, 22.1)."""

from playwright.sync_api import expect

from inro.practice.calendar import jst_date
from inro.store.ids import ApplicationId
from inro.store.models import Application, Card, Certificate, Parcel
from inro.usecases.call_back import call_back_parcel
from tests import given, posted
from tests.usecases import given_packing as made
from tests.web.looking import WIDTHS, watched
from tests.web.sitting import sit_down
from tests.web.test_door_browser import in_a_thread
from tests.web.test_letters_browser import at_width
from tests.web.test_revocation_desk_browser import DAY, Served, served
from tests.web.test_revocation_desk_browser import NOW as SERVED_AT

__all__ = ["served"]
NOW = SERVED_AT.replace(microsecond=0)


def three_cards(served: Served) -> None:
    """Let a revocation stand against a card at the post, one in the house, one in a packed parcel."""
    for number in served.numbers:
        certificate = Certificate.objects.get(application__number=number)
        application = ApplicationId(Application.objects.get(number=number).pk)
        if Card.objects.get(application=application).state != "sent":
            if number == served.numbers[2]:
                made.listed(
                    made.packed(application, tracking=posted.tracking(number=9), now=NOW),
                    now=NOW,
                    day=jst_date(NOW),
                )
            given.revoked(served.house, certificate.pk, now=NOW)
        else:
            given.requested(certificate.pk, now=NOW)
    parcel = Parcel.objects.get()
    call_back_parcel(parcel=parcel.pk, called_on=jst_date(NOW - DAY), actor=given.DESK, now=NOW)


def test_the_pages_of_cards_fit_and_lead_to_their_end(served, browser):
    in_a_thread(lambda: three_cards(served))
    with watched(browser, WIDTHS[0]) as watch:
        page, found = watch.page, {}

        def look(name: str, path: str) -> None:
            page.goto(f"{served.address}{path}")
            for width in WIDTHS:
                found[f"{name}-{width}"] = at_width(watch, f"revoked-card-{name}", width)

        sit_down(page, served.address, "岡")
        look("list", "/revocations/cards/")
        look("called", f"/cases/{served.numbers[0]}/revocation/card/")
        look("packed", f"/cases/{served.numbers[2]}/revocation/card/")
        look("touched", f"/cases/{served.numbers[2]}/revocation/touched/")
        look("dispatch", "/dispatch/")
        page.goto(f"{served.address}/cases/{served.numbers[2]}/revocation/card/")
        page.get_by_role("button", name="差し止めて開封する").click()
        expect(page.get_by_text("カードの担当者が使用不可にします")).to_be_visible()
        sit_down(page, served.address, "藤田")
        page.goto(f"{served.address}/cases/{served.numbers[2]}/revocation/card/")
        page.get_by_role("button", name="暗証番号通知書とともに使用不可にする").click()
        look("spoiled", f"/cases/{served.numbers[2]}/revocation/card/")
        page.get_by_label("廃棄したカードのコード").fill("0000")
        page.get_by_role("button", name="カードの廃棄を記録").click()
        for width in WIDTHS:
            found[f"wrong-{width}"] = at_width(watch, "revoked-card-wrong", width)
        assert {name: problems for name, problems in found.items() if problems} == {}
        assert watch.strangers(served.address) == []
