"""Answers about certificates: values become bytes, linted, signed, assembled, read again (RFC 6960 4.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

from inro.pki import der
from inro.pki.assemble import AssemblyRefused
from inro.pki.crl import REASON_CODES
from inro.pki.crl_entries import read_time
from inro.pki.draft import DraftRefused
from inro.pki.ocsp_profile import OcspProfile
from inro.pki.ocsp_request import NONCE_OID
from inro.pki.ocsp_responder import Responder
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.pki.throwaway import sign_for_lint
from inro.pki.validity import is_whole_second

_BASIC_OID = bytes.fromhex("06092b0601050507300101")
_ARCHIVE_CUTOFF_OID = bytes.fromhex("06092b0601050507300106")
_EXTENDED_REVOKED_OID = bytes.fromhex("06092b0601050507300109")
_GOOD, _UNKNOWN = b"\x80\x00", b"\x82\x00"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CERTIFICATE_HOLD = 6


class ErrorAnswer(StrEnum):
    """What is answered without a signature (RFC 6960 4.2.1)."""

    MALFORMED_REQUEST = "malformedRequest"
    TRY_LATER = "tryLater"
    UNAUTHORIZED = "unauthorized"

    @property
    def encoded(self) -> bytes:
        """The whole OCSPResponse, DER."""
        return _ERRORS[self]


_ERRORS = {
    error: der.encode(der.SEQUENCE, der.encode(der.ENUMERATED, bytes((number,))))
    for error, number in zip(ErrorAnswer, (1, 3, 6), strict=True)
}


class CertificateStatus(StrEnum):
    """What an answer says of a certificate (RFC 6960 2.2)."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """When and why a certificate was revoked; None is 'unspecified', which is said by silence."""

    revoked_at: datetime
    reason_code: int | None


# RFC 6960 2.2: how a serial number that was never issued is called revoked.
NEVER_ISSUED = Revocation(revoked_at=_EPOCH, reason_code=_CERTIFICATE_HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole OCSPResponse (DER) and what it says; `singles` are its SingleResponses (DER)."""

    encoded: bytes
    singles: tuple[bytes, ...]
    status: CertificateStatus
    this_update: datetime
    next_update: datetime
    produced_at: datetime
    certificate: bytes
    tbs: bytes
    signature: bytes


def encode_single(
    *,
    encoded_id: bytes,
    status: CertificateStatus,
    revocation: Revocation | None = None,
    this_update: datetime,
    next_update: datetime,
    archive_cutoff: datetime | None = None,
) -> bytes:
    """Return one SingleResponse, DER (RFC 6960 4.2.1).

    Raises: DraftRefused for a status that does not fit, or times that are none.
    """
    if (status is CertificateStatus.REVOKED) is (revocation is None):
        raise DraftRefused(field="status", problem="revoked needs when and why", clause="RFC 6960 4.2.1")
    if not this_update < next_update:
        raise DraftRefused(field="next_update", problem="not after thisUpdate", clause="RFC 6960 4.2.2.1")
    return single_of(
        encoded_id,
        _status(status, revocation),
        _time(this_update),
        der.encode(0xA0, _time(next_update)),
        _archive(archive_cutoff),
    )


def single_of(*parts: bytes) -> bytes:
    """Return a SingleResponse of encoded parts."""
    return der.encode(der.SEQUENCE, *parts)


def subject_of(single: bytes) -> bytes:
    """Return the CertID (DER) of a SingleResponse (DER)."""
    identifier, *_ = der.children(single, der.read_whole(single, der.SEQUENCE))
    return single[identifier.start : identifier.end]


def about(single: bytes, encoded_id: bytes) -> bytes:
    """Return a SingleResponse (DER) with its CertID as it was asked: the same one, written otherwise."""
    _, *rest = der.children(single, der.read_whole(single, der.SEQUENCE))
    return single_of(encoded_id, *(single[part.start : part.end] for part in rest))


def draft_answer(
    *,
    singles: Sequence[bytes],
    responder: Responder,
    produced_at: datetime,
    nonce: bytes | None = None,
    extended_revoked: bool = False,
) -> bytes:
    """Return the ResponseData to be signed, DER.

    Raises: DraftRefused outside the validity of the responder's certificate.
    """
    if not responder.not_before <= produced_at <= responder.not_after:
        problem = "outside the responder certificate's validity"
        raise DraftRefused(field="produced_at", problem=problem, clause="RFC 6960 4.2.2.2")
    extensions = b""
    if nonce is not None:
        value = der.encode(der.OCTET_STRING, nonce)
        extensions += der.encode(der.SEQUENCE, NONCE_OID, der.encode(der.OCTET_STRING, value))
    if extended_revoked:
        extensions += der.encode(
            der.SEQUENCE, _EXTENDED_REVOKED_OID, der.encode(der.OCTET_STRING, b"\x05\x00")
        )
    return der.encode(
        der.SEQUENCE,
        responder.responder_id,
        _time(produced_at),
        der.encode(der.SEQUENCE, *singles),
        der.encode(0xA1, der.encode(der.SEQUENCE, extensions)) if extensions else b"",
    )


def sample_answer(*, tbs: bytes, responder: Responder) -> bytes:
    """Return ResponseData under a throwaway signature: an answer a linter can read and nobody can trust."""
    signed = sign_for_lint(tbs=tbs, algorithm=SignatureAlgorithm.SHA256)
    return _whole(tbs, der.split_signed(signed).signature, responder)


def answer_problems(
    *, tbs: bytes, profile: OcspProfile, responder: Responder, now: datetime
) -> Iterator[str]:
    """Yield what is wrong with drafted ResponseData, read again from its bytes: lint before sign."""
    data = _read_tbs(tbs)
    if not all(map(is_whole_second, (data.this_update, data.next_update, data.produced_at))):
        yield "times are not whole seconds"
    if not data.this_update <= data.produced_at <= now < data.next_update:
        yield "does not begin before now and end after"
    if data.next_update - data.this_update > profile.answer:
        yield "longer in force than the profile says"
    if data.next_update > responder.not_after:
        yield "outlives the responder's certificate"


def assemble_answer(*, tbs: bytes, signature: bytes, responder: Responder) -> bytes:
    """Return the OCSPResponse (DER), its signature verified with the responder's key.

    Raises: AssemblyRefused.
    """
    if not _verified(tbs, signature, responder.public_key_info):
        raise AssemblyRefused(field="signature", problem="is not the responder's")
    return _whole(tbs, signature, responder)


def read_answer(encoded: bytes, *, verified_by: bytes | None = None) -> Answer:
    """Read an answer that `assemble_answer` made; `verified_by` is the key (DER) it must bear.

    Raises: ValueError if it is no such answer; EncodingRefused if it is not the key's.
    """
    outer = list(der.children(encoded, der.read_whole(encoded, der.SEQUENCE)))
    if len(outer) != 2 or encoded[outer[0].start : outer[0].end] != b"\x0a\x01\x00":
        raise der.EncodingRefused(problem="not a successful answer", offset=0)
    (response,) = der.children(encoded, outer[1])
    _, octets = der.children(encoded, response)
    basic = encoded[octets.body : octets.end]
    parts = list(der.children(basic, der.read_whole(basic, der.SEQUENCE)))
    if [part.tag for part in parts] != [der.SEQUENCE, der.SEQUENCE, der.BIT_STRING, 0xA0]:
        raise der.EncodingRefused(problem="not a basic answer with a certificate", offset=0)
    tbs = basic[parts[0].start : parts[0].end]
    signature = basic[parts[2].body + 1 : parts[2].end]
    if verified_by is not None and not _verified(tbs, signature, verified_by):
        raise der.EncodingRefused(problem="not signed by this responder", offset=0)
    (certificates,) = der.children(basic, parts[3])
    data = _read_tbs(tbs)
    return Answer(
        encoded=encoded,
        singles=data.singles,
        status=data.status,
        this_update=data.this_update,
        next_update=data.next_update,
        produced_at=data.produced_at,
        certificate=basic[certificates.body : certificates.end],
        tbs=tbs,
        signature=signature,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Data:
    singles: tuple[bytes, ...]
    status: CertificateStatus
    this_update: datetime
    next_update: datetime
    produced_at: datetime


_STATUS_TAGS = {
    0x80: CertificateStatus.GOOD,
    0xA1: CertificateStatus.REVOKED,
    0x82: CertificateStatus.UNKNOWN,
}


def _read_tbs(tbs: bytes) -> _Data:
    """Read ResponseData; of several certificates the first's status, latest start, earliest end."""
    _, produced, responses, *_ = der.children(tbs, der.read_whole(tbs, der.SEQUENCE))
    statuses, starts, ends, singles = [], [], [], []
    for single in der.children(tbs, responses):
        _, status, start, end, *_ = der.children(tbs, single)
        (end_time,) = der.children(tbs, end)
        statuses.append(status.tag)
        starts.append(_instant(tbs, start))
        ends.append(_instant(tbs, end_time))
        singles.append(tbs[single.start : single.end])
    if not singles or statuses[0] not in _STATUS_TAGS:
        raise der.EncodingRefused(problem="no status", offset=0)
    return _Data(
        singles=tuple(singles),
        status=_STATUS_TAGS[statuses[0]],
        this_update=max(starts),
        next_update=min(ends),
        produced_at=_instant(tbs, produced),
    )


def _instant(data: bytes, element: der.Element) -> datetime:
    try:
        return read_time(element.tag, data[element.body : element.end])
    except ValueError as error:
        raise der.EncodingRefused(problem="no time", offset=element.start) from error


def _verified(tbs: bytes, signature: bytes, public_key_info: bytes) -> bool:
    return verify_signature(
        data=tbs,
        signature=signature,
        public_key_info=public_key_info,
        algorithm=SignatureAlgorithm.SHA256,
    )


def _whole(tbs: bytes, signature: bytes, responder: Responder) -> bytes:
    basic = der.encode(
        der.SEQUENCE,
        tbs,
        SignatureAlgorithm.SHA256.identifier,
        der.encode_bits(signature),
        der.encode(0xA0, der.encode(der.SEQUENCE, responder.certificate)),
    )
    response = der.encode(der.SEQUENCE, _BASIC_OID, der.encode(der.OCTET_STRING, basic))
    return der.encode(der.SEQUENCE, b"\x0a\x01\x00", der.encode(0xA0, response))


def _status(status: CertificateStatus, revocation: Revocation | None) -> bytes:
    if revocation is None:
        return _GOOD if status is CertificateStatus.GOOD else _UNKNOWN
    reason = b""
    if revocation.reason_code is not None:
        if revocation.reason_code not in REASON_CODES and revocation != NEVER_ISSUED:
            problem = f"{revocation.reason_code} is never given"
            raise DraftRefused(field="reason_code", problem=problem, clause="RFC 5280 5.3.1")
        reason = der.encode(0xA0, der.encode(der.ENUMERATED, bytes((revocation.reason_code,))))
    return der.encode(0xA1, _time(revocation.revoked_at), reason)


def _archive(cutoff: datetime | None) -> bytes:
    if cutoff is None:
        return b""
    extension = der.encode(der.SEQUENCE, _ARCHIVE_CUTOFF_OID, der.encode(der.OCTET_STRING, _time(cutoff)))
    return der.encode(0xA1, der.encode(der.SEQUENCE, extension))


@lru_cache(maxsize=1024)
def _time(instant: datetime) -> bytes:
    """Return a GeneralizedTime: answers know no other (RFC 6960 4.2.1)."""
    if not is_whole_second(instant):
        raise DraftRefused(field="time", problem="not whole seconds of UTC", clause="RFC 6960 4.2.1")
    return der.encode(der.GENERALIZED_TIME, instant.strftime("%Y%m%d%H%M%SZ").encode())


def answer_end(*, this_update: datetime, profile: OcspProfile, responder: Responder) -> datetime:
    """Return nextUpdate: the profile's period, never past the responder's certificate."""
    return min(this_update + profile.answer, responder.not_after)


def archive_cutoff(*, not_after: datetime, produced_at: datetime, profile: OcspProfile) -> datetime | None:
    """Return the cutoff that an answer about an expired certificate carries (RFC 6960 4.4.4)."""
    return produced_at - profile.archive if produced_at > not_after else None
