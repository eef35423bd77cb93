"""What waits at the dispatch desk: to pack, packed, on a list, on its way, come back (17.4, 18.1, 24.1)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from inro.practice.card import CardState, MailerState
from inro.practice.certificate import CertificateState
from inro.practice.packing import IN_THE_HOUSE, PackingState, ReturnReason
from inro.practice.parcels import Address, Content, Mail, ParcelPlan, parcel_plans
from inro.practice.proxy import ProxyState
from inro.practice.stated import StatedForm
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, PackingId, ParcelId, PostingListId
from inro.store.models import Application, Card, Packing, Parcel, PostingList, ProxyRequest, RevocationCase

# The states of a packed parcel that lies in the house.
IN_A_PARCEL = tuple(sorted(state.value for state in IN_THE_HOUSE))
_HERE = (CardState.PERSONALISED.value, CardState.RETURNED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingParcel:
    """One parcel to be packed; `returned` counts how often such a one of this case came back.

    `kept_back` where its certificate's revocation is under way: it is not packed meanwhile.
    """

    application_id: ApplicationId
    application: str
    name: str
    organization: str
    edition: str
    plan: ParcelPlan
    holds: Content
    proxy: bool
    kept_back: bool
    waits_since: datetime | None
    returned: int
    last_returned_on: date | None
    last_reason: ReturnReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingRecord:
    """One packed parcel; `parcel_id` once it is posted."""

    packing_id: PackingId
    number: str
    application_id: ApplicationId
    application: str
    edition: str
    mail: Mail
    address: Address
    holds: frozenset[Content]
    tracking_number: str
    state: PackingState
    packed_at: datetime
    packed_by: str
    posting_list: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingListRecord:
    """One posting list with its parcels in the order they were packed."""

    list_id: PostingListId
    number: str
    day: date
    drawn_up_by: str
    accepted_on: date | None
    handed_over_by: str | None
    given_up: bool
    packings: tuple[PackingRecord, ...]

    @property
    def is_open(self) -> bool:
        """Whether its parcels still lie in the house."""
        return self.accepted_on is None and not self.given_up


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedParcel:
    """One parcel on its way, or back."""

    parcel_id: ParcelId
    application_id: ApplicationId
    application: str
    edition: str
    mail: Mail
    address: Address
    holds: frozenset[Content]
    tracking_number: str
    posted_on: date
    returned_on: date | None
    return_reason: ReturnReason | None


def goes_to_proxy(application: ApplicationId) -> bool:
    """Return whether somebody else collects the card: approved later, else as the form says (17.4, 24.1)."""
    return _proxies([application])[application]


def waiting_parcels() -> tuple[WaitingParcel, ...]:
    """Return the parcels to be packed: card and PIN together, or apart where a proxy collects (17.4, 24.1).

    First comes what came back, then what has waited longest.
    """
    cards = Card.objects.filter(
        Q(state__in=_HERE) | Q(mailer__state=MailerState.PRINTED, state=CardState.SENT),
        application__certificate__state=CertificateState.VALID,
    ).select_related("mailer", "application__certificate")
    rows = {ApplicationId(card.application_id or 0): card for card in cards}
    proxies, back, packed, held = _proxies(rows), _returned(rows), _packed(rows), _kept_back(rows)
    made = [
        _waiting(card, plan, back, proxy=proxies[case], kept_back=case in held)
        for case, card in rows.items()
        for plan in parcel_plans(proxy=proxies[case])
        if _is_here(card, plan) and (case, _holds(plan)) not in packed
    ]
    return tuple(sorted(made, key=lambda one: (not one.returned, one.application)))


def packings(states: Collection[PackingState]) -> tuple[PackingRecord, ...]:
    """Return the packed parcels in some states, in the order they were packed."""
    return _packings(Packing.objects.filter(state__in=[state.value for state in states]))


def packings_of(application: ApplicationId) -> tuple[PackingRecord, ...]:
    """Return the packed parcels of a case that still lie in the house."""
    return _packings(Packing.objects.filter(application_id=application, state__in=IN_A_PARCEL))


def packing_by_number(number: str) -> PackingRecord:
    """Return one packed parcel.

    Raises: Unknown.
    """
    found = next(iter(_packings(Packing.objects.filter(number=number))), None)
    if found is None:
        raise Unknown(what="packing", detail=number)
    return found


def posting_lists(*, still_open: bool, most: int = 50) -> tuple[PostingListRecord, ...]:
    """Return the lists that wait for the counter, or the newest that were there."""
    rows = PostingList.objects.filter(handed_over_at__isnull=still_open, given_up_at=None)
    return tuple(_list(row) for row in rows.order_by("-pk")[:most])


def posting_list_by_number(number: str) -> PostingListRecord:
    """Return one list.

    Raises: Unknown.
    """
    row = PostingList.objects.filter(number=number).first()
    if row is None:
        raise Unknown(what="posting list", detail=number)
    return _list(row)


def parcels_on_their_way() -> tuple[PostedParcel, ...]:
    """Return the parcels that were posted and not confirmed by a slip, nor come back, oldest first."""
    rows = Parcel.objects.filter(returned_on=None).filter(
        Q(card__state=CardState.SENT) | Q(card=None, mailer__card__state=CardState.SENT),
        application__certificate__state=CertificateState.VALID,
    )
    return _parcels(rows.order_by("posted_on", "pk"))


def parcels_of(application: ApplicationId) -> tuple[PostedParcel, ...]:
    """Return every parcel of a case, oldest first."""
    return _parcels(Parcel.objects.filter(application_id=application).order_by("posted_on", "pk"))


def posted_parcel(parcel: ParcelId) -> PostedParcel:
    """Return one parcel.

    Raises: Unknown.
    """
    found = next(iter(_parcels(Parcel.objects.filter(pk=parcel))), None)
    if found is None:
        raise Unknown(what="parcel", detail=str(parcel))
    return found


def _proxies(cases: Iterable[ApplicationId]) -> dict[ApplicationId, bool]:
    wanted = list(cases)
    later = set(
        ProxyRequest.objects.filter(application__in=wanted, state=ProxyState.APPROVED).values_list(
            "application_id", flat=True
        )
    )
    forms = Application.objects.filter(pk__in=wanted).values_list("pk", "stated")
    return {
        ApplicationId(pk): pk in later or bool(stated and StatedForm.from_record(stated).proxy)
        for pk, stated in forms
    }


def _returned(cases: Collection[ApplicationId]) -> dict[tuple[int, bool], list[tuple[date, str]]]:
    found: defaultdict[tuple[int, bool], list[tuple[date, str]]] = defaultdict(list)
    rows = Parcel.objects.filter(application__in=cases, returned_on__isnull=False).order_by("returned_on")
    for case, card, day, reason in rows.values_list(
        "application_id", "card_id", "returned_on", "return_reason"
    ):
        if day is not None:
            found[case, card is not None].append((day, reason or ReturnReason.OTHER))
    return found


def _packed(cases: Collection[ApplicationId]) -> set[tuple[int, Content]]:
    rows = Packing.objects.filter(application__in=cases, state__in=IN_A_PARCEL).values_list(
        "application_id", "card_id"
    )
    return {(case, Content.CARD if card else Content.PIN_MAILER) for case, card in rows}


def _kept_back(cases: Collection[ApplicationId]) -> set[int | None]:
    rows = RevocationCase.objects.filter(certificate__application__in=cases)
    return set(rows.standing().values_list("certificate__application_id", flat=True))


def _is_here(card: Card, plan: ParcelPlan) -> bool:
    mailer = getattr(card, "mailer", None)
    here = {
        Content.CARD: card.state in _HERE,
        Content.PIN_MAILER: mailer is not None and mailer.state == MailerState.PRINTED,
    }
    return all(here.get(content, True) for content in plan.contents)


def _holds(plan: ParcelPlan) -> Content:
    return Content.CARD if Content.CARD in plan.contents else Content.PIN_MAILER


def _waiting(
    card: Card,
    plan: ParcelPlan,
    back: dict[tuple[int, bool], list[tuple[date, str]]],
    *,
    proxy: bool,
    kept_back: bool,
) -> WaitingParcel:
    row, holds = card.application, _holds(plan)
    if row is None:
        raise Unknown(what="application", detail=f"of card {card.serial}")
    form = StatedForm.from_record(row.stated) if row.stated else None
    returns = back.get((row.pk, holds is Content.CARD), [])
    return WaitingParcel(
        application_id=ApplicationId(row.pk),
        application=row.number,
        name=form.legal_name if form else "",
        organization=form.organization.name if form and form.organization else "",
        edition=row.edition,
        plan=plan,
        holds=holds,
        proxy=proxy,
        kept_back=kept_back,
        waits_since=row.certificate.issued_at,
        returned=len(returns),
        last_returned_on=returns[-1][0] if returns else None,
        last_reason=ReturnReason(returns[-1][1]) if returns else None,
    )


def _packings(rows: QuerySet[Packing]) -> tuple[PackingRecord, ...]:
    found = rows.select_related("application", "posting_list").order_by("pk")
    return tuple(
        PackingRecord(
            packing_id=PackingId(row.pk),
            number=row.number,
            application_id=ApplicationId(row.application_id),
            application=row.application.number,
            edition=row.application.edition,
            mail=Mail(row.mail),
            address=Address(row.address),
            holds=_contents(row),
            tracking_number=row.tracking_number or "",
            state=PackingState(row.state),
            packed_at=row.packed_at,
            packed_by=row.packed_by,
            posting_list=row.posting_list.number if row.posting_list else "",
        )
        for row in found
    )


def _list(row: PostingList) -> PostingListRecord:
    return PostingListRecord(
        list_id=PostingListId(row.pk),
        number=row.number,
        day=row.day,
        drawn_up_by=row.drawn_up_by,
        accepted_on=row.accepted_on,
        handed_over_by=row.handed_over_by,
        given_up=row.given_up_at is not None,
        packings=_packings(Packing.objects.filter(posting_list=row)),
    )


def _parcels(rows: QuerySet[Parcel]) -> tuple[PostedParcel, ...]:
    found = rows.select_related("application")
    return tuple(
        PostedParcel(
            parcel_id=ParcelId(row.pk),
            application_id=ApplicationId(row.application_id),
            application=row.application.number,
            edition=row.application.edition,
            mail=Mail(row.mail),
            address=Address(row.address),
            holds=_contents(row),
            tracking_number=row.tracking_number,
            posted_on=row.posted_on,
            returned_on=row.returned_on,
            return_reason=ReturnReason(row.return_reason) if row.return_reason else None,
        )
        for row in found
    )


def _contents(row: Packing | Parcel) -> frozenset[Content]:
    held = {Content.CARD: row.card_id, Content.PIN_MAILER: row.mailer_id}
    return frozenset(content for content, there in held.items() if there is not None)
