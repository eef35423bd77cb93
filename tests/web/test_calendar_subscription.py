"""A calendar by subscription: an address shown once, hashed, revocable, ended with the duties (40(7))."""

import re
from datetime import date

import pytest

from inro.practice.calendar import start_of_day
from inro.practice.calendar_address import token_sha256
from inro.store.models import AuditRow, CalendarAddress
from inro.web.office import clock
from tests import given, posted

PAGE = "/deadlines/calendar/"
OVERDUE = start_of_day(date(2026, 12, 25))


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: OVERDUE)


@pytest.fixture
def case(db) -> str:
    """A case whose slip is overdue."""
    made = posted.issued(given.office())
    posted.to_subscriber(made)
    return posted.number_of(made)


def made(clerk) -> str:
    """Make an address and return it, without scheme and host."""
    page = clerk.post(PAGE, {"do": "make"}).content.decode()
    [address] = re.findall(r"http://testserver(/deadlines/calendar/[\w-]+\.ics)", page)
    return address


def as_person(visitor, person: str):
    visitor.post("/desk/", {"person": person})
    return visitor


def lines(answer) -> list[str]:
    assert answer.status_code == 200
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def test_it_is_read_without_signing_in_and_names_no_case_and_no_person(office, case):
    address = made(as_person(office, "ueno"))
    office.cookies.clear()
    found = lines(office.get(address))
    assert found[0] == "BEGIN:VCALENDAR"
    assert "SUMMARY:【期限超過】受領書の督促 1件" in found
    assert "DTSTART;VALUE=DATE:20261225" in found
    assert "URL:http://testserver/deadlines/" in found
    everything = "\n".join(found)
    assert case not in everything
    assert given.FORM.legal_name not in everything


def test_only_what_the_persons_duties_owe_stands_in_it(office, case):
    address = made(as_person(office, "mori"))
    assert not [line for line in lines(office.get(address)) if line.startswith("SUMMARY")]


def test_the_secret_is_shown_once_and_kept_as_a_hash(office, case):
    clerk = as_person(office, "ueno")
    address = made(clerk)
    token = address.removeprefix(PAGE).removesuffix(".ics")
    assert len(token) >= 43
    row = CalendarAddress.objects.get()
    assert row.token_sha256 == token_sha256(token)
    assert token not in clerk.get(PAGE).content.decode()
    assert not AuditRow.objects.filter(details__contains=token).exists()
    assert AuditRow.objects.latest("seq").kind == "house.calendar_address_made"


def test_another_ends_the_first_and_revoked_there_is_none(office, case):
    clerk = as_person(office, "ueno")
    first = made(clerk)
    second = made(clerk)
    assert clerk.get(first).status_code == 404
    assert clerk.get(second).status_code == 200
    assert clerk.post(PAGE, {"do": "revoke"}).status_code == 302
    assert clerk.get(second).status_code == 404
    assert clerk.post(PAGE, {"do": "revoke"}).status_code == 409
    assert clerk.get(f"{PAGE}{'x' * 43}.ics").status_code == 404


def test_it_ends_with_the_account(office, case):
    address = made(as_person(office, "ueno"))
    CalendarAddress.objects.update(person="gone")
    assert office.get(address).status_code == 404
