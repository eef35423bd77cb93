"""The repository as pages: texts, the CA's certificates, lists, notices (2.1, 4(6), 10, 12.9, 26, 42.4)."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from inro.configuration.editions import TextKind
from inro.pki.authority import AuthorityCertificate, AuthorityCertificateKind, authority_certificate
from inro.pki.crl import ListKind
from inro.pki.repository import arl_point, crl_point, published_names
from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.discontinuation import BINDING
from inro.store.reads.discontinuation import standing_discontinuation
from inro.store.reads.edition import (
    EditionRecord,
    TextRecord,
    governing_edition,
    published_text,
    published_texts,
)
from inro.store.reads.notice_pages import posted_notices
from inro.store.reads.repository import ListInForce, ca_certificates, lists_in_force
from inro.usecases.followed import policy_of_process
from inro.web.acts import anyone
from inro.web.public import clock

# 26.2; a list older than that is still in force, but its renewal is late.
RENEWED_EVERY = timedelta(hours=24)
_NEWS = 5
CA_FILE = "ca.cer"
SUMS_FILE = "sha256sums.txt"
TEXT_MEDIA_TYPE = "text/plain; charset=utf-8"
# What lies under a name that holds its hash or edition never changes.
_FOR_GOOD = {"public": True, "max_age": 31_536_000, "immutable": True}

KIND_NAMES = {
    TextKind.CPS: _("Certification practice statement (CPS)"),
    TextKind.TERMS: _("Terms"),
    TextKind.RELYING: _("Relying-party agreement"),
    TextKind.FEES: _("Fees"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """One text of an edition, and whether the edition governs today."""

    edition: EditionRecord
    text: TextRecord
    governs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsOfKind:
    """A kind of text in all its editions, the latest first; `name` is what the kind is called.

    `texts` are of the edition that governs and of those planned, `earlier` of those before it.
    """

    kind: str
    name: str
    texts: tuple[ShownText, ...]
    earlier: tuple[ShownText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCertificate:
    """A certificate of the CA; `newest` is the one that is `ca.cer`."""

    of: AuthorityCertificate
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """A list with its addresses as certificates print them; whether its time is over, or its renewal late."""

    of: ListInForce
    http: str
    ldap: str
    over: bool
    late: bool


@require_safe
@conditional_page
@cache_control(private=True, no_cache=True)
@anyone(Act.VIEW_REPOSITORY)
def repository(request: HttpRequest) -> HttpResponse:
    """Show the repository; a reader who has the page as it stands gets no second copy."""
    return repository_page(request)


def repository_page(request: HttpRequest) -> HttpResponse:
    """Return the repository's page (2.1, 4(6), 10, 26, 42.4)."""
    now, certificates, end = clock.now(), _certificates(), standing_discontinuation()
    context = {
        "certificates": certificates,
        "lists": tuple(_lists(certificates, now)),
        "texts": texts_by_kind(governing_edition(jst_date(now))),
        "news": posted_notices(most=_NEWS),
        "sums": SUMS_FILE,
        "link": AuthorityCertificateKind.LINK,
        "end": end if end and end.state in BINDING else None,
        "last": end is not None and end.lists_signed_at is not None,
    }
    return render(request, "public/repository.html", context)


@require_safe
@conditional_page
@cache_control(**_FOR_GOOD)
@anyone(Act.VIEW_REPOSITORY)
def text(request: HttpRequest, file: str) -> HttpResponse:  # noqa: ARG001
    """Give a text as it was registered, octet for octet, with its digest (10; RFC 9530)."""
    found = published_text(file)
    if found is None:
        raise Http404
    record, content = found
    return _file(content, record.sha256, TEXT_MEDIA_TYPE, file)


@require_safe
@conditional_page
@cache_control(**_FOR_GOOD)
@anyone(Act.VIEW_REPOSITORY)
def certificate(request: HttpRequest, sha256: str) -> HttpResponse:  # noqa: ARG001
    """Give a certificate of the CA by its fingerprint (4(6); RFC 2585)."""
    for der in ca_certificates():
        if authority_certificate(der).sha256 == sha256:
            return _file(der, sha256, "application/pkix-cert", f"{sha256[:16]}.cer")
    raise Http404


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
@anyone(Act.VIEW_REPOSITORY)
def sums(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the SHA-256 of every text and of the CA's certificate, for `sha256sum --check` (10)."""
    lines = [f"{one.sha256}  {one.file}" for _edition, one in published_texts()]
    lines += [f"{one.of.sha256}  {CA_FILE}" for one in _certificates() if one.newest]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=TEXT_MEDIA_TYPE)


def _file(content: bytes, sha256: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["ETag"] = f'"{sha256}"'
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def texts_by_kind(governing: str | None) -> tuple[TextsOfKind, ...]:
    """Return every text in the repository by kind, each kind's latest edition first."""
    shown = tuple(
        ShownText(edition=edition, text=text, governs=edition.name == governing)
        for edition, text in published_texts()
    )
    made = (_of_kind(kind, [one for one in shown if one.text.kind == kind]) for kind in KIND_NAMES)
    return tuple(one for one in made if one.texts or one.earlier)


def _of_kind(kind: TextKind, shown: list[ShownText]) -> TextsOfKind:
    later = next((place + 1 for place, one in enumerate(shown) if one.governs), len(shown))
    return TextsOfKind(
        kind=kind.value,
        name=gettext(KIND_NAMES[kind]),
        texts=tuple(shown[:later]),
        earlier=tuple(shown[later:]),
    )


def _certificates() -> tuple[ShownCertificate, ...]:
    return tuple(
        ShownCertificate(of=authority_certificate(der), newest=place == 0)
        for place, der in enumerate(ca_certificates())
    )


def _lists(certificates: tuple[ShownCertificate, ...], now: datetime) -> Iterator[ShownList]:
    if not certificates:
        return
    for one in lists_in_force():
        http, ldap = _addresses(one, certificates[0].of.subject_name)
        over = one.next_update <= now
        yield ShownList(
            of=one, http=http, ldap=ldap, over=over, late=not over and one.this_update + RENEWED_EVERY < now
        )


def _addresses(one: ListInForce, issuer_name: bytes) -> tuple[str, str]:
    repository = policy_of_process().list_profile.repository
    if one.kind is ListKind.FULL_CRL:
        names = published_names(repository=repository, issuer_name=issuer_name)
        return names.full_crl_http, names.full_crl_ldap
    if one.kind is ListKind.ARL:
        point = arl_point(repository=repository, issuer_name=issuer_name)
    else:
        point = crl_point(repository=repository, issuer_name=issuer_name, partition=one.partition)
    return point.http, point.ldap
