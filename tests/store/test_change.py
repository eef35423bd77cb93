"""Compare-and-set: of many at once exactly one wins, and the others are told (ADR 0015)."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, connections

from inro.practice.duties import SeparationBreached
from inro.store.audit import chain_end
from inro.store.audit_verify import verify_chain
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.models import Application, AuditRow, Card, IssuanceOrder, Parcel, SerialNumber
from inro.store.states import Medium
from inro.usecases.actor import process
from inro.usecases.expiry import expire_certificates
from inro.usecases.issuance_card import reserve_card
from inro.usecases.issuance_certificate import claim_hand_over, reserve_serial
from inro.usecases.issuance_claim import claim_issuance_order
from tests import given, posted

THREADS = 8


def race(run: Callable[[int], object], threads: int = THREADS) -> list[object]:
    """Start threads at once, each on a connection of its own; return what each returned or raised."""
    barrier = threading.Barrier(threads)
    outcomes: list[object] = [None] * threads

    def one(number: int) -> None:
        try:
            barrier.wait()
            outcomes[number] = run(number)
        except Exception as error:  # noqa: BLE001 - whatever a thread raises is its outcome
            outcomes[number] = error
        finally:
            connections.close_all()

    workers = [threading.Thread(target=one, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return outcomes


def test_a_change_from_another_state_is_a_conflict_and_changes_nothing(db):
    application = given.drafted()
    with pytest.raises(Conflict, match="no longer"):
        change(Application, row=application, expected={"state": "received"}, to={"state": "examining"})
    assert Application.objects.get().state == "drafted"


def test_of_eight_workers_each_certificate_is_ended_by_one(fresh_database):
    house = given.office()
    made = {given.issued(house) for _ in range(3)}
    later = given.NOW + timedelta(days=500)
    outcomes = race(lambda number: expire_certificates(actor=process(f"worker-{number}"), now=later))
    assert sum(outcomes) == len(made)
    assert AuditRow.objects.filter(kind="certificate.expired").count() == len(made)


def test_a_posting_of_card_and_pin_by_one_person_at_once_leaves_one(fresh_database):
    application = posted.issued(given.office(), findings=given.WITH_PROXY)
    posts = (posted.to_proxy, posted.pin_alone)
    outcomes = race(lambda number: posts[number](application, by=given.DESK), threads=2)
    assert Parcel.objects.count() == 1
    assert sum(isinstance(outcome, (Conflict, SeparationBreached)) for outcome in outcomes) == 1


def test_a_change_of_nothing_is_unknown(db):
    with pytest.raises(Unknown):
        change(Application, row=99, expected={"state": "drafted"}, to={"state": "printed"})


def test_of_eight_threads_one_receives_an_application(fresh_database):
    application = given.drafted()
    outcomes = race(
        lambda number: given.receive_application(
            application=application, received_at=given.NOW, actor=given.EXAMINER, now=given.NOW
        )
    )
    assert outcomes.count(None) == 1
    # Whoever reads the new state already is told by the table of states, the rest by the comparison.
    assert {type(outcome).__name__ for outcome in outcomes if outcome} <= {"Conflict", "ActNotAllowed"}
    assert AuditRow.objects.filter(kind="application.received").count() == 1


def test_eight_stations_share_four_orders_without_a_double(fresh_database):
    house = given.office()
    orders = {given.accepted(house) for _ in range(4)}
    given.blank_cards(8)

    def take(number: int) -> object:
        station = process(f"station-{number}")
        order = claim_issuance_order(station=station.name, actor=station, now=given.NOW)
        while order is not None:
            try:
                reserve_card(order=order, medium=Medium.VIRTUAL, actor=station, now=given.NOW)
                return order
            except Conflict:
                continue  # Another station took the same blank card; there are more.
        return None

    outcomes = race(take)
    assert sorted(o for o in outcomes if o) == sorted(orders)
    assert Card.objects.filter(state="reserved").count() == 4
    assert IssuanceOrder.objects.filter(state="claimed").values("claimed_by").distinct().count() == 4


def test_of_eight_signers_one_claims_a_hand_over(fresh_database):
    order = given.handed_over(given.accepted(given.office()))
    signers = [process(f"signer-{number}") for number in range(THREADS)]
    outcomes = race(
        lambda number: claim_hand_over(signer=signers[number].name, actor=signers[number], now=given.NOW)
    )
    assert outcomes.count(order) == 1
    assert outcomes.count(None) == THREADS - 1


def test_eight_reservations_for_one_order_end_in_one_serial(fresh_database):
    order = given.handed_over(given.accepted(given.office()))
    numbers = [given.serial() for _ in range(THREADS)]
    outcomes = race(
        lambda number: reserve_serial(order=order, serial=numbers[number], actor=given.SIGNER, now=given.NOW)
    )
    assert len(set(outcomes)) == 1
    assert outcomes[0] in numbers
    assert SerialNumber.objects.count() == 1


def test_eight_writers_make_one_chain_and_distinct_numbers(fresh_database):
    outcomes = race(lambda number: [given.drafted() for _ in range(5)])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert chain_end().seq == Application.objects.count() == THREADS * 5
    assert Application.objects.values("number").distinct().count() == THREADS * 5
    connection.ensure_connection()
    assert verify_chain(connection.connection).sound
