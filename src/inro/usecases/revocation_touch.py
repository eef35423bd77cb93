"""What a revocation touches: deadlines, card and parcel, invoice, certificates beside (15, 22.1, 34.2)."""

from dataclasses import dataclass, replace

from inro.practice.calendar import Calendar
from inro.practice.case_facts import CaseFacts
from inro.practice.certificate import CertificateState
from inro.practice.editions import Terms
from inro.practice.obligations import Obligation, case_obligations
from inro.store.ids import ApplicationId
from inro.store.reads.cases import CaseInvoice, case_record
from inro.store.reads.queue_facts import case_facts
from inro.store.reads.revocation_board import OtherCertificate, other_certificates
from inro.store.reads.revoked_card import Whereabouts, whereabouts
from inro.usecases.application import find


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What ends with the certificate and what stays, and where the card is."""

    ending: tuple[Obligation, ...]
    staying: tuple[Obligation, ...]
    card: Whereabouts
    invoice: CaseInvoice | None
    others: tuple[OtherCertificate, ...]


def touched(application: ApplicationId, *, terms: Terms, calendar: Calendar) -> Touched:
    """Return what revoking an application's certificate touches, before or after it (15, 22.1, 34.2).

    Raises: Unknown.
    """
    row = find(application)
    case = case_record(row.number)
    facts = case_facts([row])[row.pk]
    ending, staying = _deadlines(facts, terms=terms, calendar=calendar)
    return Touched(
        ending=ending,
        staying=staying,
        card=whereabouts(application),
        invoice=case.invoice,
        others=other_certificates(application),
    )


def _deadlines(
    facts: CaseFacts, *, terms: Terms, calendar: Calendar
) -> tuple[tuple[Obligation, ...], tuple[Obligation, ...]]:
    """Return what is owed while the certificate is valid and no more after, and what is owed all the same."""
    before = case_obligations(
        replace(facts, certificate=CertificateState.VALID), terms=terms, calendar=calendar
    )
    after = case_obligations(
        replace(facts, certificate=CertificateState.REVOKED), terms=terms, calendar=calendar
    )
    kept = {(owed.kind, owed.turn) for owed in after}
    return tuple(owed for owed in before if (owed.kind, owed.turn) not in kept), after
