"""The door in a browser with virtual passkeys: enrol, lock, appoint; copies and replays refused (40(7))."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import Browser, CDPSession, Page, expect

from inro.pki.passkey import user_handle
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty
from inro.practice.enrolment import CodeHalf
from inro.usecases.application import find
from inro.usecases.staff import appoint_staff
from tests import given
from tests.passkeys import SecurityKey
from tests.usecases import given_staff as house
from tests.usecases.given_staff import FIRST, SECOND, administrator
from tests.web.installation import installation
from tests.web.looking import Watch, keep, watched
from tests.web.serving import site

_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# What a browser says of answers meant to be no success, and of taking ES256 alone.
_EXPECTED = ("403", "400", "409", "422", "publicKey.pubKeyCredParams")


@dataclass(slots=True, kw_only=True)
class Person:
    """A browser of one person, with a security key plugged in."""

    address: str
    watch: Watch
    devtools: CDPSession
    key: str
    sent: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.watch.page

    def enrol(self, person: str, first: str, second: str) -> None:
        """Give a code at the door."""
        self.page.goto(f"{self.address}/enrol/")
        self.page.get_by_label("担当者ID").fill(person)
        self.page.get_by_label("登録コードの前半").fill(first)
        self.page.get_by_label("登録コードの後半").fill(second)
        self.page.get_by_role("button", name="次へ").click()

    def press(self, name: str) -> None:
        """Press a button that a script hears, once the page has loaded whole: scripts run before that."""
        button = self.page.get_by_role("button", name=name)
        expect(button).to_be_visible()
        self.page.wait_for_load_state()
        button.click()

    def make_key(self) -> None:
        """Let the browser make a passkey, once a code was taken."""
        self.press("パスキーを作成する")
        expect(self.page.get_by_text("パスキーを登録しました")).to_be_visible()

    def sign_in(self) -> None:
        """Show the passkey at the door."""
        self.page.goto(f"{self.address}/sign-in/")
        self.press("パスキーでログインする")

    def sign_out(self) -> None:
        self.page.goto(f"{self.address}/account/")
        self.page.get_by_role("button", name="ログアウト").click()
        expect(self.page.get_by_text("ログアウトしました")).to_be_visible()

    def credential(self) -> dict[str, Any]:
        """Return the key's one credential as its maker would copy it."""
        found = self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.key})
        return found["credentials"][0]

    def plug_in_key(self, key: SecurityKey, person: str) -> None:
        """Put a key that was enrolled without a browser into this one's."""
        private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.plug_in(
            {
                "credentialId": b64encode(key.credential_id).decode(),
                "isResidentCredential": True,
                "rpId": "localhost",
                "privateKey": b64encode(private).decode(),
                "userHandle": b64encode(user_handle(person)).decode(),
                "signCount": key.count,
            }
        )

    def plug_in(self, credential: dict[str, Any]) -> None:
        """Put a credential that was made elsewhere into this browser's key."""
        self.devtools.send("WebAuthn.addCredential", {"authenticatorId": self.key, "credential": credential})

    def send(self, answer: str) -> None:
        """Send an answer to the sign-in page, whatever was asked."""
        with self.page.expect_navigation():
            self.page.evaluate(
                """answer => {
                  const form = document.querySelector("form[data-passkey]");
                  form.elements.response.value = answer;
                  HTMLFormElement.prototype.submit.call(form);
                }""",
                answer,
            )

    def half(self) -> str:
        """Return the half of a code that the page shows."""
        return self.page.locator(".code").inner_text()


@contextmanager
def person(browser: Browser, address: str, *, width: int = 1366) -> Iterator[Person]:
    """Yield a browser of its own with a key of its own."""
    with watched(browser, width) as watch:
        devtools = watch.page.context.new_cdp_session(watch.page)
        devtools.send("WebAuthn.enable")
        key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": _AUTHENTICATOR})
        made = Person(address=address, watch=watch, devtools=devtools, key=key["authenticatorId"])
        watch.page.on("request", lambda request: note(made, request))
        yield made
        assert watch.strangers("http://localhost:") == []
        assert [text for text in watch.complaints if not any(word in text for word in _EXPECTED)] == []


def note(made: Person, request: Any) -> None:
    """Keep the answers that a browser sent to the door."""
    if request.method == "POST" and request.url.endswith("/sign-in/"):
        made.sent.append(request.post_data_json["response"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The office at its address, administrators' codes, one that expired, an examiner's key and case."""

    address: str
    codes: dict[str, tuple[CodeHalf, CodeHalf]]
    expired: tuple[CodeHalf, CodeHalf]
    examiner: SecurityKey
    case: str


@pytest.fixture
def served(fresh_database, settings, tmp_path) -> Iterator[Served]:
    now = datetime.now(UTC)
    before = now - timedelta(days=4)
    codes, expired = house.founded(now=now), (house.half(), house.half())
    proposal = house.proposed("kishi", first=expired[0], first_day=jst_date(before), now=before)
    appoint_staff(proposal=proposal, half=expired[1], actor=administrator(SECOND), now=before)
    examiner, case = house.appointed("ishii", Duty.EXAMINATION, now=now), find(given.examining()).number
    settings.SECRET_KEY = "0123456789abcdef" * 4
    with site(installation(tmp_path / "home", demonstration=False)) as address:
        yield Served(
            address=address.replace("127.0.0.1", "localhost"),
            codes=codes,
            expired=expired,
            examiner=examiner,
            case=case,
        )


def in_a_thread(work: Callable[[], None]) -> None:
    """Do what needs the database: the browser's driver has this thread's event loop."""

    def worked() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(worked).result()


def leave_alone(someone: Person, minutes: int, *, since: str = "seen") -> None:
    """Let a session be as if nobody had acted, or nobody had signed in, for some minutes."""
    # What the page still asks for would count as an act after it.
    someone.page.wait_for_load_state("networkidle")
    cookies = {one["name"]: one["value"] for one in someone.page.context.cookies()}

    def wind_back() -> None:
        session = SessionStore(session_key=cookies["inro_session"])
        earlier = datetime.fromisoformat(session["signed_in"][since]) - timedelta(minutes=minutes)
        session["signed_in"] |= {since: earlier.isoformat()}
        session.save()

    in_a_thread(wind_back)


def with_a_key(someone: Person, served: Served, name: str = FIRST) -> None:
    """Enrol and sign in."""
    someone.enrol(name, *(half.text for half in served.codes[name]))
    someone.make_key()
    someone.sign_in()
    expect(someone.page).to_have_url(f"{served.address}/account/")


def looked_at(someone: Person, path: str) -> None:
    """Look at a page in a narrow and in a wide window."""
    for width in (320, 1366):
        someone.page.set_viewport_size({"width": width, "height": 900})
        someone.watch.width = width
        someone.page.goto(someone.address + path)
        assert someone.watch.findings() == [], path
        keep(someone.page, f"door-{path.strip('/').replace('/', '-') or 'denied'}-{width}")


def refused_at_the_door(first: Person, third: Person, served: Served) -> None:
    """Give codes that are wrong, used, or too old, and a right one between."""
    one, other = (half.text for half in served.codes[FIRST])
    first.enrol(FIRST, other, one)
    expect(first.page.get_by_text("登録コードが合いません")).to_be_visible()
    with_a_key(first, served)
    third.enrol(FIRST, one, other)
    expect(third.page.get_by_text("使用済み")).to_be_visible()
    third.enrol("kishi", *(half.text for half in served.expired))
    expect(third.page.get_by_text("有効期限（72時間）が過ぎています")).to_be_visible()


def proposed_through_a_lock(first: Person, served: Served) -> str:
    """Type an appointment, be locked out, unlock, and return the half of the code that is told then."""
    first.page.goto(f"{served.address}/staff/appointment/")
    first.page.get_by_label("ID").fill("mori")
    first.page.get_by_label("氏名").fill("森　咲子")
    first.page.get_by_label("受付", exact=True).check()
    leave_alone(first, 20)
    first.page.get_by_role("button", name="起案する").click()
    expect(first.page.get_by_role("heading", name="ロック中")).to_be_visible()
    assert first.watch.findings() == []
    keep(first.page, "lock")
    first.page.get_by_role("button", name="パスキーで解除する").click()
    expect(first.page.get_by_role("heading", name="（前半）")).to_be_visible()
    assert first.watch.findings() == []
    keep(first.page, "code-half")
    return first.half()


def confirmed(second: Person, served: Served) -> str:
    """Confirm what waits and return the half of the code that is told then."""
    with_a_key(second, served, SECOND)
    second.page.goto(f"{served.address}/staff/")
    keep(second.page, "staff-waiting")
    second.page.get_by_role("button", name="承認する").click()
    expect(second.page.get_by_role("heading", name="（後半）")).to_be_visible()
    return second.half()


def test_two_administrators_appoint_a_third_on_pages_that_fit(served, browser):
    with (
        person(browser, served.address) as first,
        person(browser, served.address) as second,
        person(browser, served.address) as third,
    ):
        for path in ("/sign-in/", "/enrol/"):
            looked_at(third, path)
        refused_at_the_door(first, third, served)
        halves = proposed_through_a_lock(first, served), confirmed(second, served)
        for path in (
            "/account/",
            "/staff/",
            f"/staff/people/{FIRST}/",
            "/staff/appointment/",
            "/duties/",
            "/",
        ):
            looked_at(second, path)

        third.enrol("mori", *halves)
        third.make_key()
        third.sign_in()
        expect(third.page.get_by_role("link", name="森 咲子")).to_be_visible()
        third.page.goto(f"{served.address}/staff/")
        expect(third.page.get_by_role("heading", name="この操作の職務がありません")).to_be_visible()
        third.sign_out()
        third.page.goto(f"{served.address}/")
        expect(third.page).to_have_url(re.compile("/sign-in/"))


def test_a_verdict_judged_at_a_locked_desk_waits_and_is_saved(served, browser):
    with person(browser, served.address) as examiner:
        examiner.plug_in_key(served.examiner, "ishii")
        examiner.sign_in()
        expect(examiner.page).to_have_url(f"{served.address}/")
        examiner.page.goto(f"{served.address}/cases/{served.case}/examination/")
        # The item on anti-social forces follows from the checks that are recorded already.
        expect(examiner.page.locator("#progress")).to_contain_text("1 / ")
        leave_alone(examiner, 20)
        examiner.page.keyboard.press("1")
        expect(examiner.page.get_by_role("heading", name="ロック中")).to_be_visible()
        examiner.press("パスキーで解除する")
        expect(examiner.page.locator("#progress")).to_contain_text("2 / ")
        leave_alone(examiner, 13 * 60, since="at")
        examiner.page.keyboard.press("ArrowDown")
        examiner.page.keyboard.press("1")
        expect(examiner.page.get_by_role("heading", name="ログイン")).to_be_visible()
        for width in (320, 1366):
            examiner.page.set_viewport_size({"width": width, "height": 900})
            keep(examiner.page, f"signed-out-waiting-{width}")
        examiner.press("パスキーでログイン")
        expect(examiner.page.locator("#progress")).to_contain_text("3 / ")


def test_replays_copies_and_other_sites_are_refused(served, browser):
    with person(browser, served.address) as first, person(browser, served.address) as thief:
        with_a_key(first, served)
        stolen = first.credential()
        first.sign_out()
        first.page.goto(f"{served.address}/sign-in/")
        first.send(first.sent[0])
        expect(first.page.get_by_text("もう一度ボタンを押してください").first).to_be_visible()
        first.page.evaluate(ASK)
        first.send(first.sent[0])
        expect(first.page.get_by_role("alert")).to_contain_text("表示した内容への署名ではない")

        asked = first.page.evaluate(ASK)
        first.page.route(
            "http://localhost:4000/", lambda route: route.fulfill(body="<p>", content_type="text/html")
        )
        first.page.goto("http://localhost:4000/")
        elsewhere = first.page.evaluate(ANSWERED_ELSEWHERE, asked["challenge"])
        first.page.goto(f"{served.address}/sign-in/")
        first.send(elsewhere)
        expect(first.page.get_by_role("alert")).to_contain_text("別のサイトで作られた")

        first.sign_in()
        expect(first.page).to_have_url(f"{served.address}/account/")
        thief.plug_in(stolen)
        thief.sign_in()
        expect(thief.page.get_by_role("alert")).to_contain_text("複製のおそれ")


ASK = """() => fetch("/sign-in/challenge/", {method: "POST", body: new URLSearchParams({
  csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
})}).then(answer => answer.json())"""
# What a page of another site on this machine makes of a challenge that it fished.
ANSWERED_ELSEWHERE = """async challenge => {
  const octets = t => Uint8Array.from(atob(t.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const text = b => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\\+/g, "-").replace(/\\//g, "_")
    .replace(/=+$/, "");
  const {rawId, response} = await navigator.credentials.get({publicKey: {
    challenge: octets(challenge), rpId: "localhost", userVerification: "required"}});
  return JSON.stringify({credential_id: text(rawId), authenticator_data: text(response.authenticatorData),
    client_data_json: text(response.clientDataJSON), signature: text(response.signature)});
}"""
