"""pkilint in process: an independent reading of RFC 5280, its validators built once (RFC 5280 4, 5)."""

from functools import cache
from typing import Any

from pkilint import loader, pkix
from pkilint.pkix import certificate, crl, extension, name
from pkilint.validation import ValidationFindingSeverity, ValidationResult

from inro.pki.finding import Finding, Severity

_SEVERITIES = {
    ValidationFindingSeverity.FATAL: Severity.ERROR,
    ValidationFindingSeverity.ERROR: Severity.ERROR,
    ValidationFindingSeverity.WARNING: Severity.WARNING,
}


@cache
def _certificate_validators() -> Any:
    decoders = certificate.create_decoding_validators(
        name.ATTRIBUTE_TYPE_MAPPINGS, extension.EXTENSION_MAPPINGS
    )
    return certificate.create_pkix_certificate_validator_container(
        decoders,
        [
            certificate.create_issuer_validator_container([]),
            certificate.create_validity_validator_container(),
            certificate.create_subject_validator_container([]),
            certificate.create_extensions_validator_container([]),
            certificate.create_spki_validator_container([]),
        ],
    )


@cache
def _list_validators() -> Any:
    decoders = [
        pkix.create_attribute_decoder(name.ATTRIBUTE_TYPE_MAPPINGS),
        pkix.create_extension_decoder(extension.EXTENSION_MAPPINGS),
    ]
    return crl.create_pkix_crl_validator_container(
        decoders,
        [
            crl.create_issuer_validator_container([]),
            crl.create_validity_validator_container([]),
            crl.create_extensions_validator_container([]),
        ],
    )


def peer_certificate_findings(certificate: bytes) -> tuple[Finding, ...]:
    """Return what pkilint finds in a certificate (DER), notices and less left out."""
    try:
        document = loader.load_der_certificate(certificate, "certificate")
    except ValueError as error:
        return (_unreadable(error),)
    return _findings(_certificate_validators().validate(document.root))


def peer_list_findings(certificate_list: bytes) -> tuple[Finding, ...]:
    """Return what pkilint finds in a list (DER) of few entries: it takes some 0.4 ms for each."""
    try:
        document = loader.load_der_crl(certificate_list, "list")
    except ValueError as error:
        return (_unreadable(error),)
    return _findings(_list_validators().validate(document.root))


def _findings(results: list[ValidationResult]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code=description.finding.code,
            severity=_SEVERITIES[description.finding.severity],
            clause="RFC 5280",
            detail=": ".join(filter(None, (result.node.path, description.message))),
        )
        for result in results
        for description in result.finding_descriptions
        if description.finding.severity in _SEVERITIES
    )


def _unreadable(error: ValueError) -> Finding:
    return Finding(code="pkilint.unreadable", severity=Severity.ERROR, clause="RFC 5280", detail=str(error))
