"""A software responder beside the software CA, and answers about its certificates."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from inro.pki.ocsp_profile import OcspProfile, load_ocsp_profile
from inro.pki.ocsp_request import CertificateId, IdHash, certificate_id
from inro.pki.ocsp_responder import (
    Responder,
    ResponderParticulars,
    assemble_responder,
    draft_responder,
    responder_of,
    responder_particulars,
)
from inro.pki.ocsp_response import (
    CertificateStatus,
    Revocation,
    assemble_answer,
    draft_answer,
    encode_single,
)
from tests.pki import material

NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
KEY = "ocsp"
REVOKED = Revocation(revoked_at=datetime(2026, 12, 9, tzinfo=UTC), reason_code=1)


@cache
def profile() -> OcspProfile:
    """Return the shipped profile."""
    return load_ocsp_profile(material.raw_profile("ocsp"), (material.PROFILES / "ocsp.toml").read_bytes())


def particulars(now: datetime = NOW, **changes: Any) -> ResponderParticulars:
    """Return what a responder certificate of `now` says."""
    values: dict[str, Any] = {
        "public_key_info": material.public_key_info(KEY),
        "serial": material.serial(KEY),
        "now": now,
        "profile": profile(),
        "issuer": material.issuer(),
    }
    return responder_particulars(**(values | changes))


def responder(now: datetime = NOW) -> Responder:
    """Return a responder whose certificate begins at `now`."""
    asked, issuer = particulars(now), material.issuer()
    tbs = draft_responder(particulars=asked, profile=profile(), issuer=issuer).tbs
    made = assemble_responder(tbs=tbs, signature=material.signer("ca")(tbs), particulars=asked, issuer=issuer)
    return responder_of(certificate=made, issuer=issuer, public_key_info=asked.public_key_info, now=now)


def id_of(serial: int, kind: IdHash = IdHash.SHA1) -> CertificateId:
    """Return the CertID of a serial number of the CA."""
    return certificate_id(issuer=material.issuer(), serial=serial.to_bytes(20), kind=kind)


def single(serial: int, revocation: Revocation | None = None, **changes: Any) -> bytes:
    """Return what is said of one certificate at NOW."""
    values: dict[str, Any] = {
        "encoded_id": id_of(serial).encoded,
        "status": CertificateStatus.REVOKED if revocation else CertificateStatus.GOOD,
        "revocation": revocation,
        "this_update": NOW,
        "next_update": NOW + profile().answer,
    }
    return encode_single(**(values | changes))


def answer(*singles: bytes, **changes: Any) -> bytes:
    """Return the signed answer."""
    by = changes.pop("by", None) or responder()
    tbs = draft_answer(singles=singles, responder=by, **({"produced_at": NOW} | changes))
    return assemble_answer(tbs=tbs, signature=material.signer(KEY)(tbs), responder=by)
