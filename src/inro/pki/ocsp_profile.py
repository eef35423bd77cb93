"""How long answers and the responder's certificate live, what strangers are told (26, RFC 6960)."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from inro.pki.profile import Excuse, take_choice, take_excused, take_key_bits
from inro.pki.repository import Repository, take_repository
from inro.pki.section import ProfileRefused, Section
from inro.pki.signature import SignatureAlgorithm


class NeverIssued(StrEnum):
    """What is said of a serial number that this CA never issued (RFC 6960 2.2); never 'good'."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class OcspProfile:
    """What all answers have in common; made by `load_ocsp_profile` only."""

    name: str
    signature_algorithm: SignatureAlgorithm
    key_bits: tuple[int, ...]
    life: timedelta
    answer: timedelta
    renewal: timedelta
    archive: timedelta
    never_issued: NeverIssued
    repository: Repository
    excused: tuple[Excuse, ...]
    sha256: str


def load_ocsp_profile(raw: dict[str, Any], source: bytes) -> OcspProfile:
    """Make the profile of `raw`, read from the file content `source`.

    Raises: ProfileRefused with the key and the clause of the limit.
    """
    section = Section(raw)
    if section.take_text("kind") != "ocsp":
        raise ProfileRefused(path="kind", problem="not ocsp")
    profile = OcspProfile(
        name=section.take_text("name"),
        signature_algorithm=take_choice(section, "signature_algorithm", SignatureAlgorithm, "12.8"),
        key_bits=take_key_bits(section),
        life=timedelta(days=section.take_number("life_days", least=3, most=31, clause="RFC 6960 4.2.2.2.1")),
        answer=timedelta(hours=section.take_number("answer_hours", least=2, most=48, clause="26.2")),
        renewal=timedelta(hours=section.take_number("renewal_hours", least=1, most=24, clause="26.2")),
        archive=timedelta(days=365 * section.take_number("archive_years", least=1, most=30, clause="28")),
        never_issued=take_choice(section, "never_issued", NeverIssued, "RFC 6960 2.2"),
        repository=take_repository(section.take_section("repository")),
        excused=take_excused(section),
        sha256=hashlib.sha256(source).hexdigest(),
    )
    section.close()
    if profile.renewal * 2 > profile.answer:
        problem = "more than half of answer_hours: a late run would leave no answer in force"
        raise ProfileRefused(path="renewal_hours", problem=problem, clause="26.2")
    return profile
