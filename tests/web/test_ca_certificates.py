"""The CA's own certificates at the revocation desk: list, case, two officers, never out of date (22.1(5))."""

import pytest

from inro.pki.crl import encode_entry
from inro.pki.issuer import issuer_of
from inro.store.models import Certificate, RevocationCase
from inro.store.states import RevocationState
from inro.usecases.ca_certificate import enter_ca_certificate
from inro.usecases.revocation import record_revocation
from tests import given
from tests.pki import material
from tests.web.test_revocation_desk import RevocationDesk, at, here, told

__all__ = ["at", "here"]
SERIAL = material.serial("ca").to_bytes(20).hex()
PATH = f"/revocations/ca/{SERIAL}/"


@pytest.fixture
def own(here) -> RevocationDesk:
    certificate = material.issuer().certificate
    enter_ca_certificate(
        certificate=certificate,
        issuer=issuer_of(certificate),
        profile_sha256=given.PROFILE_SHA256,
        actor=given.CUSTODIAN,
        now=given.NOW,
    )
    return here


def signed(desk: RevocationDesk, person: str, *, status: int = 302, **fields: str):
    form = desk.desk.signed(desk.answer(PATH, person), person)
    return desk.post(PATH, status=status, **form | desk.seen | fields)


def items(desk: RevocationDesk) -> dict[str, str]:
    """Answer every item that the page asks."""
    page = desk.answer(PATH, "ishikawa").content.decode()
    return {name.split('"')[0]: "fit" for name in page.split('<fieldset class="verdict" id="')[1:]}


def test_without_one_on_record_the_list_says_how_to_enter_it(here):
    assert "inro ca-certificates enter" in here.get("/revocations/ca/", "mori")
    here.answer(PATH, status=404)
    here.answer("/revocations/ca/none/", status=404)
    serial = bytes(Certificate.objects.get().serial.serial).hex()
    here.answer(f"/revocations/ca/{serial}/", status=404)


def test_the_cas_own_certificate_is_revoked_by_two_officers(own):
    assert "自己署名証明書" in own.get("/revocations/ca/", "mori")
    shown = own.get(PATH)
    assert "発行できなくなります" in shown
    assert "受領書" not in shown
    assert "事由" in told(own.post(PATH, status=422, do="open", ground="18.7", note="x"))
    own.post(PATH, status=422, do="open", ground="22.1(5)/compromised")
    own.post(PATH, do="open", ground="22.1(5)/compromised", note="鍵の漏えい。事故記録 12-3")
    assert "緊急" in own.get(PATH)
    signed(own, "ishikawa", **items(own))
    assert RevocationCase.objects.get().state == RevocationState.EXAMINED
    assert "CA証明書 1" in own.get("/revocations/", "mori")
    own.post(PATH, status=422, do="lacking", seen="R26-000001-R/requested")
    signed(own, "nishimura")
    case = RevocationCase.objects.get()
    assert (case.state, case.decider) == (RevocationState.DECIDED, "nishimura")
    assert 'http-equiv="refresh"' in own.answer(PATH).content.decode()
    entry = encode_entry(serial=int(SERIAL, 16), revoked_at=given.NOW, reason_code=2)
    record_revocation(
        case=case.pk, revoked_at=given.NOW, entry=entry, reason_code=2, actor=given.SIGNER, now=given.NOW
    )
    assert "cACompromise" in own.get(PATH)
    assert "失効" in own.get("/revocations/ca/")


def test_a_case_is_closed_with_its_reason_and_may_be_opened_again(own):
    own.desk.sit("mori")
    own.post(PATH, do="open", ground="22.1(5)/feared", note="署名の照合が合わない")
    assert "CA証明書" in own.get("/revocations/", "mori")
    own.desk.sit("nishimura")
    fields = {"do": "refuse", "reason": "other", "refusal": "照合の誤りと判明した"}
    own.post(PATH, status=422, **fields, seen="x")
    own.post(PATH, **fields, **own.seen)
    assert RevocationCase.objects.get().state == RevocationState.REFUSED
    shown = own.get(PATH, "mori")
    assert "照合の誤りと判明した" in shown
    own.post(PATH, status=422, do="refuse", seen="x")
    own.post(PATH, do="open", ground="22.1(7)", note="記載の誤り")
    assert RevocationCase.objects.count() == 2


def test_who_only_posts_cards_opens_no_case(own):
    own.desk.sit("oka")
    assert "任命されていません" in told(own.post(PATH, status=422, do="open", ground="22.1(7)", note="x"))
