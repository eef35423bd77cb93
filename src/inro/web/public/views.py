"""The front page, the repository page (authority's certificate, lists and texts), what is not there."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.store.reads.edition import published_texts
from inro.store.reads.repository import ca_certificate, lists_in_force
from inro.web.acts import anyone


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What a reader needs to recognise the CA's certificate; `sha256` is hexadecimal."""

    subject: str
    not_before: datetime
    not_after: datetime
    sha256: str


@require_safe
@anyone(Act.VIEW_FRONT_PAGE)
def front(request: HttpRequest) -> HttpResponse:
    """Show what one can do here."""
    return render(request, "public/front.html")


@require_safe
@anyone(Act.VIEW_REPOSITORY)
def repository(request: HttpRequest) -> HttpResponse:
    """Show the repository (4(6), 26, 42.4)."""
    certificate = ca_certificate()
    context = {
        "authority": authority_of(certificate) if certificate is not None else None,
        "lists": lists_in_force(),
        "texts": published_texts(),
    }
    return render(request, "public/repository.html", context)


def authority_of(certificate: bytes) -> Authority:
    """Return the CA certificate's (DER) name, validity and fingerprint.

    Raises: ValueError for bytes that are no certificate.
    """
    parsed = x509.load_der_x509_certificate(certificate)
    return Authority(
        subject=parsed.subject.rfc4514_string(),
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        sha256=hashlib.sha256(certificate).hexdigest(),
    )


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for an address that is not there."""
    return render(request, "public/missing.html", status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that is too large or cannot be read."""
    return render(request, "public/unreadable.html", status=400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that did not come from a page of ours, or whose page is too old."""
    return render(request, "public/forged.html", status=403)
