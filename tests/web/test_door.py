"""A session locks, loses nothing typed, ends with time, duty, key and person; answers serve once (40(7))."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from inro.pki.assertion import decode_octets, encode_octets
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.store.ids import PasskeyId
from inro.store.models import AuditRow, Passkey
from inro.store.reads.staff import open_proposals
from inro.usecases.staff import dismiss_staff, end_passkey, propose_dismissal
from inro.web.office import clock
from tests.passkeys import HERE, SecurityKey
from tests.usecases import given_staff as house
from tests.usecases.given_staff import FIRST, NOW, SECOND, TODAY, administrator
from tests.web.conftest import SITE, office_over
from tests.web.installation import installation
from tests.web.test_pages import text_of


@dataclass(slots=True)
class Visit:
    """A browser before the office of a real installation, whose clock is told what it shows."""

    client: Client
    now: datetime = NOW

    def get(self, path: str, **more: str) -> HttpResponse:
        return self.client.get(path, headers=more or None)

    def post(self, path: str, fields: dict[str, object] | None = None, **more: str) -> HttpResponse:
        return self.client.post(path, fields or {}, headers=more or None)

    def asked(self, at: str) -> bytes:
        """Return the challenge that is asked."""
        return decode_octets(self.post(f"/{at}/challenge/").json()["challenge"])

    def answer(self, at: str, key: SecurityKey, **fields: str) -> HttpResponse:
        """Show a key where one is asked for."""
        response = json.dumps(key.sign(self.asked(at)).as_record())
        return self.post(f"/{at}/", {"response": response} | fields)

    def later(self, **passed: int) -> None:
        self.now += timedelta(**passed)


@pytest.fixture
def visit(db, settings, tmp_path, monkeypatch) -> Visit:
    client = office_over(settings, installation(tmp_path / "home", demonstration=False))
    settings.RELYING_PARTY, settings.ALLOWED_HOSTS = HERE, ["localhost"]
    settings.SITE = replace(SITE, demonstration=False)
    client.defaults["HTTP_HOST"] = "localhost:8000"
    made = Visit(client)
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made


def kinds() -> list[str]:
    return list(AuditRow.objects.order_by("-seq").values_list("kind", flat=True))


def test_a_person_enrols_signs_in_and_leaves(visit):
    one, other = house.founded()[FIRST]
    key = SecurityKey()
    opened = visit.post("/enrol/", {"person": FIRST, "first": one.text, "second": other.text})
    assert "緒方 学 さんのパスキー" in text_of(opened)
    asked = visit.post("/enrol/challenge/").json()
    assert asked["rp"]["id"] == "localhost"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    made = key.register(decode_octets(asked["challenge"]))
    record = json.dumps(
        {
            "client_data_json": encode_octets(made.client_data_json),
            "attestation_object": encode_octets(made.attestation_object),
        }
    )
    led = visit.post("/enrol/key/", {"response": record, "label": "青いキー"})
    assert "パスキーを登録しました" in text_of(visit.get(led.url))
    assert visit.answer("sign-in", key).url == "/account/"
    assert "青いキー" in text_of(visit.get("/account/"))
    assert visit.get("/staff/").status_code == 200
    assert visit.get("/").status_code == 403
    assert visit.post("/sign-out/").url == "/sign-in/?said=signed_out"
    assert visit.get("/staff/").url == "/sign-in/?next=%2Fstaff%2F"


def signed_in(visit: Visit, *duties: Duty, last_day=None) -> SecurityKey:
    """Let a person sign in who was appointed for the test."""
    house.staffed()
    key = house.appointed("mori", *duties, last_day=last_day)
    assert visit.answer("sign-in", key, next="/duties/").url == "/duties/"
    return key


def test_the_session_has_a_new_key_after_signing_in_and_after_unlocking(visit):
    visit.asked("sign-in")
    before = visit.client.cookies["sessionid"].value
    key = signed_in(visit)
    inside = visit.client.cookies["sessionid"].value
    assert before != inside
    assert not Session.objects.filter(session_key=before).exists()
    visit.post("/lock/now/")
    visit.answer("lock", key)
    assert visit.client.cookies["sessionid"].value != inside
    assert visit.client.cookies["sessionid"]["httponly"]
    assert visit.client.cookies["sessionid"]["samesite"] == "Strict"


def test_an_idle_session_locks_and_what_was_typed_waits(visit):
    key = signed_in(visit, Duty.INTAKE)
    visit.later(minutes=14)
    assert visit.get("/duties/").status_code == 200
    visit.later(minutes=15)
    typed = {"arrived_on": "令和8年12月1日", "way": "post", "note": "一行目\n<二行目>"}
    held = visit.post("/intake/envelopes/new/", typed)
    assert held.status_code == 403
    page = held.content.decode()
    assert 'action="/intake/envelopes/new/" data-waits' in page
    assert 'name="note" value="一行目\n&lt;二行目&gt;"' in page
    assert "ロックを解除するとそのまま送信されます" in text_of(held)
    assert visit.get("/duties/").url == "/lock/?next=%2Fduties%2F"
    asked = visit.post("/lock/challenge/").json()
    assert len(asked["allowCredentials"]) == 1
    response = json.dumps(key.sign(decode_octets(asked["challenge"])).as_record())
    assert visit.post("/lock/", {"response": response}, accept="application/json").status_code == 204
    assert visit.get("/duties/").status_code == 200
    assert kinds()[0] == EventKind.SESSION_UNLOCKED


def test_a_script_that_asks_keeps_nobody_signed_in(visit):
    signed_in(visit, Duty.INTAKE)
    for _ in range(3):
        visit.later(minutes=5)
        visit.get("/duties/", accept="application/json")
    assert visit.get("/duties/", accept="application/json").status_code == 401
    assert visit.get("/duties/").url == "/lock/?next=%2Fduties%2F"


def test_nobody_else_unlocks_and_a_wrong_answer_says_why(visit):
    keys = house.staffed()
    mori = house.appointed("mori")
    visit.answer("sign-in", mori)
    visit.post("/lock/now/")
    refused = visit.answer("lock", keys[FIRST])
    assert refused.status_code == 403
    assert "登録されていない" in text_of(refused)
    told = visit.post("/lock/", {"response": "x"}, accept="application/json")
    assert told.status_code == 400
    assert told.json()["problem"]
    assert visit.answer("lock", mori, next="/duties/").url == "/duties/"


def ended_for() -> str:
    """Return why the last session ended, as the log has it."""
    row = AuditRow.objects.order_by("-seq")[0]
    assert row.kind == EventKind.SESSION_ENDED
    return json.loads(row.details)["reason"]


def test_the_longest_time_ends_a_session_whatever_is_done(visit):
    signed_in(visit)
    for _ in range(54):
        visit.later(minutes=13)
        visit.get("/duties/")
    assert visit.get("/duties/").status_code == 200
    visit.later(minutes=13)
    visit.later(minutes=13)
    assert visit.get("/duties/").url.startswith("/sign-in/")
    assert ended_for() == "time_over"
    [left] = Session.objects.all()
    assert left.get_decoded() == {"left_by": "mori"}


def over_while_typing(visit: Visit) -> HttpResponse:
    """Send a form after the session's end, a script of the page having asked before."""
    visit.later(hours=13)
    assert visit.get("/duties/", accept="application/json").status_code == 401
    return visit.post("/intake/envelopes/new/", {"way": "post", "note": "一行目\n<二行目>"})


def answered(visit: Visit, key: SecurityKey, left_by: str) -> HttpResponse:
    """Sign in from a page in which a form waits."""
    response = json.dumps(key.sign(visit.asked("sign-in")).as_record())
    return visit.post("/sign-in/", {"response": response, "left_by": left_by}, accept="application/json")


def test_a_form_sent_after_the_longest_time_waits_for_the_new_sign_in(visit):
    key = signed_in(visit, Duty.INTAKE)
    held = over_while_typing(visit)
    assert held.status_code == 403
    page = held.content.decode()
    assert 'action="/intake/envelopes/new/" data-waits' in page
    assert 'name="note" value="一行目\n&lt;二行目&gt;"' in page
    assert 'name="left_by" value="mori"' in page
    assert "ログインするとそのまま送信されます" in text_of(held)
    entered = answered(visit, key, "mori")
    assert entered.status_code == 200
    assert set(entered.json()) == {"token"}
    assert visit.get("/duties/").status_code == 200


def test_a_form_that_waits_is_sent_by_nobody_else(visit):
    key = signed_in(visit, Duty.INTAKE)
    other = house.appointed("ishii", Duty.INTAKE)
    over_while_typing(visit)
    refused = answered(visit, other, "mori")
    assert refused.status_code == 409
    assert "mori さんのもの" in refused.json()["problem"]
    assert answered(visit, key, "mori").status_code == 200


def test_a_wrong_answer_leaves_the_form_where_it_is(visit):
    signed_in(visit, Duty.INTAKE)
    over_while_typing(visit)
    visit.asked("sign-in")
    told = visit.post("/sign-in/", {"response": "x"}, accept="application/json")
    assert told.status_code == 400
    assert set(told.json()) == {"problem"}


def test_a_form_opened_before_another_sign_in_is_kept_to_be_sent_again(visit):
    signed_in(visit, Duty.INTAKE)
    visit.client.handler.enforce_csrf_checks = True
    typed = {"way": "post", "note": "一行目"}
    kept = visit.post("/intake/envelopes/new/", typed, origin="http://localhost:8000")
    assert kept.status_code == 403
    assert 'name="note" value="一行目"' in kept.content.decode()
    assert "もう一度送信する" in text_of(kept)
    for origin in ("https://elsewhere.example", "null"):
        refused = visit.post("/intake/envelopes/new/", typed, origin=origin)
        assert refused.status_code == 403
        assert "一行目" not in refused.content.decode()
    assert "data-waits" not in visit.post("/sign-in/", origin="http://localhost:8000").content.decode()


def test_a_session_ends_with_the_day_of_a_duty(visit):
    visit.now = NOW.replace(hour=14, minute=59)
    signed_in(visit, Duty.INTAKE, last_day=TODAY)
    assert visit.get("/duties/").status_code == 200
    visit.later(minutes=1)
    assert visit.get("/duties/").url.startswith("/sign-in/")
    assert ended_for() == "duty_ended"


def test_a_session_ends_with_its_key(visit):
    signed_in(visit)
    passkey = PasskeyId(Passkey.objects.get(member__person="mori").pk)
    end_passkey(passkey=passkey, actor=administrator(FIRST), now=NOW)
    assert visit.get("/duties/").url.startswith("/sign-in/")
    assert ended_for() == "key_ended"


def test_a_session_ends_with_its_person(visit):
    signed_in(visit)
    proposal = propose_dismissal(person="mori", actor=administrator(FIRST), now=NOW)
    dismiss_staff(proposal=proposal, actor=administrator(SECOND), now=NOW)
    assert visit.get("/duties/").url.startswith("/sign-in/")
    assert ended_for() == "dismissed"


def test_an_answer_serves_once(visit):
    key = signed_in(visit)
    visit.post("/sign-out/")
    response = json.dumps(key.sign(visit.asked("sign-in")).as_record())
    assert visit.post("/sign-in/", {"response": response}).status_code == 302
    visit.post("/sign-out/")
    assert visit.post("/sign-in/", {"response": response}).status_code == 403
    visit.asked("sign-in")
    again = visit.post("/sign-in/", {"response": response})
    assert again.status_code == 400
    assert visit.get("/duties/").url.startswith("/sign-in/")


def test_a_challenge_serves_five_minutes_and_one_purpose(visit):
    key = signed_in(visit)
    challenge = visit.asked("lock")
    response = json.dumps(key.sign(challenge).as_record())
    assert visit.post("/sign-in/", {"response": response}).status_code == 403
    response = json.dumps(key.sign(visit.asked("lock")).as_record())
    visit.later(minutes=5)
    assert visit.post("/lock/", {"response": response}).status_code == 403


@pytest.mark.parametrize(
    "response", ["", "x", "[]", "{}", '{"credential_id": 7}', "[" * 40_000, "1" * 70_000]
)
def test_what_is_no_answer_is_refused(visit, response):
    house.staffed()
    visit.asked("sign-in")
    assert visit.post("/sign-in/", {"response": response}).status_code == 400


def test_nothing_of_the_enrolment_opens_without_a_code(visit):
    house.founded()
    assert visit.post("/enrol/challenge/").status_code == 401
    assert visit.post("/enrol/key/", {"response": "{}"}).url == "/enrol/"
    wrong = visit.post("/enrol/", {"person": FIRST, "first": "a", "second": "b"})
    assert wrong.status_code == 403
    assert "登録コードが合いません" in text_of(wrong)


def test_too_many_wrong_codes_are_told_as_such(visit):
    house.founded()
    for status in (403, 403, 403, 403, 403, 429):
        assert visit.post("/enrol/", {"person": FIRST}).status_code == status


def test_a_form_from_elsewhere_is_refused(visit):
    signed_in(visit)
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost:8000")
    strict.cookies = visit.client.cookies
    for path in ("/sign-out/", "/lock/now/", "/sign-in/", "/sign-in/challenge/", "/enrol/"):
        assert strict.post(path).status_code == 403
    assert visit.get("/duties/").status_code == 200


@pytest.mark.parametrize("back", ["https://other.example/", "//other.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(visit, back):
    house.staffed()
    key = house.appointed("mori")
    assert visit.answer("sign-in", key, next=back).url == "/"


def test_two_administrators_appoint_in_their_browsers(visit):
    keys = house.staffed()
    visit.answer("sign-in", keys[FIRST])
    asked = {"person": "mori", "name": "森　咲子", "duties": "intake", "first_day": "R8.12.1"}
    first = visit.post("/staff/appointment/", asked)
    assert "登録コード（前半）" in text_of(first)
    confirmation = f"/staff/proposals/{open_proposals()[0].proposal}/appointment/"
    own = visit.post(confirmation)
    assert own.status_code == 422
    assert "別の人でなければなりません" in text_of(own)
    visit.post("/sign-out/")
    visit.answer("sign-in", keys[SECOND])
    second = visit.post(confirmation)
    assert "登録コード（後半）" in text_of(second)
    assert visit.post(confirmation).status_code == 409
    assert "登録コード発行済" in text_of(visit.get("/staff/"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"person": "森"}, "IDは英小文字と数字です"),
        ({"name": ""}, "氏名を100字以内"),
        ({"duties": []}, "職務を一つ以上"),
        ({"duties": ["nonsense"]}, "職務を一つ以上"),
        ({"duties": ["audit", "intake"]}, "行えません"),
        ({"first_day": "昨日"}, "日付を入力してください"),
        ({"last_day": "2026/11/1"}, "終了日は開始日以後"),
    ],
)
def test_what_cannot_stand_is_said_and_stays_typed(visit, asked, said):
    keys = house.staffed()
    visit.answer("sign-in", keys[FIRST])
    whole = {"person": "mori", "name": "森　咲子", "duties": ["intake"], "first_day": "R8.12.1"}
    refused = visit.post("/staff/appointment/", whole | asked)
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert 'value="R8.12.1"' in refused.content.decode() or "first_day" in asked
