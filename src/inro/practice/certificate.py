"""The life of a certificate: revoked, expired, disposed of, never edited or re-issued (13-15, 17.2)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.practice.grounds import (
    GROUNDS,
    Ground,
    Invoker,
    Obligation,
    ReasonCode,
    RevocationForm,
    UnknownGround,
    ground,
    grounds_of,
)
from inro.practice.transitions import follow

__all__ = [
    "GROUNDS",
    "TRANSITIONS",
    "CertificateAct",
    "CertificateState",
    "Ground",
    "Invoker",
    "Obligation",
    "ReasonCode",
    "RevocationForm",
    "UnknownGround",
    "ground",
    "grounds_of",
    "next_state",
]


class CertificateState(StrEnum):
    """Where a certificate stands."""

    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    DISPOSED = "disposed"


class CertificateAct(StrEnum):
    """What can happen to a certificate."""

    REVOKE = "revoke"
    EXPIRE = "expire"
    DISPOSE = "dispose"


_S = CertificateState
_A = CertificateAct

TRANSITIONS: Mapping[tuple[CertificateState, CertificateAct], CertificateState] = MappingProxyType(
    {
        (_S.VALID, _A.REVOKE): _S.REVOKED,
        (_S.VALID, _A.EXPIRE): _S.EXPIRED,
        # A revoked certificate stays revoked after its notAfter.
        (_S.REVOKED, _A.DISPOSE): _S.DISPOSED,
        (_S.EXPIRED, _A.DISPOSE): _S.DISPOSED,
    }
)


def next_state(state: CertificateState, act: CertificateAct) -> CertificateState:
    """Return the state a certificate is in after an act (6.1, 15, 17.2, 40(4)).

    Raises: ActNotAllowed.
    """
    return follow(table=TRANSITIONS, state=state, act=act)
