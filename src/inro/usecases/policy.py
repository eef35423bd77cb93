"""A changed policy counts only once an officer has signed for it (2.1, 9.1, 40(7))."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from inro.pki.roster import Roster
from inro.practice.acts import Act
from inro.practice.approval import Purpose, policy_change
from inro.practice.errors import Refused
from inro.practice.events import EventKind
from inro.store.decisions_verify import decision_stands
from inro.store.errors import Conflict
from inro.store.reads.policy import SUBJECT, policy_in_force
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.decision import Approval, Officers, check_approval, insert_decision


class PolicyUnconfirmed(Refused):
    """The policy files are others than those in force; nothing is decided until an officer signs."""

    def __init__(self, *, sha256: str) -> None:
        super().__init__(sha256=sha256[:16])
        self.sha256 = sha256


def check_policy(*, sha256: str, rosters: Mapping[str, Roster]) -> None:
    """Refuse to decide anything under a policy that nobody signed for.

    The decision's own assertion is held against `rosters`, those of `signed_rosters`: a row that whoever owns
    the database wrote is nobody's signature.

    Raises: PolicyUnconfirmed.
    """
    standing = policy_in_force()
    if standing is None or standing.sha256 != sha256:
        raise PolicyUnconfirmed(sha256=sha256)
    if standing.decision and not decision_stands(connection, decision=standing.decision, rosters=rosters):
        raise PolicyUnconfirmed(sha256=sha256)


def record_first_policy(*, sha256: str, files: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Put on record the policy that the house begins with; later ones need an officer's assertion.

    Raises: DutyMissing.
    """
    actor.check_process()
    if policy_in_force() is not None:
        return
    with act(actor=actor, now=now) as doing:
        doing.record(
            EventKind.CONFIGURATION_CHANGED, subject=SUBJECT, **policy_change(sha256=sha256, files=files)
        )


def confirm_policy(
    *,
    sha256: str,
    files: Mapping[str, str],
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    """Put a changed policy in force by an officer's assertion over the hash of each of its files.

    Raises: DutyMissing, OtherMatter, ApprovalRefused, AssertionRefused, Conflict when it is in force.
    """
    actor.check(Act.CONFIRM_POLICY)
    with act(actor=actor, now=now) as doing:
        standing = policy_in_force()
        if standing is not None and standing.sha256 == sha256:
            raise Conflict(what="policy", detail=f"{sha256[:16]} is in force already")
        content = policy_change(sha256=sha256, files=files)
        check_approval(
            approval=approval,
            purpose=Purpose.POLICY_CHANGE,
            case=policy_case(sha256),
            content=content,
            earlier=(),
            officers=officers,
            actor=actor,
            now=now,
        )
        assertion_sha256 = insert_decision(approval=approval, person=actor.name, now=now)
        doing.record(
            EventKind.CONFIGURATION_CHANGED,
            subject=SUBJECT,
            **content,
            before=standing.sha256 if standing else "",
            assertion_sha256=assertion_sha256,
        )


def policy_case(sha256: str) -> str:
    """Return what an officer's decision on a policy is called."""
    return f"policy/{sha256[:16]}"
