"""The life of a certificate: revoked, expired, disposed of, never edited or re-issued (13-15, 17.2)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.practice.errors import Refused
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
    "CaCertificateRevoked",
    "CertificateAct",
    "CertificateState",
    "Ground",
    "Invoker",
    "NoCaCertificate",
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


class NoCaCertificate(Refused):
    """What is to be entered among the CA's certificates is none of its; `problem` says why."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem=problem)
        self.problem = problem


class CaCertificateRevoked(Refused):
    """The certificate of the CA's own key is revoked: nothing is issued under it any more (22.1(5))."""

    def __init__(self, *, serial: str) -> None:
        super().__init__(serial=serial)


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
