"""Signed answers for every certificate, made beforehand, again in time, at once where one is revoked (26).

A serial number is good only where the record holds a certificate that the CA's key signed. It is revoked
where the record or a list signed by the CA says so: whoever owns the database can revoke, but never hide a
revocation.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from inro.adapters.ocsp_tree import ISSUER_FILE, RESPONDER_FILE, UNAUTHORIZED_FILE, OcspTree
from inro.pki import der
from inro.pki.crl import ListKind
from inro.pki.crl_entries import listed_revocations
from inro.pki.finding import Finding, Severity
from inro.pki.issuer import Issuer
from inro.pki.lint import stopping
from inro.pki.lint.peer import peer_answer_findings
from inro.pki.ocsp_profile import OcspProfile
from inro.pki.ocsp_request import CertificateId, IdHash, certificate_id, request_for
from inro.pki.ocsp_responder import Responder, ResponderRefused, responder_of
from inro.pki.ocsp_response import (
    CertificateStatus,
    ErrorAnswer,
    Revocation,
    answer_end,
    answer_problems,
    archive_cutoff,
    assemble_answer,
    draft_answer,
    encode_single,
    read_answer,
    sample_answer,
)
from inro.pki.signature import AlgorithmNotPermitted, verify_signed
from inro.ports.errors import PortError
from inro.ports.signer import Signer
from inro.signer.issuance import FindingsStand
from inro.store.reads.ocsp import (
    IssuedRow,
    is_disposed,
    issued_after,
    responder_certificate,
    revoked_after,
)
from inro.store.reads.revocation import list_in_force

AT_ONCE = 64
_LISTED_AT_ONCE = 20_000
# Rows are read again that were there before: one with a lower number may have been written after.
_OVERLAP = 64
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class NoResponder(PortError):
    """There is no certificate in force by which answers may be signed."""


@dataclass(slots=True, kw_only=True)
class _Known:
    """One certificate that is answered for; `written_at` is the thisUpdate of its oldest answer."""

    serial: bytes
    not_after: datetime
    written_at: datetime
    revocation: Revocation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one pass did: certificates answered for anew, and how many of them because they were revoked.

    `strangers` are serial numbers on record (hex) whose certificate is not the CA's: not answered for.
    """

    signed: int
    revoked: int
    strangers: tuple[str, ...]


class AnswerSigner:
    """The desk that signs all answers of one CA; one process has it."""

    def __init__(
        self, *, token: Signer, issuer: Issuer, profile: OcspProfile, tree: OcspTree, archive: Path
    ) -> None:
        self._token = token
        self._issuer = issuer
        self._profile = profile
        self._tree = tree
        self._archive = archive
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._strangers: set[str] = set()
        self._issued = self._revoked = 0
        self._responder: Responder | None = None
        self._list = ""
        self._listed: Iterator[tuple[bytes, datetime, int | None]] = iter(())

    def work(self, *, now: datetime, most: int = AT_ONCE) -> Answered:
        """Answer anew what was revoked, issued or grew old, at most `most` of the latter two, revoked first.

        Raises: NoResponder, FindingsStand, OcspTreeUnavailable, PortError, StoreError.
        """
        responder = self._responder_at(now)
        self._take_up_issued()
        revoked = self._take_up_revoked(responder, now) + self._take_up_listed(responder, now)
        signed = 0
        while signed < most and (due := self._oldest(now)) is not None:
            if is_disposed(due.serial):
                self._forget(due)
                continue
            self._answer(due, responder, now, sampled=signed == 0)
            signed += 1
        return Answered(signed=signed + revoked, revoked=revoked, strangers=tuple(sorted(self._strangers)))

    def _responder_at(self, now: datetime) -> Responder:
        certificate = responder_certificate()
        if certificate is None:
            raise NoResponder("OCSP responder", "has no certificate yet", _START_SIGNER)
        known = self._responder
        if known is not None and known.certificate == certificate and now <= known.not_after:
            return known
        try:
            made = responder_of(
                certificate=certificate,
                issuer=self._issuer,
                public_key_info=self._token.public_key_info,
                now=now,
            )
        except ResponderRefused as refusal:
            raise NoResponder("OCSP responder", refusal.problem, _START_SIGNER) from refusal
        for name, content in (
            (ISSUER_FILE, self._issuer.certificate),
            (RESPONDER_FILE, certificate),
            (UNAUTHORIZED_FILE, ErrorAnswer.UNAUTHORIZED.encoded),
        ):
            self._tree.put_file(name, content, at=now)
        self._responder = made
        return made

    def _take_up_issued(self) -> None:
        found = [self._believed(row) for row in issued_after(max(0, self._issued - _OVERLAP))]
        for known in sorted(
            (known for known in found if known is not None), key=lambda each: each.written_at
        ):
            self._known[known.serial] = known
            # What was never answered for comes before what is only old.
            self._known.move_to_end(known.serial, last=known.written_at > _LONG_AGO)

    def _believed(self, row: IssuedRow) -> _Known | None:
        """Return what is to be answered for, if it is new and the CA's key signed it."""
        self._issued = max(self._issued, row.row)
        if row.serial in self._known:
            return None
        try:
            signed = verify_signed(signed=row.certificate, public_key_info=self._issuer.public_key_info)
        except (ValueError, AlgorithmNotPermitted):
            signed = False
        if not signed or _serial_of(row.certificate) != row.serial:
            # Told and passed over: one such row must not hold up the answer about a revoked certificate.
            self._strangers.add(row.serial.hex())
            return None
        times = [self._tree.written_at(request_for(asked.encoded)) for asked in self._ids(row.serial)]
        oldest = min((at or _LONG_AGO for at in times), default=_LONG_AGO)
        return _Known(serial=row.serial, not_after=row.not_after, written_at=oldest)

    def _take_up_revoked(self, responder: Responder, now: datetime) -> int:
        count = 0
        for row in revoked_after(max(0, self._revoked - _OVERLAP)):
            said = Revocation(revoked_at=row.revoked_at, reason_code=row.reason_code)
            count += self._revoke(row.serial, said, responder, now)
            self._revoked = max(self._revoked, row.row)
        return count

    def _take_up_listed(self, responder: Responder, now: datetime) -> int:
        """Hold the newest list against what is answered, a piece in each pass."""
        newest = list_in_force(ListKind.FULL_CRL)
        if newest is not None and newest.sha256 != self._list:
            self._listed = listed_revocations(self._archived(newest.sha256))
            self._list = newest.sha256
        count = 0
        for serial, revoked_at, reason in islice(self._listed, _LISTED_AT_ONCE):
            said = Revocation(revoked_at=revoked_at, reason_code=reason)
            count += self._revoke(serial, said, responder, now)
        return count

    def _archived(self, sha256: str) -> bytes:
        place = self._archive / f"{sha256}.crl"
        try:
            signed = place.read_bytes()
        except OSError as error:
            raise PortError("list archive", str(error), "restore the archive from its copy") from error
        if not verify_signed(signed=signed, public_key_info=self._issuer.public_key_info):
            raise PortError("list archive", f"{place.name} is not this CA's", _LOOK)
        return signed

    def _revoke(self, serial: bytes, said: Revocation, responder: Responder, now: datetime) -> bool:
        known = self._known.get(serial)
        if known is None or known.revocation is not None:
            return False
        known.revocation = said
        if self._says_revoked(known):
            return False
        try:
            self._answer(known, responder, now, sampled=False)
        except BaseException:
            # Not said yet: the next pass takes it up again.
            known.revocation = None
            raise
        return True

    def _says_revoked(self, known: _Known) -> bool:
        """Say whether the tree has it already, from before this process began."""
        for asked in self._ids(known.serial):
            found = self._tree.read(request_for(asked.encoded))
            try:
                answer = read_answer(found or b"", verified_by=self._token.public_key_info)
            except ValueError:
                return False
            if answer.status is not CertificateStatus.REVOKED:
                return False
        return True

    def _oldest(self, now: datetime) -> _Known | None:
        oldest = next(iter(self._known.values()), None)
        return oldest if oldest is not None and now >= oldest.written_at + self._profile.renewal else None

    def _answer(self, known: _Known, responder: Responder, now: datetime, *, sampled: bool) -> None:
        at = now.replace(microsecond=0)
        for asked in self._ids(known.serial):
            tbs = self._draft(known, asked, responder, at)
            _lint(tbs, self._profile, responder, now, sampled=sampled)
            answer = assemble_answer(tbs=tbs, signature=self._token.sign(tbs), responder=responder)
            revoked = known.revocation is not None
            self._tree.put(request_for(asked.encoded), answer, at=at, revoked=revoked)
        known.written_at = at
        self._known.move_to_end(known.serial)

    def _draft(self, known: _Known, asked: CertificateId, responder: Responder, at: datetime) -> bytes:
        single = encode_single(
            encoded_id=asked.encoded,
            status=CertificateStatus.REVOKED if known.revocation else CertificateStatus.GOOD,
            revocation=known.revocation,
            this_update=at,
            next_update=answer_end(this_update=at, profile=self._profile, responder=responder),
            archive_cutoff=archive_cutoff(not_after=known.not_after, produced_at=at, profile=self._profile),
        )
        return draft_answer(singles=[single], responder=responder, produced_at=at)

    def _forget(self, known: _Known) -> None:
        for asked in self._ids(known.serial):
            self._tree.remove(request_for(asked.encoded))
        del self._known[known.serial]

    def _ids(self, serial: bytes) -> Iterator[CertificateId]:
        return (certificate_id(issuer=self._issuer, serial=serial, kind=kind) for kind in IdHash)


_START_SIGNER = "start the signer: it certifies the responder's key"
_LOOK = "find out who changed it; see inro audit verify"


def _lint(tbs: bytes, profile: OcspProfile, responder: Responder, now: datetime, *, sampled: bool) -> None:
    """Read the draft again by the own rules; one of each pass by pkilint too, which takes milliseconds.

    Raises: FindingsStand.
    """
    findings = tuple(
        Finding(code="ocsp.answer", severity=Severity.ERROR, clause="RFC 6960 4.2.2.1", detail=problem)
        for problem in answer_problems(tbs=tbs, profile=profile, responder=responder, now=now)
    )
    if sampled:
        findings += peer_answer_findings(sample_answer(tbs=tbs, responder=responder))
    standing = stopping(findings=findings, excused=profile.excused)
    if standing:
        raise FindingsStand(findings=standing)


def _serial_of(certificate: bytes) -> bytes:
    tbs = bytes(der.split_signed(certificate).tbs)
    _, number, *_ = der.children(tbs, der.read_whole(tbs, der.SEQUENCE))
    return tbs[number.body : number.end]
