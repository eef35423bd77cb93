"""The CA's own certificates on record: once each, by a key of this CA, ended by what can end one (22.1)."""

import pytest

from inro.pki.issuer import tbs_parts
from inro.practice.certificate import CertificateState, NoCaCertificate
from inro.practice.events import EventKind
from inro.practice.revocation import RequestRefused
from inro.practice.transitions import GuardRefused
from inro.store.models import AuditRow, Certificate
from inro.store.reads.certificate import ca_certificate_records
from inro.store.reads.revocation import revocation_case
from inro.store.reads.revocation_board import count_by_invoker, open_revocations_of_ca
from inro.store.states import Scope
from inro.usecases.actor import DutyMissing
from inro.usecases.ca_certificate import enter_ca_certificate
from inro.usecases.revocation import record_revocation_request
from tests import given
from tests.pki.material import issuer, key
from tests.pki.test_ca_certificates import BRIDGE, issued, ours


@pytest.fixture
def house(db):
    return given.office()


def enter(certificate: bytes, *, by=given.CUSTODIAN):
    return enter_ca_certificate(
        certificate=certificate,
        issuer=issuer(),
        profile_sha256=given.PROFILE_SHA256,
        actor=by,
        now=given.NOW,
    )


def test_a_certificate_is_entered_once_with_the_generation_of_its_key(house):
    new_with_old = issued(by=ours(), signed_with=key("ca"), to=ours(), about=key("next"))
    old_with_new = issued(by=ours(), signed_with=key("next"), to=ours(), about=key("ca"))
    to_bridge = issued(by=ours(), signed_with=key("next"), to=BRIDGE, about=key("bridge"))
    for certificate in (issuer().certificate, new_with_old, old_with_new, to_bridge):
        assert enter(certificate) is not None
        assert enter(certificate) is None
    found = {one.der: one.generation for one in ca_certificate_records()}
    assert found == {issuer().certificate: 1, new_with_old: 2, old_with_new: 1, to_bridge: 2}
    assert AuditRow.objects.filter(kind=EventKind.CEREMONY_HELD).count() == 4
    [own] = [one for one in ca_certificate_records() if one.der == issuer().certificate]
    assert (own.scope, own.not_after, own.state) == (Scope.CA, issuer().not_after, CertificateState.VALID)


def test_what_is_not_the_cas_is_not_entered_nor_by_anybody(house):
    stranger = issued(by=ours(), signed_with=key("stranger"), to=ours(), about=key("stranger"))
    for certificate in (stranger, b"none"):
        with pytest.raises(NoCaCertificate):
            enter(certificate)
    with pytest.raises(DutyMissing):
        enter(issuer().certificate, by=given.DESK)
    assert not Certificate.objects.exists()
    assert tbs_parts(stranger).issuer == issuer().name


@pytest.mark.parametrize("ground", ["18.7", "22.1(1)", "22.1(2)/compromised", "35.3", "46", "21.1(9)"])
def test_what_ends_a_subscribers_certificate_ends_none_of_the_cas(house, ground):
    made = enter(issuer().certificate)
    with pytest.raises((GuardRefused, RequestRefused)):
        given.requested(made, ground_id=ground)
    assert open_revocations_of_ca() == ()


def test_a_case_of_the_cas_is_listed_apart(house):
    made = enter(issuer().certificate)
    case = record_revocation_request(
        certificate=made,
        ground="22.1(5)/compromised",
        paper=None,
        requested_at=given.NOW,
        note="鍵の漏えい",
        actor=given.EXAMINER,
        now=given.NOW,
    )
    [one] = open_revocations_of_ca()
    assert one == revocation_case(case)
    assert not any(count_by_invoker().values())
