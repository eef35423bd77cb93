"""Parcels out and back: what goes into which, to whom, under which number (17.4, 18.1, 19.1, 24.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inro.practice.acts import Act
from inro.practice.call_back import OutOfUseFacts, check_out_of_use
from inro.practice.card import CardAct, CardState, MailerAct, MailerState, next_mailer_state, next_state
from inro.practice.certificate import CertificateState
from inro.practice.delivery import PostingFacts, check_posting
from inro.practice.duties import Duty, Performed, check_separation
from inro.practice.events import EventKind
from inro.practice.examination import ExaminationFindings
from inro.practice.packing import PackingRefused, ReturnReason
from inro.practice.parcels import (
    Address,
    Content,
    ParcelPlan,
    Scanned,
    check_packing,
    parcel_plans,
    tracking_number,
)
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, ParcelId
from inro.store.models import Application, Card, Certificate, Mailer, Packing, Parcel
from inro.store.reads.dispatch import IN_A_PARCEL
from inro.store.reads.proxy import approved_proxy
from inro.store.reads.revoked_card import revocation_stands
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One parcel ready for the post: what it should hold, what was scanned, its number and day."""

    plan: ParcelPlan
    duty: Duty
    scanned: Sequence[Scanned]
    tracking: str
    posted_on: date


def dispatch_parcel(
    *,
    application: ApplicationId,
    proxy: bool,
    scanned: Sequence[Scanned],
    tracking: str,
    posted_on: date,
    actor: Actor,
    now: datetime,
) -> ParcelId:
    """Post the parcel with the card, packed by scan; to a proxy recipient without the PIN (17.4, 18.1).

    Raises: DutyMissing, WrongContents, WrongTrackingNumber, GuardRefused, SeparationBreached for whoever
    posted the PIN of a proxy's case, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.DISPATCH_PARCEL)
    plan = parcel_plans(proxy=proxy)[0]
    parcel = Packed(plan=plan, duty=Duty.DISPATCH, scanned=scanned, tracking=tracking, posted_on=posted_on)
    return _post(application, parcel, proxy_case=proxy, actor=actor, now=now)


def dispatch_mailer(
    *,
    application: ApplicationId,
    scanned: Sequence[Scanned],
    tracking: str,
    posted_on: date,
    actor: Actor,
    now: datetime,
) -> ParcelId:
    """Post the PIN of a proxy's case to the subscriber, by another person than the card (17.4, 19.1, 24.1).

    Raises: DutyMissing, WrongContents, WrongTrackingNumber, GuardRefused where there is no proxy recipient,
    SeparationBreached for whoever posted the card, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.DISPATCH_MAILER)
    plan = parcel_plans(proxy=True)[1]
    parcel = Packed(plan=plan, duty=Duty.PIN_MAILING, scanned=scanned, tracking=tracking, posted_on=posted_on)
    return _post(application, parcel, proxy_case=True, actor=actor, now=now)


def _post(
    application: ApplicationId, packed: Packed, *, proxy_case: bool, actor: Actor, now: datetime
) -> ParcelId:
    plan = packed.plan
    check_packing(plan=plan, scanned=packed.scanned)
    number = tracking_number(packed.tracking, mail=plan.mail)
    with act(actor=actor, now=now) as doing:
        row = find(application)
        checked = {thing.application for thing in packed.scanned} == {row.number}
        check_posting(posting_facts(row, plan, packing_checked=checked, proxy_case=proxy_case, now=now))
        check_persons(application, packed.duty, actor.name, proxy_case=proxy_case)
        parcel = add_parcel(
            doing, row=row, plan=plan, tracking=number, posted_on=packed.posted_on, by=actor.name
        )
    return ParcelId(parcel.pk)


def add_parcel(
    doing: Doing, *, row: Application, plan: ParcelPlan, tracking: str, posted_on: date, by: str
) -> Parcel:
    """Add a parcel inside the act that posts it, which has checked it; `by` is who packed it (17.4, 24.1).

    Raises: ActNotAllowed, Unknown, Conflict.
    """
    application = ApplicationId(row.pk)
    card = _send_card(application) if Content.CARD in plan.contents else None
    mailer = _send_mailer(application) if Content.PIN_MAILER in plan.contents else None
    parcel = Parcel.objects.create(
        application=row,
        card=card,
        mailer=mailer,
        mail=plan.mail,
        address=plan.address,
        tracking_number=tracking,
        posted_on=posted_on,
        posted_by=by,
    )
    doing.record(
        EventKind.PARCEL_DISPATCHED,
        subject=subject(row.number),
        parcel=parcel.pk,
        card=card.serial if card else None,
        mailer=mailer.number if mailer else None,
        mail=plan.mail.value,
        tracking_number=tracking,
        posted_on=posted_on.isoformat(),
    )
    return parcel


def posting_facts(
    row: Application, plan: ParcelPlan, *, packing_checked: bool, proxy_case: bool, now: datetime
) -> PostingFacts:
    """Return what is known when a parcel is to go out; `packing_checked` that its scan is this application's.

    Raises: Unknown where no certificate was issued.
    """
    # Locked: a revocation that begins meanwhile waits for the posting, or the posting sees it.
    certificate = Certificate.objects.select_for_update().filter(application=row).first()
    if certificate is None:
        raise Unknown(what="certificate", detail=f"of application {row.number}")
    ended = certificate.state == CertificateState.VALID and certificate.not_after < now
    return PostingFacts(
        certificate_state=CertificateState.EXPIRED if ended else CertificateState(certificate.state),
        revocation_stands=revocation_stands(ApplicationId(row.pk)),
        packing_checked=packing_checked,
        addressee_confirmed=_is_addressee_confirmed(row, plan, proxy_case=proxy_case),
    )


def _is_addressee_confirmed(row: Application, plan: ParcelPlan, *, proxy_case: bool) -> bool:
    findings = ExaminationFindings.from_record(row.findings or {})
    asked_later = approved_proxy(ApplicationId(row.pk)) is not None
    # Who was approved after examination collects the card: it goes to nobody else any more (24.1).
    if not (proxy_case if asked_later else not proxy_case or findings.proxy_address_agrees):
        return False
    return plan.address is Address.PROXY_SEAL_CERTIFICATE or findings.address_agrees


def check_persons(application: ApplicationId, duty: Duty, person: str, *, proxy_case: bool) -> None:
    """Refuse that one person packs or posts both card and PIN of a proxy's case (17.4, 24.1).

    Raises: SeparationBreached.
    """
    posted = Parcel.objects.filter(application_id=application).values_list("card_id", "posted_by")
    packed = Packing.objects.filter(application_id=application, state__in=IN_A_PARCEL)
    performed = [
        Performed(duty=Duty.DISPATCH if card else Duty.PIN_MAILING, person=by)
        for card, by in (*posted, *packed.values_list("card_id", "packed_by"))
    ]
    check_separation(duty=duty, person=person, performed=performed, proxy_case=proxy_case)


def record_returned_parcel(
    *, parcel: ParcelId, returned_on: date, reason: ReturnReason, actor: Actor, now: datetime
) -> None:
    """Record that a parcel came back unopened; card and mailer can be posted again, apart if need be (24.1).

    `reason` is what the post's note says.

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.RECORD_RETURNED_PARCEL)
    row = Parcel.objects.select_related("card", "mailer", "application").filter(pk=parcel).first()
    if row is None:
        raise Unknown(what="parcel", detail=str(parcel))
    with act(actor=actor, now=now) as doing:
        change(
            Parcel,
            row=row.pk,
            expected={"returned_on": None},
            to={"returned_on": returned_on, "return_reason": reason},
        )
        if row.card is not None:
            _move_card(row.card, CardAct.RECORD_RETURN)
        if row.mailer is not None:
            _move_mailer(row.mailer, MailerAct.RECORD_RETURN)
        doing.record(
            EventKind.PARCEL_RETURNED,
            subject=subject(row.application.number),
            parcel=row.pk,
            returned_on=returned_on.isoformat(),
            reason=reason.value,
        )


def spoil_returned_card(*, application: ApplicationId, actor: Actor, now: datetime) -> None:
    """Take a card that came back, or was handed in, out of use for good; it is then only destroyed (17.2).

    One that never left the house, or whose revocation is not decided, may still be sent to its subscriber.

    Raises: DutyMissing, GuardRefused, PackingRefused while it lies in a packed parcel, ActNotAllowed,
    Unknown, Conflict.
    """
    actor.check(Act.SPOIL_RETURNED_CARD)
    with act(actor=actor, now=now) as doing:
        card = _card(application)
        check_out_of_use(
            OutOfUseFacts(
                was_sent=card.state != CardState.PERSONALISED,
                revocation_stands=revocation_stands(application),
                is_revoked=_is_revoked(application),
            )
        )
        if Packing.objects.filter(application=application, state__in=IN_A_PARCEL).exists():
            raise PackingRefused(field="where", problem="packed")
        _move_card(card, CardAct.SPOIL)
        doing.record(EventKind.CARD_SPOILED, subject=f"card/{card.serial}")
        _spoil_mailer(doing, card)


def _is_revoked(application: ApplicationId) -> bool:
    revoked = Certificate.objects.filter(application=application, state=CertificateState.REVOKED)
    return revoked.exists()


def _spoil_mailer(doing: Doing, card: Card) -> None:
    mailer = Mailer.objects.filter(card=card, state=MailerState.PRINTED).first()
    if mailer is not None:
        _move_mailer(mailer, MailerAct.SPOIL)
        doing.record(EventKind.MAILER_SPOILED, subject=f"mailer/{mailer.number}", card=card.serial)


def _send_card(application: ApplicationId) -> Card:
    card = _card(application)
    _move_card(card, CardAct.SEND)
    return card


def _send_mailer(application: ApplicationId) -> Mailer:
    mailer = Mailer.objects.filter(card=_card(application)).first()
    if mailer is None:
        raise Unknown(what="mailer", detail=f"of application {application}")
    _move_mailer(mailer, MailerAct.SEND)
    return mailer


def _move_card(card: Card, act_: CardAct) -> None:
    state = next_state(CardState(card.state), act_)
    change(Card, row=card.pk, expected={"state": card.state}, to={"state": state})


def _move_mailer(mailer: Mailer, act_: MailerAct) -> None:
    state = next_mailer_state(MailerState(mailer.state), act_)
    change(Mailer, row=mailer.pk, expected={"state": mailer.state}, to={"state": state})


def _card(application: ApplicationId) -> Card:
    card = Card.objects.filter(order__application_id=application).first()
    if card is None:
        raise Unknown(what="card", detail=f"of application {application}")
    return card
