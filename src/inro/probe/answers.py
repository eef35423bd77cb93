"""OCSP answers held against the lists: of the certificate at hand, and of one that is revoked (26.1)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote, urlsplit

from cryptography import x509
from cryptography.x509.ocsp import OCSPCertStatus

from inro.adapters.http_question import http_question
from inro.pki.issuer import Issuer
from inro.pki.ocsp_request import IdHash, certificate_id, request_for, request_path
from inro.pki.printed_addresses import PrintedAddresses
from inro.pki.published_answer import AnswerRefused, believed_status
from inro.pki.published_list import PublishedList
from inro.ports.fetching import Bounds, FetchFailed
from inro.practice.probe import Problem
from inro.probe.plan import Route

type Found = tuple[Problem, str, str]
_REQUEST_TYPE = "application/ocsp-request"
_DISAGREES = {
    (OCSPCertStatus.GOOD, True): Problem.REVOKED_CALLED_GOOD,
    (OCSPCertStatus.REVOKED, False): Problem.VALID_CALLED_REVOKED,
    (OCSPCertStatus.UNKNOWN, False): Problem.CALLED_UNKNOWN,
    (OCSPCertStatus.UNKNOWN, True): Problem.CALLED_UNKNOWN,
}


def answer_findings(
    *,
    certificate: x509.Certificate,
    addresses: PrintedAddresses,
    issuer: Issuer | None,
    lists: Sequence[PublishedList],
    route: Route,
    bounds: Bounds,
    now: datetime,
) -> tuple[int, list[Found]]:
    """Ask what a certificate prints about it and about one revoked; return how often, and what is wrong.

    Each by GET and by POST, by SHA-1 and SHA-256. Without an issuer that is known nothing can be asked.
    """
    if issuer is None or not addresses.ocsp:
        return 0, []
    own = [one for one in lists if one.read.issuer.public_bytes() == issuer.name]
    serials = list(dict.fromkeys([certificate.serial_number, *_revoked(own)]))
    asked, found = 0, []
    for address in addresses.ocsp:
        for serial in serials:
            for octets in _answers(address, serial, issuer, route, bounds):
                asked += 1
                problem = _judged(octets, serial, issuer, own, now)
                if problem is not None:
                    found.append((problem[0], address, f"{serial:x}{problem[1]}"))
    return asked, found


def _revoked(lists: Sequence[PublishedList]) -> Iterator[int]:
    for one in sorted(lists, key=lambda one: one.this_update, reverse=True):
        serial = one.newest_serial()
        if serial is not None:
            yield serial
            return


def _answers(
    address: str, serial: int, issuer: Issuer, route: Route, bounds: Bounds
) -> Iterator[bytes | FetchFailed]:
    at = route.hosts.get(urlsplit(address).hostname or "")
    octets = serial.to_bytes(serial.bit_length() // 8 + 1)
    for kind in IdHash:
        request = request_for(certificate_id(issuer=issuer, serial=octets, kind=kind).encoded)
        by_get = f"{address.rstrip('/')}/{quote(request_path(request), safe='')}"
        for url, body in ((by_get, None), (address, request)):
            try:
                yield http_question(url, bounds=bounds, at=at, body=body, kind=_REQUEST_TYPE if body else "")
            except FetchFailed as failed:
                yield failed


def _judged(
    octets: bytes | FetchFailed,
    serial: int,
    issuer: Issuer,
    lists: Sequence[PublishedList],
    now: datetime,
) -> tuple[Problem, str] | None:
    if isinstance(octets, FetchFailed):
        return octets.problem, f" {octets.detail}"
    try:
        status = believed_status(octets, serial=serial, issuer=issuer, now=now)
    except AnswerRefused as refused:
        return refused.problem, f" {refused.detail}".rstrip()
    if not lists:
        return None
    problem = _DISAGREES.get((status, any(one.lists(serial) for one in lists)))
    return None if problem is None else (problem, "")
