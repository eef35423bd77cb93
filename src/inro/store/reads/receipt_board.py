"""Cards on their way as the receipt desk lists them, and the slips on their shelves (18.1-18.7, 24.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from inro.practice.card import CardState
from inro.practice.case_facts import Receipt
from inro.practice.certificate import CertificateState
from inro.practice.letters import WAITING, LetterState
from inro.practice.notices import NoticeKind
from inro.practice.parcels import Address, Mail
from inro.practice.stated import StatedForm
from inro.store.ids import ApplicationId, CaseId, ObjectionId, SlipId
from inro.store.models import Card, Letter, Parcel, ReceiptObjection, ReceiptSlip, RevocationCase
from inro.store.reads.queue_facts import receipts_of
from inro.store.reads.revocation import RevocationRecord, revocation_case
from inro.store.states import RevocationState

MOST_SLIPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOnItsWay:
    """One case of the board; `confirmed_on` is the day of the slip that confirmed delivery."""

    application_id: ApplicationId
    application: str
    name: str
    organization: str
    edition: str
    receipt: Receipt
    to_proxy: bool
    came_back: bool
    confirmed_on: date | None
    reminder_waits: bool
    reminder_held: bool
    revocation: RevocationState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRecord:
    """One slip that came; `shelf` is where its paper lies, empty once disposed of."""

    slip_id: SlipId
    application: str
    arrived_on: date
    name_agrees: bool
    seal_matches: bool
    parked_for: str | None
    shelf: str
    checked_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionRecord:
    """Doubts that were told; the last three are None while they are open."""

    objection_id: ObjectionId
    contacted_on: date
    recorded_by: str
    admitted_by: str | None
    decided_on: date | None
    decided_by: str | None
    founded: bool | None


def cards_on_their_way(*, confirmed_since: date) -> tuple[CardOnItsWay, ...]:
    """Return the cards that were posted and not confirmed, and those confirmed since a day, oldest first."""
    rows = (
        Card.objects.filter(
            Q(state__in=[CardState.SENT, CardState.RETURNED])
            | Q(
                state=CardState.RECEIVED,
                application__slips__parked_for=None,
                application__slips__arrived_on__gte=confirmed_since,
            ),
            application__certificate__state=CertificateState.VALID,
        )
        .select_related("application")
        .distinct()
    )
    cards = {card.application_id or 0: card for card in rows}
    receipts = receipts_of(list(cards))
    confirmed = _confirmed(cards)
    to_proxies = Parcel.objects.filter(application__in=cards, address=Address.PROXY_SEAL_CERTIFICATE)
    proxies = set(to_proxies.values_list("application_id", flat=True))
    letters = Letter.objects.filter(application__in=cards, kind=NoticeKind.RECEIPT_REMINDER)
    waiting = set(letters.filter(state__in=list(WAITING)).values_list("application_id", flat=True))
    held = set(letters.filter(state=LetterState.HELD).values_list("application_id", flat=True))
    revocations = _revocations(cards)
    made = (
        _on_its_way(
            card,
            receipts[case],
            to_proxy=case in proxies,
            confirmed_on=confirmed.get(case),
            reminder_waits=case in waiting,
            reminder_held=case in held,
            revocation=revocations.get(case),
        )
        for case, card in cards.items()
        if case in receipts
    )
    return tuple(sorted(made, key=lambda one: (one.receipt.dispatched_on, one.application)))


def slips_of(application: ApplicationId) -> tuple[SlipRecord, ...]:
    """Return the slips of a case, oldest first."""
    return _slips(Q(application_id=application))


def slips_on_shelf(place: str) -> tuple[SlipRecord, ...]:
    """Return the slips whose shelf has a text in its name, at most 50."""
    return _slips(Q(shelf__icontains=place))[:MOST_SLIPS]


def objections_of(application: ApplicationId) -> tuple[ObjectionRecord, ...]:
    """Return the doubts of a case, oldest first (18.5)."""
    rows = ReceiptObjection.objects.filter(application_id=application).order_by("pk")
    return tuple(
        ObjectionRecord(
            objection_id=ObjectionId(row.pk),
            contacted_on=row.contacted_on,
            recorded_by=row.recorded_by,
            admitted_by=row.admitted_by,
            decided_on=row.decided_on,
            decided_by=row.decided_by,
            founded=row.founded,
        )
        for row in rows
    )


def revocation_of(application: ApplicationId) -> RevocationRecord | None:
    """Return the revocation case of an application's certificate, None where none stands."""
    rows = RevocationCase.objects.filter(certificate__application_id=application)
    pk = rows.standing().values_list("pk", flat=True).first()
    return revocation_case(CaseId(pk)) if pk is not None else None


def days_until_confirmed(*, since: date) -> tuple[int, ...]:
    """Return how many days each slip took that came since a day, from the card's first posting."""
    slips = ReceiptSlip.objects.filter(parked_for=None, arrived_on__gte=since)
    arrived = dict(slips.values_list("application_id", "arrived_on"))
    return tuple((arrived[case] - way.dispatched_on).days for case, way in receipts_of(list(arrived)).items())


def posted_on(day: date) -> int:
    """Return how many parcels with a card were posted on a day."""
    return Parcel.objects.filter(posted_on=day, card__isnull=False, mail=Mail.RESTRICTED_DELIVERY).count()


def _on_its_way(card: Card, receipt: Receipt, **known: Any) -> CardOnItsWay:
    row = card.application
    form = StatedForm.from_record(row.stated) if row is not None and row.stated else None
    return CardOnItsWay(
        application_id=ApplicationId(card.application_id or 0),
        application=row.number if row else "",
        name=form.legal_name if form else "",
        organization=form.organization.name if form and form.organization else "",
        edition=row.edition if row else "",
        receipt=receipt,
        came_back=card.state == CardState.RETURNED,
        **known,
    )


def _confirmed(cases: Collection[int]) -> dict[int, date]:
    rows = ReceiptSlip.objects.filter(application__in=cases, parked_for=None)
    return dict(rows.values_list("application_id", "arrived_on"))


def _revocations(cases: Collection[int]) -> dict[int, RevocationState]:
    rows = RevocationCase.objects.standing().filter(certificate__application__in=cases)
    return {
        case: RevocationState(state)
        for case, state in rows.values_list("certificate__application_id", "state")
    }


def _slips(condition: Q) -> tuple[SlipRecord, ...]:
    rows = ReceiptSlip.objects.select_related("application").filter(condition).order_by("pk")
    return tuple(
        SlipRecord(
            slip_id=SlipId(row.pk),
            application=row.application.number,
            arrived_on=row.arrived_on,
            name_agrees=row.name_agrees,
            seal_matches=row.seal_matches,
            parked_for=row.parked_for,
            shelf=row.shelf,
            checked_by=row.checked_by,
        )
        for row in rows
    )
