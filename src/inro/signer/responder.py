"""The signer's part of OCSP: the responder's certificate, renewed before it ends (26, RFC 6960 4.2.2.2)."""

import hashlib
from datetime import datetime

from inro.pki.lint import stopping
from inro.pki.ocsp_responder import (
    assemble_responder,
    draft_responder,
    lint_responder,
    responder_particulars,
)
from inro.pki.serial import new_serial
from inro.signer.issuance import FindingsStand
from inro.signer.journal import Kind
from inro.signer.room import Room
from inro.signer.steps import Passed, Step
from inro.usecases.responder_certificate import record_responder_certificate, record_responder_intent


def responder_due(*, room: Room, now: datetime) -> bool:
    """Say whether the responder has no certificate for its key, or half of its life is over."""
    if room.ocsp is None:
        return False
    last = room.journal.last(Kind.RESPONDER)
    if last is None or last.details["key_sha256"] != _sha256(room.ocsp.public_key_info):
        return True
    begun, ends = (datetime.fromisoformat(last.details[name]) for name in ("not_before", "not_after"))
    return now >= begun + (ends - begun) / 2


def certify_responder(*, room: Room, now: datetime, passed: Passed) -> None:
    """Certify the responder's key anew: draft, lint, journal, record, sign, assemble, record, journal.

    After a crash another serial number is drawn; one that was only intended is never used.

    Raises: FindingsStand, DraftRefused, AssemblyRefused, JournalConflict, PortError.
    """
    if room.ocsp is None:
        return
    serial = new_serial(room.random_bytes)
    octets = serial.to_bytes(20)
    particulars = responder_particulars(
        public_key_info=room.ocsp.public_key_info,
        serial=serial,
        now=now,
        profile=room.ocsp.profile,
        issuer=room.issuer,
    )
    draft = draft_responder(particulars=particulars, profile=room.ocsp.profile, issuer=room.issuer)
    findings = lint_responder(certificate=draft.certificate, particulars=particulars, issuer=room.issuer)
    standing = stopping(findings=findings, excused=room.ocsp.profile.excused)
    if standing:
        raise FindingsStand(findings=standing)
    period = {"not_before": particulars.not_before, "not_after": particulars.not_after}
    room.journal.remember(Kind.INTENT, octets.hex(), tbs_sha256=draft.tbs_sha256, responder=True)
    record_responder_intent(
        serial=octets,
        tbs_sha256=draft.tbs_sha256,
        profile_sha256=room.ocsp.profile.sha256,
        actor=room.actor,
        now=now,
        **period,
    )
    signature = room.token.sign(draft.tbs)
    certificate = assemble_responder(
        tbs=draft.tbs, signature=signature, particulars=particulars, issuer=room.issuer
    )
    record_responder_certificate(serial=octets, certificate=certificate, actor=room.actor, now=now)
    # The journal comes last: after a crash before it another one is made, and this one stays good.
    room.journal.remember(
        Kind.RESPONDER,
        octets.hex(),
        sha256=_sha256(certificate),
        key_sha256=_sha256(room.ocsp.public_key_info),
        **{name: instant.isoformat() for name, instant in period.items()},
    )
    passed(Step.RECORD_RESPONDER)


def _sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()
