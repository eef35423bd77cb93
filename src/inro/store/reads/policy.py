"""Which policy is in force: what an officer last signed, before that what the house began with (2.1)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from inro.practice.approval import Purpose
from inro.practice.events import EventKind
from inro.store.models import AuditRow, Decision

SUBJECT = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInForce:
    """A policy's hash, the hash of each of its files; who signed for it, and in which decision.

    The first on record was signed for by nobody: both are empty.
    """

    sha256: str
    files: Mapping[str, str]
    signed_by: str = ""
    decision: str = ""


def policy_in_force() -> PolicyInForce | None:
    """Return the policy that decisions may go by, None before any is on record."""
    decided = Decision.objects.filter(purpose=Purpose.POLICY_CHANGE).order_by("-id").first()
    if decided is not None:
        content = json.loads(bytes(decided.content or b""))["content"]
        return PolicyInForce(
            sha256=content["sha256"],
            files=content["files"],
            signed_by=decided.person,
            decision=decided.decision,
        )
    first = AuditRow.objects.filter(subject=SUBJECT, kind=EventKind.CONFIGURATION_CHANGED).order_by("seq")
    row = first.first()
    if row is None:
        return None
    details = json.loads(row.details)
    return PolicyInForce(sha256=details["sha256"], files=details["files"])
