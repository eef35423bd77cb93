"""From the packing table to the counter and back: all or none, and never a mixed parcel (17.4, 24.1)."""

from datetime import timedelta

import pytest

from inro.paper.codes import sheet_payload
from inro.practice.calendar import start_of_day
from inro.practice.card import CardState
from inro.practice.duties import SeparationBreached
from inro.practice.packing import (
    NotForPost,
    PackingRefused,
    PackingState,
    ResendingOver,
    ReturnReason,
    UnknownThing,
)
from inro.practice.parcels import Content, WrongContents, WrongTrackingNumber
from inro.practice.post_file import AcceptedNumber, LinesRefused
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, ParcelId
from inro.store.models import Application, Card, Certificate, Mailer, Packing, Parcel
from inro.store.reads.dispatch import (
    parcels_on_their_way,
    posting_list_by_number,
    posting_lists,
    waiting_parcels,
)
from inro.store.reads.receipt import card_serial
from inro.store.reads.scanned import PackingScan, application_of_slip, packing_scan
from inro.usecases.actor import DutyMissing
from inro.usecases.dispatch import record_returned_parcel
from inro.usecases.packing import (
    draw_up_posting_list,
    give_up_posting_list,
    import_tracking_numbers,
    open_packed_parcel,
    pack_parcel,
)
from tests import given, posted
from tests.usecases import given_packing as made

DAY = timedelta(days=1)
DESK = {"actor": given.DESK, "now": given.NOW}


@pytest.fixture
def house(db):
    return given.office()


@pytest.fixture
def issued(house) -> ApplicationId:
    return posted.issued(house)


@pytest.fixture
def proxys(house) -> ApplicationId:
    application = posted.issued(house, findings=given.WITH_PROXY)
    stated = Application.objects.values_list("stated", flat=True).get(pk=application)
    proxy = {"name": "中村　美咲", "kana": "ナカムラ　ミサキ", "home": stated["home"]}
    Application.objects.filter(pk=application).update(stated=stated | {"proxy": proxy})
    return application


def number(packing) -> str:
    return Packing.objects.get(pk=packing).number


def test_a_parcel_from_the_table_to_the_counter(issued):
    [waiting] = waiting_parcels()
    assert (waiting.holds, waiting.proxy, waiting.returned) == (Content.CARD, False, 0)
    packing = made.packed(issued, tracking=posted.tracking())
    assert waiting_parcels() == ()
    assert Card.objects.get().state == CardState.PERSONALISED
    assert Parcel.objects.count() == 0
    posting_list = made.listed(packing)
    assert made.handed_over(posting_list) == 1
    parcel = Parcel.objects.get()
    assert (parcel.tracking_number, parcel.posted_on, parcel.posted_by) == (
        posted.tracking(),
        posted.DAY,
        "p-desk",
    )
    assert Card.objects.get().state == CardState.SENT
    assert Packing.objects.get().state == PackingState.POSTED
    [way] = parcels_on_their_way()
    assert way.application == posted.number_of(issued)
    [done] = posting_lists(still_open=False)
    assert done.accepted_on == posted.DAY
    with pytest.raises(Conflict):
        made.handed_over(posting_list)


def test_what_was_scanned_is_told_apart_by_its_code(issued):
    application = posted.number_of(issued)
    mailer = Mailer.objects.get().number
    slip = sheet_payload(kind="RS1", number=application)
    scan = packing_scan([card_serial(issued).lower(), f" {mailer} ", slip, "", "131-12-38385-2"])
    assert {thing.content for thing in scan.things} == set(posted.TOGETHER)
    assert {thing.application for thing in scan.things} == {application}
    assert scan.tracking == "131-12-38385-2"
    assert application_of_slip(slip) == application
    for text in ("RS1:A26-999999-9:1/1:X", "0000", "RA1:x:1/1:A", "HU1:A26-999999-9:1/1:Q"):
        with pytest.raises(UnknownThing):
            packing_scan([text])


def test_a_parcel_that_lacks_or_mixes_is_not_closed(house, issued):
    other = posted.issued(house)
    with pytest.raises(WrongContents):
        made.packed(issued, contents={Content.CARD, Content.RECEIPT_SLIP})
    with pytest.raises(GuardRefused):
        pack_parcel(
            application=issued,
            scan=PackingScan(things=tuple(posted.scan(other, posted.TOGETHER))),
            resending_limit=made.LIMIT,
            **DESK,
        )
    with pytest.raises(WrongTrackingNumber):
        made.packed(issued, tracking=posted.tracking("3"))
    with pytest.raises(DutyMissing):
        made.packed(issued, by=given.EXAMINER)
    made.packed(issued)
    with pytest.raises(Conflict):
        made.packed(issued)


def test_of_a_proxys_case_two_persons_pack(proxys):
    assert {one.holds for one in waiting_parcels()} == {Content.CARD, Content.PIN_MAILER}
    card = made.packed(proxys, contents=posted.TO_PROXY, tracking=posted.tracking())
    with pytest.raises(SeparationBreached):
        made.packed(proxys, contents=posted.PIN_ALONE, holds=Content.PIN_MAILER)
    pin = made.packed(
        proxys,
        contents=posted.PIN_ALONE,
        holds=Content.PIN_MAILER,
        by=given.MAIL,
        tracking=posted.tracking("3"),
    )
    with pytest.raises(DutyMissing):
        open_packed_parcel(packing=card, actor=given.MAIL, now=given.NOW)
    assert made.handed_over(made.listed(card, pin)) == 2
    assert sorted(Parcel.objects.values_list("posted_by", flat=True)) == ["p-desk", "p-mail"]


def test_a_list_wants_numbers_and_a_day_to_come(issued):
    packing = made.packed(issued)
    for packings, day in (((packing,), posted.DAY), ((), posted.DAY), ((packing,), posted.DAY - DAY)):
        with pytest.raises(PackingRefused):
            draw_up_posting_list(packings=packings, day=day, **DESK)


def test_a_list_given_up_lets_its_parcels_be_opened(issued):
    packing = made.packed(issued, tracking=posted.tracking())
    posting_list = made.listed(packing)
    with pytest.raises(ActNotAllowed):
        open_packed_parcel(packing=packing, **DESK)
    give_up_posting_list(posting_list=posting_list, **DESK)
    with pytest.raises(Unknown):
        made.handed_over(posting_list)
    open_packed_parcel(packing=packing, **DESK)
    assert Packing.objects.get().state == PackingState.OPENED
    [waiting] = waiting_parcels()
    assert waiting.application == posted.number_of(issued)


def test_the_counters_day_is_neither_before_the_list_nor_to_come(issued):
    posting_list = made.listed(made.packed(issued, tracking=posted.tracking()))
    for day in (posted.DAY - DAY, posted.DAY + DAY):
        with pytest.raises(GuardRefused):
            made.handed_over(posting_list, on=day)
    assert Parcel.objects.count() == 0


def test_none_is_posted_where_one_may_not_go_out(house, issued):
    other = posted.issued(house)
    first = made.packed(issued, tracking=posted.tracking(number=1))
    second = made.packed(other, tracking=posted.tracking(number=2))
    posting_list = made.listed(first, second)
    given.revoked(house, Certificate.objects.get(application=other).pk)
    with pytest.raises(NotForPost) as refused:
        made.handed_over(posting_list)
    assert refused.value.parcel == number(second)
    assert Parcel.objects.count() == 0
    assert posting_list_by_number(posting_lists(still_open=True)[0].number).is_open


def test_numbers_come_in_all_or_none(house, issued):
    other = posted.issued(house)
    first, second = number(made.packed(issued)), number(made.packed(other))

    def lines(*pairs) -> list[AcceptedNumber]:
        return [
            AcceptedNumber(line=place, number=one, tracking=tracking)
            for place, (one, tracking) in enumerate(pairs, start=1)
        ]

    good, better = posted.tracking(number=11), posted.tracking(number=12)
    bad = lines(
        (first, good),
        ("P26-999999-9", better),
        (second, posted.tracking("3", 5)),
    )
    with pytest.raises(LinesRefused) as refused:
        import_tracking_numbers(lines=bad, **DESK)
    assert [(one.line, one.field, one.problem) for one in refused.value.faults] == [
        (2, "number", "unknown"),
        (3, "tracking", "kind"),
    ]
    assert set(Packing.objects.values_list("tracking_number", flat=True)) == {None}
    for pairs, problem in (
        (((first, good), (first, better)), "twice"),
        (((first, good), (second, good)), "twice"),
        (((first, "123"),), "format"),
        (((first, good[:-1] + str((int(good[-1]) + 1) % 7)),), "check-digit"),
    ):
        with pytest.raises(LinesRefused) as refused:
            import_tracking_numbers(lines=lines(*pairs), **DESK)
        assert {one.problem for one in refused.value.faults} == {problem}
    assert import_tracking_numbers(lines=lines((first, good), (second, better)), **DESK) == 2
    with pytest.raises(LinesRefused):
        import_tracking_numbers(lines=lines((first, posted.tracking(number=13))), **DESK)


def test_what_comes_back_goes_out_again_until_the_limit(issued):
    day, number_ = posted.DAY, 1
    for _ in range(made.LIMIT + 1):
        now = start_of_day(day)
        packing = made.packed(issued, tracking=posted.tracking(number=number_), now=now)
        made.handed_over(made.listed(packing, day=day, now=now), on=day, now=now)
        parcel = Parcel.objects.latest("pk")
        day, number_ = day + 12 * DAY, number_ + 1
        record_returned_parcel(
            parcel=ParcelId(parcel.pk),
            returned_on=day,
            reason=ReturnReason.NOT_COLLECTED,
            actor=given.DESK,
            now=start_of_day(day),
        )
    [waiting] = waiting_parcels()
    assert (waiting.returned, waiting.last_reason) == (3, ReturnReason.NOT_COLLECTED)
    with pytest.raises(ResendingOver):
        made.packed(issued, now=start_of_day(day))
