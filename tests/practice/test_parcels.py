"""Parcels, their contents and their numbers (17.4, 18.1, 18.3, 19.1, 24.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inro.practice.parcels import (
    Address,
    Content,
    Mail,
    Scanned,
    WrongContents,
    WrongTrackingNumber,
    check_packing,
    parcel_plans,
    tracking_number,
)

(SELF,) = parcel_plans(proxy=False)
CARD_PARCEL, PIN_LETTER = parcel_plans(proxy=True)


def scans(*contents, application="A-1"):
    return [Scanned(content=content, application=application) for content in contents]


def test_the_subscriber_gets_everything_in_one_restricted_parcel():
    assert (SELF.mail, SELF.address) == (Mail.RESTRICTED_DELIVERY, Address.SUBSCRIBER_RESIDENT_RECORD)
    assert SELF.contents == {Content.CARD, Content.PIN_MAILER, Content.RECEIPT_SLIP}


def test_the_proxy_gets_the_card_and_never_the_pin():
    assert (CARD_PARCEL.mail, CARD_PARCEL.address) == (
        Mail.RESTRICTED_DELIVERY,
        Address.PROXY_SEAL_CERTIFICATE,
    )
    assert CARD_PARCEL.contents == {Content.CARD, Content.RECEIPT_SLIP, Content.HAND_OVER_UNOPENED}
    assert (PIN_LETTER.mail, PIN_LETTER.address) == (
        Mail.SIMPLIFIED_REGISTERED,
        Address.SUBSCRIBER_RESIDENT_RECORD,
    )
    assert PIN_LETTER.contents == {Content.PIN_MAILER}


def test_a_parcel_with_exactly_its_contents_is_closed():
    check_packing(plan=SELF, scanned=scans(Content.RECEIPT_SLIP, Content.CARD, Content.PIN_MAILER))
    check_packing(plan=PIN_LETTER, scanned=scans(Content.PIN_MAILER))


@pytest.mark.parametrize(
    ("scanned", "missing", "surplus"),
    [
        (scans(Content.CARD, Content.RECEIPT_SLIP), {Content.HAND_OVER_UNOPENED}, ()),
        (scans(*CARD_PARCEL.contents, Content.PIN_MAILER), set(), (Content.PIN_MAILER,)),
        (scans(*CARD_PARCEL.contents, Content.CARD), set(), (Content.CARD,)),
        ([], CARD_PARCEL.contents, ()),
    ],
)
def test_too_little_or_too_much_keeps_a_parcel_open(scanned, missing, surplus):
    with pytest.raises(WrongContents) as refusal:
        check_packing(plan=CARD_PARCEL, scanned=scanned)
    assert (refusal.value.missing, refusal.value.surplus) == (missing, surplus)


def test_two_applications_in_one_parcel_keep_it_open():
    mixed = scans(Content.CARD, Content.RECEIPT_SLIP) + scans(Content.PIN_MAILER, application="A-2")
    with pytest.raises(WrongContents) as refusal:
        check_packing(plan=SELF, scanned=mixed)
    assert refusal.value.applications == {"A-1", "A-2"}
    assert refusal.value.data["missing"] == []


def test_a_published_number_and_one_of_the_other_kind():
    assert tracking_number("313-12-38385-2", mail=Mail.SIMPLIFIED_REGISTERED) == "31312383852"
    assert tracking_number("131-12-38385-2", mail=Mail.RESTRICTED_DELIVERY) == "13112383852"


@given(st.sampled_from("17"), st.integers(min_value=0, max_value=10**9 - 1), st.integers(0, 9))
def test_one_check_digit_in_ten_is_right(kind, serial, digit):
    first = f"{kind}{serial:09d}"
    number = f"{first}{digit}"
    if int(first) % 7 == digit:
        assert tracking_number(number, mail=Mail.RESTRICTED_DELIVERY) == number
        return
    with pytest.raises(WrongTrackingNumber) as refusal:
        tracking_number(number, mail=Mail.RESTRICTED_DELIVERY)
    assert refusal.value.problem == "check-digit"


@pytest.mark.parametrize(
    ("number", "mail", "problem"),
    [
        ("131-12-38385-2", Mail.SIMPLIFIED_REGISTERED, "kind"),
        ("1311238385", Mail.RESTRICTED_DELIVERY, "format"),
        ("1-3112383852", Mail.RESTRICTED_DELIVERY, "format"),
        ("１３１１２３８３８５２", Mail.RESTRICTED_DELIVERY, "format"),
        ("13112383852\n", Mail.RESTRICTED_DELIVERY, "format"),
    ],
)
def test_other_numbers_are_refused(number, mail, problem):
    with pytest.raises(WrongTrackingNumber) as refusal:
        tracking_number(number, mail=mail)
    assert (refusal.value.number, refusal.value.problem) == (number, problem)
