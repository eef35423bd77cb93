"""The CA's own certificates: on record, revoked by two officers onto ARL and full CRL (22.1(5), 39.4)."""

from dataclasses import dataclass
from typing import Any

from cryptography import x509
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inro.pki.ca_certificates import CaCertificateKind, kind_of
from inro.pki.issuer import UNDECODABLE
from inro.practice.acts import Act
from inro.practice.certificate import CertificateState
from inro.practice.grounds import grounds_of_ca_certificates
from inro.practice.revocation import RequestRefused
from inro.store.errors import Conflict, Unknown
from inro.store.reads.certificate import CertificateRecord, ca_certificate_records, certificate_by_serial
from inro.store.reads.revocation import RevocationRecord, cases_of_certificate
from inro.store.states import Scope
from inro.usecases.revocation import record_revocation_request
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.intake.answers import text_of, typed_fields
from inro.web.office.intake.saying import Said, said
from inro.web.office.letters.case import allows
from inro.web.office.revocation.signing import matter_of_ca
from inro.web.office.revocation.standing import SHOWN_REFUSALS, check_seen, officers_step, standing_shown

_TYPED = ("ground", "note", "reason", "refusal")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaCertificate:
    """One certificate of the CA: what it says, the case that stands against it, those that were closed."""

    record: CertificateRecord
    kind: CaCertificateKind
    subject: str
    issuer: str
    revocation: RevocationRecord | None
    refused: tuple[RevocationRecord, ...]

    @property
    def serial(self) -> str:
        """Its serial number, hexadecimal, as its page's address has it."""
        return self.record.serial.hex()


@require_safe
@needs(Act.VIEW_REVOCATIONS)
def ca_certificates(request: HttpRequest) -> HttpResponse:
    """List the CA's certificates on record, links between its keys and cross certificates among them."""
    found = [_certificate(one) for one in ca_certificate_records()]
    context = {"place": "revocations", "certificates": found}
    return render(request, "office/revocation/ca_certificates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_REVOCATIONS)
def ca_certificate(request: HttpRequest, serial: str) -> HttpResponse:
    """Show one certificate of the CA; open its case, record what an officer signs, unless it has moved on."""
    found = _found(serial)
    if request.method != "POST":
        return _show(request, found, [])
    try:
        if text_of(request.POST, "do") == "open":
            _open(request, found)
        else:
            _step(request, found)
    except SHOWN_REFUSALS as refusal:
        return _show(request, _found(serial), [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("ca_certificate", args=[serial]))


def _found(serial: str) -> CaCertificate:
    try:
        record = certificate_by_serial(bytes.fromhex(serial))
    except (Unknown, ValueError) as unknown:
        raise Http404 from unknown
    if record.scope is not Scope.CA:
        raise Http404
    return _certificate(record)


def _certificate(record: CertificateRecord) -> CaCertificate:
    cases = cases_of_certificate(record.certificate_id)
    try:
        parsed = x509.load_der_x509_certificate(record.der or b"")
    except UNDECODABLE as error:
        raise Unknown(what="certificate", detail=record.serial.hex()) from error
    return CaCertificate(
        record=record,
        kind=kind_of(record.der or b""),
        subject=parsed.subject.rfc4514_string(),
        issuer=parsed.issuer.rfc4514_string(),
        revocation=next((one for one in cases if one.stands), None),
        refused=tuple(one for one in cases if not one.stands),
    )


def _open(request: HttpRequest, found: CaCertificate) -> None:
    ground, now = text_of(request.POST, "ground"), clock.now()
    if ground not in [one.id for one in grounds_of_ca_certificates()]:
        raise RequestRefused(field="ground", problem="missing")
    record_revocation_request(
        certificate=found.record.certificate_id,
        ground=ground,
        paper=None,
        requested_at=now.replace(microsecond=0),
        note=text_of(request.POST, "note"),
        actor=actor_of(request),
        now=now,
    )


def _step(request: HttpRequest, found: CaCertificate) -> None:
    if found.revocation is None:
        raise Conflict(what="case", detail=f"none of {found.serial} is open")
    check_seen(request, found.revocation)
    officers_step(request, matter_of_ca(clock.now()), found.revocation)


def _show(
    request: HttpRequest, found: CaCertificate, errors: list[Said], *, status: int = 200
) -> HttpResponse:
    wrong = list(errors)
    context: dict[str, Any] = {
        "place": "revocations",
        "found": found,
        "revocation": found.revocation,
        "grounds": grounds_of_ca_certificates(),
        "opens": found.record.state is CertificateState.VALID
        and allows(request, Act.RECORD_REVOCATION_REQUEST),
        "plans": allows(request, Act.PLAN_MASS_REVOCATION),
        "typed": typed_fields(request.POST, _TYPED),
    }
    if found.revocation is not None:
        context |= standing_shown(request, matter_of_ca(clock.now()), found.revocation, wrong)
    context["errors"] = wrong
    return render(request, "office/revocation/ca_certificate.html", context, status=422 if wrong else status)
