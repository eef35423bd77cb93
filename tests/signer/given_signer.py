"""A signer's room over a real token, and orders and cases that two officers' security keys have approved."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from inro.adapters.ca_token import CaToken
from inro.adapters.token_address import TokenAddress
from inro.pki.assemble import assemble_ca_certificate
from inro.pki.ca_draft import draft_ca_certificate
from inro.pki.crl import ListKind
from inro.pki.crl_entries import revoked_serials
from inro.pki.hand_over import HandOver
from inro.pki.issuer import Issuer, issuer_of
from inro.practice.approval import TO_ISSUE
from inro.practice.validity import ValidityPeriod
from inro.signer.issuance import issue_certificate
from inro.signer.journal import Journal
from inro.signer.room import Room
from inro.signer.steps import Step
from inro.signer.work import Done, work
from inro.store.ids import OrderId
from inro.store.models import AuditRow, Certificate, IssuanceOrder, RevocationList
from inro.store.reads.issuance import OrderRecord, issuance_order
from inro.store.reads.revocation import RevocationRecord, revocation_case
from inro.store.states import Medium, OrderState
from inro.usecases.actor import process
from inro.usecases.issuance_card import (
    intend_mailer,
    record_card_proof,
    record_hand_over,
    record_key_on_card,
    record_mailer_printed,
    reserve_card,
)
from inro.usecases.issuance_certificate import claim_hand_over
from inro.usecases.issuance_claim import claim_issuance_order
from tests import given
from tests.adapters.tokens import make_ca_token, pin
from tests.pki import material

NOW = given.NOW
STATION_KEY = "station"
CHALLENGE = bytes(range(32))
# What a pass signs when lists are due, and with them an anchor.
LISTS_AND_ANCHOR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CaPlace:
    """A CA's token and the certificate a ceremony made with it."""

    address: TokenAddress
    issuer: Issuer


@dataclass(slots=True, kw_only=True)
class World:
    """A house with its officers, and the signer's room; `steps` is what the signer has told."""

    house: given.Office
    token: CaToken
    room: Room
    steps: list[str] = field(default_factory=list)
    cards: int = 0

    def issue(self, order: OrderId, *, now: datetime = NOW) -> Certificate:
        """Let the signer certify an order's key."""
        claim_hand_over(signer=self.room.name, actor=self.room.actor, now=now)
        issue_certificate(order=order, room=self.room, now=now, passed=self.steps.append)
        return Certificate.objects.get(application__order=order)

    def work(self, *, now: datetime = NOW, lists_anyway: bool = False) -> Done:
        """Let the signer make one pass."""
        return work(room=self.room, now=now, passed=self.steps.append, lists_anyway=lists_anyway)


class Killed(Exception):
    """The signer's process ends here."""


class _Ending(list[str]):
    """Steps told up to the one after which the process ends."""

    def __init__(self, last: Step) -> None:
        super().__init__()
        self._last = last

    def append(self, step: str) -> None:
        super().append(step)
        if step == self._last:
            raise Killed(step)


def killed_at(world: World, step: Step, *, now: datetime = NOW) -> None:
    """Let the signer die in a pass after a step."""
    steps = world.steps
    world.steps = _Ending(step)
    try:
        world.work(now=now)
    except Killed:
        world.steps = steps
    else:
        raise AssertionError(step)


def make_ca(folder: Path) -> CaPlace:
    """Make a CA's token and certificate."""
    address = make_ca_token(folder)
    with CaToken.open(address, pin()) as token:
        draft = draft_ca_certificate(
            name=material.CA_NAME,
            public_key_info=token.public_key_info,
            serial=int.from_bytes(given.serial()),
            not_before=material.CA_FROM,
            not_after=material.CA_UNTIL,
            profile=material.profile("ca"),
        )
        certificate = assemble_ca_certificate(tbs=draft.tbs, signature=token.sign(draft.tbs))
    return CaPlace(address=address, issuer=issuer_of(certificate))


@contextmanager
def world_of(
    ca: CaPlace,
    folder: Path,
    *,
    house: given.Office | None = None,
    ca_pin: Callable[[], bytearray] = pin,
    **changes: Any,
) -> Iterator[World]:
    """Open the signer's room in `folder`, for officers of `house`; `changes` are to the room."""
    house = house or given.office()
    with CaToken.open(ca.address, ca_pin()) as token:
        journal = Journal.open(folder / "journal.sqlite", authenticator=token)
        room = Room(
            token=token,
            journal=journal,
            issuer=ca.issuer,
            profile=replace(material.profile(), sha256=given.PROFILE_SHA256),
            list_profile=material.lists(),
            editions={given.EDITION: given.EDITION_SHA256},
            roster=house.officers.roster,
            station_key_info=material.public_key_info(STATION_KEY),
            random_bytes=secrets.token_bytes,
            virtual_allowed=True,
            archive=folder / "archive",
            actor=given.SIGNER,
            name=given.SIGNER.name,
        )
        try:
            yield World(house=house, token=token, room=replace(room, **changes))
        finally:
            journal.close()


def sign(key: rsa.RSAPrivateKey, data: bytes) -> bytes:
    """Return an RSA signature as cards and stations make it."""
    return key.sign(data, padding.PKCS1v15(), SHA256())


def card_ready(world: World, *, now: datetime = NOW, order: OrderId | None = None) -> OrderId:
    """Return an accepted order whose key, never seen before, lies on a card that has proved it."""
    order = order or given.accepted(world.house, now=now, period=ValidityPeriod.ONE_YEAR)
    world.cards += 1
    name = f"card-{world.cards}"
    # A station takes up one order until its card is finished: each order has one of its own.
    station = process(f"station-{order}")
    given.blank_cards(1, now=now)
    assert claim_issuance_order(station=station.name, actor=station, now=now) == order
    reserve_card(order=order, medium=Medium.VIRTUAL, actor=station, now=now)
    record_key_on_card(
        order=order,
        public_key_info=material.public_key_info(name),
        origin="hsm-session",
        evidence=given.EVIDENCE,
        actor=station,
        now=now,
    )
    proof = sign(material.key(name), CHALLENGE)
    record_card_proof(order=order, challenge=CHALLENGE, signature=proof, actor=station, now=now)
    intend_mailer(order=order, actor=station, now=now)
    record_mailer_printed(order=order, evidence=given.EVIDENCE, actor=station, now=now)
    return order


def statement(order: OrderRecord) -> HandOver:
    """Return what an honest station says of an order's card."""
    assert order.card is not None
    assert order.key is not None
    assert order.key.challenge is not None
    assert order.key.signature is not None
    hashes = {decision.purpose: decision.assertion_sha256 for decision in order.decisions}
    return HandOver(
        order=order.order_id,
        application=order.application_number,
        approvals=tuple(hashes[purpose] for purpose in TO_ISSUE),
        card_serial=order.card.serial,
        medium=order.card.medium.value,
        public_key_info=order.key.public_key_info,
        challenge=order.key.challenge,
        proof=order.key.signature,
        key_absent=True,
    )


def handed_over(
    world: World,
    *,
    now: datetime = NOW,
    order: OrderId | None = None,
    by: str = STATION_KEY,
    **changes: Any,
) -> OrderId:
    """Return an order at the signer's door; `changes` are to the honest statement, `by` names its signer."""
    order = card_ready(world, now=now, order=order)
    payload = replace(statement(issuance_order(order)), **changes).encode()
    record_hand_over(
        order=order,
        payload=payload,
        signature=sign(material.key(by), payload),
        actor=process(f"station-{order}"),
        now=now,
    )
    return order


def decided(
    world: World,
    certificate: Certificate,
    *,
    now: datetime = NOW,
    ground_id: str = "21.1(3)/lost",
    **changes: Any,
) -> RevocationRecord:
    """Return a certificate's revocation, decided by two officers; `changes` are its paper's."""
    case = given.requested(certificate.pk, ground_id=ground_id, now=now, **changes)
    return revocation_case(given.decided(world.house, case, now=now))


def listed(room: Room) -> dict[ListKind, set[bytes]]:
    """Return the serials in the newest list of each kind, read from its archived bytes."""
    found = {}
    for kind in ListKind:
        row = RevocationList.objects.filter(kind=kind).order_by("-number").first()
        if row is not None:
            signed = (room.archive / f"{row.sha256}.crl").read_bytes()
            assert hashlib.sha256(signed).hexdigest() == row.sha256
            found[kind] = {serial.to_bytes(20) for serial in revoked_serials(signed)}
    return found


def assert_refused(world: World, order: OrderId, *, why: str, now: datetime = NOW) -> str:
    """See that a pass refuses an order, on record, that nothing is signed or issued; return what it tells."""
    before = world.token.signatures
    done = world.work(now=now)
    assert done.certificates == 0
    assert [refusal.partition(":")[0] for refusal in done.refused] == [why]
    row = IssuanceOrder.objects.get(pk=order)
    assert (row.state, row.refused_for) == (OrderState.REFUSED, why)
    assert not Certificate.objects.filter(application__order=order).exists()
    assert audited(f"order/{order}")[-1] == "issuance.refused"
    assert world.token.signatures == before + (LISTS_AND_ANCHOR if done.lists else 0)
    return done.refused[0]


def audited(subject: str) -> Sequence[str]:
    """Return the kinds of a subject's audit rows, oldest first."""
    return list(AuditRow.objects.filter(subject=subject).order_by("seq").values_list("kind", flat=True))
