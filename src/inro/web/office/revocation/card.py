"""A revoked certificate's card: held back, called back, taken out of use, destroyed (17.4, 22.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.call_back import CallBackOutcome
from inro.practice.card import CardAct, CardState, MailerState, may
from inro.practice.packing import PackingRefused
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId
from inro.store.reads.application import application_by_number
from inro.store.reads.cases import CaseCard
from inro.store.reads.certificate import CertificateRecord, certificate_of_application
from inro.store.reads.revocation import RevocationRecord, revocations_of
from inro.store.reads.revoked_card import Whereabouts, revoked_cards, whereabouts
from inro.store.reads.scanned import mailer_number
from inro.usecases.call_back import call_back_parcel, record_call_back_answer
from inro.usecases.card import destroy_card, destroy_mailer
from inro.usecases.dispatch import spoil_returned_card
from inro.usecases.packing import keep_back_parcel
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import chosen_of, typed_day
from inro.web.office.letters.case import allows

_IN_THE_HOUSE = (CardState.PERSONALISED, CardState.RETURNED)
_TYPED = ("called_on", "answered_on", "outcome", "card", "mailer")
_MAY = (
    Act.KEEP_BACK_PARCEL,
    Act.CALL_BACK_PARCEL,
    Act.RECORD_CALL_BACK_ANSWER,
    Act.RECORD_RETURNED_PARCEL,
    Act.SPOIL_RETURNED_CARD,
    Act.DESTROY_CARD,
    Act.DESTROY_MAILER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One card of the case; it leaves use only once its certificate is revoked and no parcel holds it."""

    card: CaseCard
    is_here: bool
    leaves_use: bool
    card_waits: bool
    mailer_waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDesk:
    """One application's certificate, the revocation that stands against it, and where its card is."""

    number: str
    application_id: ApplicationId
    certificate: CertificateRecord
    revocation: RevocationRecord | None
    where: Whereabouts


@require_safe
@needs(Act.VIEW_REVOKED_CARDS)
def cards(request: HttpRequest) -> HttpResponse:
    """List the cards that lie in the house, or are at the post, though a revocation stands."""
    context = {"place": "revoked_cards", "cards": revoked_cards()}
    return render(request, "office/revocation/cards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_REVOKED_CARDS)
def revoked_card(request: HttpRequest, number: str) -> HttpResponse:
    """Show where one card is, without a name; do what a form asks, if it is still there to be done."""
    desk = _desk(number)
    if request.method != "POST":
        return _show(request, desk, [])
    do = _DOING.get(text_of(request.POST, "do"))
    if do is None:
        raise Http404
    try:
        do(request, desk)
    except REFUSALS as refusal:
        return _show(request, _desk(number), [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("revoked_card", args=[number]))


def card_shown(
    request: HttpRequest,
    where: Whereabouts,
    *,
    certificate: CertificateRecord,
    revocation: RevocationRecord | None,
) -> dict[str, Any]:
    """Return what a page needs to show a card and what its clerk may do with it."""
    called = where.call_backs[-1] if where.call_backs else None
    return {
        "where": where,
        "is_revoked": certificate.is_revoked,
        "revocation": revocation,
        "cards": [_line(card, where, certificate) for card in where.cards],
        "unanswered": called if called is not None and called.outcome is None else None,
        "outcomes": tuple(CallBackOutcome),
        "may": {act.value: allows(request, act) for act in _MAY},
        "typed": typed_fields(request.POST, _TYPED),
        "sent": text_of(request.POST, "do"),
        "today": jst_date(clock.now()),
    }


def _desk(number: str) -> CardDesk:
    try:
        application = application_by_number(number).application_id
        certificate = certificate_of_application(application)
    except Unknown as unknown:
        raise Http404 from unknown
    standing = [one for one in revocations_of(application) if one.stands]
    return CardDesk(
        number=number,
        application_id=application,
        certificate=certificate,
        revocation=standing[0] if standing else None,
        where=whereabouts(application),
    )


def _show(request: HttpRequest, desk: CardDesk, errors: list[Said], *, status: int = 200) -> HttpResponse:
    shown = card_shown(request, desk.where, certificate=desk.certificate, revocation=desk.revocation)
    context = {
        "place": "revoked_cards",
        "number": desk.number,
        "certificate": desk.certificate,
        "errors": errors,
        "reads": allows(request, Act.VIEW_REVOCATIONS),
        **shown,
    }
    return render(request, "office/revocation/card_page.html", context, status=status)


def _line(card: CaseCard, where: Whereabouts, certificate: CertificateRecord) -> CardLine:
    return CardLine(
        card=card,
        is_here=card.state in _IN_THE_HOUSE,
        leaves_use=certificate.is_revoked and not where.packed and may(card.state, CardAct.SPOIL),
        card_waits=card.state is CardState.SPOILED,
        mailer_waits=card.mailer_state is MailerState.SPOILED,
    )


def _keep_back(request: HttpRequest, desk: CardDesk) -> None:
    for one in desk.where.packed:
        if one.number == text_of(request.POST, "packing"):
            keep_back_parcel(packing=one.packing_id, actor=actor_of(request), now=clock.now())
            return
    raise Conflict(what="parcel", detail="it lies packed in the house no more")


def _call_back(request: HttpRequest, desk: CardDesk) -> None:
    if desk.where.parcel is None:
        raise Conflict(what="parcel", detail="no card is on its way")
    call_back_parcel(
        parcel=desk.where.parcel.parcel_id,
        called_on=typed_day(request.POST, "called_on"),
        actor=actor_of(request),
        now=clock.now(),
    )


def _answer(request: HttpRequest, desk: CardDesk) -> None:
    for one in desk.where.call_backs:
        if str(one.call_back_id) == text_of(request.POST, "call_back"):
            record_call_back_answer(
                call_back=one.call_back_id,
                outcome=chosen_of(CallBackOutcome, request.POST, "outcome"),
                answered_on=typed_day(request.POST, "answered_on"),
                actor=actor_of(request),
                now=clock.now(),
            )
            return
    raise Conflict(what="parcel", detail="it was not called back, or is on its way no more")


def _take_out(request: HttpRequest, desk: CardDesk) -> None:
    spoil_returned_card(application=desk.application_id, actor=actor_of(request), now=clock.now())


def _destroy_card(request: HttpRequest, desk: CardDesk) -> None:
    scanned = text_of(request.POST, "card").lower()
    if scanned not in [card.serial for card in desk.where.cards if card.state is CardState.SPOILED]:
        raise PackingRefused(field="card", problem="another")
    destroy_card(serial=scanned, actor=actor_of(request), now=clock.now())


def _destroy_mailer(request: HttpRequest, desk: CardDesk) -> None:
    scanned = mailer_number(text_of(request.POST, "mailer")).upper()
    spoiled = [card.mailer for card in desk.where.cards if card.mailer_state is MailerState.SPOILED]
    if scanned not in spoiled:
        raise PackingRefused(field="mailer", problem="another")
    destroy_mailer(number=scanned, actor=actor_of(request), now=clock.now())


_DOING: Mapping[str, Callable[[HttpRequest, CardDesk], None]] = MappingProxyType(
    {
        "keep_back": _keep_back,
        "call_back": _call_back,
        "answer": _answer,
        "take_out": _take_out,
        "destroy_card": _destroy_card,
        "destroy_mailer": _destroy_mailer,
    }
)
