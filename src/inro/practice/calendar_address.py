"""A calendar's own address: a secret of one person, who sees in it what their duties owe (26.2, 40(7))."""

import hashlib
from collections.abc import Set

from inro.practice.deadlines import DeadlineKind
from inro.practice.duties import Duty
from inro.practice.obligations import RULES

TOKEN_OCTETS = 32
# How far ahead a calendar looks; what is overdue stands on today.
DAYS_AHEAD = 92


def token_sha256(token: str) -> str:
    """Return what is kept of an address's secret, in hexadecimal."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def kinds_of(duties: Set[Duty]) -> tuple[DeadlineKind, ...]:
    """Return the kinds of deadlines that are a person's own, by today's duties; an auditor's are all."""
    every = Duty.AUDIT in duties
    return tuple(kind for kind, rule in RULES.items() if every or rule.duty in duties)
