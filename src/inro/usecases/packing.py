"""Packing by scan, numbers of the post, posting lists and the counter (17.4, 18.1, 19.1, 24.1).

Who packs is who stands behind a parcel; who carries sealed parcels to the counter opens none.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.call_back import check_kept_back
from inro.practice.card import CardAct, CardState
from inro.practice.card import next_state as next_card_state
from inro.practice.delivery import POSTING_GUARDS, check_posting
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.packing import (
    IN_THE_HOUSE,
    CounterFacts,
    NotForPost,
    PackingAct,
    PackingRefused,
    PackingState,
    check_counter,
    check_resending,
    next_state,
)
from inro.practice.parcels import (
    Content,
    Mail,
    ParcelPlan,
    WrongTrackingNumber,
    check_packing,
    parcel_plans,
    tracking_number,
)
from inro.practice.post_file import AcceptedNumber, LineFault, LinesRefused
from inro.practice.transitions import first_lacking
from inro.store.change import change
from inro.store.errors import Unknown
from inro.store.ids import ApplicationId, PackingId, PostingListId
from inro.store.models import Card, Mailer, Packing, Parcel, PostingList
from inro.store.numbers import next_number
from inro.store.reads.dispatch import goes_to_proxy
from inro.store.reads.revoked_card import revocation_stands
from inro.store.reads.scanned import PackingScan
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.dispatch import add_parcel, check_persons, posting_facts

_DUTIES = {Content.CARD: Duty.DISPATCH, Content.PIN_MAILER: Duty.PIN_MAILING}


def pack_parcel(
    *, application: ApplicationId, scan: PackingScan, resending_limit: int, actor: Actor, now: datetime
) -> PackingId:
    """Close the parcel with the card, by what was scanned; to a proxy recipient without the PIN (17.4, 18.1).

    The post's number may come later; then the label software gives it.

    Raises: DutyMissing, WrongContents, WrongTrackingNumber, GuardRefused, ResendingOver, SeparationBreached,
    ActNotAllowed, Unknown, Conflict where it is packed already.
    """
    actor.check(Act.PACK_PARCEL)
    return _pack(application, Content.CARD, scan, resending_limit=resending_limit, actor=actor, now=now)


def pack_mailer(
    *, application: ApplicationId, scan: PackingScan, resending_limit: int, actor: Actor, now: datetime
) -> PackingId:
    """Close the letter with the PIN of a proxy's case, by another person than the card (17.4, 19.1, 24.1).

    Raises: what `pack_parcel` raises.
    """
    actor.check(Act.PACK_MAILER)
    return _pack(application, Content.PIN_MAILER, scan, resending_limit=resending_limit, actor=actor, now=now)


def _pack(
    application: ApplicationId,
    holds: Content,
    scan: PackingScan,
    *,
    resending_limit: int,
    actor: Actor,
    now: datetime,
) -> PackingId:
    proxy = goes_to_proxy(application)
    plan = _plan(holds, proxy=proxy)
    check_packing(plan=plan, scanned=scan.things)
    tracking = tracking_number(scan.tracking, mail=plan.mail) if scan.tracking else None
    with act(actor=actor, now=now) as doing:
        row = find(application)
        checked = {thing.application for thing in scan.things} == {row.number}
        check_posting(posting_facts(row, plan, packing_checked=checked, proxy_case=proxy, now=now))
        check_persons(application, _DUTIES[holds], actor.name, proxy_case=proxy)
        check_resending(returned=_returned(application, holds), limit=resending_limit)
        card, mailer = _things(application, plan)
        made = Packing.objects.create(
            number=next_number("P", now=now),
            application=row,
            card=card,
            mailer=mailer,
            mail=plan.mail,
            address=plan.address,
            tracking_number=tracking,
            state=PackingState.PACKED,
            packed_at=now,
            packed_by=actor.name,
        )
        doing.record(
            EventKind.PARCEL_PACKED,
            subject=subject(row.number),
            packing=made.number,
            card=card.serial if card else None,
            mailer=mailer.number if mailer else None,
            tracking_number=tracking,
        )
    return PackingId(made.pk)


def open_packed_parcel(*, packing: PackingId, actor: Actor, now: datetime) -> None:
    """Open a parcel that was packed and is on no list; what it held is packed anew (17.4).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.OPEN_PACKED_PARCEL)
    row = _packing(packing)
    _check_hands(row, actor)
    with act(actor=actor, now=now) as doing:
        _move(row, PackingAct.OPEN)
        _record(doing, EventKind.PARCEL_OPENED, row)


def keep_back_parcel(*, packing: PackingId, actor: Actor, now: datetime) -> None:
    """Take a packed parcel off its list and open it, as its certificate is revoked or about to be (22.1).

    A list that holds nothing else is given up.

    Raises: DutyMissing, GuardRefused where no revocation stands, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.KEEP_BACK_PARCEL)
    row = _packing(packing)
    _check_hands(row, actor)
    with act(actor=actor, now=now) as doing:
        check_kept_back(revocation_stands=revocation_stands(ApplicationId(row.application_id)))
        if row.state == PackingState.LISTED:
            _take_off(doing, row, now)
            row = _packing(packing)
        _move(row, PackingAct.OPEN)
        _record(doing, EventKind.PARCEL_OPENED, row)


def _take_off(doing: Doing, row: Packing, now: datetime) -> None:
    posting_list = row.posting_list_id
    _move(row, PackingAct.UNLIST, posting_list=None)
    _record(doing, EventKind.PARCEL_UNLISTED, row)
    if posting_list is not None and not Packing.objects.filter(posting_list=posting_list).exists():
        still_open = {"handed_over_at": None, "given_up_at": None}
        change(PostingList, row=posting_list, expected=still_open, to={"given_up_at": now})


def _check_hands(row: Packing, actor: Actor) -> None:
    """Refuse to open what the person could not have packed: a PIN, or a card."""
    actor.check(Act.PACK_PARCEL if row.card_id else Act.PACK_MAILER)


def import_tracking_numbers(*, lines: Sequence[AcceptedNumber], actor: Actor, now: datetime) -> int:
    """Give packed parcels the numbers under which the post takes them, all or none; return how many (17.4).

    Raises: DutyMissing, LinesRefused naming every line that is wrong, Conflict.
    """
    actor.check(Act.IMPORT_TRACKING_NUMBERS)
    with act(actor=actor, now=now) as doing:
        rows = Packing.objects.select_related("application").filter(number__in=[one.number for one in lines])
        known = {row.number: row for row in rows}
        faults = [fault for line in lines if (fault := _fault(line, known.get(line.number), lines))]
        if faults:
            raise LinesRefused(faults=faults)
        for line in lines:
            row = known[line.number]
            tracking = line.tracking.replace("-", "")
            _move(row, PackingAct.NUMBER, seen={"tracking_number": None}, tracking_number=tracking)
            _record(doing, EventKind.PARCEL_NUMBERED, row, tracking_number=tracking)
    return len(lines)


def draw_up_posting_list(
    *, packings: Sequence[PackingId], day: date, actor: Actor, now: datetime
) -> PostingListId:
    """Put packed parcels that have their numbers on a list for the post's counter, all or none (17.4).

    Raises: DutyMissing, PackingRefused for none or one without a number, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.DRAW_UP_POSTING_LIST)
    if not packings:
        raise PackingRefused(field="parcels", problem="none")
    if day < jst_date(now):
        raise PackingRefused(field="day", problem="over")
    with act(actor=actor, now=now) as doing:
        made = PostingList.objects.create(
            number=next_number("D", now=now), day=day, drawn_up_at=now, drawn_up_by=actor.name
        )
        for packing in packings:
            row = _packing(packing)
            if row.tracking_number is None:
                raise PackingRefused(field="parcels", problem="no_number")
            _move(row, PackingAct.LIST, posting_list=made)
            _record(doing, EventKind.PARCEL_LISTED, row, posting_list=made.number)
    return PostingListId(made.pk)


def give_up_posting_list(*, posting_list: PostingListId, actor: Actor, now: datetime) -> None:
    """Give up a list that was not handed over; its parcels wait for another (17.4).

    Raises: DutyMissing, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.GIVE_UP_POSTING_LIST)
    listed = _listed(posting_list)
    with act(actor=actor, now=now) as doing:
        still_open = {"handed_over_at": None, "given_up_at": None}
        change(PostingList, row=posting_list, expected=still_open, to={"given_up_at": now})
        for row in listed:
            _move(row, PackingAct.UNLIST, posting_list=None)
            _record(doing, EventKind.PARCEL_UNLISTED, row)


def hand_over_parcels(*, posting_list: PostingListId, accepted_on: date, actor: Actor, now: datetime) -> int:
    """Record that the post took a list's parcels on a day, all of them; return how many (17.4, 18.7).

    From this day the terms count. A parcel that may not go out any more, such as one whose certificate
    was revoked meanwhile, is named, and none is posted.

    Raises: DutyMissing, GuardRefused, NotForPost, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.HAND_OVER_PARCELS)
    listed = _listed(posting_list)
    with act(actor=actor, now=now) as doing:
        change(
            PostingList,
            row=posting_list,
            expected={"handed_over_at": None, "given_up_at": None},
            to={"handed_over_at": now, "handed_over_by": actor.name, "accepted_on": accepted_on},
        )
        drawn_up_on = PostingList.objects.values_list("day", flat=True).get(pk=posting_list)
        check_counter(CounterFacts(drawn_up_on=drawn_up_on, accepted_on=accepted_on, today=jst_date(now)))
        for row in listed:
            _post(doing, row, accepted_on, now)
    return len(listed)


def _post(doing: Doing, row: Packing, accepted_on: date, now: datetime) -> None:
    proxy = goes_to_proxy(ApplicationId(row.application_id))
    plan = _plan(Content.CARD if row.card_id else Content.PIN_MAILER, proxy=proxy)
    facts = posting_facts(row.application, plan, packing_checked=True, proxy_case=proxy, now=now)
    lacking = first_lacking(POSTING_GUARDS, facts)
    # Packed for the subscriber, and a proxy was approved since: the parcel is another one now (24.1).
    if lacking is not None or plan.address != row.address:
        guard = lacking.name if lacking is not None else "addressee_is_confirmed"
        raise NotForPost(parcel=row.number, guard=guard)
    parcel = add_parcel(
        doing,
        row=row.application,
        plan=plan,
        tracking=row.tracking_number or "",
        posted_on=accepted_on,
        by=row.packed_by,
    )
    _move(row, PackingAct.POST, parcel=parcel)


def _plan(holds: Content, *, proxy: bool) -> ParcelPlan:
    found = [plan for plan in parcel_plans(proxy=proxy) if holds in plan.contents]
    if not found:
        raise Unknown(what="parcel", detail=holds.value)
    return found[0]


def _things(application: ApplicationId, plan: ParcelPlan) -> tuple[Card | None, Mailer | None]:
    card = Card.objects.filter(order__application_id=application).first()
    if card is None:
        raise Unknown(what="card", detail=f"of application {application}")
    if Content.CARD in plan.contents:
        # What may not be sent is not packed either.
        next_card_state(CardState(card.state), CardAct.SEND)
    mailer = Mailer.objects.filter(card=card).first() if Content.PIN_MAILER in plan.contents else None
    return (card if Content.CARD in plan.contents else None), mailer


def _returned(application: ApplicationId, holds: Content) -> int:
    back = Parcel.objects.filter(application_id=application, returned_on__isnull=False)
    return back.filter(card__isnull=holds is not Content.CARD).count()


def _fault(line: AcceptedNumber, row: Packing | None, lines: Sequence[AcceptedNumber]) -> LineFault | None:
    problem = _number_problem(line, row, lines)
    if problem or row is None:
        return LineFault(line=line.line, field="number", problem=problem, value=line.number)
    problem = _tracking_problem(line, Mail(row.mail), lines)
    return (
        LineFault(line=line.line, field="tracking", problem=problem, value=line.tracking) if problem else None
    )


def _number_problem(line: AcceptedNumber, row: Packing | None, lines: Sequence[AcceptedNumber]) -> str:
    if row is None:
        return "unknown"
    if sum(one.number == line.number for one in lines) > 1:
        return "twice"
    return "has_one" if row.state != PackingState.PACKED or row.tracking_number is not None else ""


def _tracking_problem(line: AcceptedNumber, mail: Mail, lines: Sequence[AcceptedNumber]) -> str:
    try:
        digits = tracking_number(line.tracking, mail=mail)
    except WrongTrackingNumber as wrong:
        return wrong.problem
    if sum(one.tracking.replace("-", "") == digits for one in lines) > 1:
        return "twice"
    # The post uses its numbers again: only of what lies here is each another.
    here = Packing.objects.filter(tracking_number=digits, state__in=[state.value for state in IN_THE_HOUSE])
    return "given_already" if here.exists() else ""


def _listed(posting_list: PostingListId) -> list[Packing]:
    rows = Packing.objects.select_related("application").filter(posting_list=posting_list).order_by("pk")
    found = list(rows)
    if not found:
        raise Unknown(what="posting list", detail=str(posting_list))
    return found


def _move(row: Packing, act_: PackingAct, *, seen: dict[str, Any] | None = None, **columns: Any) -> None:
    state = next_state(PackingState(row.state), act_)
    expected = {"state": row.state, **(seen or {})}
    change(Packing, row=row.pk, expected=expected, to={"state": state, **columns})


def _record(doing: Doing, kind: EventKind, row: Packing, **details: Any) -> None:
    doing.record(kind, subject=subject(row.application.number), packing=row.number, **details)


def _packing(packing: PackingId) -> Packing:
    row = Packing.objects.select_related("application").filter(pk=packing).first()
    if row is None:
        raise Unknown(what="packing", detail=str(packing))
    return row
