"""A tree of answers made for now, by a software responder of the software CA."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from inro.adapters.ocsp_tree import FOLDER, ISSUER_FILE, RESPONDER_FILE, UNAUTHORIZED_FILE, OcspTree
from inro.pki.ocsp_request import IdHash, request_for
from inro.pki.ocsp_response import ErrorAnswer, Revocation
from tests.pki import material, ocsp_material

# Just before now, so that a verifier whose clock is a little behind takes it.
NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=2)
GONE = Revocation(revoked_at=NOW - timedelta(minutes=5), reason_code=1)
RESPONDER = ocsp_material.responder(NOW)


class SoftKey:
    """The responder's key in memory, as a token would sign; `gone` is a token that is lost."""

    public_key_info = material.public_key_info(ocsp_material.KEY)

    def sign(self, data: bytes) -> bytes:
        """Sign."""
        return material.signer(ocsp_material.KEY)(data)


def put(
    web: Path, serial: int, revocation: Revocation | None = None, *, at: datetime = NOW, hours: int = 12
) -> None:
    """Answer for a certificate from now on, by both hashes."""
    with OcspTree.open(web / FOLDER) as tree:
        for kind in IdHash:
            asked = ocsp_material.id_of(serial, kind)
            single = ocsp_material.single(
                serial,
                revocation,
                encoded_id=asked.encoded,
                this_update=at,
                next_update=at + timedelta(hours=hours),
            )
            answer = ocsp_material.answer(single, by=RESPONDER, produced_at=NOW)
            tree.put(request_for(asked.encoded), answer, at=at, revoked=revocation is not None)


def put_files(web: Path) -> None:
    """Put what lies beside the answers."""
    with OcspTree.open(web / FOLDER) as tree:
        tree.put_file(ISSUER_FILE, material.issuer().certificate, at=NOW)
        tree.put_file(RESPONDER_FILE, RESPONDER.certificate, at=NOW)
        tree.put_file(UNAUTHORIZED_FILE, ErrorAnswer.UNAUTHORIZED.encoded, at=NOW)


def question(serial: int, kind: SHA1 | SHA256 | None = None, nonce: bytes | None = None) -> bytes:
    """Return a question as cryptography asks it."""
    hashed = ocsp_material.id_of(serial, IdHash.SHA256 if isinstance(kind, SHA256) else IdHash.SHA1)
    builder = ocsp.OCSPRequestBuilder().add_certificate_by_hash(
        hashed.name_hash, hashed.key_hash, serial, kind or SHA1()
    )
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.build().public_bytes(Encoding.DER)
