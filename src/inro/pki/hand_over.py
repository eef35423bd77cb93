"""What the station hands to the signer: a card's key, its proof, the approvals behind it (17.1, 17.3)."""

import base64
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from inro.pki.canonical import CanonicalRefused, canonical_bytes
from inro.pki.der import EncodingRefused
from inro.pki.signature import AlgorithmNotPermitted, SignatureAlgorithm, verify_signature
from inro.practice.errors import Refused

_FORM = "inro hand-over 1"


class HandOverFault(StrEnum):
    """Why a hand-over is not believed."""

    FORM = "form"
    STATION_SIGNATURE = "station-signature"
    CARD_PROOF = "card-proof"
    NOT_ERASED = "not-erased"
    OTHER_ORDER = "other-order"
    OTHER_CARD = "other-card"
    OTHER_APPROVALS = "other-approvals"
    VIRTUAL_CARD = "virtual-card"


class HandOverRefused(Refused):
    """A hand-over that the signer must not act on; `fault` says which part is not believed."""

    def __init__(self, *, fault: HandOverFault) -> None:
        super().__init__(fault=fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The station's statement about one card.

    `approvals` are the hexadecimal SHA-256 of the officers' assertions in the order they were given. `proof`
    is the card's signature over `challenge`. `key_absent` says that nothing of the key was left in the
    equipment.
    """

    order: int
    application: str
    approvals: tuple[str, ...]
    card_serial: str
    medium: str
    public_key_info: bytes
    challenge: bytes
    proof: bytes
    key_absent: bool

    @property
    def public_key_sha256(self) -> str:
        """SHA-256 of the SubjectPublicKeyInfo, hexadecimal."""
        return hashlib.sha256(self.public_key_info).hexdigest()

    def encode(self) -> bytes:
        """Return the canonical bytes (RFC 8785) that the station signs."""
        return canonical_bytes(
            {
                "form": _FORM,
                "order": self.order,
                "application": self.application,
                "approvals": list(self.approvals),
                "card_serial": self.card_serial,
                "medium": self.medium,
                "public_key_info": _text(self.public_key_info),
                "challenge": _text(self.challenge),
                "proof": _text(self.proof),
                "key_absent": self.key_absent,
            }
        )

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Return the hand-over that `encode` wrote.

        Raises: HandOverRefused for bytes of any other form.
        """
        try:
            record = json.loads(payload)
            hand_over = cls._of(record)
            exact = hand_over.encode() == payload
        except (ValueError, KeyError, TypeError, CanonicalRefused) as error:
            raise HandOverRefused(fault=HandOverFault.FORM) from error
        if not exact:
            raise HandOverRefused(fault=HandOverFault.FORM)
        return hand_over

    @classmethod
    def _of(cls, record: dict[str, Any]) -> Self:
        examination, acceptance, issuance = record["approvals"]
        return cls(
            order=_of_kind(int, record["order"]),
            application=_of_kind(str, record["application"]),
            approvals=(_of_kind(str, examination), _of_kind(str, acceptance), _of_kind(str, issuance)),
            card_serial=_of_kind(str, record["card_serial"]),
            medium=_of_kind(str, record["medium"]),
            public_key_info=base64.b64decode(record["public_key_info"], validate=True),
            challenge=base64.b64decode(record["challenge"], validate=True),
            proof=base64.b64decode(record["proof"], validate=True),
            key_absent=_of_kind(bool, record["key_absent"]),
        )


def verify_hand_over(*, payload: bytes, signature: bytes, station_key_info: bytes) -> HandOver:
    """Return the hand-over if the station signed it, the card proved its key and the key is gone elsewhere.

    Raises: HandOverRefused.
    """
    if not _signed(payload, signature, station_key_info):
        raise HandOverRefused(fault=HandOverFault.STATION_SIGNATURE)
    hand_over = HandOver.decode(payload)
    if not _signed(hand_over.challenge, hand_over.proof, hand_over.public_key_info):
        raise HandOverRefused(fault=HandOverFault.CARD_PROOF)
    if not hand_over.key_absent:
        raise HandOverRefused(fault=HandOverFault.NOT_ERASED)
    return hand_over


def _signed(data: bytes, signature: bytes, public_key_info: bytes) -> bool:
    try:
        return verify_signature(
            data=data,
            signature=signature,
            public_key_info=public_key_info,
            algorithm=SignatureAlgorithm.SHA256,
        )
    except (AlgorithmNotPermitted, EncodingRefused):
        return False


def _of_kind[T](kind: type[T], value: object) -> T:
    # Exactly: to Python True is an integer, and 1.
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
