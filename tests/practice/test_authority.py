"""What an authority may say, and the text it is encoded as (5.4, 8.2)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from inro.pki.names import authority_text, name_problems
from inro.practice.authority import AuthorityFault, authority_faults, last_certain_day, representative
from inro.practice.content import Authority, CertifiedContent, ContentRefused
from inro.practice.stated import StatedForm
from tests.forms import AUTHORITY, FORM, SOLE, WHOLE

RECEIVED = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
LIMITED = replace(AUTHORITY, limit="架空市の案件に限る", ends_on=date(2027, 3, 31))


def faults(*authorities: Authority, most_systems: int = 1):
    form = replace(FORM, authorities=authorities)
    return authority_faults(form, most_systems=most_systems, received_at=RECEIVED)


def test_the_representatives_own_authority_of_one_system_is_registered():
    assert representative(FORM) == AUTHORITY.principal
    assert faults(AUTHORITY, replace(AUTHORITY, text="契約に関する一切の権限"), LIMITED) == ()
    assert authority_faults(SOLE, most_systems=1, received_at=RECEIVED) == ()
    assert representative(SOLE) == ""


def test_a_second_system_needs_the_operators_policy():
    other = replace(AUTHORITY, system="電子申請")
    assert faults(AUTHORITY, other) == (AuthorityFault.TOO_MANY_SYSTEMS,)
    assert faults(AUTHORITY, other, most_systems=2) == ()


def test_nobody_but_the_representative_gives_one():
    assert faults(replace(AUTHORITY, principal="部長　見本　次郎")) == (
        AuthorityFault.NOT_THE_REPRESENTATIVE,
    )


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (date(2027, 12, 31), ()),
        (date(2028, 1, 1), (AuthorityFault.OUTLASTS_CERTIFICATE,)),
        (date(2026, 12, 2), ()),
        (date(2026, 12, 1), (AuthorityFault.OVER_BEFORE_ISSUE,)),
    ],
)
def test_it_ends_with_the_certificate_at_the_latest(ends_on, expected):
    assert last_certain_day(FORM, received_at=RECEIVED) == date(2027, 12, 31)
    assert faults(replace(AUTHORITY, ends_on=ends_on)) == expected


def test_a_sole_proprietor_has_none():
    with pytest.raises(ContentRefused):
        replace(SOLE, authorities=(AUTHORITY,))


def test_limit_and_last_day_come_back_and_are_left_out_where_there_is_none():
    form = replace(WHOLE, authorities=(AUTHORITY, LIMITED))
    assert StatedForm.from_record(form.as_record()) == form
    content = form.content(subscriber_id="S1")
    assert CertifiedContent.from_record(content.as_record()) == content
    plain, limited = content.as_record()["authorities"]
    assert set(plain) == {"principal", "system", "text"}
    assert limited["ends_on"] == "2027-03-31"


def test_the_encoded_text_holds_all_parts_in_characters_a_certificate_may_show():
    assert authority_text(LIMITED) == (
        "［委任者］代表取締役　見本　太郎［対象］電子入札［期限］２０２７年３月３１日"
        "［制限］架空市の案件に限る［権限］入札に関する一切の権限"
    )
    assert authority_text(AUTHORITY) == (
        "［委任者］代表取締役　見本　太郎［対象］電子入札［権限］入札に関する一切の権限"
    )
    assert list(name_problems(replace(WHOLE, authorities=(LIMITED,)).content(subscriber_id="S1"))) == []


def test_brackets_in_a_limit_would_blur_the_parts():
    blurred = replace(AUTHORITY, limit="［権限］")
    with pytest.raises(ValueError, match="brackets"):
        authority_text(blurred)
    content = replace(WHOLE, authorities=(blurred,)).content(subscriber_id="S1")
    assert ("authorities", "brackets in principal, system or limit", "5.4") in list(name_problems(content))
