"""The station's walk: from an order to a finished card (5.2, 17.1, 17.3, 19.3; docs/issuance.md).

Steps 1 to 5 run in a child process of the card's own; every secret lives and ends with it. From step 6 on
everything can be repeated without a secret. A crash before step 6 spoils one blank card and nothing more;
what fails before a card is touched spoils none.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inro.pki.hand_over import HandOver
from inro.ports.errors import CardRefused, PortError
from inro.practice.approval import TO_ISSUE, Purpose
from inro.station.card_place import open_made_card, require_blank_card
from inro.station.child_process import CardSpoiled, PersonalisationFailed, personalise
from inro.station.personalisation import Phase, Report, Step
from inro.station.room import Room
from inro.store.errors import StockEmpty
from inro.store.ids import OrderId
from inro.store.reads.issuance import OrderRecord, has_blank_card, issuance_order
from inro.store.states import OrderState
from inro.usecases.issuance_card import (
    intend_mailer,
    record_card_proof,
    record_certificate_on_card,
    record_hand_over,
    record_key_on_card,
    record_mailer_printed,
    release_card,
    reserve_card,
    spoil_card,
)

_NUMBERS = {step: place for place, step in enumerate(Step, start=1)}
MAILER_PRINTED = "5 print_mailer recorded"
HAND_OVER = "6 hand_over"
FINISH_CARD = "7 finish_card"
type Passed = Callable[[str], None]


def resume(*, order: OrderId, room: Room, now: datetime, passed: Passed) -> None:
    """Take an order of this station on from the last step that stands.

    An order caught before its card was ready spoils that card; the order waits again. One whose certificate
    is still being made is left alone.

    Raises: CardRefused, PortError, StoreError.
    """
    state = issuance_order(order).state
    if state is OrderState.CLAIMED:
        spoil_card(order=order, why="interrupted", actor=room.actor, now=now)
    elif state is OrderState.CARD_READY:
        hand_over(order=order, room=room, now=now, passed=passed)
    elif state is OrderState.CERTIFIED:
        finish_card(order=order, room=room, now=now, passed=passed)


def check_blank_card(room: Room) -> None:
    """Make sure, before an order is claimed, that a card can be begun: in stock, and blank in the reader.

    Raises: StockEmpty, NoBlankCard.
    """
    if not has_blank_card(room.medium):
        raise StockEmpty(medium=room.medium.value)
    if room.reader is not None:
        require_blank_card(room.reader)


def make_card(*, order: OrderId, room: Room, now: datetime, passed: Passed) -> None:
    """Make a card for a claimed order: steps 1 to 6.

    Raises: StockEmpty or PersonalisationFailed if no card was touched: the one reserved is blank again;
    CardSpoiled if one was. The order then waits again.
    """
    try:
        card = reserve_card(order=order, medium=room.medium, actor=room.actor, now=now)
    except StockEmpty:
        release_card(order=order, why="no blank card", actor=room.actor, now=now)
        raise
    recorder = _Recorder(order=order, room=room, now=now, passed=passed)
    try:
        personalised = personalise(
            job=room.job(issuance_order(order), card.serial, now),
            token_pin=room.token_pin,
            card_file_key=room.card_file_key,
            on_report=recorder.record,
        )
    except CardSpoiled:
        spoil_card(order=order, why="spoiled", actor=room.actor, now=now)
        raise
    except PersonalisationFailed:
        release_card(order=order, why="not begun", actor=room.actor, now=now)
        raise
    # Only now is the child gone, and with it the memory that held key and PIN (17.3, 19.3).
    record_mailer_printed(order=order, evidence=personalised.evidence(), actor=room.actor, now=now)
    passed(MAILER_PRINTED)
    hand_over(order=order, room=room, now=now, passed=passed)


def hand_over(*, order: OrderId, room: Room, now: datetime, passed: Passed) -> None:
    """Sign what the signer needs to know of a ready card and record it: step 6.

    Raises: PortError, StoreError.
    """
    payload = _statement(issuance_order(order)).encode()
    record_hand_over(
        order=order, payload=payload, signature=room.key.sign(payload), actor=room.actor, now=now
    )
    passed(HAND_OVER)


def finish_card(*, order: OrderId, room: Room, now: datetime, passed: Passed) -> None:
    """Put the certificate onto the order's own card, read it back and compare: step 7.

    Raises: OtherCard if that card does not lie there, and nothing is written; CardRefused if the card gives
    other bytes than it was given; PortError, StoreError.
    """
    record = issuance_order(order)
    if record.certificate is None or record.card is None:
        raise PortError("order", f"{order} has no certificate or card", "let the auditor look at its rows")
    place = room.job(record, record.card.serial, now).card
    with open_made_card(place, serial=record.card.serial, card_file_key=room.card_file_key) as card:
        card.write_certificate(record.certificate)
        read_back = card.read_certificate()
    if read_back != record.certificate:
        raise CardRefused(f"card {record.card.serial}", "reads back another certificate", "destroy the card")
    record_certificate_on_card(
        order=order, read_back_sha256=hashlib.sha256(read_back).hexdigest(), actor=room.actor, now=now
    )
    passed(FINISH_CARD)


@dataclass(slots=True, kw_only=True)
class _Recorder:
    """Writes each report of the child down before the child goes on."""

    order: OrderId
    room: Room
    now: datetime
    passed: Passed
    public_key_info: bytes = b""

    def record(self, report: Report) -> str:
        order, actor, now = self.order, self.room.actor, self.now
        number = ""
        match report.step, report.phase:
            case Step.MAKE_KEY, _:
                self.public_key_info = report.spki
            case Step.MOVE_KEY, _:
                record_key_on_card(
                    order=order,
                    public_key_info=self.public_key_info,
                    origin="hsm-session",
                    evidence=report.evidence(),
                    actor=actor,
                    now=now,
                )
            case Step.PROVE_KEY, _:
                record_card_proof(
                    order=order, challenge=report.challenge, signature=report.signature, actor=actor, now=now
                )
            case Step.PRINT_MAILER, Phase.INTENDED:
                number = intend_mailer(order=order, actor=actor, now=now)
        self.passed(f"{_NUMBERS[report.step]} {report.step} {report.phase}")
        return number


def _statement(order: OrderRecord) -> HandOver:
    key, card = order.key, order.card
    if key is None or card is None or key.challenge is None or key.signature is None:
        raise PortError("order", f"{order.order_id} has no proven key", "let the auditor look at its rows")
    return HandOver(
        order=order.order_id,
        application=order.application_number,
        approvals=tuple(_approval(order, purpose) for purpose in TO_ISSUE),
        card_serial=card.serial,
        medium=card.medium.value,
        public_key_info=key.public_key_info,
        challenge=key.challenge,
        proof=key.signature,
        # The row stands only if the erasure's evidence was recorded with it (17.3).
        key_absent=True,
    )


def _approval(order: OrderRecord, purpose: Purpose) -> str:
    found = [decision.assertion_sha256 for decision in order.decisions if decision.purpose is purpose]
    if not found:
        raise PortError(
            "order", f"{order.order_id} has no {purpose.value}", "let the auditor look at its rows"
        )
    return found[-1]
