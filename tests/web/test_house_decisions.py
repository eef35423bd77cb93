"""A changed policy, the next roster, a disclosure to an authority: each is signed for (9.1, 41, 44.2)."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from inro.configuration.installation import load_installation
from inro.configuration.policy import load_policy
from inro.practice.duties import DutyPeriod
from inro.practice.events import EventKind
from inro.store.decisions_verify import signed_rosters, verify_decisions
from inro.store.models import AuditRow, Decision, InstalledRoster, LegalDisclosure
from inro.usecases.application import find
from inro.usecases.policy import PolicyUnconfirmed, check_policy
from inro.usecases.roster import RosterNotReleased
from inro.web.office import clock
from inro.web.office.house import OfficeHouse
from tests import given
from tests.pki import material
from tests.web import given_officers
from tests.web.conftest import office_over
from tests.web.given_officers import OfficersDesk, install, leave_roster, next_roster, officers_of
from tests.web.installation import POLICY, installation

_SIGNED = (
    *("verdict", "duty", "person", "credential_id"),
    *("authenticator_data", "client_data_json", "signature"),
)
KEY = material.public_key_info("roster")
ASKED = {
    "authority": "架空県警察本部",
    "ground": "刑事訴訟法197条2項",
    "reference": "令和8年12月1日付 架捜第12号",
    "asked_on": "R8.12.1",
    "scope": ["certificate_content"],
}


@pytest.fixture
def home(db, tmp_path):
    return installation(tmp_path / "home")


@pytest.fixture
def desk(home, settings, monkeypatch) -> OfficersDesk:
    monkeypatch.setattr(clock, "now", lambda: given.NOW)
    return OfficersDesk(house=officers_of(home), visitor=office_over(settings, home))


def change_policy(settings, home, tmp_path) -> str:
    """Let the operator change a checklist; return the new policy's hash."""
    folder = tmp_path / "changed"
    shutil.copytree(POLICY, folder)
    file = folder / "checklists" / "application.toml"
    file.write_text(file.read_text("utf-8") + "\n# corrected\n", "utf-8")
    policy = load_policy(folder)
    settings.HOUSE = OfficeHouse(installation=load_installation(home), policy=policy)
    return policy.sha256


def in_force(sha256: str) -> None:
    check_policy(sha256=sha256, rosters=signed_rosters(connection.connection, roster_key=KEY))


def standing() -> tuple[int, int]:
    verdict = verify_decisions(connection.connection, roster_key=KEY)
    return verdict.standing, len(verdict.findings)


def test_a_changed_policy_stops_every_decision_until_an_officer_signs(desk, settings, home, tmp_path):
    application = given_officers.examined(desk.house)
    changed = change_policy(settings, home, tmp_path)
    desk.sit("nishimura")
    refused = desk.visitor.get(f"/cases/{find(application).number}/decision/")
    assert (refused.status_code, "ポリシー（policy）が変更されています" in refused.content.decode()) == (
        422,
        True,
    )
    assert "data-challenge" not in refused.content.decode()
    assert desk.visitor.get("/policy/").status_code == 403
    desk.sit("hayama")
    page = desk.visitor.get("/policy/")
    assert "checklists/application.toml" in page.content.decode()
    before = standing()
    assert desk.visitor.post("/policy/sign/", desk.signed(page, "hayama")).status_code == 302
    in_force(changed)
    assert standing() == (before[0] + 1, 0)
    row = AuditRow.objects.filter(kind=EventKind.CONFIGURATION_CHANGED).order_by("-seq")[0]
    assert json.loads(row.details)["sha256"] == changed
    desk.sit("nishimura")
    assert desk.visitor.get(f"/cases/{find(application).number}/decision/").status_code == 200


def test_what_was_signed_for_one_policy_serves_no_other_and_not_twice(desk, settings, home, tmp_path):
    change_policy(settings, home, tmp_path)
    desk.sit("hayama")
    signed = desk.signed(desk.visitor.get("/policy/"), "hayama")
    settings.HOUSE = OfficeHouse(installation=load_installation(home), policy=load_policy(POLICY))
    assert desk.visitor.post("/policy/sign/", signed).status_code == 422
    stranger = change_policy(settings, home, tmp_path / "again")
    assert desk.visitor.post("/policy/sign/", signed).status_code == 302
    assert desk.visitor.post("/policy/sign/", signed).status_code == 422
    assert Decision.objects.filter(purpose="policy-change").count() == 1
    in_force(stranger)


def test_a_key_without_the_duty_confirms_no_policy(desk, settings, home, tmp_path):
    changed = change_policy(settings, home, tmp_path)
    desk.sit("hayama")
    signed = desk.signed(desk.visitor.get("/policy/"), "nishimura")
    assert desk.visitor.post("/policy/sign/", signed).status_code == 422
    with pytest.raises(PolicyUnconfirmed):
        in_force(changed)


def test_a_row_that_nobody_signed_puts_no_policy_in_force(desk, settings, home, tmp_path):
    application = given_officers.examined(desk.house)
    changed = change_policy(settings, home, tmp_path)
    genuine = Decision.objects.order_by("id").first()
    content = json.dumps({"content": {"sha256": changed, "files": {}}}).encode()
    forged = {"purpose": "policy-change", "application": None, "content": content, "challenge": bytes(32)}
    forged |= {"decision": "forged", "assertion_sha256": "ab" * 32}
    Decision.objects.create(
        **{name: getattr(genuine, name) for name in _SIGNED} | forged | {"decided_at": given.NOW}
    )
    with pytest.raises(PolicyUnconfirmed):
        in_force(changed)
    desk.sit("nishimura")
    assert desk.visitor.get(f"/cases/{find(application).number}/decision/").status_code == 422


def test_the_next_roster_waits_for_an_officer_of_the_present_one(desk, home):
    application = given_officers.examined(desk.house)
    following = next_roster(desk.house, home)
    with pytest.raises(RosterNotReleased):
        install(following, now=given.NOW)
    desk.sit("nishimura")
    stopped = desk.visitor.get(f"/cases/{find(application).number}/decision/")
    assert "担当者名簿 第2版はまだ承認されていません" in stopped.content.decode()
    desk.sit("hayama")
    page = desk.visitor.get("/roster/")
    assert "2026/12/01" in page.content.decode()
    assert desk.visitor.post("/roster/sign/", desk.signed(page, "hayama")).status_code == 302
    assert InstalledRoster.objects.get(version=2).sha256 == following.sha256
    assert standing()[1] == 0
    assert "data-challenge" not in desk.visitor.get("/roster/").content.decode()


def test_an_officer_who_is_on_the_next_roster_alone_does_not_release_it(desk, home):
    roster = desk.house.officers.roster
    intruder = replace(
        roster.officers[0],
        person="intruder",
        credentials=(desk.house.authenticator.make_credential("intruder"),),
        duties=tuple(
            DutyPeriod(duty=period.duty, first_day=period.first_day)
            for officer in roster.officers
            if officer.person == "hayama"
            for period in officer.duties
        ),
    )
    following = replace(roster, version=2, officers=(*roster.officers, intruder))
    leave_roster(home, following)
    desk.sit("hayama")
    page = desk.visitor.get("/roster/")
    mine = replace(desk, house=replace(desk.house, officers=replace(desk.house.officers, roster=following)))
    assert desk.visitor.post("/roster/sign/", mine.signed(page, "intruder")).status_code == 422
    assert not InstalledRoster.objects.filter(version=2).exists()


def test_after_the_last_roster_ran_out_the_ceremony_alone_brings_the_next(desk, home):
    later = given.NOW.replace(year=2061)
    following = next_roster(desk.house, home, valid_until=date(2070, 12, 31))
    install(following, now=later)
    assert InstalledRoster.objects.filter(version=2).exists()


def test_a_disclosure_to_an_authority_is_signed_for_and_in_the_register(desk):
    application = given_officers.examined(desk.house)
    address = f"/cases/{find(application).number}/disclosure/authority/"
    desk.sit("shimada")
    asked = desk.visitor.post(address, ASKED)
    assert "刑事訴訟法197条2項" in asked.content.decode()
    assert not LegalDisclosure.objects.exists()
    assert desk.visitor.post(f"{address}sign/", desk.signed(asked, "shimada")).status_code == 302
    made = LegalDisclosure.objects.get()
    assert (made.authority, made.made_by, made.scope) == (
        "架空県警察本部",
        "shimada",
        ["certificate_content"],
    )
    assert standing()[1] == 0
    row = AuditRow.objects.get(kind=EventKind.LEGAL_DISCLOSURE_MADE)
    assert "架空県警察本部" not in row.details
    assert "架空県警察本部" in desk.visitor.get("/disclosures/").content.decode()
    desk.sit("inoue")
    assert "架空県警察本部" in desk.visitor.get("/disclosures/").content.decode()


@pytest.mark.parametrize("field", ["authority", "ground", "reference", "asked_on", "scope"])
def test_without_ground_or_paper_nobody_is_asked_to_sign(desk, field):
    application = given_officers.examined(desk.house)
    desk.sit("shimada")
    answer = desk.visitor.post(
        f"/cases/{find(application).number}/disclosure/authority/", ASKED | {field: []}
    )
    assert (answer.status_code, f'href="#{field}"' in answer.content.decode()) == (422, True)
    assert "data-challenge" not in answer.content.decode()


def test_what_was_signed_for_one_case_serves_no_other_and_no_other_page(desk):
    one, other = given_officers.examined(desk.house), given_officers.examined(desk.house)
    desk.sit("shimada")
    signed = desk.signed(
        desk.visitor.post(f"/cases/{find(one).number}/disclosure/authority/", ASKED), "shimada"
    )
    elsewhere = f"/cases/{find(other).number}/disclosure/authority/sign/"
    assert desk.visitor.post(elsewhere, signed).status_code == 422
    assert desk.visitor.post(f"/cases/{find(one).number}/sign/", signed).status_code in {403, 422}
    assert not LegalDisclosure.objects.exists()
