"""What a form states: its branches, what the certificate will show of it, its record (5.4, 8.2, 8.3)."""

from dataclasses import replace

import pytest

from inro.practice.content import ContentRefused
from inro.practice.stated import StatedForm
from tests.forms import AUTHORITY, ELSEWHERE, FORM, SOLE, WHOLE


@pytest.mark.parametrize("form", [FORM, WHOLE, SOLE], ids=["plain", "whole", "sole"])
def test_a_form_is_read_as_it_was_written(form):
    assert StatedForm.from_record(form.as_record()) == form


def test_what_is_empty_stands_in_no_record():
    record = FORM.as_record()
    assert not record.keys() & {"roman_home", "stay_ends", "authorities", "proxy", "billing", "contact"}
    assert "building" not in record["home"]
    assert WHOLE.as_record()["contact"] == {"telephone": "03-0000-0000", "email": "hanako@mihon.example"}


def test_a_sole_proprietor_has_neither_organization_nor_authority():
    with pytest.raises(ContentRefused) as refused:
        replace(SOLE, authorities=(AUTHORITY,))
    assert refused.value.clause == "5.4"
    with pytest.raises(ContentRefused) as refused:
        replace(SOLE, organization=FORM.organization)
    assert refused.value.clause == "8.2"
    with pytest.raises(ContentRefused):
        replace(FORM, organization=None)


def test_the_certificate_shows_the_printed_name_and_no_unconfirmed_number():
    stated = replace(FORM.organization, corporate_number="6010001999901")
    content = replace(WHOLE, organization=stated).content(subscriber_id="S1")
    assert content.name == "高橋　花子"
    assert content.organization.corporate_number is None
    assert content.organization.street == "北町４番５号"
    assert (content.authorities, content.address_romaji) == ((AUTHORITY,), WHOLE.roman_home)
    assert SOLE.content(subscriber_id="S1").organization is None


def test_an_address_is_read_on_an_envelope():
    assert ELSEWHERE.lines == ("北海道架空市北三条", "見本荘２")
    assert ELSEWHERE.text == "北海道架空市北三条　見本荘２"
    assert replace(ELSEWHERE, building="").lines == ("北海道架空市北三条",)


@pytest.mark.parametrize("record", [{"kind": "company_employee"}, {"unknown": 1}, {"kind": "nobody"}])
def test_a_record_of_another_shape_is_refused(record):
    with pytest.raises((KeyError, TypeError, ValueError)):
        StatedForm.from_record(record)
