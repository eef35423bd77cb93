"""What the signer has: the CA key, its journal, and what it believes without asking the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inro.pki.issuer import Issuer
from inro.pki.ocsp_profile import OcspProfile
from inro.pki.profile import ListProfile, Profile
from inro.pki.roster import Roster
from inro.ports.signer import Signer
from inro.signer.journal import Journal
from inro.signer.memory import Memory
from inro.usecases.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class OcspKey:
    """The responder's key as the ceremony left it (DER), and the profile of its certificate."""

    public_key_info: bytes
    profile: OcspProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One signer's means, made once when the process starts.

    `editions` gives the SHA-256 of each edition of the terms the signer itself has; `virtual_allowed` is true
    in a demonstration only; `archive` is the folder that keeps every list ever signed, named by its SHA-256,
    `memory` what of them and of the journal was read since the process started.
    """

    token: Signer
    journal: Journal
    issuer: Issuer
    profile: Profile
    list_profile: ListProfile
    editions: Mapping[str, str]
    roster: Roster
    station_key_info: bytes
    random_bytes: Callable[[int], bytes]
    virtual_allowed: bool
    archive: Path
    actor: Actor
    name: str
    ocsp: OcspKey | None = None
    memory: Memory = field(default_factory=Memory)
