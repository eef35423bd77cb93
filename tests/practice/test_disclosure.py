"""Disclosure and the refusal of correction (28, 40(4), 41, 44.2)."""

from dataclasses import replace
from datetime import date

import pytest

from inro.practice.disclosure import (
    CorrectionRefused,
    DisclosureBasis,
    DisclosureRefused,
    DisclosureRequest,
    DisclosureScope,
    check_correction,
    check_disclosure,
)
from tests.practice.figures import TERMS

ON = date(2027, 1, 15)
REQUEST = DisclosureRequest(
    basis=DisclosureBasis.SUBSCRIBER,
    written=True,
    identity_checked=True,
    name_on_form="旧姓 花子",
    name_in_certificate="旧姓 花子",
    order_issued_on=date(2027, 1, 10),
)
INFRINGED = replace(
    REQUEST,
    basis=DisclosureBasis.INFRINGED_PERSON,
    name_on_form="別人",
    order_issued_on=None,
)
OFFICIAL = DisclosureRequest(
    basis=DisclosureBasis.LAW_ENFORCEMENT,
    written=False,
    identity_checked=False,
    name_on_form="",
    name_in_certificate="旧姓 花子",
    legal_ground="刑事訴訟法197条2項",
)


@pytest.mark.parametrize("request_", [REQUEST, INFRINGED, OFFICIAL])
def test_a_complete_request_is_answered(request_):
    check_disclosure(request=request_, on=ON, terms=TERMS)


@pytest.mark.parametrize(
    ("request_", "problem", "clause"),
    [
        (replace(REQUEST, written=False), "not-written", "40(4)"),
        (replace(REQUEST, identity_checked=False), "identity-not-checked", "40(4)"),
        (replace(REQUEST, name_on_form="現姓 花子"), "other-name", "40(4)"),
        (replace(REQUEST, order_issued_on=None), "no-fee", "33"),
        (replace(REQUEST, order_issued_on=date(2026, 7, 14)), "order-expired", "33"),
        (replace(INFRINGED, identity_checked=False), "identity-not-checked", "40(4)"),
        (replace(OFFICIAL, legal_ground=" "), "no-legal-ground", "41"),
    ],
)
def test_an_incomplete_request_is_refused(request_, problem, clause):
    with pytest.raises(DisclosureRefused) as refusal:
        check_disclosure(request=request_, on=ON, terms=TERMS)
    assert (refusal.value.problem, refusal.value.clause) == (problem, clause)


def test_where_no_fee_is_asked_none_is_missing():
    free = replace(TERMS, disclosure_fee=0)
    check_disclosure(request=replace(REQUEST, order_issued_on=None), on=ON, terms=free)


def test_two_things_can_be_disclosed():
    assert {scope.value for scope in DisclosureScope} == {"form_and_enclosures", "certificate_content"}


def test_nothing_is_corrected_while_it_must_be_kept():
    with pytest.raises(CorrectionRefused) as refusal:
        check_correction(disposal_from=date(2037, 10, 1), on=date(2037, 9, 30))
    assert refusal.value.data == {"disposal_from": "2037-10-01", "clause": "28"}
    check_correction(disposal_from=date(2037, 10, 1), on=date(2037, 10, 1))
