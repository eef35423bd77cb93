"""Decisions at the desk: the page asks over what it shows, and takes no other answer (9.1, 9.2, 16, 17.1)."""

from dataclasses import replace

import pytest

from inro.practice.application import ApplicationState
from inro.practice.checklist import Verdict
from inro.store.audit import chain_end
from inro.store.ids import ApplicationId
from inro.store.models import Application, Decision, IssuanceOrder
from inro.store.reads.examination import examination_result
from inro.usecases.application import find
from inro.web.office import clock
from tests import given
from tests.forms import SOLE
from tests.usecases.given_checklist import examining, judge, judge_all
from tests.web import given_officers
from tests.web.conftest import office_over
from tests.web.given_officers import OfficersDesk, officers_of
from tests.web.installation import installation


@pytest.fixture
def desk(db, settings, tmp_path, monkeypatch) -> OfficersDesk:
    monkeypatch.setattr(clock, "now", lambda: given.NOW)
    home = installation(tmp_path / "home")
    house = officers_of(home)
    return OfficersDesk(house=house, visitor=office_over(settings, home))


@pytest.fixture
def examined(desk) -> ApplicationId:
    return given_officers.examined(desk.house)


def address(application: ApplicationId, rest: str) -> str:
    return f"/cases/{find(application).number}/{rest}"


def state(application: ApplicationId) -> ApplicationState:
    return ApplicationState(find(application).state)


def accept(desk: OfficersDesk, application: ApplicationId):
    desk.sit("nishimura")
    form = desk.signed(desk.visitor.get(address(application, "decision/")), "nishimura")
    return desk.visitor.post(address(application, "sign/"), form)


def test_an_application_is_accepted_and_its_issuing_approved_by_another(desk, examined):
    assert accept(desk, examined).status_code == 302
    assert state(examined) is ApplicationState.ACCEPTED
    assert not IssuanceOrder.objects.exists()
    desk.sit("hayama")
    form = desk.signed(desk.visitor.get(address(examined, "issuance/")), "hayama")
    assert desk.visitor.post(address(examined, "sign/"), form).status_code == 302
    assert IssuanceOrder.objects.get().application_id == examined
    assert list(Decision.objects.order_by("id").values_list("person", flat=True)) == [
        "p-exam",
        "nishimura",
        "hayama",
    ]


def test_the_page_shows_every_value_that_is_signed(desk, examined):
    desk.sit("nishimura")
    page = desk.visitor.get(address(examined, "decision/")).content.decode()
    content = given.CONTENT
    for value in (content.name, content.name_romaji, content.organization.name, content.authorities[0].text):
        assert value in page
    assert "11,000" in page


def test_a_reason_is_signed_with_the_rejection(desk, examined):
    desk.sit("nishimura")
    asked = desk.visitor.post(address(examined, "decision/rejection/"), {"reason": "印影が登録印と異なる"})
    assert "印影が登録印と異なる" in asked.content.decode()
    answer = desk.visitor.post(address(examined, "sign/"), desk.signed(asked, "nishimura"))
    assert answer.status_code == 302
    assert state(examined) is ApplicationState.REJECTED
    assert "印影が登録印と異なる" in bytes(Decision.objects.get(purpose="rejection").content).decode()


def test_a_rejection_without_a_reason_is_asked_for_one(desk, examined):
    desk.sit("nishimura")
    answer = desk.visitor.post(address(examined, "decision/rejection/"), {"reason": "  "})
    assert answer.status_code == 422
    assert "理由を書いてください" in answer.content.decode()


def test_a_case_is_sent_back(desk, examined):
    desk.sit("nishimura")
    assert desk.visitor.post(address(examined, "decision/return/")).status_code == 302
    assert state(examined) is ApplicationState.EXAMINING


def test_content_that_changed_after_it_was_shown_is_not_accepted(desk, examined):
    desk.sit("nishimura")
    form = desk.signed(desk.visitor.get(address(examined, "decision/")), "nishimura")
    other = Application.objects.get(pk=examined).content | {"name_romaji": "SATO HANAKO"}
    Application.objects.filter(pk=examined).update(content=other)
    before = chain_end()
    answer = desk.visitor.post(address(examined, "sign/"), form)
    assert answer.status_code == 422
    assert "開き直して" in answer.content.decode()
    assert (chain_end(), state(examined)) == (before, ApplicationState.EXAMINED)


def test_an_answer_serves_its_person_and_its_case_alone(desk, examined):
    other = given_officers.examined(desk.house)
    desk.sit("nishimura")
    form = desk.signed(desk.visitor.get(address(examined, "decision/")), "nishimura")
    before = chain_end()
    assert desk.visitor.post(address(other, "sign/"), form).status_code == 422
    desk.sit("hayama")
    assert desk.visitor.post(address(examined, "sign/"), form).status_code == 422
    assert chain_end() == before


@pytest.mark.parametrize("spoilt", ["offer", "signature", "client_data_json", "credential_id"])
def test_a_spoilt_answer_records_nothing(desk, examined, spoilt):
    desk.sit("nishimura")
    form = desk.signed(desk.visitor.get(address(examined, "decision/")), "nishimura")
    before = chain_end()
    for value in ("", "AAAA", form[spoilt][::-1]):
        answer = desk.visitor.post(address(examined, "sign/"), form | {spoilt: value})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert chain_end() == before


def test_another_officers_key_does_not_sign_for_who_is_at_the_desk(desk, examined):
    desk.sit("nishimura")
    form = desk.signed(desk.visitor.get(address(examined, "decision/")), "hayama")
    assert desk.visitor.post(address(examined, "sign/"), form).status_code == 422
    assert state(examined) is ApplicationState.EXAMINED


def test_an_answer_serves_once(desk, examined):
    desk.sit("nishimura")
    form = desk.signed(desk.visitor.get(address(examined, "decision/")), "nishimura")
    assert desk.visitor.post(address(examined, "sign/"), form).status_code == 302
    before = chain_end()
    assert desk.visitor.post(address(examined, "sign/"), form).status_code == 422
    assert chain_end() == before


def test_what_keeps_from_accepting_is_said_in_words_and_no_challenge_is_made(desk):
    flawed = given_officers.examined(desk.house, findings=replace(given.FINDINGS, seals_affixed=False))
    desk.sit("nishimura")
    page = desk.visitor.get(address(flawed, "decision/")).content.decode()
    assert "申込書に必要な押印がある" in page
    assert "data-challenge" not in page


def test_whoever_examined_is_told_why_another_decides(desk):
    application = given.examining()
    given.conclude(desk.house, application)
    Application.objects.filter(pk=application).update(examiner="nishimura")
    desk.sit("nishimura")
    page = desk.visitor.get(address(application, "decision/")).content.decode()
    assert "審査した人と別の人が決定する" in page


def test_nothing_is_decided_in_another_state(desk):
    application = given.examining()
    desk.sit("nishimura")
    assert desk.visitor.get(address(application, "decision/")).status_code == 409
    desk.sit("hayama")
    page = desk.visitor.get(address(application, "issuance/"), {"purpose": "issuance"})
    assert page.status_code == 409


@pytest.mark.parametrize("page", ["decision/", "issuance/", "approvals/acceptance/"])
def test_without_the_duty_no_page_opens(desk, examined, page):
    desk.sit("mori")
    assert desk.visitor.get(address(examined, page)).status_code == 403


def test_an_approval_is_given_anew_before_the_card_is_made(desk, examined):
    accept(desk, examined)
    form = desk.signed(desk.visitor.get(address(examined, "approvals/acceptance/")), "nishimura")
    assert desk.visitor.post(address(examined, "sign/"), form).status_code == 302
    assert Decision.objects.filter(purpose="acceptance").count() == 2
    assert desk.visitor.get(address(examined, "approvals/rejection/")).status_code == 404


def test_without_a_roster_the_page_says_so(desk, examined, tmp_path):
    (tmp_path / "home" / "room" / "roster.sig").unlink()
    desk.sit("nishimura")
    answer = desk.visitor.get(address(examined, "decision/"))
    assert answer.status_code == 422
    assert "roster.sig" in answer.content.decode()


def test_a_roster_nobody_signed_gives_nobody_a_key(desk, examined, tmp_path):
    file = tmp_path / "home" / "room" / "roster.json"
    file.write_bytes(file.read_bytes().replace(b"nishimura", b"nishimurb"))
    desk.sit("nishimura")
    answer = desk.visitor.get(address(examined, "decision/"))
    assert answer.status_code == 422
    assert "data-challenge" not in answer.content.decode()


def conclude(desk: OfficersDesk, application: ApplicationId):
    desk.sit("ishikawa")
    return desk.visitor.get(address(application, "examination/conclude/"))


def test_an_examination_is_concluded_over_what_its_checklist_came_to(desk):
    application = examining(SOLE)
    judge_all(application)
    form = desk.signed(conclude(desk, application), "ishikawa")
    assert desk.visitor.post(address(application, "sign/"), form).status_code == 302
    row, result = find(application), examination_result(application)
    assert (state(application), row.content) == (ApplicationState.EXAMINED, result.content.as_record())
    assert row.findings == result.findings.as_record()


def test_what_is_open_keeps_an_examination_from_being_concluded(desk):
    application = examining(SOLE)
    judge_all(application, seal_certificate_issued=Verdict.HELD)
    page = conclude(desk, application).content.decode()
    assert "data-challenge" not in page
    assert "保留" in page


def test_a_verdict_given_after_the_page_was_shown_is_seen(desk):
    application = examining(SOLE)
    judge_all(application)
    form = desk.signed(conclude(desk, application), "ishikawa")
    first = examination_result(application).items[0].item
    judge(application, first, Verdict.HELD)
    before = chain_end()
    answer = desk.visitor.post(address(application, "sign/"), form)
    assert answer.status_code == 422
    assert (chain_end(), state(application)) == (before, ApplicationState.EXAMINING)
