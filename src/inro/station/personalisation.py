"""Steps 1 to 5 of the issuance walk: key, card, move, proof, mailer (5.2, 17.1, 17.3, 19.1, 19.3, 19.5)."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final, Protocol

from inro.adapters.locked_memory import wipe
from inro.ports.card import Card, CardLabel
from inro.ports.errors import PortError
from inro.ports.key_maker import KeyErasure, KeyMaker

PIN_DIGITS: Final = 8
CHALLENGE_OCTETS: Final = 32
PIN_ERASURE: Final = "buffers overwritten with zeroes, then the process ended"


class KeyRemains(PortError):
    """Something of a subscriber's key was found in the token after its erasure (17.3)."""


class Step(StrEnum):
    """Steps of the issuance walk that run in the child process."""

    MAKE_KEY = "make_key"
    INITIALISE_CARD = "initialise_card"
    MOVE_KEY = "move_key"
    PROVE_KEY = "prove_key"
    PRINT_MAILER = "print_mailer"


class Phase(StrEnum):
    """Where a step stands: a mailer is intended before it is printed, everything else is done at once."""

    INTENDED = "intended"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the child tells of one step; no field can hold a secret. Fields of other steps are empty."""

    step: Step
    phase: Phase = Phase.DONE
    child: int = 0
    memory_locked: bool = False
    spki: bytes = b""
    tries: int = 0
    challenge: bytes = b""
    signature: bytes = b""
    key_erasure: KeyErasure | None = None
    pin_erasure: str = ""

    def encode(self) -> bytes:
        """Return the report as one line of JSON."""
        return json.dumps({field.name: _plain(getattr(self, field.name)) for field in fields(self)}).encode()

    def evidence(self) -> dict[str, Any]:
        """Return what an audit record keeps of this step (17.3, 19.3)."""
        kept: dict[str, Any] = {"step": self.step, "child": self.child, "memory_locked": self.memory_locked}
        if self.key_erasure is not None:
            kept["key_erasure"] = _plain(self.key_erasure)
        if self.pin_erasure:
            kept["pin_erasure"] = self.pin_erasure
        return kept


def decode_report(record: dict[str, Any]) -> Report:
    """Return the report that `Report.encode` wrote."""
    erasure = record["key_erasure"]
    octets = {name: bytes.fromhex(record[name]) for name in ("spki", "challenge", "signature")}
    return Report(
        step=Step(record["step"]),
        phase=Phase(record["phase"]),
        child=record["child"],
        memory_locked=record["memory_locked"],
        tries=record["tries"],
        pin_erasure=record["pin_erasure"],
        key_erasure=None if erasure is None else KeyErasure(**erasure),
        **octets,
    )


class MailerPress(Protocol):
    """Prints one PIN mailer under the number recorded for it."""

    def __call__(self, *, number: str, pin: bytearray) -> None:
        """Print the mailer.

        Raises: PrinterUnavailable, MailerRefused, GlyphMissing.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDesk:
    """What one card is made with.

    `report` returns when the report is on record, with the mailer number for the intent; `below` and
    `octets` are a secure source of chance.
    """

    maker: KeyMaker
    card: Card
    press: MailerPress
    report: Callable[[Report], str]
    below: Callable[[int], int]
    octets: Callable[[int], bytes]


def make_pin(below: Callable[[int], int]) -> bytearray:
    """Return eight digits, each equally likely: 15 guesses in 10^8, read and typed without doubt (19.5)."""
    return bytearray(0x30 + below(10) for _ in range(PIN_DIGITS))


def personalise_card(*, desk: CardDesk, label: CardLabel, certificate_room: int, key_bits: int) -> None:
    """Carry one blank card through steps 1 to 5; every step is reported before the next begins.

    Raises: PortError, MailerRefused, GlyphMissing; the card is then spoiled unless step 1 was not reported.
    """
    desk.card.require_blank()
    desk.report(Report(step=Step.MAKE_KEY, spki=desk.maker.make_key(key_bits)))
    pin = make_pin(desk.below)
    try:
        tries = desk.card.initialise(label, pin, certificate_room)
        desk.report(Report(step=Step.INITIALISE_CARD, tries=tries))
        desk.report(Report(step=Step.MOVE_KEY, key_erasure=_move_key(desk)))
        desk.report(_prove_key(desk, pin))
        number = desk.report(Report(step=Step.PRINT_MAILER, phase=Phase.INTENDED))
        desk.press(number=number, pin=pin)
    finally:
        wipe(pin)
    desk.report(Report(step=Step.PRINT_MAILER, pin_erasure=PIN_ERASURE))


def _move_key(desk: CardDesk) -> KeyErasure:
    private_key = desk.maker.take_private_key()
    try:
        desk.card.store_key(private_key)
    finally:
        wipe(private_key)
    erasure = desk.maker.erase_key()
    if not erasure.absent:
        raise KeyRemains("subscriber-key token", f"{erasure.objects_after} objects left", "stop the station")
    return erasure


def _prove_key(desk: CardDesk, pin: bytearray) -> Report:
    challenge = desk.octets(CHALLENGE_OCTETS)
    return Report(step=Step.PROVE_KEY, challenge=challenge, signature=desk.card.sign(pin, challenge))


def with_process(report: Report, *, child: int, memory_locked: bool) -> Report:
    """Return the report with the process it comes from."""
    return replace(report, child=child, memory_locked=memory_locked)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, KeyErasure):
        return {name: getattr(value, name) for name in ("method", "objects_before", "objects_after")}
    return value
