"""The officers' roster: who may approve what, by which security key (9.1; Ordinance 6(15)ro)."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from inro.pki.assertion import decode_octets, encode_octets, security_key
from inro.pki.canonical import CanonicalRefused, canonical_bytes
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.practice.calendar import jst_date
from inro.practice.duties import Duty, DutyPeriod, check_appointment
from inro.practice.errors import Refused

_KIND = "inro officers' roster"


class RosterFault(StrEnum):
    """What is wrong with a roster, or with an approval measured against it."""

    MALFORMED = "malformed"
    SIGNATURE = "signature"
    NOT_IN_FORCE = "not_in_force"
    SUPERSEDED = "superseded"
    DOUBLED = "doubled"
    EMPTY = "empty"


class RosterRefused(Refused):
    """A roster that can't be trusted; `reason` says why."""

    def __init__(self, *, reason: RosterFault, detail: str = "") -> None:
        super().__init__(reason=reason.value, detail=detail)
        self.reason = reason


class AuthenticatorMedium(StrEnum):
    """What keeps a credential's private key; `virtual` is for demonstrations alone."""

    VIRTUAL = "virtual"
    HARDWARE = "hardware"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One security key of an officer; `public_key` is its COSE_Key (ES256)."""

    credential_id: bytes
    public_key: bytes
    medium: AuthenticatorMedium


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person with the security keys and dated duties the ceremony gave them."""

    person: str
    name: str
    credentials: tuple[Credential, ...]
    duties: tuple[DutyPeriod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One version of the roster, in force on the JST days from `valid_from` to `valid_until` inclusive."""

    version: int
    valid_from: date
    valid_until: date
    rp_id: str
    origins: tuple[str, ...]
    officers: tuple[Officer, ...]
    sha256: str = field(init=False, compare=False)
    """SHA-256 of the signed bytes, lower-case hexadecimal."""

    def __post_init__(self) -> None:
        if self.version < 1 or self.valid_until < self.valid_from or not self.rp_id or not self.origins:
            raise RosterRefused(reason=RosterFault.MALFORMED, detail="version, validity, rp_id or origins")
        if not self.officers or not all(officer.credentials for officer in self.officers):
            raise RosterRefused(reason=RosterFault.EMPTY, detail="no officer, or one without a security key")
        _refuse_doubled([officer.person for officer in self.officers], "person")
        _refuse_doubled([c.credential_id.hex() for o in self.officers for c in o.credentials], "credential")
        _refuse_doubled([c.public_key.hex() for o in self.officers for c in o.credentials], "public key")
        for officer in self.officers:
            _check_officer(officer)
        # Once, since every approval is measured against it.
        object.__setattr__(self, "sha256", hashlib.sha256(encode_roster(self)).hexdigest())

    def holder(self, credential_id: bytes) -> tuple[Officer, Credential] | None:
        """Return whose credential this is, or None."""
        for officer in self.officers:
            for credential in officer.credentials:
                if credential.credential_id == credential_id:
                    return officer, credential
        return None


def encode_roster(roster: Roster) -> bytes:
    """Return the bytes the ceremony signs (RFC 8785)."""
    return canonical_bytes(
        {
            "kind": _KIND,
            "version": roster.version,
            "valid_from": roster.valid_from.isoformat(),
            "valid_until": roster.valid_until.isoformat(),
            "rp_id": roster.rp_id,
            "origins": list(roster.origins),
            "officers": [_officer_record(officer) for officer in roster.officers],
        }
    )


def decode_roster(document: bytes) -> Roster:
    """Return the roster of these bytes; any other spelling of the same roster is refused.

    Raises: RosterRefused, SeparationBreached.
    """
    try:
        record = json.loads(document)
        roster = Roster(
            version=record["version"],
            valid_from=date.fromisoformat(record["valid_from"]),
            valid_until=date.fromisoformat(record["valid_until"]),
            rp_id=record["rp_id"],
            origins=tuple(record["origins"]),
            officers=tuple(_officer(item) for item in record["officers"]),
        )
        same = encode_roster(roster) == document
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CanonicalRefused) as error:
        raise RosterRefused(reason=RosterFault.MALFORMED, detail=type(error).__name__) from error
    if not same:
        raise RosterRefused(reason=RosterFault.MALFORMED, detail="not canonical, or with keys unknown")
    return roster


def verify_roster(
    *, document: bytes, signature: bytes, public_key_info: bytes, now: datetime, minimum_version: int = 1
) -> Roster:
    """Return the roster if the ceremony's key signed it, it is in force, and no older than the journal knows.

    Raises: RosterRefused, SeparationBreached.
    """
    signed = verify_signature(
        data=document,
        signature=signature,
        public_key_info=public_key_info,
        algorithm=SignatureAlgorithm.SHA256,
    )
    if not signed:
        raise RosterRefused(reason=RosterFault.SIGNATURE)
    roster = decode_roster(document)
    if roster.version < minimum_version:
        raise RosterRefused(reason=RosterFault.SUPERSEDED, detail=f"{roster.version} < {minimum_version}")
    if not roster.valid_from <= jst_date(now) <= roster.valid_until:
        raise RosterRefused(reason=RosterFault.NOT_IN_FORCE, detail=jst_date(now).isoformat())
    return roster


def _check_officer(officer: Officer) -> None:
    for credential in officer.credentials:
        security_key(credential.public_key)
    for position, period in enumerate(officer.duties):
        check_appointment(person=officer.person, held=officer.duties[:position], new=period)


def _refuse_doubled(names: list[str], what: str) -> None:
    doubled = [name for name, count in Counter(names).items() if count > 1]
    if doubled:
        raise RosterRefused(reason=RosterFault.DOUBLED, detail=f"{what} {doubled[0]}")


def _officer_record(officer: Officer) -> dict[str, Any]:
    return {
        "person": officer.person,
        "name": officer.name,
        "credentials": [
            {
                "id": encode_octets(credential.credential_id),
                "public_key": encode_octets(credential.public_key),
                "medium": credential.medium.value,
            }
            for credential in officer.credentials
        ],
        "duties": [
            {
                "duty": period.duty.value,
                "first_day": period.first_day.isoformat(),
                "last_day": period.last_day.isoformat() if period.last_day else None,
            }
            for period in officer.duties
        ],
    }


def _officer(record: dict[str, Any]) -> Officer:
    return Officer(
        person=record["person"],
        name=record["name"],
        credentials=tuple(
            Credential(
                credential_id=decode_octets(item["id"]),
                public_key=decode_octets(item["public_key"]),
                medium=AuthenticatorMedium(item["medium"]),
            )
            for item in record["credentials"]
        ),
        duties=tuple(
            DutyPeriod(
                duty=Duty(item["duty"]),
                first_day=date.fromisoformat(item["first_day"]),
                last_day=date.fromisoformat(item["last_day"]) if item["last_day"] else None,
            )
            for item in record["duties"]
        ),
    )
