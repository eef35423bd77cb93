"""The three lists of revoked certificates: CRL, ARL and full CRL (26.1, 26.2, 39.4, RFC 5280 5).

The CRL covers subscribers' certificates, the ARL those of CAs, each saying so in a critical
IssuingDistributionPoint; the full CRL covers all and carries none, for verifiers that know no such
extension. Entries arrive encoded and are joined, never parsed: a million cost one join, hash and signature.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import batched
from typing import NamedTuple, Self

from cryptography import x509

from inro.pki import der
from inro.pki.draft import DraftRefused
from inro.pki.issuer import Issuer
from inro.pki.profile import ListProfile
from inro.pki.repository import (
    MOST_PARTITIONS,
    UNDIVIDED,
    PointNames,
    arl_point,
    crl_label,
    crl_point,
)
from inro.pki.throwaway import sign_for_lint
from inro.pki.validity import encode_time, is_whole_second

SAMPLE_ENTRIES = 100
REASON_CODES = frozenset({1, 2, 3, 4, 5, 9})
_ENTRIES_AT_ONCE = 4096
_REASON_CODE_OID = bytes.fromhex("0603551d15")


class ListKind(StrEnum):
    """Which certificates a list covers (39.4)."""

    CRL = "crl"
    ARL = "arl"
    FULL_CRL = "full_crl"


class ListKey(NamedTuple):
    """Which list: its kind and, of the CRL, the partition."""

    kind: ListKind
    partition: int = UNDIVIDED

    @property
    def name(self) -> str:
        """What it is called in records and files: `crl`, `crl-3`, `arl`, `full_crl`."""
        return list_name(self.kind, self.partition)


def list_keys(partitions: int) -> tuple[ListKey, ...]:
    """Return every list of a CA that ever had `partitions` parts of its CRL besides the undivided one."""
    parts = (ListKey(ListKind.CRL, partition) for partition in range(UNDIVIDED, partitions + 1))
    return (*parts, ListKey(ListKind.ARL), ListKey(ListKind.FULL_CRL))


def list_name(kind: ListKind, partition: int = UNDIVIDED) -> str:
    """Return what a list is called in records and files: `crl`, `crl-3`, `arl`, `full_crl`."""
    return crl_label(partition) if kind is ListKind.CRL else kind.value


def list_file(kind: ListKind, partition: int = UNDIVIDED) -> str:
    """Return the name under which a list is published over HTTP, as certificates have it."""
    return "full.crl" if kind is ListKind.FULL_CRL else f"{list_name(kind, partition)}.crl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDraft:
    """The bytes of a list to be signed; `sample` is its header with few entries, for linters (both DER).

    `partition` is the part of the CRL that it is.
    """

    kind: ListKind
    partition: int = UNDIVIDED
    number: int
    count: int
    tbs: bytes
    sample: bytes
    tbs_sha256: str = field(init=False)
    """The SHA-256 of the bytes to be signed, lower-case hex."""

    @property
    def key(self) -> ListKey:
        """Which list it is."""
        return ListKey(self.kind, self.partition)

    def __post_init__(self) -> None:
        # Once: a million entries take a while to hash, and journal, record and audit log all want it.
        object.__setattr__(self, "tbs_sha256", hashlib.sha256(self.tbs).hexdigest())


@dataclass(slots=True)
class ListBody:
    """The encoded entries of a list as they come, joined piece by piece."""

    chunks: list[bytes] = field(default_factory=list)
    sample: bytes = b""
    count: int = 0

    @classmethod
    def of(cls, entries: Iterable[bytes]) -> Self:
        """Return the body of a stream of entries."""
        body = cls()
        for some in batched(entries, _ENTRIES_AT_ONCE):
            body.add(some, joined=b"".join(some))
        return body

    def add(self, entries: Sequence[bytes], *, joined: bytes) -> None:
        """Take up entries, and the same joined, behind those that came before."""
        if self.count < SAMPLE_ENTRIES:
            self.sample += b"".join(entries[: SAMPLE_ENTRIES - self.count])
        self.chunks.append(joined)
        self.count += len(entries)


def bodies_of(
    keys: Iterable[ListKey], pieces: Iterable[Mapping[ListKey, Sequence[bytes]]]
) -> dict[ListKey, ListBody]:
    """Return the body of each list from a stream of encoded entries, each piece's by list.

    What several lists have in common is one sequence, and is joined and kept once: the full CRL of a million
    has no other entries than the CRL. Entries of a list that is not asked for are left out.
    """
    bodies = {key: ListBody() for key in keys}
    for piece in pieces:
        joined: dict[int, bytes] = {}
        for key, entries in piece.items():
            if key in bodies:
                if id(entries) not in joined:
                    joined[id(entries)] = b"".join(entries)
                bodies[key].add(entries, joined=joined[id(entries)])
    return bodies


def encode_entry(*, serial: int, revoked_at: datetime, reason_code: int | None) -> bytes:
    """Return one entry of a list, DER; no reason code is how 'unspecified' is said (RFC 5280 5.3.1).

    Raises: DraftRefused for a reason that these lists never give, such as certificateHold (6).
    """
    if not 0 < serial < 1 << 159:
        raise DraftRefused(field="serial", problem="not 1 to 159 bits", clause="RFC 5280 4.1.2.2")
    if not is_whole_second(revoked_at):
        raise DraftRefused(field="revoked_at", problem="not whole seconds of UTC", clause="RFC 5280 5.1.2.6")
    return der.encode(der.SEQUENCE, der.encode_integer(serial), _time(revoked_at), _reason(reason_code))


@lru_cache(maxsize=16)
def _reason(reason_code: int | None) -> bytes:
    if reason_code is None:
        return b""
    if reason_code not in REASON_CODES:
        problem = f"{reason_code} is never given"
        raise DraftRefused(field="reason_code", problem=problem, clause="RFC 5280 5.3.1")
    value = der.encode(der.OCTET_STRING, der.encode(der.ENUMERATED, bytes((reason_code,))))
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, _REASON_CODE_OID, value))


def draft_list(
    *,
    kind: ListKind,
    number: int,
    this_update: datetime,
    next_update: datetime,
    entries: Iterable[bytes] | ListBody,
    profile: ListProfile,
    issuer: Issuer,
    partition: int = UNDIVIDED,
) -> ListDraft:
    """Draft a list of encoded entries in the order in which they come; they are streamed, 26.1.

    Raises: DraftRefused when number or times break a rule.
    """
    body = entries if isinstance(entries, ListBody) else ListBody.of(entries)
    _check_header(number, this_update, next_update, profile, issuer)
    _check_partition(kind, partition)
    header = b"".join(
        (
            der.encode_integer(1),
            profile.signature_algorithm.identifier,
            issuer.name,
            _time(this_update),
            _time(next_update),
        )
    )
    extensions = list_extensions(
        kind=kind, number=number, profile=profile, issuer=issuer, partition=partition
    )
    trailer = der.encode(0xA0, extensions)
    sampled = der.encode(der.SEQUENCE, header, _revoked(body.sample), trailer)
    return ListDraft(
        kind=kind,
        partition=partition,
        number=number,
        count=body.count,
        tbs=_assemble_tbs(header, body.chunks, trailer),
        sample=sign_for_lint(tbs=sampled, algorithm=profile.signature_algorithm),
    )


def list_extensions(
    *, kind: ListKind, number: int, profile: ListProfile, issuer: Issuer, partition: int = UNDIVIDED
) -> bytes:
    """Return the list's Extensions, DER: AKI, number, and what the list covers (RFC 5280 5.2)."""
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.AuthorityKeyIdentifier(issuer.key_identifier, None, None), False),
        (x509.CRLNumber(number), False),
    ]
    if kind is not ListKind.FULL_CRL:
        extensions.append((_issuing_distribution_point(kind, partition, profile, issuer), True))
    return der.encode(
        der.SEQUENCE, *(_extension(value=value, critical=critical) for value, critical in extensions)
    )


def _issuing_distribution_point(
    kind: ListKind, partition: int, profile: ListProfile, issuer: Issuer
) -> x509.IssuingDistributionPoint:
    is_crl = kind is ListKind.CRL
    point = list_point(kind=kind, partition=partition, profile=profile, issuer=issuer)
    return x509.IssuingDistributionPoint(
        full_name=point.general_names(),
        relative_name=None,
        only_contains_user_certs=is_crl,
        only_contains_ca_certs=not is_crl,
        only_some_reasons=None,
        indirect_crl=False,
        only_contains_attribute_certs=False,
    )


def list_point(*, kind: ListKind, partition: int, profile: ListProfile, issuer: Issuer) -> PointNames:
    """Return the distribution point that a CRL, one of its partitions, or the ARL is published at (4(6))."""
    if kind is ListKind.ARL:
        return arl_point(repository=profile.repository, issuer_name=issuer.name)
    return crl_point(repository=profile.repository, issuer_name=issuer.name, partition=partition)


def _extension(*, value: x509.ExtensionType, critical: bool) -> bytes:
    oid = _encode_oid(value.oid)
    flag = der.encode(der.BOOLEAN, b"\xff") if critical else b""
    return der.encode(der.SEQUENCE, oid, flag, der.encode(der.OCTET_STRING, value.public_bytes()))


def _encode_oid(oid: x509.ObjectIdentifier) -> bytes:
    # All list extensions stand under 2.5.29, one octet each.
    arc, _, last = oid.dotted_string.rpartition(".")
    if arc != "2.5.29" or int(last) > 127:
        raise DraftRefused(field="extensions", problem=oid.dotted_string, clause="RFC 5280 5.2")
    return der.encode(der.OBJECT_IDENTIFIER, bytes((0x55, 0x1D, int(last))))


def _revoked(contents: bytes) -> bytes:
    # An empty list leaves the field out (RFC 5280 5.1.2.6).
    return der.encode(der.SEQUENCE, contents) if contents else b""


def _assemble_tbs(header: bytes, chunks: list[bytes], trailer: bytes) -> bytes:
    size = sum(map(len, chunks))
    opening = bytes((der.SEQUENCE,)) + der.length_octets(size) if size else b""
    whole = len(header) + len(opening) + size + len(trailer)
    return b"".join((bytes((der.SEQUENCE,)), der.length_octets(whole), header, opening, *chunks, trailer))


def _check_partition(kind: ListKind, partition: int) -> None:
    if not 0 <= partition <= MOST_PARTITIONS:
        raise DraftRefused(field="partition", problem=f"not 0 to {MOST_PARTITIONS}", clause="26.1")
    if partition != UNDIVIDED and kind is not ListKind.CRL:
        raise DraftRefused(field="partition", problem=f"the {kind.value} has none", clause="39.4")


def _check_header(
    number: int, this_update: datetime, next_update: datetime, profile: ListProfile, issuer: Issuer
) -> None:
    if not 0 < number < 1 << 159:
        raise DraftRefused(field="number", problem="not positive, or too large", clause="RFC 5280 5.2.3")
    if not (is_whole_second(this_update) and is_whole_second(next_update)):
        raise DraftRefused(field="this_update", problem="not whole seconds of UTC", clause="RFC 5280 5.1.2.4")
    if not issuer.not_before <= this_update <= issuer.not_after:
        problem = "outside the CA certificate's validity"
        raise DraftRefused(field="this_update", problem=problem, clause="26.2")
    if not timedelta(0) < next_update - this_update <= timedelta(hours=profile.lifetime_hours):
        problem = f"not within {profile.lifetime_hours} hours of thisUpdate"
        raise DraftRefused(field="next_update", problem=problem, clause="26.2")


@lru_cache(maxsize=1024)
def _time(instant: datetime) -> bytes:
    tag, text = encode_time(instant)
    return der.encode(tag, text)
