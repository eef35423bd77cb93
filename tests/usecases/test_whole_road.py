"""One application from the form to the revoked certificate, through every act (7, 9, 17, 21, 26)."""

from inro.pki.crl import ListKey, ListKind
from inro.practice.application import ApplicationState
from inro.practice.card import CardState
from inro.practice.certificate import CertificateState
from inro.store.audit import chain_end
from inro.store.models import Application, AuditRow, Card, Certificate, IssuanceOrder, RevokedEntry
from inro.store.reads.revocation import decided_revocations, revoked_entries
from inro.store.states import OrderState
from tests import given


def test_an_application_becomes_a_card_and_its_certificate_a_list_entry(db):
    house = given.office()
    made = given.issued(house)

    application = Application.objects.get()
    assert application.state == ApplicationState.ISSUED
    assert IssuanceOrder.objects.get().state == OrderState.DONE
    assert Card.objects.get().state == CardState.PERSONALISED

    given.revoked(house, made)

    assert Certificate.objects.get().state == CertificateState.REVOKED
    assert decided_revocations() == ()
    [found] = revoked_entries()
    assert found == dict.fromkeys(
        (ListKey(ListKind.CRL), ListKey(ListKind.FULL_CRL)), (bytes(RevokedEntry.objects.get().entry),)
    )
    end = chain_end()
    assert end.seq == AuditRow.objects.count() > 20
    assert AuditRow.objects.get(seq=end.seq).hash == end.hash
