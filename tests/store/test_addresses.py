"""Where post goes: the resident record's address, the proxy's, the billing address (17.4, 25(2), 35.1)."""

from dataclasses import replace

import pytest

from inro.practice.stated import StatedAddress, StatedBilling, StatedPerson
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.address import PostalAddress, billing_address, home_address, proxy_address
from inro.usecases.actor import process
from inro.usecases.application import record_application
from tests import given

OFFICE = StatedAddress(
    postal_code="530-0099", prefecture="大阪府", city="架空市", street="北町４番５号", building="見本ビル６階"
)
OFFICE_LINES = ("大阪府架空市北町４番５号", "見本ビル６階")


def stated(**further) -> ApplicationId:
    return record_application(
        form=replace(given.FORM, **further),
        edition=given.EDITION,
        edition_sha256=given.EDITION_SHA256,
        actor=process("wizard"),
        now=given.NOW,
    )


def test_the_card_goes_to_the_legal_name_at_home(db):
    address = home_address(stated())
    assert (address.name, address.postal_code) == ("髙橋　花子", "100-0099")
    assert address.lines == ("東京都架空区見本町一丁目２番３号",)


def test_a_proxy_has_an_address_of_its_own(db):
    assert proxy_address(stated()) is None
    proxy = proxy_address(stated(proxy=StatedPerson(name="代理　次郎", home=OFFICE)))
    assert proxy == PostalAddress(name="代理　次郎", postal_code="530-0099", lines=OFFICE_LINES)


def test_the_invoice_goes_to_the_billing_address_of_the_form(db):
    application = stated(
        billing=StatedBilling(name="経理部", organization="印籠商事株式会社", address=OFFICE)
    )
    address = billing_address(application)
    assert (address.organization, address.name) == ("印籠商事株式会社", "経理部")
    assert address.lines == OFFICE_LINES


def test_without_a_billing_address_the_invoice_goes_home(db):
    application = stated()
    assert billing_address(application) == home_address(application)


def test_an_application_that_is_not_there_has_no_address(db):
    with pytest.raises(Unknown):
        home_address(ApplicationId(4711))
