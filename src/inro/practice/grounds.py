"""Grounds of revocation, each with its reason code (11.3, 12.4, 15, 18.7, 19.4, 21, 22, 25, 35.3, 46)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from inro.practice.errors import Refused


class ReasonCode(IntEnum):
    """The CRL reason codes in use (RFC 5280 5.3.1); the terms know no suspension, so there is no hold."""

    KEY_COMPROMISE = 1
    CA_COMPROMISE = 2
    AFFILIATION_CHANGED = 3
    SUPERSEDED = 4
    CESSATION_OF_OPERATION = 5

    @property
    def rfc_name(self) -> str:
        """The name RFC 5280 gives the code."""
        return _RFC_NAMES[self.value]


_RFC_NAMES = {
    1: "keyCompromise",
    2: "cACompromise",
    3: "affiliationChanged",
    4: "superseded",
    5: "cessationOfOperation",
}


class Invoker(StrEnum):
    """Who may bring a ground forward."""

    SUBSCRIBER = "subscriber"
    ORGANIZATION = "organization"
    CA = "ca"


class RevocationForm(StrEnum):
    """The prescribed paper a ground comes on; the CA's own decisions come on none (21.2, 22.2)."""

    APPLICATION = "revocation_application"
    REQUEST = "revocation_request"
    NONE = "none"


class Obligation(StrEnum):
    """Whether the CA must revoke once the ground is established, or may."""

    MANDATORY = "mandatory"
    POWER = "power"


class UnknownGround(Refused):
    """No article of the terms gives this ground."""

    def __init__(self, *, ground: str) -> None:
        super().__init__(ground=ground)
        self.ground = ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground of revocation; `id` is the clause, after a slash the part into which its reason splits.

    `reason_code` is None where the CRL entry carries no reason code extension (RFC 5280 5.3.1).
    """

    id: str
    clause: str
    invoker: Invoker
    obligation: Obligation
    reason_code: ReasonCode | None

    @property
    def form(self) -> RevocationForm:
        """The form the ground comes on (21.2, 22.2)."""
        return _FORMS[self.invoker]

    @property
    def is_emergency(self) -> bool:
        """Whether a key is in other hands, or feared to be: every minute counts (39.4)."""
        return self.reason_code in (ReasonCode.KEY_COMPROMISE, ReasonCode.CA_COMPROMISE)


_FORMS = {
    Invoker.SUBSCRIBER: RevocationForm.APPLICATION,
    Invoker.ORGANIZATION: RevocationForm.REQUEST,
    Invoker.CA: RevocationForm.NONE,
}

_KEY = ReasonCode.KEY_COMPROMISE
_CA = ReasonCode.CA_COMPROMISE
_DATA = ReasonCode.AFFILIATION_CHANGED
_WRONG = ReasonCode.SUPERSEDED
_END = ReasonCode.CESSATION_OF_OPERATION

_SUBSCRIBER: dict[str, ReasonCode | None] = {
    "12.4": _END,
    "15": _DATA,
    "19.4(1)": _END,
    "19.4(2)/leaked": _KEY,
    "19.4(2)/feared": _KEY,
    "19.4(3)": _END,
    "19.4(4)": _END,
    "21.1(1)/organization": _DATA,
    "21.1(1)/other": None,
    "21.1(2)": _DATA,
    "21.1(3)/lost": _KEY,
    "21.1(3)/damaged": _END,
    "21.1(4)/stolen": _KEY,
    "21.1(4)/misused": _KEY,
    "21.1(5)": _END,
    # A lost PIN that lies with the card opens it (facts of the field; the terms do not split the item).
    "21.1(5)/with-card": _KEY,
    "21.1(6)": _KEY,
    "21.1(7)": _END,
    "21.1(8)/compromised": _KEY,
    "21.1(8)/feared": _KEY,
    "21.1(9)": _END,
    "21.1(10)": _DATA,
    "21.1(11)": _DATA,
    "21.1(12)": None,
}

_ORGANIZATION: dict[str, ReasonCode | None] = {
    "22.1(10)": _DATA,
    "22.1(11)": _DATA,
    "22.1(12)": _DATA,
    "22.1(13)": _END,
    "22.1(14)": None,
    "25(4)": _DATA,
}

_CA_MUST: dict[str, ReasonCode | None] = {"11.3": _END, "18.7": _END}

_CA_MAY: dict[str, ReasonCode | None] = {
    "22.1(1)": _END,
    "22.1(2)/compromised": _KEY,
    "22.1(2)/feared": _KEY,
    "22.1(3)/misused": _KEY,
    "22.1(3)/feared": _KEY,
    "22.1(4)/organization": _DATA,
    "22.1(4)/other": None,
    "22.1(5)/compromised": _CA,
    "22.1(5)/feared": _CA,
    "22.1(6)": None,
    "22.1(7)": _WRONG,
    "22.1(8)": _END,
    "22.1(9)": None,
    "35.3": None,
    # Ending the contract is what 46 says; that the certificate goes with it stands under 22.1(9).
    "46": None,
}


# What ends a CA's own certificate: its key, its service, its mistake; never what only a subscriber does.
_OF_CA_CERTIFICATES = ("11.3", "22.1(5)", "22.1(6)", "22.1(7)", "22.1(8)", "22.1(9)")


def _grounds(
    codes: dict[str, ReasonCode | None], invoker: Invoker, obligation: Obligation
) -> dict[str, Ground]:
    return {
        id_: Ground(
            id=id_,
            clause=id_.partition("/")[0],
            invoker=invoker,
            obligation=obligation,
            reason_code=code,
        )
        for id_, code in codes.items()
    }


GROUNDS: Mapping[str, Ground] = MappingProxyType(
    _grounds(_SUBSCRIBER, Invoker.SUBSCRIBER, Obligation.MANDATORY)
    | _grounds(_ORGANIZATION, Invoker.ORGANIZATION, Obligation.MANDATORY)
    | _grounds(_CA_MUST, Invoker.CA, Obligation.MANDATORY)
    | _grounds(_CA_MAY, Invoker.CA, Obligation.POWER)
)


def ground(id_: str) -> Ground:
    """Return the ground with this id; there is no free reason (21.1, 22.1).

    Raises: UnknownGround.
    """
    try:
        return GROUNDS[id_]
    except KeyError:
        raise UnknownGround(ground=id_) from None


def grounds_of(clause: str) -> tuple[Ground, ...]:
    """Return the grounds of a clause, one for each part its reason splits into.

    Raises: UnknownGround.
    """
    found = tuple(item for item in GROUNDS.values() if item.clause == clause)
    if not found:
        raise UnknownGround(ground=clause)
    return found


def grounds_of_ca_certificates() -> tuple[Ground, ...]:
    """Return the grounds on which a CA's own certificate may be revoked, in the order of the terms."""
    return tuple(item for item in GROUNDS.values() if item.clause in _OF_CA_CERTIFICATES)


def grounds_brought_by(invoker: Invoker) -> tuple[Ground, ...]:
    """Return the grounds that this person, or the CA by itself, may bring, in the order of the terms."""
    return tuple(item for item in GROUNDS.values() if item.invoker is invoker)
