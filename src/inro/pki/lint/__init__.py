"""Lint before sign: pkilint and the CA's own rules over a certificate or list (12.8, 42.4, 6.1, 8.7)."""

from datetime import datetime

from inro.pki.crl import ListDraft, ListKind
from inro.pki.finding import Finding, Severity
from inro.pki.issuer import Issuer
from inro.pki.lint import interoperability, rfc5280, terms
from inro.pki.lint.peer import peer_certificate_findings, peer_list_findings
from inro.pki.lint.registry import Rule, run_rules
from inro.pki.lint.structures import CertificateStructure, ListStructure, read_certificate, read_list
from inro.pki.profile import Excuse, ListProfile, Profile, ProfileKind
from inro.pki.repository import UNDIVIDED

__all__ = [
    "blocking",
    "certificate_rules",
    "lint_certificate",
    "lint_list",
    "lint_list_bytes",
    "list_rules",
    "stopping",
]


def certificate_rules(kind: ProfileKind) -> tuple[Rule[CertificateStructure], ...]:
    """Return the CA's own rules for certificates of a kind."""
    of_kind = terms.SUBSCRIBER.rules if kind is ProfileKind.SUBSCRIBER else []
    return (
        *of_kind,
        *terms.CERTIFICATE.rules,
        *rfc5280.CERTIFICATE.rules,
        *interoperability.CERTIFICATE.rules,
    )


def list_rules() -> tuple[Rule[ListStructure], ...]:
    """Return the CA's own rules for lists."""
    return (*terms.LIST.rules, *rfc5280.LIST.rules, *interoperability.LIST.rules)


def lint_certificate(
    *,
    certificate: bytes,
    profile: Profile,
    issuer: Issuer | None,
    examination_ended_at: datetime | None = None,
    partition: int = UNDIVIDED,
) -> tuple[Finding, ...]:
    """Lint a drafted or issued certificate (DER); `issuer` is None for a self-signed one.

    `partition` is the part of the CRL that it is recorded to stand in.

    Broken encoding is a finding of its own, not an exception.
    """
    peer = peer_certificate_findings(certificate)
    try:
        structure = read_certificate(
            certificate,
            profile=profile,
            issuer=issuer,
            examination_ended_at=examination_ended_at,
            partition=partition,
        )
    except ValueError as error:
        return (*peer, _broken(error))
    return (*peer, *run_rules(certificate_rules(profile.kind), structure))


def lint_list(*, draft: ListDraft, profile: ListProfile, issuer: Issuer) -> tuple[Finding, ...]:
    """Lint a drafted list: its header, and a sample of its entries under the same header.

    Every entry is checked by `crl_entries.check_entries`, which streams.
    """
    return lint_list_bytes(
        certificate_list=draft.sample,
        kind=draft.kind,
        partition=draft.partition,
        profile=profile,
        issuer=issuer,
    )


def lint_list_bytes(
    *,
    certificate_list: bytes,
    kind: ListKind,
    profile: ListProfile,
    issuer: Issuer,
    partition: int = UNDIVIDED,
) -> tuple[Finding, ...]:
    """Lint a list (DER) of few entries as one of `kind`, or as that partition of the CRL."""
    peer = peer_list_findings(certificate_list)
    try:
        structure = read_list(
            certificate_list, kind=kind, partition=partition, profile=profile, issuer=issuer
        )
    except ValueError as error:
        return (*peer, _broken(error))
    return (*peer, *run_rules(list_rules(), structure))


def blocking(*, findings: tuple[Finding, ...], profile: Profile | ListProfile) -> tuple[Finding, ...]:
    """Return the findings that stop signing: errors and warnings that the profile does not excuse."""
    return stopping(findings=findings, excused=profile.excused)


def stopping(*, findings: tuple[Finding, ...], excused: tuple[Excuse, ...]) -> tuple[Finding, ...]:
    """Return the errors and warnings among the findings that are not excused."""
    codes = {excuse.code for excuse in excused}
    return tuple(f for f in findings if f.severity is not Severity.NOTICE and f.code not in codes)


def _broken(error: ValueError) -> Finding:
    return Finding(code="inro.broken", severity=Severity.ERROR, clause="RFC 5280 4.1", detail=str(error))
