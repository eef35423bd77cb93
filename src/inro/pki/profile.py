"""Certificate and list profiles: raw tables become values within limits, or are refused (5.3, 12.8, 42.4).

Nothing is rounded or filled in; the hash of the file goes into every issuance record.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from inro.pki.repository import MOST_PARTITIONS, Repository, take_repository
from inro.pki.section import ProfileRefused, Section
from inro.pki.signature import SignatureAlgorithm

__all__ = [
    "CertificatePolicy",
    "Excuse",
    "ListProfile",
    "Profile",
    "ProfileKind",
    "ProfileRefused",
    "check_agreement",
    "load_list_profile",
    "load_profile",
    "take_choice",
    "take_excused",
    "take_key_bits",
]

NOTICE_CHARACTERS = 200
_ONE_HOUR = timedelta(hours=1)
_MODULUS_BITS = (2048, 3072, 4096)
_SIGNING = frozenset({"digitalSignature", "nonRepudiation"})
_CERTIFYING = frozenset({"keyCertSign", "cRLSign"})


class ProfileKind(StrEnum):
    """Whose certificate a profile describes."""

    SUBSCRIBER = "subscriber"
    CA = "ca"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePolicy:
    """The certificate policy with its qualifiers: what the certificate may be used for (5.3, 42.4)."""

    oid: str
    critical: bool
    cps_uri: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """A finding the profile lives with, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What every certificate of one kind has in common; made by `load_profile` only."""

    name: str
    kind: ProfileKind
    signature_algorithm: SignatureAlgorithm
    key_bits: tuple[int, ...]
    key_usage: frozenset[str]
    repository: Repository
    policy: CertificatePolicy | None
    longest_years: int
    excused: tuple[Excuse, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProfile:
    """What the CRL, the ARL and the full CRL have in common; made by `load_list_profile` only.

    `last_retention_years` is how long the last lists outlive the last certificate (11).
    `partitions` is among how many parts of the CRL new certificates are divided; 1 is one undivided CRL.
    """

    name: str
    signature_algorithm: SignatureAlgorithm
    lifetime_hours: int
    last_retention_years: int
    partitions: int
    repository: Repository
    excused: tuple[Excuse, ...]
    sha256: str

    def lasting(self, *, since: datetime, until: datetime) -> "ListProfile":
        """Return the profile of lists that stand from `since` until the whole hour after `until` (11)."""
        return replace(self, lifetime_hours=-(-(until - since) // _ONE_HOUR))


def load_profile(raw: dict[str, Any], source: bytes) -> Profile:
    """Make a certificate profile of the table `raw`, read from the file content `source`.

    Raises: ProfileRefused with the key and the clause of the limit.
    """
    section = Section(raw)
    kind = take_choice(section, "kind", ProfileKind, "17.1")
    profile = Profile(
        name=section.take_text("name"),
        kind=kind,
        signature_algorithm=take_choice(section, "signature_algorithm", SignatureAlgorithm, "12.8"),
        key_bits=take_key_bits(section),
        key_usage=_key_usage(section, kind),
        repository=take_repository(section.take_section("repository")),
        policy=_policy(section.take_section("policy")) if kind is ProfileKind.SUBSCRIBER else None,
        longest_years=_longest_years(section, kind),
        excused=take_excused(section),
        sha256=hashlib.sha256(source).hexdigest(),
    )
    section.close()
    return profile


def load_list_profile(raw: dict[str, Any], source: bytes) -> ListProfile:
    """Make the profile of the three lists of `raw`, read from the file content `source` (26.2, 39.4).

    Raises: ProfileRefused.
    """
    section = Section(raw)
    if section.take_text("kind") != "lists":
        raise ProfileRefused(path="kind", problem="not lists")
    profile = ListProfile(
        name=section.take_text("name"),
        signature_algorithm=take_choice(section, "signature_algorithm", SignatureAlgorithm, "12.8"),
        # More than the 24 hours of renewal, so that a late run leaves no verifier without a list.
        lifetime_hours=section.take_number("lifetime_hours", least=25, most=24 * 7, clause="26.2"),
        last_retention_years=_last_retention(section),
        partitions=_partitions(section),
        repository=take_repository(section.take_section("repository")),
        excused=take_excused(section),
        sha256=hashlib.sha256(source).hexdigest(),
    )
    section.close()
    return profile


def _last_retention(section: Section) -> int:
    last = section.take_section("last")
    years = last.take_number("retention_years", least=10, most=30, clause="40(4)")
    last.close()
    return years


def _partitions(section: Section) -> int:
    if not section.has("partitions"):
        return 1
    return section.take_number("partitions", least=1, most=MOST_PARTITIONS, clause="26.1")


def check_agreement(*, subscriber: Profile, ca: Profile, lists: ListProfile) -> None:
    """See that certificates point to where the lists are published (RFC 5280 6.3.3 (b)(2)(i)).

    Raises: ProfileRefused.
    """
    if subscriber.kind is not ProfileKind.SUBSCRIBER or ca.kind is not ProfileKind.CA:
        raise ProfileRefused(path="kind", problem="profiles changed places")
    if not subscriber.repository == ca.repository == lists.repository:
        raise ProfileRefused(path="repository", problem="differs between the profiles", clause="4(6)")


def take_choice[E: StrEnum](section: Section, key: str, kind: type[E], clause: str) -> E:
    """Take one of a closed set of words.

    Raises: ProfileRefused.
    """
    text = section.take_text(key)
    try:
        return kind(text)
    except ValueError:
        problem = f"{text!r} is none of {', '.join(kind)}"
        raise ProfileRefused(path=section.path(key), problem=problem, clause=clause) from None


def take_key_bits(section: Section) -> tuple[int, ...]:
    """Take the sizes of RSA moduli that are permitted (12.8).

    Raises: ProfileRefused.
    """
    sizes = section.take_list("key_bits", int)
    if not set(sizes) <= set(_MODULUS_BITS):
        problem = f"RSA moduli have {', '.join(map(str, _MODULUS_BITS))} bits, at least 2048"
        raise ProfileRefused(path="key_bits", problem=problem, clause="12.8")
    return sizes


def _key_usage(section: Section, kind: ProfileKind) -> frozenset[str]:
    usage = frozenset(section.take_list("key_usage", str))
    if kind is ProfileKind.CA and usage != _CERTIFYING:
        problem = "a CA key signs certificates and lists and nothing else"
        raise ProfileRefused(path="key_usage", problem=problem, clause="RFC 5280 4.2.1.3")
    if kind is ProfileKind.SUBSCRIBER and not {"digitalSignature"} <= usage <= _SIGNING:
        problem = "a subscriber's key signs and does nothing else"
        raise ProfileRefused(path="key_usage", problem=problem, clause="5.3")
    return usage


def _policy(section: Section) -> CertificatePolicy:
    arc, oid = section.take_oid("arc"), section.take_oid("oid")
    if not oid.startswith(arc + "."):
        raise ProfileRefused(path=section.path("oid"), problem=f"not under the arc {arc}")
    policy = CertificatePolicy(
        oid=oid,
        critical=section.take("critical", bool),
        cps_uri=section.take_text("cps_uri"),
        notice=section.take_text("notice"),
    )
    if not policy.cps_uri.startswith("http://") or not policy.cps_uri.isascii():
        raise ProfileRefused(path=section.path("cps_uri"), problem="not an http address", clause="4(6)")
    if len(policy.notice) > NOTICE_CHARACTERS:
        problem = f"{len(policy.notice)} characters, {NOTICE_CHARACTERS} fit"
        raise ProfileRefused(path=section.path("notice"), problem=problem, clause="RFC 5280 4.2.1.4")
    if "氏名" not in policy.notice or "対象外" not in policy.notice:
        problem = "does not say that only the name falls under the accreditation"
        raise ProfileRefused(path=section.path("notice"), problem=problem, clause="42.4")
    section.close()
    return policy


def _longest_years(section: Section, kind: ProfileKind) -> int:
    if kind is ProfileKind.SUBSCRIBER:
        return 5
    return section.take_number("longest_years", least=6, most=20, clause="6.1")


def take_excused(section: Section) -> tuple[Excuse, ...]:
    """Take the findings the profile lives with, if it names any.

    Raises: ProfileRefused.
    """
    if not section.has("excused"):
        return ()
    inner = section.take_section("excused")
    excuses = []
    for code, reason in inner.take_rest().items():
        path = inner.path(f'"{code}"')
        if not isinstance(reason, str) or len(reason.strip()) < 20:
            raise ProfileRefused(path=path, problem="an excuse needs its reason in a sentence")
        if code.startswith("terms."):
            raise ProfileRefused(path=path, problem="a rule of the terms is never excused")
        excuses.append(Excuse(code=code, reason=reason))
    return tuple(excuses)
