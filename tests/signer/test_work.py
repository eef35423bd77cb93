"""One pass of the signer: a refusal is on record and stops nobody else (9.1, 22, 26)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from inro.pki.hand_over import HandOverFault
from inro.ports.errors import PortError
from inro.signer.journal import Kind
from inro.signer.steps import Step
from inro.store.models import Card, Certificate, IssuanceOrder, RevocationCase
from inro.store.states import OrderState, RevocationState
from inro.usecases.issuance_card import reopen_order
from tests import given
from tests.pki import material
from tests.signer.given_signer import NOW, World, assert_refused, audited, card_ready, decided, handed_over
from tests.signer.tampering import tamper

LATER = NOW + timedelta(minutes=1)


class BrokenToken:
    """A CA token that has gone away."""

    def __init__(self, public_key_info: bytes) -> None:
        self.public_key_info = public_key_info

    def sign(self, data: bytes) -> bytes:
        """Fail as a lost token does."""
        raise PortError("CA token", f"lost before {len(data)} octets")


UNBELIEVED: dict[str, tuple[dict[str, Any], HandOverFault]] = {
    "by another station": ({"by": "mallory"}, HandOverFault.STATION_SIGNATURE),
    "bad proof": ({"proof": b"x"}, HandOverFault.CARD_PROOF),
    "another key": ({"public_key_info": material.public_key_info("mallory")}, HandOverFault.CARD_PROOF),
    "key left behind": ({"key_absent": False}, HandOverFault.NOT_ERASED),
    "another application": ({"application": "A26-999999-9"}, HandOverFault.OTHER_ORDER),
    "another card": ({"card_serial": "f" * 16}, HandOverFault.OTHER_CARD),
    "other approvals": ({"approvals": ("aa" * 32, "bb" * 32, "cc" * 32)}, HandOverFault.OTHER_APPROVALS),
}


@pytest.mark.parametrize("how", UNBELIEVED)
def test_a_hand_over_that_is_not_believed_is_refused(world: World, how: str) -> None:
    changes, fault = UNBELIEVED[how]
    order = handed_over(world, **changes)
    assert fault.value in assert_refused(world, order, why="HandOverRefused")
    assert not any(world.room.journal.count(kind) for kind in (Kind.APPROVAL, Kind.SERIAL, Kind.PUBLIC_KEY))


@pytest.mark.parametrize("medium", ["virtual", "", "Hardware"])
def test_a_virtual_card_is_for_demonstrations_only(world: World, medium: str) -> None:
    order = handed_over(world, medium=medium)
    world.room = replace(world.room, virtual_allowed=False)
    assert "virtual-card" in assert_refused(world, order, why="HandOverRefused")


def test_a_key_swapped_after_two_genuine_approvals_is_not_certified(world: World) -> None:
    """The statement names another key now; the station signed it over the card's."""
    order = handed_over(world)
    row = IssuanceOrder.objects.get(pk=order)
    other = handed_over(world)
    theirs = bytes(IssuanceOrder.objects.get(pk=other).hand_over)
    tamper("UPDATE store_issuanceorder SET state = 'ended' WHERE id = %s", other)
    swapped = bytes(row.hand_over).replace(key_in(bytes(row.hand_over)), key_in(theirs))
    tamper("UPDATE store_issuanceorder SET hand_over = %s WHERE id = %s", swapped, order)
    assert "station-signature" in assert_refused(world, order, why="HandOverRefused")


def test_a_whole_hand_over_of_another_order_is_not_this_orders(world: World) -> None:
    first, second = handed_over(world), handed_over(world)
    row = IssuanceOrder.objects.get(pk=first)
    tamper("UPDATE store_issuanceorder SET state = 'ended' WHERE id = %s", first)
    tamper(
        "UPDATE store_issuanceorder SET hand_over = %s, station_signature = %s WHERE id = %s",
        bytes(row.hand_over),
        bytes(row.station_signature),
        second,
    )
    assert "other-order" in assert_refused(world, second, why="HandOverRefused")


def test_a_card_changed_after_the_hand_over_is_not_the_one_that_proved_its_key(world: World) -> None:
    order = handed_over(world)
    tamper("UPDATE store_card SET serial = %s", "e" * 16)
    assert "other-card" in assert_refused(world, order, why="HandOverRefused")


def test_a_refused_order_stops_no_other(world: World) -> None:
    good = [handed_over(world), handed_over(world)]
    bad = handed_over(world, by="mallory")
    good.append(handed_over(world))
    done = world.work()
    assert (done.certificates, len(done.refused)) == (3, 1)
    states = {order: IssuanceOrder.objects.get(pk=order).state for order in (*good, bad)}
    assert states == dict.fromkeys(good, OrderState.CERTIFIED) | {bad: OrderState.REFUSED}


def test_a_refused_order_is_certified_with_another_card(world: World) -> None:
    order = handed_over(world, proof=b"x")
    world.work()
    reopen_order(order=order, why="bad card", actor=given.DESK, now=NOW)
    handed_over(world, order=order)
    assert world.work().certificates == 1
    assert Certificate.objects.get().application.order.pk == order
    assert sorted(Card.objects.values_list("state", flat=True)) == ["reserved", "spoiled"]


def test_an_order_whose_findings_stood_gets_another_card_under_its_first_serial(world: World) -> None:
    """Approvals and serial are the order's: another key may use them, another order may not."""
    allowed = world.room.profile
    order = handed_over(world)
    world.room = replace(world.room, issuer=replace(world.room.issuer, not_after=NOW + timedelta(days=30)))
    assert "draft.not_after" in assert_refused(world, order, why="FindingsStand")
    [serial] = [entry.key for entry in world.room.journal.entries(Kind.SERIAL)]
    authority = replace(world.room.issuer, not_after=material.CA_UNTIL)
    world.room = replace(world.room, issuer=authority, profile=allowed)
    reopen_order(order=order, why="profile mended", actor=given.DESK, now=NOW)
    handed_over(world, order=order)
    assert world.work().certificates == 1
    assert bytes(Certificate.objects.get().serial.serial).hex() == serial


def test_a_refused_case_stops_no_other(world: World) -> None:
    for _ in range(2):
        handed_over(world)
    world.work()
    first, second = Certificate.objects.order_by("pk")
    decided(world, first)
    bad = decided(world, second)
    tamper("UPDATE store_revocationcase SET ground = '12.4' WHERE id = %s", bad.case_id)
    done = world.work(now=LATER)
    assert (done.revocations, len(done.refused), done.lists) == (1, 1, True)
    assert [*RevocationCase.objects.order_by("pk").values_list("state", flat=True)] == [
        RevocationState.REVOKED,
        RevocationState.REFUSED,
    ]


def test_revocations_and_lists_go_before_orders(world: World) -> None:
    handed_over(world)
    world.work()
    decided(world, Certificate.objects.get())
    handed_over(world)
    world.steps.clear()
    world.work(now=LATER)
    assert world.steps[0] is Step.RECORD_REVOCATION
    assert world.steps.index(Step.RECORD_LIST) < world.steps.index(Step.RESERVE_SERIAL)


def test_a_token_that_is_lost_ends_the_pass_and_loses_nothing(world: World) -> None:
    order = handed_over(world)
    whole = world.room
    world.room = replace(whole, token=BrokenToken(whole.token.public_key_info))
    with pytest.raises(PortError, match="lost"):
        world.work()
    assert IssuanceOrder.objects.get(pk=order).state == OrderState.HANDED_OVER
    assert not Certificate.objects.exists()
    world.room = whole
    assert world.work().certificates == 1


def test_lists_are_made_when_asked_for(world: World) -> None:
    assert world.work(lists_anyway=True).lists
    assert not world.work().lists


def test_what_a_pass_with_nothing_to_do_says(world: World) -> None:
    order = card_ready(world)
    done = world.work()
    assert (done.certificates, done.revocations, done.lists, done.refused) == (0, 0, False, ())
    assert audited(f"order/{order}")[-1] == "issuance.pin_erased"


def key_in(hand_over: bytes) -> bytes:
    """Return the spelling of the key in a statement."""
    return hand_over.split(b'"public_key_info":"')[1].split(b'"')[0]
