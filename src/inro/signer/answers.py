"""Signed answers for every certificate, made beforehand, again in time, at once where one is revoked (26).

A serial number is good only where the record holds a certificate that the CA's key signed. It is revoked
where the record or a list signed by the CA says so: whoever owns the database can revoke, but never hide a
revocation.

A process that begins reads the record in pieces. Revocations made meanwhile are answered at once; what is
old is answered anew only when all that is revoked has been read, so that no answer ever goes back to good.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from inro.adapters.ocsp_tree import ISSUER_FILE, RESPONDER_FILE, UNAUTHORIZED_FILE, OcspTree
from inro.pki import der
from inro.pki.ca_certificates import NotOfThisCa, check_issued_here
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
from inro.signer.answered import NEVER, Answered, Population
from inro.signer.issuance import FindingsStand
from inro.store.reads.ocsp import (
    IssuedRow,
    RevokedRow,
    is_disposed,
    issued_after,
    issued_row,
    last_revoked_row,
    responder_certificate,
    revoked_after,
    revoked_before,
)
from inro.store.reads.repository import ca_certificates
from inro.store.reads.revocation import list_in_force

AT_ONCE = 64
# A pass reads so many that a revocation made meanwhile is still answered within a second.
_ISSUED_AT_ONCE, _REVOKED_AT_ONCE, _LISTED_AT_ONCE = 2_000, 1_000, 20_000
# Rows are read again that were there before: one with a lower number may have been written after.
_OVERLAP = 64


class NoResponder(PortError):
    """There is no certificate in force by which answers may be signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
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
        self._population = Population()
        self._strangers: set[str] = set()
        self._issued = 0
        self._has_read = False
        self._revoked = last_revoked_row()
        self._revoked_before = self._revoked + 1
        self._responder: Responder | None = None
        self._list = ""
        self._listed: Iterator[tuple[bytes, datetime, int | None]] = iter(())

    def work(self, *, now: datetime, most: int = AT_ONCE) -> Pass:
        """Answer anew what was revoked, issued or grew old, at most `most` of the latter two, revoked first.

        Raises: NoResponder, FindingsStand, OcspTreeUnavailable, PortError, StoreError.
        """
        responder = self._responder_at(now)
        revoked = self._take_up_revoked(responder, now)
        revoked += self._take_up_record(responder, now)
        signed = 0
        while self._has_read and signed < most and (due := self._due(now)) is not None:
            if is_disposed(due.serial):
                self._forget(due)
                continue
            self._answer(due, responder, now, sampled=signed == 0)
            signed += 1
        return Pass(signed=signed + revoked, revoked=revoked, strangers=tuple(sorted(self._strangers)))

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

    def _take_up_revoked(self, responder: Responder, now: datetime) -> int:
        """Answer what was revoked since this process began, whether its certificate was read yet or not."""
        count = 0
        for row in revoked_after(max(0, self._revoked - _OVERLAP)):
            count += self._revoke(self._found(row.serial), _said(row), responder, now)
            self._revoked = max(self._revoked, row.row)
        return count

    def _take_up_record(self, responder: Responder, now: datetime) -> int:
        """Read on: certificates, then older revocations, then the newest list and each one after it."""
        if not self._take_up_issued():
            return 0
        read, revoked = self._take_up_backlog(responder, now)
        if not read:
            return revoked
        read, listed = self._take_up_listed(responder, now)
        # Only the first list holds anything up: what it says is known from then on.
        self._has_read = self._has_read or read
        return revoked + listed

    def _take_up_issued(self) -> bool:
        count = 0
        for row in issued_after(max(0, self._issued - _OVERLAP), most=_ISSUED_AT_ONCE):
            count += 1
            self._issued = max(self._issued, row.row)
            self._believed(row)
        return count < _ISSUED_AT_ONCE

    def _found(self, serial: bytes) -> Answered | None:
        known = self._population.get(serial)
        if known is None and (row := issued_row(serial)) is not None:
            return self._believed(row)
        return known

    def _believed(self, row: IssuedRow) -> Answered | None:
        """Take up a certificate if it is new and the CA's key signed it."""
        known = self._population.get(row.serial)
        if known is not None:
            return known
        try:
            signed = verify_signed(signed=row.certificate, public_key_info=self._issuer.public_key_info)
        except (ValueError, AlgorithmNotPermitted):
            signed = False
        if not signed or _serial_of(row.certificate) != row.serial:
            # Told and passed over: one such row must not hold up the answer about a revoked certificate.
            if not (row.of_ca and _is_of_another_key(row.certificate, self._issuer)):
                self._strangers.add(row.serial.hex())
            return None
        times = [self._tree.written_at(request_for(asked.encoded)) for asked in self._ids(row.serial)]
        oldest = min((at or NEVER for at in times), default=NEVER)
        known = Answered(serial=row.serial, not_after=row.not_after, written_at=oldest)
        self._population.add(known)
        return known

    def _take_up_backlog(self, responder: Responder, now: datetime) -> tuple[bool, int]:
        """Read what was revoked before this process began, the newest first."""
        seen = count = 0
        for row in revoked_before(self._revoked_before, most=_REVOKED_AT_ONCE):
            count += self._revoke(self._found(row.serial), _said(row), responder, now)
            seen, self._revoked_before = seen + 1, row.row
        return seen < _REVOKED_AT_ONCE, count

    def _take_up_listed(self, responder: Responder, now: datetime) -> tuple[bool, int]:
        """Hold the newest list against what is answered, a piece in each pass."""
        newest = list_in_force(ListKind.FULL_CRL)
        if newest is not None and newest.sha256 != self._list:
            self._listed = listed_revocations(self._archived(newest.sha256))
            self._list = newest.sha256
        seen = count = 0
        for serial, revoked_at, reason in islice(self._listed, _LISTED_AT_ONCE):
            said = Revocation(revoked_at=revoked_at, reason_code=reason)
            seen += 1
            count += self._revoke(self._population.get(serial), said, responder, now)
        return seen < _LISTED_AT_ONCE, count

    def _archived(self, sha256: str) -> bytes:
        place = self._archive / f"{sha256}.crl"
        try:
            signed = place.read_bytes()
        except OSError as error:
            raise PortError("list archive", str(error), "restore the archive from its copy") from error
        if not verify_signed(signed=signed, public_key_info=self._issuer.public_key_info):
            raise PortError("list archive", f"{place.name} is not this CA's", _LOOK)
        return signed

    def _revoke(self, known: Answered | None, said: Revocation, responder: Responder, now: datetime) -> bool:
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

    def _says_revoked(self, known: Answered) -> bool:
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

    def _due(self, now: datetime) -> Answered | None:
        oldest = self._population.oldest()
        return oldest if oldest is not None and now >= oldest.written_at + self._profile.renewal else None

    def _answer(self, known: Answered, responder: Responder, now: datetime, *, sampled: bool) -> None:
        at = now.replace(microsecond=0)
        for asked in self._ids(known.serial):
            tbs = self._draft(known, asked, responder, at)
            _lint(tbs, self._profile, responder, now, sampled=sampled)
            answer = assemble_answer(tbs=tbs, signature=self._token.sign(tbs), responder=responder)
            revoked = known.revocation is not None
            self._tree.put(request_for(asked.encoded), answer, at=at, revoked=revoked)
        self._population.written(known, at=at)

    def _draft(self, known: Answered, asked: CertificateId, responder: Responder, at: datetime) -> bytes:
        single = encode_single(
            encoded_id=asked.encoded,
            status=CertificateStatus.REVOKED if known.revocation else CertificateStatus.GOOD,
            revocation=known.revocation,
            this_update=at,
            next_update=answer_end(this_update=at, profile=self._profile, responder=responder),
            archive_cutoff=archive_cutoff(not_after=known.not_after, produced_at=at, profile=self._profile),
        )
        return draft_answer(singles=[single], responder=responder, produced_at=at)

    def _forget(self, known: Answered) -> None:
        for asked in self._ids(known.serial):
            self._tree.remove(request_for(asked.encoded))
        self._population.forget(known)

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


def _said(row: RevokedRow) -> Revocation:
    return Revocation(revoked_at=row.revoked_at, reason_code=row.reason_code)


def _is_of_another_key(certificate: bytes, issuer: Issuer) -> bool:
    """Say whether an earlier or later key of the CA's signed a link: who asks about it names that key."""
    try:
        check_issued_here(certificate=certificate, issuer=issuer, known=ca_certificates())
    except NotOfThisCa:
        return False
    return True


def _serial_of(certificate: bytes) -> bytes:
    tbs = bytes(der.split_signed(certificate).tbs)
    _, number, *_ = der.children(tbs, der.read_whole(tbs, der.SEQUENCE))
    return tbs[number.body : number.end]
