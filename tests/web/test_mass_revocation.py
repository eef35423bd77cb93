"""The pages of a mass revocation: planned, rehearsed, signed for by two officers, given as a file (22.1)."""

import pytest

from inro.practice.mass_revocation import MassState
from inro.store.ids import CertificateId
from inro.store.models import AuditRow, Certificate, MassRevocation, RevocationCase
from inro.web.office import clock
from tests import given, posted
from tests.pki import material
from tests.web.applicant import text_of
from tests.web.conftest import office_over
from tests.web.given_officers import OfficersDesk, officers_of
from tests.web.installation import installation

COMPROMISED = "22.1(5)/compromised"


@pytest.fixture
def desk(db, settings, tmp_path, monkeypatch) -> OfficersDesk:
    """The office with three certificates in force, one of them with a revocation of its own."""
    monkeypatch.setattr(clock, "now", lambda: given.NOW)
    home = installation(tmp_path / "home")
    house = officers_of(home)
    (home / "room" / "ca.der").write_bytes(material.issuer().certificate)
    for _ in range(3):
        last = posted.issued(house)
    given.requested(CertificateId(Certificate.objects.get(application=last).pk))
    return OfficersDesk(house=house, visitor=office_over(settings, home))


def planned(desk, **fields) -> str:
    desk.sit("ishikawa")
    typed = {"everyone": "on", "ground": COMPROMISED} | fields
    answer = desk.visitor.post("/mass-revocations/new/", typed)
    assert answer.status_code == 302, text_of(answer)
    return answer.headers["Location"]


def test_from_the_plan_to_the_decision(desk):
    one = planned(desk)
    page = desk.visitor.get(one)
    text = text_of(page)
    for part in ("審査待ち", "この認証局のすべて", "個別の失効手続中", "セキュリティキーで一覧を承認する"):
        assert part in text
    before = AuditRow.objects.count()
    rehearsed = text_of(desk.visitor.post(f"{one}rehearse/"))
    assert "計画どおりの一覧" in rehearsed
    assert "2026-12" in rehearsed
    assert AuditRow.objects.count() == before + 1
    assert desk.visitor.post(f"{one}examine/", desk.signed(page, "ishikawa")).status_code == 302
    assert "data-challenge" not in desk.visitor.get(one).content.decode()
    desk.sit("nishimura")
    page = desk.visitor.get(one)
    assert "セキュリティキーで、すべての失効を決定する" in text_of(page)
    assert desk.visitor.post(f"{one}decide/", desk.signed(page, "nishimura")).status_code == 302
    assert MassRevocation.objects.get().state == MassState.DECIDED
    assert RevocationCase.objects.filter(mass__isnull=False, state="decided").count() == 2
    assert "失効処理中" in text_of(desk.visitor.get(one))
    lines = b"".join(desk.visitor.post(f"{one}list.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 2
    assert AuditRow.objects.latest("seq").kind == "revocation.mass_list_written"
    assert one.split("/")[-2] in text_of(desk.visitor.get("/mass-revocations/"))


def test_a_list_that_changed_is_rehearsed_as_another_and_not_signed(desk):
    one = planned(desk)
    page = desk.visitor.get(one)
    posted.issued(desk.house)
    assert "計画と異なる一覧" in text_of(desk.visitor.post(f"{one}rehearse/"))
    refused = desk.visitor.post(f"{one}examine/", desk.signed(page, "ishikawa"))
    assert refused.status_code == 422
    assert "計画のときの2件と、いまの条件での3件が一致しません" in text_of(refused)
    lines = b"".join(desk.visitor.post(f"{one}list.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 4
    assert desk.visitor.post(f"{one}drop/").status_code == 302
    assert MassRevocation.objects.get().state == MassState.DROPPED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"everyone": ""}, "対象を選ぶ条件を1つ以上"),
        ({"card_model": "virtual-1"}, "同時に指定できません"),
        ({"ground": ""}, "職権で一括して"),
        ({"everyone": "", "issued_from": "いつか"}, "発行日の初日を読み取れません"),
        (
            {"everyone": "", "organization": "株式会社ありません", "ground": "22.1(8)"},
            "条件に合う有効な証明書が",
        ),
        ({"everyone": "", "card_model": "virtual-1", "ground": "22.1(8)"}, "3件食い違います"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_beside_it(desk, fields, words):
    desk.sit("ishikawa")
    typed = {"everyone": "on", "ground": COMPROMISED} | fields
    answer = desk.visitor.post("/mass-revocations/new/", typed)
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_no_such_number_is_no_page(desk):
    desk.sit("ishikawa")
    assert desk.visitor.get("/mass-revocations/G26-000009-X/").status_code == 404
    refused = desk.visitor.post("/mass-revocations/discontinuation/", {"campaign": "K26-000001-X"})
    assert refused.status_code == 422
