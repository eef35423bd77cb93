"""An OCSP answer as somebody outside judges it, by another reader than ours (RFC 6960 3.2)."""

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from inro.pki.issuer import UNDECODABLE, Issuer
from inro.pki.ocsp_request import IdHash, issuer_hashes
from inro.pki.signature import AlgorithmNotPermitted, SignatureAlgorithm, verify_signature, verify_signed
from inro.practice.probe import CLOCKS_DIFFER, Problem

_ALGORITHMS = {algorithm.oid: algorithm for algorithm in SignatureAlgorithm}


class AnswerRefused(Exception):
    """An answer that says nothing a relying party may believe."""

    def __init__(self, *, problem: Problem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


def believed_status(octets: bytes, *, serial: int, issuer: Issuer, now: datetime) -> ocsp.OCSPCertStatus:
    """Return what an answer (DER) says of a certificate, once it may be believed.

    Raises: AnswerRefused.
    """
    try:
        answer = ocsp.load_der_ocsp_response(octets)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise AnswerRefused(problem=Problem.NO_ANSWER, detail=answer.response_status.name)
        single = _single(answer, serial=serial, issuer=issuer)
        _check_signature(answer, issuer, now=now)
    except UNDECODABLE as error:
        raise AnswerRefused(problem=Problem.NO_ANSWER, detail=f"{len(octets)} octets") from error
    if single.next_update_utc is None or single.next_update_utc <= now:
        raise AnswerRefused(problem=Problem.EXPIRED, detail=str(single.next_update_utc))
    if single.this_update_utc > now + CLOCKS_DIFFER:
        raise AnswerRefused(problem=Problem.OF_THE_FUTURE, detail=str(single.this_update_utc))
    return single.certificate_status


def _single(answer: ocsp.OCSPResponse, *, serial: int, issuer: Issuer) -> ocsp.OCSPSingleResponse:
    for single in answer.responses:
        kind = IdHash(single.hash_algorithm.name) if single.hash_algorithm.name in IdHash else None
        hashes = (single.issuer_name_hash, single.issuer_key_hash)
        if single.serial_number == serial and kind and hashes == issuer_hashes(issuer, kind):
            return single
    raise AnswerRefused(problem=Problem.NO_ANSWER, detail="about another certificate")


def _check_signature(answer: ocsp.OCSPResponse, issuer: Issuer, *, now: datetime) -> None:
    algorithm = _ALGORITHMS.get(answer.signature_algorithm_oid.dotted_string)
    if algorithm is None:
        raise AnswerRefused(
            problem=Problem.BAD_SIGNATURE, detail=answer.signature_algorithm_oid.dotted_string
        )
    key = issuer.public_key_info
    if answer.certificates:
        key = _authorized_key(answer.certificates[0], issuer, now=now)
    try:
        is_signed = verify_signature(
            data=answer.tbs_response_bytes,
            signature=answer.signature,
            public_key_info=key,
            algorithm=algorithm,
        )
    except AlgorithmNotPermitted as error:
        raise AnswerRefused(problem=Problem.BAD_SIGNATURE, detail=str(error)) from error
    if not is_signed:
        raise AnswerRefused(problem=Problem.BAD_SIGNATURE)


def _authorized_key(certificate: x509.Certificate, issuer: Issuer, *, now: datetime) -> bytes:
    """Return the key of a responder that the CA itself lets answer (RFC 6960 4.2.2.2)."""
    refused = AnswerRefused(
        problem=Problem.ANSWERER_NOT_AUTHORIZED, detail=certificate.subject.rfc4514_string()
    )
    octets = certificate.public_bytes(Encoding.DER)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        is_signed = verify_signed(signed=octets, public_key_info=issuer.public_key_info)
    except (x509.ExtensionNotFound, AlgorithmNotPermitted) as error:
        raise refused from error
    is_in_force = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
    if not (is_signed and is_in_force and ExtendedKeyUsageOID.OCSP_SIGNING in usage):
        raise refused
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
