"""One pass of the signer: what is handed over, what is to be revoked, what is due again (9.1, 22, 26)."""

from dataclasses import dataclass
from datetime import datetime

from inro.practice.errors import Refused
from inro.signer.anchor import anchor_due, sign_anchor
from inro.signer.issuance import issue_certificate
from inro.signer.journal import JournalConflict, Kind
from inro.signer.last_lists import last_lists_due, sign_last_lists
from inro.signer.lists import lists_due, sign_lists
from inro.signer.mass_revocation import revoke_in_bulk
from inro.signer.reconciliation import reconcile
from inro.signer.responder import certify_responder, responder_due
from inro.signer.revocation import revoke_certificate
from inro.signer.room import Room
from inro.signer.steps import Passed
from inro.store.errors import Conflict
from inro.store.ids import OrderId
from inro.store.reads.issuance import handed_over_orders
from inro.store.reads.mass_revocation import decided_mass_revocations
from inro.store.reads.revocation import decided_revocations
from inro.usecases.issuance_certificate import claim_hand_over, refuse_hand_over
from inro.usecases.mass_revocation_signing import stop_mass_revocation
from inro.usecases.revocation import stop_revocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one pass did: counts, and the class names of what it refused."""

    certificates: int
    revocations: int
    lists: bool
    refused: tuple[str, ...]


def work(*, room: Room, now: datetime, passed: Passed, lists_anyway: bool = False) -> Done:
    """Do everything that is there to be done at `now`, then return what it was.

    Revocations and lists come first, for no order may hold them up (26.1). A refused order or case is
    recorded as refused and the pass goes on; a disagreement between journal and database, an incomplete
    list, or a device that fails ends the pass.

    Raises: RecordsDisagree, ListIncomplete, ChainBroken, PortError, StoreError; Refused or JournalConflict
    for an order whose bytes are on record and not believed any more.
    """
    if not (lists_anyway or _anything_due(room, now)):
        return Done(certificates=0, revocations=0, lists=False, refused=())
    reconcile(room)
    revocations, refused_cases = _revoke_all(room, now, passed)
    if not revocations:
        # A single certificate is on its lists before the many are gone on with.
        revocations, refused_mass = _revoke_in_bulk(room, now, passed)
        refused_cases += refused_mass
    due, last = lists_due(room=room, now=now), last_lists_due()
    if last:
        sign_last_lists(room=room, now=now, passed=passed)
    elif due or (lists_anyway and not room.journal.count(Kind.LAST_LISTS)):
        due = True
        sign_lists(room=room, now=now, passed=passed)
    if responder_due(room=room, now=now):
        certify_responder(room=room, now=now, passed=passed)
    certificates, refused_orders = _certify_all(room, now, passed)
    if anchor_due(journal=room.journal, now=now):
        sign_anchor(room=room, now=now)
    return Done(
        certificates=certificates,
        revocations=revocations,
        lists=due or last,
        refused=refused_orders + refused_cases,
    )


def _anything_due(room: Room, now: datetime) -> bool:
    return (
        bool(handed_over_orders(signer=room.name, most=1))
        or bool(decided_revocations())
        or bool(decided_mass_revocations())
        or lists_due(room=room, now=now)
        or last_lists_due()
        or responder_due(room=room, now=now)
        or anchor_due(journal=room.journal, now=now)
    )


def _certify_all(room: Room, now: datetime, passed: Passed) -> tuple[int, tuple[str, ...]]:
    certified, refused = 0, []
    while (order := claim_hand_over(signer=room.name, actor=room.actor, now=now)) is not None:
        try:
            issue_certificate(order=order, room=room, now=now, passed=passed)
            certified += 1
        except (Refused, JournalConflict) as refusal:
            _refuse(order, refusal, room, now)
            refused.append(f"{type(refusal).__name__}: {refusal}")
    return certified, tuple(refused)


def _refuse(order: OrderId, refusal: Exception, room: Room, now: datetime) -> None:
    try:
        refuse_hand_over(order=order, why=type(refusal).__name__, actor=room.actor, now=now)
    except Conflict:
        # Its bytes are on record, perhaps signed: what was believed of it then was changed since.
        raise refusal from None


def _revoke_all(room: Room, now: datetime, passed: Passed) -> tuple[int, tuple[str, ...]]:
    revoked, refused = 0, []
    for case in decided_revocations():
        try:
            revoke_certificate(case=case, room=room, now=now, passed=passed)
            revoked += 1
        except (Refused, JournalConflict) as refusal:
            why = type(refusal).__name__
            stop_revocation(case=case.case_id, why=why, actor=room.actor, now=now)
            refused.append(f"{why}: {refusal}")
    return revoked, tuple(refused)


def _revoke_in_bulk(room: Room, now: datetime, passed: Passed) -> tuple[int, tuple[str, ...]]:
    revoked, refused = 0, []
    for mass in decided_mass_revocations():
        try:
            revoked += revoke_in_bulk(mass=mass, room=room, now=now, passed=passed)
        except (Refused, JournalConflict) as refusal:
            why = type(refusal).__name__
            stop_mass_revocation(mass=mass, why=why, actor=room.actor, now=now)
            refused.append(f"{why}: {refusal}")
    return revoked, tuple(refused)
