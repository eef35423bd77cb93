"""Answers signed at the moment: with a nonce, about several certificates or serials never issued (RFC 6960).

What is said of a certificate is what the signed answer in the tree says; without one nothing is said but that
the CA never issued it. So the responder asks no database, and can call nothing good that was not.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from inro.adapters.ocsp_tree import RESPONDER_FILE
from inro.pki.assemble import AssemblyRefused
from inro.pki.draft import DraftRefused
from inro.pki.issuer import Issuer
from inro.pki.ocsp_profile import NeverIssued, OcspProfile
from inro.pki.ocsp_request import CertificateId, OcspRequest, issuer_hashes
from inro.pki.ocsp_responder import Responder, ResponderRefused, responder_of
from inro.pki.ocsp_response import (
    NEVER_ISSUED,
    CertificateStatus,
    ErrorAnswer,
    about,
    assemble_answer,
    draft_answer,
    encode_single,
    read_answer,
    subject_of,
)
from inro.ports.errors import PortError
from inro.ports.signer import Signer

AT_ONCE = 2
WAITING = 64
# A serial number that is unknown now may be issued in a moment.
_STRANGER_LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveKey:
    """The responder's key, the CA it answers for, and the tree in which its certificate lies."""

    token: Signer
    issuer: Issuer
    profile: OcspProfile
    folder: Path


class Live:
    """Signs few answers at once and lets few wait: whoever floods it gets what lies ready."""

    def __init__(self, key: LiveKey) -> None:
        self._key = key
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._certificate = b""
        self._responder: Responder | None = None

    async def answer(
        self, request: OcspRequest, found: Sequence[bytes | None], now: datetime
    ) -> bytes | ErrorAnswer:
        """Return a signed answer; `found` is the tree's answer for each certificate asked about, or None."""
        if self._waiting >= WAITING:
            return ErrorAnswer.TRY_LATER
        if not any(self._is_ours(asked) for asked in request.asked):
            return ErrorAnswer.UNAUTHORIZED
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(self._sign, request, found, now)
        except (PortError, ResponderRefused, DraftRefused, AssemblyRefused, OSError, ValueError):
            # The token is gone, the certificate ran out, the tree is being changed: another moment may do.
            return ErrorAnswer.TRY_LATER
        finally:
            self._waiting -= 1

    def _sign(self, request: OcspRequest, found: Sequence[bytes | None], now: datetime) -> bytes:
        responder = self._responder_at(now)
        at = now.replace(microsecond=0)
        singles = [
            self._single(asked, octets, at) for asked, octets in zip(request.asked, found, strict=True)
        ]
        tbs = draft_answer(
            singles=singles,
            responder=responder,
            produced_at=at,
            nonce=request.nonce,
            extended_revoked=self._key.profile.never_issued is NeverIssued.REVOKED,
        )
        return assemble_answer(tbs=tbs, signature=self._key.token.sign(tbs), responder=responder)

    def _single(self, asked: CertificateId, octets: bytes | None, at: datetime) -> bytes:
        if octets is None:
            return self._stranger(asked, at)
        answer = read_answer(octets, verified_by=self._key.token.public_key_info)
        if at >= answer.next_update:
            raise ResponderRefused(problem="the answer that lies ready is out of force")
        if subject_of(answer.singles[0]) != asked.canonical:
            raise ResponderRefused(problem="the answer that lies ready is about another certificate")
        return about(answer.singles[0], asked.encoded)

    def _stranger(self, asked: CertificateId, at: datetime) -> bytes:
        revoked = self._key.profile.never_issued is NeverIssued.REVOKED and self._is_ours(asked)
        return encode_single(
            encoded_id=asked.encoded,
            status=CertificateStatus.REVOKED if revoked else CertificateStatus.UNKNOWN,
            revocation=NEVER_ISSUED if revoked else None,
            this_update=at,
            next_update=at + _STRANGER_LASTS,
        )

    def _is_ours(self, asked: CertificateId) -> bool:
        if asked.hash is None:
            return False
        return (asked.name_hash, asked.key_hash) == issuer_hashes(self._key.issuer, asked.hash)

    def _responder_at(self, now: datetime) -> Responder:
        certificate = (self._key.folder / RESPONDER_FILE).read_bytes()
        known = self._responder
        if known is not None and known.certificate == certificate and now <= known.not_after:
            return known
        self._responder = responder_of(
            certificate=certificate,
            issuer=self._key.issuer,
            public_key_info=self._key.token.public_key_info,
            now=now,
        )
        return self._responder
