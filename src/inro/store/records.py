"""Values that use cases take and reads return alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.practice.card import CardState
from inro.store.ids import CardId
from inro.store.states import Medium


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRecord:
    """One card; `serial` is 16 hexadecimal digits."""

    card_id: CardId
    serial: str
    medium: Medium
    model: str
    state: CardState


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """A subscriber's public key (DER) with the card's proof, once given."""

    spki_sha256: str
    public_key_info: bytes
    origin: str
    challenge: bytes | None
    signature: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningIntentRecord:
    """What the signer is about to sign: 20-octet serial, linted TBS (DER), findings, profile, period."""

    serial: bytes
    tbs: bytes
    lint: list[dict[str, Any]]
    profile_sha256: str
    issued_at: datetime
    not_after: datetime
