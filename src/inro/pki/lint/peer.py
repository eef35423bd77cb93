"""pkilint in process: an independent reading of RFC 5280, validators built once (RFC 5280 4, 5; 6960 4.2)."""

from functools import cache
from typing import Any

from pkilint import loader, pkix
from pkilint.document import NodeVisitor
from pkilint.pkix import certificate, crl, extension, name, ocsp
from pkilint.validation import (
    ValidationFindingSeverity,
    ValidationResult,
    Validator,
    ValidatorContainer,
)

from inro.pki.finding import Finding, Severity

_SEVERITIES = {
    ValidationFindingSeverity.FATAL: Severity.ERROR,
    ValidationFindingSeverity.ERROR: Severity.ERROR,
    ValidationFindingSeverity.WARNING: Severity.WARNING,
}


@cache
def _certificate_validators() -> Any:
    return _with_tables(certificate_validators())


@cache
def _list_validators() -> Any:
    return _with_tables(list_validators())


@cache
def _answer_validators() -> Any:
    return ocsp.create_pkix_ocsp_response_validator_container(
        [
            ocsp.create_response_decoder(),
            pkix.create_attribute_decoder(name.ATTRIBUTE_TYPE_MAPPINGS),
            pkix.create_extension_decoder(extension.EXTENSION_MAPPINGS),
        ],
        [],
    )


def certificate_validators() -> Any:
    """Return new validators of pkilint for certificates, as pkilint makes them."""
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


def list_validators() -> Any:
    """Return new validators of pkilint for lists, as pkilint makes them."""
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


def peer_answer_findings(answer: bytes) -> tuple[Finding, ...]:
    """Return what pkilint finds in an OCSPResponse (DER)."""
    try:
        document = loader.RFC6960OCSPResponseDocumentLoader().load_document(answer, "answer")
    except ValueError as error:
        return (_unreadable(error),)
    return _findings(_answer_validators().validate(document.root))


class _Walk:
    """What a container does to a node and all below, asking only validators that may take such a node.

    pkilint asks every validator of every node, most of them in vain: of which type a node must be is known.
    """

    def __init__(self, validators: list[Validator]) -> None:
        self._validators = validators
        self._by_type: dict[type, tuple[Validator, ...]] = {}

    def __call__(self, node: Any, results: list[ValidationResult]) -> None:
        kind = type(node.pdu)
        validators = self._by_type.get(kind)
        if validators is None:
            validators = self._by_type[kind] = tuple(v for v in self._validators if _may_take(v, kind))
        for validator in validators:
            if validator.match(node):
                result = validator.validate_wrapper(node)
                if isinstance(result, list):
                    results += result
                else:
                    results.append(result)
        for child in node.children.values():
            self(child, results)


def _may_take(validator: Validator, kind: type) -> bool:
    # A validator with a condition of its own is always asked.
    has_own_condition = type(validator).match is not NodeVisitor.match
    wanted = validator._pdu_class
    return has_own_condition or wanted is None or issubclass(kind, wanted)


def _with_tables(container: Any) -> Any:
    for validator in container.validators:
        if isinstance(validator, ValidatorContainer):
            _with_tables(validator)
    container._validate_rec = _Walk(container.validators)
    return container


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
