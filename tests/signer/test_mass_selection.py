"""What no certificate says is asked of its card's papers, joined by the key in the certificate (22.1)."""

from dataclasses import replace
from datetime import date

import pytest

from inro.pki.roster import encode_roster
from inro.practice.mass_revocation import Criterion, SelectorsDisagree
from inro.store.models import Card, IssuanceOrder, SubscriberKey
from inro.usecases.actor import process
from inro.usecases.mass_selection import agreed_selection
from inro.usecases.roster import install_roster
from tests import given
from tests.pki import material
from tests.signer.given_signer import NOW, World, handed_over
from tests.signer.tampering import tamper

OTHER_MODEL = "IDPrime 940"


@pytest.fixture
def issued(world: World) -> World:
    """Three certificates, the first on a card of another model; the roster is on record."""
    document = encode_roster(world.room.roster)
    install_roster(
        document=document,
        signature=material.signer("roster")(document),
        public_key_info=material.public_key_info("roster"),
        actor=process("ceremony"),
        now=NOW,
    )
    for _ in range(3):
        handed_over(world)
    world.work()
    Card.objects.filter(pk=Card.objects.earliest("pk").pk).update(model=OTHER_MODEL)
    return world


def count(criterion: Criterion) -> int:
    return agreed_selection(criterion, at=NOW).count


def test_both_selections_find_the_same_by_every_part_of_a_criterion(issued: World) -> None:
    every = Criterion(
        card_model="virtual-1",
        key_origin="hsm-session",
        profile_sha256=given.PROFILE_SHA256,
        organization="印籠商事（株）",
        operator="p-issue",
    )
    assert count(every) == 2
    assert count(Criterion(card_model=OTHER_MODEL)) == 1
    others = {
        "card_model": "x",
        "key_origin": "x",
        "profile_sha256": "00" * 32,
        "organization": "株式会社印籠商事",
        "operator": "p-both",
    }
    for part, value in others.items():
        assert count(replace(every, **{part: value})) == 0
    assert count(Criterion(organization="7000012050002")) == 0


def test_whose_they_are_and_of_which_month_is_counted(issued: World) -> None:
    selection = agreed_selection(Criterion(everyone=True), at=NOW)
    assert selection.by_month == {"2026-12": 3}
    assert selection.by_organization == {"印籠商事株式会社": 3}


def test_a_hand_over_of_another_key_vouches_for_nothing(issued: World) -> None:
    first, second = IssuanceOrder.objects.order_by("pk")[:2]
    tamper("UPDATE store_issuanceorder SET hand_over = %s WHERE id = %s", bytes(second.hand_over), first.pk)
    with pytest.raises(SelectorsDisagree, match="unproved"):
        count(Criterion(key_origin="hsm-session"))


def test_a_certificate_led_to_another_card_is_found_out(issued: World) -> None:
    """By the columns it lies on a card of the other model; the station signed its key with another card's."""
    card = Card.objects.get(model=OTHER_MODEL)
    first, second = SubscriberKey.objects.filter(card=card).get(), SubscriberKey.objects.latest("pk")
    theirs = second.card_id
    spare = Card.objects.create(
        serial="f" * 16, medium="virtual", model="x", state="blank", registered_at=NOW
    )
    for key, to in ((first, spare.pk), (second, card.pk), (first, theirs)):
        tamper("UPDATE store_subscriberkey SET card_id = %s WHERE id = %s", to, key.pk)
    with pytest.raises(SelectorsDisagree) as found:
        count(Criterion(card_model=OTHER_MODEL))
    assert sorted(one.partition(": ")[2] for one in found.value.differences) == [
        "certificates only",
        "records only",
    ]


@pytest.mark.parametrize(
    ("criterion", "statement"),
    [
        (Criterion(operator="p-issue"), "UPDATE store_decision SET person = 'x' WHERE purpose = 'issuance'"),
        (Criterion(profile_sha256=given.PROFILE_SHA256), "UPDATE store_certificate SET profile_sha256 = ''"),
        (Criterion(organization="印籠商事株式会社"), "UPDATE store_application SET content = NULL"),
        (Criterion(issued_from=date(2026, 12, 1)), "UPDATE store_certificate SET issued_at = '2026-11-01'"),
    ],
)
def test_columns_that_say_another_thing_are_found_out(
    issued: World, criterion: Criterion, statement: str
) -> None:
    tamper(statement)
    with pytest.raises(SelectorsDisagree) as found:
        count(criterion)
    assert found.value.count == 3
