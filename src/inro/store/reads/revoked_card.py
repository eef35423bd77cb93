"""Where the card of a revoked certificate is, and what the post was asked (17.4, 22.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from inro.practice.call_back import CallBackOutcome
from inro.practice.card import CardState, MailerState
from inro.practice.certificate import CertificateState
from inro.practice.parcels import Content
from inro.store.ids import ApplicationId, CallBackId, ParcelId
from inro.store.models import CallBack, Card, Certificate, Packing, Parcel, RevocationCase
from inro.store.reads.cases import CaseCard, cards_of
from inro.store.reads.dispatch import IN_A_PARCEL, PackingRecord, PostedParcel, packings_of, parcels_of

MOST_LINES = 200
_LEFT = (CallBackOutcome.DELIVERED.value, CallBackOutcome.NOT_STOPPED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackRecord:
    """One time that the post was asked for a parcel; `outcome` is None until it has answered."""

    call_back_id: CallBackId
    parcel_id: ParcelId
    called_on: date
    called_by: str
    outcome: CallBackOutcome | None
    answered_on: date | None
    answered_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where a case's cards are: packed in the house, on their way, or neither.

    `call_backs` are of the parcel on its way, oldest first.
    """

    cards: tuple[CaseCard, ...]
    packed: tuple[PackingRecord, ...]
    parcel: PostedParcel | None
    call_backs: tuple[CallBackRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedCard:
    """A card that must not reach its subscriber; `is_revoked` tells it from a revocation under way."""

    application: str
    serial: str
    state: CardState
    mailer_state: MailerState | None
    is_packed: bool
    is_revoked: bool
    revocation: str
    requested_at: datetime


def whereabouts(application: ApplicationId) -> Whereabouts:
    """Return where the cards of an application are."""
    cards = cards_of(application)
    sent = any(card.state is CardState.SENT for card in cards)
    out = [one for one in parcels_of(application) if Content.CARD in one.holds and one.returned_on is None]
    parcel = out[-1] if out and sent else None
    return Whereabouts(
        cards=cards,
        packed=packings_of(application),
        parcel=parcel,
        call_backs=_call_backs(parcel) if parcel else (),
    )


def _call_backs(parcel: PostedParcel) -> tuple[CallBackRecord, ...]:
    return tuple(
        CallBackRecord(
            call_back_id=CallBackId(row.pk),
            parcel_id=ParcelId(row.parcel_id),
            called_on=row.called_on,
            called_by=row.called_by,
            outcome=CallBackOutcome(row.outcome) if row.outcome else None,
            answered_on=row.answered_on,
            answered_to=row.answered_to,
        )
        for row in CallBack.objects.filter(parcel=parcel.parcel_id).order_by("pk")
    )


def revoked_cards() -> tuple[RevokedCard, ...]:
    """Return the cards that lie here, or are at the post, though a revocation stands; at most 200.

    What the post could not stop has left the house for good, and its certificate is on the lists.
    """
    left = CallBack.objects.filter(parcel=OuterRef("pk"), outcome__in=_LEFT)
    out = Parcel.objects.filter(~Exists(left), card=OuterRef("pk"), returned_on=None)
    here = Q(state__in=(CardState.PERSONALISED, CardState.RETURNED, CardState.SPOILED))
    rows = Card.objects.filter(
        here | Q(mailer__state=MailerState.SPOILED) | Q(Exists(out), state=CardState.SENT),
        application__in=RevocationCase.objects.standing().values("certificate__application"),
    )
    found = list(rows.select_related("mailer", "application__certificate").order_by("pk")[:MOST_LINES])
    packed = set(
        Packing.objects.filter(
            application__in=[card.application_id for card in found], state__in=IN_A_PARCEL
        ).values_list("application_id", flat=True)
    )
    cases = RevocationCase.objects.standing().filter(
        certificate__application__in=[card.application_id for card in found]
    )
    case_of = {row.certificate.application_id: row for row in cases.select_related("certificate")}
    return tuple(
        _card(card, case_of[card.application_id], is_packed=card.application_id in packed) for card in found
    )


def revocation_stands(application: ApplicationId) -> bool:
    """Return whether an application's certificate is revoked, or has a case that was not refused."""
    revoked = Certificate.objects.filter(application_id=application, state=CertificateState.REVOKED)
    cases = RevocationCase.objects.standing().filter(certificate__application_id=application)
    return cases.exists() or revoked.exists()


def _card(card: Card, case: RevocationCase, *, is_packed: bool) -> RevokedCard:
    mailer = getattr(card, "mailer", None)
    return RevokedCard(
        application=card.application.number if card.application else "",
        serial=card.serial,
        state=CardState(card.state),
        mailer_state=MailerState(mailer.state) if mailer else None,
        is_packed=is_packed,
        is_revoked=case.certificate.state == CertificateState.REVOKED,
        revocation=case.number,
        requested_at=case.requested_at,
    )
