"""Pages show what is on record, change nothing, and run nothing in the browser (4(6), 26, 39.4, 42.4)."""

import hashlib
import re

import pytest
from django.test import Client

from inro.practice.events import EventKind
from inro.store.models import AuditRow
from inro.words.events import EVENTS
from inro.words.states import WORDS, word
from tests.web.story import LATER


@pytest.fixture
def office(office) -> Client:
    """A visitor of the office's pages who sits there as an examiner."""
    office.post("/desk/", {"person": "ishikawa"})
    return office


def text_of(response) -> str:
    """Return a page's text without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_case_has_its_timeline_with_a_clause_for_each_act(clerk, story):
    text = text_of(clerk.get(f"/cases/{story.revoked}/"))
    for part in (
        "利用申込書の受付",
        "約款第8条第4項",
        "設備からの鍵の消去",
        "約款第17条第3項",
        "証明書の失効",
    ):
        assert part in text
    for time in ("2026/12/01 12:00:00", "2026/12/10 12:00:00", "2026/12/10"):
        assert time in text
    assert str(LATER.year) in text


def test_a_case_shows_post_receipt_notices_and_money(clerk, story):
    text = text_of(clerk.get(f"/cases/{story.valid}/"))
    for part in ("123-45-67890-1", "受領確認", "2026/12/14", "到達とみなす日", "12,100円", "1,100円"):
        assert part in text


def test_the_certificate_is_shown_whole_and_what_is_not_accredited_said(clerk, story):
    text = text_of(clerk.get(f"/cases/{story.valid}/certificate/"))
    assert "TAKAHASHI HANAKO" in text
    assert "約款第42条第4項" in text


def test_the_repository_shows_fingerprint_lists_and_a_word_to_relying_parties(public, story):
    response = public.get("/repository/")
    text = text_of(response)
    digest = hashlib.sha256(story.authority).hexdigest().upper()
    assert digest in text.replace(" ", "")
    for part in ("全件の失効リスト", "2026/12/10 12:00:00", "2026/12/12 12:00:00", "約款第42条第4項"):
        assert part in text
    assert b'href="http://127.0.0.1:1/full.crl"' in response.content
    assert story.valid not in text


def test_the_repository_before_the_ceremony_says_so(public, db):
    assert "まだ公開されていません" in text_of(public.get("/repository/"))


@pytest.mark.parametrize(
    "address", ["/cases/A26-999999-Z/", "/cases/", "/cases/x/certificate/", "/admin/", "/x"]
)
def test_what_is_not_there_is_said(clerk, db, address):
    response = clerk.get(address)
    assert response.status_code == 404
    assert "見つかりません" in text_of(response)


def test_a_case_without_certificate_has_no_certificate_page(clerk, story):
    assert clerk.get(f"/cases/{story.examining}/certificate/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/repository/", "/language/en/", "/cases/x/"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_but_reading_is_answered(office, db, address, method):
    before = AuditRow.objects.count()
    assert getattr(office, method)(address).status_code == 405
    assert AuditRow.objects.count() == before


def test_the_public_process_knows_no_case(public, story):
    for address in ("/cases/", f"/cases/{story.valid}/", "/office/"):
        assert public.get(address).status_code == 404


def test_no_page_runs_scripts_or_asks_other_machines(clerk, story):
    for address in ("/", f"/cases/{story.valid}/", f"/cases/{story.valid}/certificate/", "/repository/"):
        response = clerk.get(address)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Cache-Control"] == "no-store"
        assert not re.search(rb'<script(?! src="/static/web/)|style=|\son\w+=|javascript:', response.content)
        assert not re.search(rb'(?:src|<link[^>]*href)="https?:', response.content)


def test_japanese_is_the_default_whatever_the_browser_says_and_english_a_choice(clerk, story):
    assert 'lang="ja"' in clerk.get("/", headers={"accept-language": "en"}).content.decode()
    back = clerk.get("/language/en/?next=/cases/x/")
    assert back.headers["Location"] == "/cases/x/"
    response = clerk.get(f"/cases/{story.revoked}/")
    text = text_of(response)
    assert response.headers["Content-Language"] == "en"
    for part in ("Certificate revoked", "Terms Article 17(3)", "The card is lost", "Timeline"):
        assert part in text
    assert clerk.get("/language/fr/").status_code == 404


@pytest.mark.parametrize("back", ["https://other.example/", "//other.example/", "javascript:alert(1)", ""])
def test_choosing_a_language_never_leads_elsewhere(office, db, back):
    assert office.get("/language/en/", {"next": back}).headers["Location"] == "/"


def test_what_people_wrote_is_never_markup(clerk, story):
    for address in ("/?view=<script>alert(1)</script>", "/search/?q=<script>alert(1)</script>"):
        assert b"<script>" not in clerk.get(address).content


def test_every_kind_of_event_has_words_and_a_known_clause():
    assert set(EVENTS) == set(EventKind)
    assert all(words.japanese and words.english for words in EVENTS.values())
    assert all(re.fullmatch(r"(\d+(\.\d+)?(\(\d+\))?)?", words.clause) for words in EVENTS.values())


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_every_state_and_kind_a_page_shows_has_words_in_both_languages(kind):
    assert set(WORDS[kind]) == {value.value for value in kind}
    assert all(word(value, "ja") and word(value, "en").isascii() for value in kind)
