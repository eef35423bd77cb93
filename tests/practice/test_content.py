"""What a certificate shows and what officers approve (5.4, 8.2, 8.3, 9.1)."""

import json
from datetime import UTC, datetime

import pytest

from inro.practice.approval import ApprovalContent, Purpose, certification, revocation
from inro.practice.content import (
    Authority,
    CertifiedContent,
    ContentRefused,
    Organization,
    RomanAddress,
)
from inro.practice.examination import ExaminationFindings
from inro.practice.validity import ValidityPeriod

ORGANIZATION = Organization(
    name="架空建設株式会社",
    prefecture="東京都",
    city="千代田区",
    street="架空１－２－３",
    corporate_number="1234567890123",
)
AUTHORITY = Authority(principal="架空建設株式会社 代表取締役 架空太郎", system="e-bidding", text="入札")
FULL = CertifiedContent(
    subscriber_id="S-1",
    name="架空 花子",
    name_romaji="KAKU HANAKO",
    address_romaji=RomanAddress(prefecture="Tokyo", city="Chiyoda-ku", street="Kaku 1-2-3"),
    organization=ORGANIZATION,
    authorities=(AUTHORITY,),
)
PLAIN = CertifiedContent(subscriber_id="S-2", name="架空 次郎", name_romaji="KAKU JIRO")


@pytest.mark.parametrize("content", [FULL, PLAIN])
def test_content_survives_as_a_record(content):
    record = json.loads(json.dumps(content.as_record()))
    assert CertifiedContent.from_record(record) == content


def test_a_sole_proprietors_record_names_no_organization():
    assert set(PLAIN.as_record()) == {"subscriber_id", "name", "name_romaji"}
    unconfirmed = Organization(name="架空組合", prefecture="東京都", city="港区", street="１")
    content = CertifiedContent(subscriber_id="S-3", name="架空", name_romaji="KAKU", organization=unconfirmed)
    assert "corporate_number" not in content.as_record()["organization"]


@pytest.mark.parametrize(
    ("changes", "field", "clause"),
    [
        ({"name": ""}, "name", "8.2"),
        ({"name_romaji": ""}, "name", "8.2"),
        ({"authorities": (AUTHORITY,)}, "authorities", "5.4"),
    ],
)
def test_content_against_the_terms_is_refused(changes, field, clause):
    facts = {"subscriber_id": "S-4", "name": "架空", "name_romaji": "KAKU"} | changes
    with pytest.raises(ContentRefused) as refusal:
        CertifiedContent(**facts)
    assert (refusal.value.field, refusal.value.clause) == (field, clause)


FOUND = ExaminationFindings(
    open_points=0,
    explanation_given=True,
    seals_affixed=True,
    applicant_consents=True,
    organization_consents=True,
    address_agrees=True,
    individual_number_visible=False,
)
APPROVAL = ApprovalContent(
    purpose=Purpose.ACCEPTANCE,
    case="A-1",
    decision="d-1",
    verdict="accepted",
    duty="acceptance",
    content=certification(content=PLAIN, period=ValidityPeriod.ONE_YEAR, findings=FOUND),
    follows="",
    profile_sha256="00",
    edition="2025-04-01",
    edition_sha256="11",
    roster_version=1,
    roster_sha256="22",
    examination_ended_at="2026-12-01T03:00:00+00:00",
    nonce="33",
    expires_at=datetime(2026, 12, 1, 4, tzinfo=UTC),
)


def test_an_approval_survives_as_a_record():
    record = json.loads(json.dumps(APPROVAL.as_record()))
    assert ApprovalContent.from_record(record) == APPROVAL
    assert record["content"]["period"] == "1y"


def test_an_approval_with_another_field_is_refused():
    with pytest.raises(ValueError, match="surplus"):
        ApprovalContent.from_record(APPROVAL.as_record() | {"surplus": 1})
    lacking = APPROVAL.as_record()
    del lacking["nonce"]
    with pytest.raises(KeyError):
        ApprovalContent.from_record(lacking)


def test_what_is_approved_of_a_revocation():
    approved = revocation(
        serial=b"\x01\xff", ground="21.1(3)/lost", requested_at=datetime(2026, 12, 1, 3, tzinfo=UTC)
    )
    assert approved == {
        "serial": "01ff",
        "ground": "21.1(3)/lost",
        "requested_at": "2026-12-01T03:00:00+00:00",
    }
