"""CMS signatures, apart from a document or around it, by a key that stays on its card (RFC 5652 5, 12.8)."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from asn1crypto import algos, cms, core, tsp, x509

from inro.pki.validity import is_whole_second


class DocumentSignatureRefused(Exception):
    """A signature that cannot be made as asked; `problem` says why."""

    def __init__(self, *, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def detached_signature(
    *,
    document: bytes,
    certificate: bytes,
    sign: Callable[[bytes], bytes],
    signed_at: datetime,
    chain: Sequence[bytes] = (),
) -> bytes:
    """Return CMS SignedData (DER) over `document`, which stays outside it.

    `sign` gives the RSASSA-PKCS1-v1_5 signature with SHA-256 of what it is handed: the signed attributes.
    Raises: DocumentSignatureRefused for bytes that are no certificate or an instant that is not whole.
    """
    return _signature(
        document=document, certificate=certificate, sign=sign, signed_at=signed_at, chain=chain, around=False
    )


def signed_document(
    *,
    document: bytes,
    certificate: bytes,
    sign: Callable[[bytes], bytes],
    signed_at: datetime,
    chain: Sequence[bytes] = (),
) -> bytes:
    """Return CMS SignedData (DER) around `document`, so that one file is enough to verify it.

    Arguments and refusals are those of `detached_signature`.
    Raises: DocumentSignatureRefused.
    """
    return _signature(
        document=document, certificate=certificate, sign=sign, signed_at=signed_at, chain=chain, around=True
    )


def _signature(
    *,
    document: bytes,
    certificate: bytes,
    sign: Callable[[bytes], bytes],
    signed_at: datetime,
    chain: Sequence[bytes],
    around: bool,
) -> bytes:
    if not is_whole_second(signed_at):
        raise DocumentSignatureRefused(problem="signed_at is not whole seconds of UTC")
    try:
        signer = x509.Certificate.load(certificate, strict=True)
        identifier = cms.IssuerAndSerialNumber(
            {"issuer": signer.issuer, "serial_number": signer.serial_number}
        )
        certificates = [x509.Certificate.load(item, strict=True) for item in (certificate, *chain)]
    except ValueError as error:
        raise DocumentSignatureRefused(problem=f"not a certificate: {error}") from error
    attributes = _signed_attributes(document, certificate, signed_at)
    # What is signed is the SET OF itself, not the implicitly tagged field (RFC 5652 5.4).
    signature = sign(attributes.untag().dump())
    content: dict[str, object] = {"content_type": "data"}
    if around:
        content["content"] = document
    return _signed_data(identifier, certificates, attributes, signature, content)


def _signed_attributes(document: bytes, certificate: bytes, signed_at: datetime) -> cms.CMSAttributes:
    certificate_hash = {"hash_algorithm": _sha256(), "cert_hash": hashlib.sha256(certificate).digest()}
    # The CAdES reference to the certificate; importing `tsp` is also what makes `cms` know the attribute.
    reference = tsp.SigningCertificateV2({"certs": [certificate_hash]})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": signed_at})]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(document).digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [reference]}),
        ]
    )


def _signed_data(
    identifier: cms.IssuerAndSerialNumber,
    certificates: list[x509.Certificate],
    attributes: cms.CMSAttributes,
    signature: bytes,
    content: dict[str, object],
) -> bytes:
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": identifier}),
            "digest_algorithm": _sha256(),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm(
                {"algorithm": "sha256_rsa", "parameters": core.Null()}
            ),
            "signature": signature,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [_sha256()],
            "encap_content_info": content,
            "certificates": certificates,
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def _sha256() -> algos.DigestAlgorithm:
    return algos.DigestAlgorithm({"algorithm": "sha256"})
