"""Hostile text in every field: never an error of ours, always a clear word, nothing is lost (8.5, 8.7)."""

from urllib.parse import urlencode

import pytest

from inro.store.models import Draft
from tests.hostile import MEGABYTE, hostile_names
from tests.hostile_channels import through_wizard
from tests.web.applicant import (
    AUTHORITY,
    CONTACT,
    KIND,
    ORGANIZATION,
    PROXY,
    SUBSCRIBER,
    Applicant,
    problems,
    text_of,
)

BRANCHES = {"authority": "yes", "proxy": "yes"}
ANSWERS = {
    "kind": KIND | BRANCHES,
    "subscriber": SUBSCRIBER,
    "organization": ORGANIZATION,
    "authority": AUTHORITY,
    "delivery": PROXY,
    "contact": CONTACT | {"billing_to": "elsewhere"},
}


@pytest.fixture
def applicant(public, db) -> Applicant:
    """Somebody who has begun."""
    return Applicant(public).begin()


@pytest.mark.parametrize("step", ANSWERS)
def test_odd_names_through_every_field(applicant, step):
    """A hundred names go through all fields of a step at once; each is kept, refused in words, or read."""
    applicant.until(step, kind=BRANCHES)
    applicant.client.raise_request_exception = True
    passed = through_wizard(hostile_names(100), applicant, step=step, fields=list(ANSWERS[step]))
    assert passed.count == 100
    assert passed.refused > 0


def test_octets_that_are_no_text(applicant):
    """Lone surrogates and broken UTF-8 arrive as octets; they become signs of loss, which are refused."""
    applicant.until("subscriber")
    for octets in ("%ED%A0%80", "%FF%FE", "%F0%9F", "%00"):
        body = f"{urlencode(SUBSCRIBER | {'seen': applicant.seen('subscriber')})}&surname={octets}"
        response = applicant.client.post(
            "/apply/subscriber/", body, content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code == 200
        assert any("使えない文字です" in problem for problem in problems(response))


def test_a_megabyte_is_refused_in_words_and_stays_on_the_page(applicant):
    applicant.until("subscriber")
    before = Draft.objects.get().answers
    response = applicant.send("subscriber", SUBSCRIBER | {"surname": MEGABYTE})
    assert response.status_code == 413
    assert "文字が多すぎるため保存していません" in text_of(response)
    assert MEGABYTE in response.content.decode()
    assert Draft.objects.get().answers == before


def test_more_than_a_page_can_take_is_refused_in_words(applicant):
    applicant.until("subscriber")
    response = applicant.send("subscriber", {"surname": MEGABYTE * 3})
    assert response.status_code == 400
    assert "短くしてからもう一度" in text_of(response)
    many = {f"surname-{place}": "x" for place in range(400)}
    assert applicant.send("subscriber", many).status_code == 400


def test_odd_versions_actions_and_numbers(applicant):
    applicant.until("subscriber")
    for seen in ("", "-1", "9" * 30, "①", "x"):
        response = applicant.client.post("/apply/subscriber/", {"seen": seen, "given": "花子"})
        assert response.status_code in (200, 409)
    for action in ("lookup:", "lookup:../..", "nonsense", "lookup:home"):
        assert applicant.send("subscriber", {"given": "花子"}, action=action).status_code == 200
    for number in ("\x00", "W26-000001-K\x00", "九" * 5000, "'"):
        opened = applicant.client.post("/status/", {"number": number, "passphrase": "\x00"})
        assert opened.status_code == 422
        assert (
            applicant.client.post("/apply/resume/", {"number": number, "passphrase": number}).status_code
            == 422
        )
