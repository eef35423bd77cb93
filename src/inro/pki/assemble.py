"""Putting the HSM's signature and the linted bytes together, and reading the result again (17.1, 20).

What was signed is compared, field by field, with what was approved: peers issued certificates whose content
differed from the order and noticed weeks later.
"""

from collections.abc import Iterator

from cryptography import x509
from cryptography.x509.oid import NameOID

from inro.pki import der
from inro.pki.draft import Particulars, subscriber_extensions
from inro.pki.issuer import Issuer, tbs_parts
from inro.pki.names import alternative_name, subject_name
from inro.pki.profile import Profile
from inro.pki.signature import AlgorithmNotPermitted, SignatureAlgorithm, algorithm_of, verify_signature


class AssemblyRefused(Exception):
    """Signature and bytes make nothing that may leave the signer; `field` names where it fails."""

    def __init__(self, *, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


def assemble_certificate(
    *, tbs: bytes, signature: bytes, particulars: Particulars, profile: Profile, issuer: Issuer
) -> bytes:
    """Return the certificate (DER), its signature verified and every field compared with `particulars`.

    Raises: AssemblyRefused.
    """
    certificate = join_verified(tbs, signature, issuer.public_key_info, position=2)
    for field in differing_fields(
        certificate=certificate, particulars=particulars, profile=profile, issuer=issuer
    ):
        raise AssemblyRefused(field=field, problem="is not what was approved")
    return certificate


def assemble_ca_certificate(*, tbs: bytes, signature: bytes) -> bytes:
    """Return the self-signed CA certificate (DER), verified with the key inside it.

    Raises: AssemblyRefused.
    """
    unverified = der.join_signed(tbs=tbs, algorithm=SignatureAlgorithm.SHA256.identifier, signature=signature)
    try:
        parts = tbs_parts(unverified)
    except der.EncodingRefused as error:
        raise AssemblyRefused(field="tbs", problem=str(error)) from error
    if parts.issuer != parts.subject:
        raise AssemblyRefused(field="issuer", problem="is not the subject")
    return join_verified(tbs, signature, parts.public_key_info, position=2)


def assemble_list(*, tbs: bytes, signature: bytes, issuer: Issuer) -> bytes:
    """Return the list (DER), its signature verified and its issuer compared.

    Raises: AssemblyRefused.
    """
    certificate_list = join_verified(tbs, signature, issuer.public_key_info, position=1)
    fields = der.children(tbs, der.read_whole(tbs, der.SEQUENCE))
    _, _, name = next(fields), next(fields), next(fields)
    if tbs[name.start : name.end] != issuer.name:
        raise AssemblyRefused(field="issuer", problem="is not the CA")
    return certificate_list


def differing_fields(
    *, certificate: bytes, particulars: Particulars, profile: Profile, issuer: Issuer
) -> Iterator[str]:
    """Yield the name of every field of a certificate (DER) that is not as approved (8.2, 6.1, 5.3)."""
    parsed = x509.load_der_x509_certificate(certificate)
    parts = tbs_parts(certificate)
    content = particulars.content
    expected = {
        "version": (parsed.version, x509.Version.v3),
        "serial": (parsed.serial_number, particulars.serial),
        "signature_algorithm": (parts.algorithm, profile.signature_algorithm.identifier),
        "issuer": (parts.issuer, issuer.name),
        "not_before": (parsed.not_valid_before_utc, particulars.issued_at),
        "not_after": (parsed.not_valid_after_utc, particulars.not_after),
        "public_key_info": (parts.public_key_info, particulars.public_key_info),
        "subject": (parts.subject, subject_name(content).public_bytes()),
    }
    yield from (field for field, (found, wanted) in expected.items() if found != wanted)
    yield from _differing_texts(parsed, content.name, content.name_romaji)
    wanted_extensions = [
        (value.oid, critical, value.public_bytes())
        for value, critical in subscriber_extensions(particulars, profile=profile, issuer=issuer)
    ]
    found_extensions = [
        (extension.oid, extension.critical, extension.value.public_bytes()) for extension in parsed.extensions
    ]
    if found_extensions != wanted_extensions:
        yield "extensions"
    if _directory_name(parsed) != alternative_name(content):
        yield "subject_alternative_name"


def _differing_texts(parsed: x509.Certificate, name: str, romaji: str) -> Iterator[str]:
    # Read as text once more, beside the comparison of bytes: mojibake is valid DER.
    in_subject = parsed.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if [attribute.value for attribute in in_subject] != [romaji]:
        yield "name_romaji"
    in_alternative = _directory_name(parsed).get_attributes_for_oid(NameOID.COMMON_NAME)
    if [attribute.value for attribute in in_alternative] != [name]:
        yield "name"


def _directory_name(parsed: x509.Certificate) -> x509.Name:
    names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    found = names.get_values_for_type(x509.DirectoryName)
    return found[0] if len(found) == 1 else x509.Name([])


def join_verified(tbs: bytes, signature: bytes, public_key_info: bytes, *, position: int) -> bytes:
    """Join and verify; the algorithm is the one the signed bytes themselves name at `position`.

    Raises: AssemblyRefused.
    """
    try:
        fields = list(_first_children(tbs, position + 1))
        algorithm = algorithm_of(tbs[fields[position].start : fields[position].end])
        verified = verify_signature(
            data=tbs, signature=signature, public_key_info=public_key_info, algorithm=algorithm
        )
    except (der.EncodingRefused, IndexError) as error:
        raise AssemblyRefused(field="tbs", problem=str(error)) from error
    except AlgorithmNotPermitted as error:
        raise AssemblyRefused(field="signature_algorithm", problem="not permitted") from error
    if not verified:
        raise AssemblyRefused(field="signature", problem="does not verify with the CA's key")
    return der.join_signed(tbs=tbs, algorithm=algorithm.identifier, signature=signature)


def _first_children(tbs: bytes, count: int) -> Iterator[der.Element]:
    inside = der.children(tbs, der.read_whole(tbs, der.SEQUENCE))
    for _, element in zip(range(count), inside, strict=False):
        yield element
