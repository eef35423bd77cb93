"""The station's walk over a real token, cards and press; what a crash leaves is taken up (17.1, 17.3)."""

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from inro.pki.hand_over import verify_hand_over
from inro.ports.errors import PortError
from inro.practice.application import ApplicationState
from inro.practice.card import CardState, MailerState
from inro.station.card_place import open_card
from inro.station.issuance import FINISH_CARD, HAND_OVER, MAILER_PRINTED, finish_card, hand_over, resume
from inro.station.job import PersonalisationJob, VirtualCardPlace
from inro.station.room import Room
from inro.station.work import Done, work
from inro.store.models import Application, AuditRow, Card, Certificate, Erasure, IssuanceOrder, Mailer
from inro.store.reads.issuance import OrderRecord, issuance_order
from inro.store.states import Medium, OrderState
from inro.usecases.card import BlankCard, receive_blank_cards
from inro.virtual_card.card_file import make_blank_card
from tests import given
from tests.pki import material
from tests.signer.conftest import ca, world
from tests.signer.given_signer import NOW, STATION_KEY, World
from tests.station.given_station import TOKEN_PIN, given_desk

__all__ = ["ca", "world"]

WALK = [
    "1 make_key done",
    "2 initialise_card done",
    "3 move_key done",
    "4 prove_key done",
    "5 print_mailer intended",
    "5 print_mailer done",
    MAILER_PRINTED,
    HAND_OVER,
]


class Killed(Exception):
    """The process ends here."""


class StationKey:
    """The station's signing key."""

    public_key_info = material.public_key_info(STATION_KEY)

    def sign(self, data: bytes) -> bytes:
        """Sign as the token does."""
        return material.signer(STATION_KEY)(data)


@dataclass(slots=True, kw_only=True)
class Desk:
    """A station over a folder of its own; `steps` is what it has told."""

    room: Room
    folder: Path
    file_key: bytes
    steps: list[str]
    die_at: str = ""

    def passed(self, step: str) -> None:
        """Note a step, and end the process at one of them."""
        self.steps.append(step)
        if step == self.die_at:
            self.die_at = ""
            raise Killed(step)

    def work(self, *, now: datetime = NOW) -> Done:
        """Let the station make one pass."""
        return work(room=self.room, now=now, passed=self.passed)

    def blank_cards(self, count: int) -> None:
        """Put blank cards on the desk and into stock."""
        serials = [os.urandom(8).hex() for _ in range(count)]
        for serial in serials:
            make_blank_card(path=self.card_file(serial), file_key=self.file_key)
        cards = [BlankCard(serial=serial, model="virtual-1", medium=Medium.VIRTUAL) for serial in serials]
        receive_blank_cards(cards=cards, actor=given.DESK, now=NOW)

    def card_file(self, serial: str) -> Path:
        """Return the file of a virtual card."""
        return self.folder / "cards" / f"{serial}.card"

    def certificate_on(self, serial: str) -> bytes:
        """Return the certificate that a card gives."""
        place = VirtualCardPlace(path=self.card_file(serial))
        with open_card(place, card_file_key=self.file_key) as card:
            octets: bytes = card.read_certificate()
            return octets


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Desk:
    """A station; a test that needs the signer too asks for it afterwards: a process opens one token."""
    made = given_desk(tmp_path)

    def job(order: OrderRecord, serial: str, now: datetime) -> PersonalisationJob:
        return replace(
            made.job,
            label=replace(made.job.label, serial=serial),
            card=VirtualCardPlace(path=tmp_path / "cards" / f"{serial}.card"),
            mailer=replace(made.job.mailer, application=order.application_number),
        )

    room = Room(
        key=StationKey(),
        token_pin=TOKEN_PIN,
        card_file_key=made.file_key,
        medium=Medium.VIRTUAL,
        job=job,
        actor=given.STATION,
        name=given.STATION.name,
    )
    return Desk(room=room, folder=tmp_path, file_key=made.file_key, steps=[])


def mailers(desk: Desk) -> list[Path]:
    return sorted((desk.folder / "paper").glob("*.pdf"))


def test_an_order_becomes_a_card_with_its_certificate(desk: Desk, world: World) -> None:
    desk.blank_cards(1)
    order = given.accepted(world.house)
    assert desk.work() == Done(resumed=0, made=1, failed=())
    assert desk.steps == WALK
    assert world.work().certificates == 1
    assert desk.work() == Done(resumed=1, made=0, failed=())
    assert desk.steps[-1] == FINISH_CARD
    card = Card.objects.get()
    assert desk.certificate_on(card.serial) == bytes(Certificate.objects.get().der)
    assert (card.state, Mailer.objects.get().state) == (CardState.PERSONALISED, MailerState.PRINTED)
    assert Application.objects.get().state == ApplicationState.ISSUED
    assert issuance_order(order).state is OrderState.DONE
    assert len(mailers(desk)) == 1
    assert {row.kind for row in Erasure.objects.all()} == {"subscriber_key", "pin"}


def test_what_is_handed_over_is_what_is_on_record_and_on_the_card(desk: Desk) -> None:
    desk.blank_cards(1)
    order = given.accepted(given.office())
    desk.work()
    record = issuance_order(order)
    assert record.hand_over is not None
    assert record.station_signature is not None
    assert record.card is not None
    assert record.key is not None
    said = verify_hand_over(
        payload=record.hand_over,
        signature=record.station_signature,
        station_key_info=StationKey.public_key_info,
    )
    assert (said.order, said.application) == (order, record.application_number)
    assert (said.card_serial, said.public_key_info) == (record.card.serial, record.key.public_key_info)
    assert said.approvals == tuple(one.assertion_sha256 for one in record.decisions)
    assert [one.purpose.value for one in record.decisions] == ["examination", "acceptance", "issuance"]


def test_each_step_is_on_record_before_the_next_begins(desk: Desk) -> None:
    desk.blank_cards(1)
    order = given.accepted(given.office())
    desk.work()
    kinds = AuditRow.objects.filter(subject=f"order/{order}").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == [
        "issuance.ordered",
        "issuance.order_claimed",
        "issuance.card_reserved",
        "issuance.key_made",
        "issuance.key_moved",
        "issuance.key_erased",
        "issuance.key_proved",
        "issuance.mailer_intended",
        "issuance.mailer_printed",
        "issuance.pin_erased",
        "issuance.handed_over",
    ]


@pytest.mark.parametrize("step", WALK[:-2])
def test_a_card_interrupted_before_it_is_ready_is_spoiled_and_another_made(desk: Desk, step: str) -> None:
    desk.blank_cards(2)
    order = given.accepted(given.office())
    desk.die_at = step
    with pytest.raises(Killed):
        desk.work()
    first = issuance_order(order).card
    assert first is not None
    assert desk.work() == Done(resumed=1, made=1, failed=())
    assert Card.objects.get(serial=first.serial).state == CardState.SPOILED
    record = issuance_order(order)
    assert record.state is OrderState.HANDED_OVER
    assert record.card is not None
    assert record.card.serial != first.serial
    # Never two mailers of one card: what was intended and not finished is spoiled with it.
    assert sorted(Mailer.objects.values_list("state", flat=True)) == (
        ["printed", "spoiled"] if step.startswith("5") else ["printed"]
    )


@pytest.mark.parametrize("step", [MAILER_PRINTED, HAND_OVER])
def test_a_ready_card_is_handed_over_after_a_crash_without_a_secret(desk: Desk, step: str) -> None:
    desk.blank_cards(1)
    order = given.accepted(given.office())
    desk.die_at = step
    with pytest.raises(Killed):
        desk.work()
    desk.room = replace(desk.room, token_pin=b"forgotten", card_file_key=None)
    assert desk.work().made == 0
    assert issuance_order(order).state is OrderState.HANDED_OVER
    assert len(mailers(desk)) == 1
    assert Card.objects.get().state == CardState.RESERVED


def test_an_order_at_the_signers_door_is_left_alone(desk: Desk) -> None:
    desk.blank_cards(1)
    order = given.accepted(given.office())
    desk.work()
    before, rows = issuance_order(order), AuditRow.objects.count()
    resume(order=order, room=desk.room, now=NOW, passed=desk.passed)
    assert issuance_order(order) == before
    assert AuditRow.objects.count() == rows


def test_a_certificate_written_before_a_crash_is_written_again_and_recorded(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.blank_cards(1)
    given.accepted(world.house)
    desk.work()
    world.work()
    with monkeypatch.context() as patch:
        patch.setattr("inro.station.issuance.record_certificate_on_card", killed)
        with pytest.raises(Killed):
            desk.work()
    assert Card.objects.get().state == CardState.RESERVED
    assert desk.work() == Done(resumed=1, made=0, failed=())
    assert Card.objects.get().state == CardState.PERSONALISED


def killed(**_: object) -> None:
    raise Killed


def test_a_card_taken_away_is_told_and_stops_no_other(desk: Desk, world: World) -> None:
    desk.blank_cards(2)
    for _ in range(2):
        given.accepted(world.house)
    desk.work()
    world.work()
    gone = Card.objects.order_by("pk")[0]
    desk.card_file(gone.serial).unlink()
    done = desk.work()
    assert done.resumed == 2
    assert len(done.failed) == 1
    assert sorted(Card.objects.values_list("state", flat=True)) == ["personalised", "reserved"]
    assert sorted(IssuanceOrder.objects.values_list("state", flat=True)) == ["certified", "done"]


def test_no_certificate_goes_onto_another_orders_card(desk: Desk, world: World) -> None:
    desk.blank_cards(2)
    orders = [given.accepted(world.house) for _ in range(2)]
    desk.work()
    world.work()
    first, second = (record.card.serial for record in map(issuance_order, orders) if record.card)
    away = desk.folder / "away.card"
    desk.card_file(first).rename(away)
    desk.card_file(first).write_bytes(desk.card_file(second).read_bytes())
    other, rows = desk.card_file(first).read_bytes(), AuditRow.objects.filter(subject=f"order/{orders[0]}")
    before = rows.count()
    [told] = desk.work().failed
    assert told.startswith(
        f"order {orders[0]}: カード {first} を読取装置に入れてください。今あるもの：{second} / "
        f"Put card {first} into the reader; what is there now: {second}"
    )
    assert desk.card_file(first).read_bytes() == other
    assert [issuance_order(one).state for one in orders] == [OrderState.CERTIFIED, OrderState.DONE]
    assert (Card.objects.get(serial=first).state, rows.count()) == (CardState.RESERVED, before)
    away.rename(desk.card_file(first))
    assert desk.work() == Done(resumed=1, made=0, failed=())
    assert desk.certificate_on(first) == issuance_order(orders[0]).certificate


def test_no_certificate_goes_onto_a_blank_card(desk: Desk, world: World) -> None:
    desk.blank_cards(1)
    given.accepted(world.house)
    desk.work()
    world.work()
    serial = Card.objects.get().serial
    desk.card_file(serial).unlink()
    make_blank_card(path=desk.card_file(serial), file_key=desk.file_key)
    [told] = desk.work().failed
    assert f"Put card {serial} into the reader" in told
    with open_card(VirtualCardPlace(path=desk.card_file(serial)), card_file_key=desk.file_key) as card:
        card.require_blank()
    assert IssuanceOrder.objects.get().state == OrderState.CERTIFIED


def test_several_orders_are_made_in_one_pass(desk: Desk) -> None:
    desk.blank_cards(2)
    for _ in range(2):
        given.accepted(given.office())
    assert desk.work() == Done(resumed=0, made=2, failed=())
    assert desk.steps == WALK * 2
    keys = {bytes(row.hand_over) for row in IssuanceOrder.objects.all()}
    assert len(keys) == 2


@pytest.mark.parametrize("secret", [{"token_pin": b"wrong-pin"}, {"card_file_key": os.urandom(32)}])
def test_a_card_that_fails_ends_the_making_in_this_pass(desk: Desk, secret: dict[str, bytes]) -> None:
    desk.blank_cards(2)
    orders = [given.accepted(given.office()) for _ in range(2)]
    whole, desk.room = desk.room, replace(desk.room, **secret)
    done = desk.work()
    assert (done.made, len(done.failed)) == (0, 1)
    assert [issuance_order(order).state for order in orders] == [OrderState.WAITING] * 2
    assert set(Card.objects.values_list("state", "application")) == {("blank", None)}
    assert not mailers(desk)
    desk.room = whole
    assert desk.work() == Done(resumed=0, made=2, failed=())


def test_nothing_is_handed_over_of_a_card_without_a_proven_key(desk: Desk) -> None:
    order = given.reserved(given.accepted(given.office()))
    with pytest.raises(PortError, match="no proven key"):
        hand_over(order=order, room=desk.room, now=NOW, passed=desk.passed)
    assert desk.steps == []
    assert issuance_order(order).hand_over is None


def test_no_card_is_finished_without_a_certificate(desk: Desk) -> None:
    order = given.handed_over(given.accepted(given.office()))
    with pytest.raises(PortError, match="no certificate"):
        finish_card(order=order, room=desk.room, now=NOW, passed=desk.passed)
