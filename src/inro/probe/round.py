"""One round: every address asked by every route, what comes judged, places compared (4(6), 26.1, 26.2)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509

from inro.adapters.http_question import http_question
from inro.adapters.ldap_question import ldap_question
from inro.pki.issuer import UNDECODABLE, Issuer
from inro.pki.printed_addresses import PrintedAddresses, printed_addresses
from inro.pki.published_list import ListRefused, PublishedList, list_problems, read_published_list
from inro.ports.fetching import Bounds, FetchFailed
from inro.practice.probe import FINDINGS_KEPT, ProbeFinding, ProbeResult, Problem
from inro.probe.answers import answer_findings
from inro.probe.memory import Memory, Seen
from inro.probe.plan import Plan, Route

SETTLES_WITHIN_S = 10.0
_SMALL = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGroup:
    """Addresses that give one list; `about` is the certificate that prints them, None if none does."""

    addresses: tuple[str, ...]
    issuer: Issuer | None
    about: x509.Certificate | None


@dataclass(slots=True, kw_only=True)
class Round:
    """What a round has found so far: how much was asked, what was wrong, what is to be remembered."""

    plan: Plan
    now: datetime
    before: Memory
    checked: int = 0
    findings: list[ProbeFinding] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)
    lists: dict[tuple[str, ...], PublishedList] = field(default_factory=dict)

    def find(self, problem: Problem, address: str, route: Route, detail: str = "") -> None:
        """Note one thing that is wrong, once."""
        found = ProbeFinding(problem=problem, address=address, route=route.name, detail=detail)
        if found not in self.findings:
            self.findings.append(found)


def probe_once(
    plan: Plan, *, before: Memory, now: datetime, wait: Callable[[float], None]
) -> tuple[ProbeResult, Memory]:
    """Ask for everything once; return what was wrong and what to remember.

    `wait` lets seconds pass: places that differ are asked again, as a list reaches them one after the other.
    """
    going = Round(plan=plan, now=now, before=before)
    certificates = [x509.load_der_x509_certificate(octets) for octets in plan.certificates]
    printed = [(certificate, printed_addresses(certificate)) for certificate in certificates]
    for group in _groups(plan, printed):
        _probe_list(going, group, wait)
    for certificate, addresses in printed:
        _probe_small(going, addresses)
        issuer = _issuer_of(plan, certificate)
        for route in plan.routes:
            asked, found = answer_findings(
                certificate=certificate,
                addresses=addresses,
                issuer=issuer,
                lists=list(going.lists.values()),
                route=route,
                bounds=replace(plan.bounds, octets=_SMALL),
                now=now,
            )
            going.checked += asked
            for problem, address, detail in found:
                going.find(problem, address, route, detail)
    result = ProbeResult(
        name=plan.name,
        began_at=now,
        # Two rounds may be missed before somebody is told that the prober stands still.
        next_by=now + 3 * plan.every,
        checked=going.checked,
        findings=tuple(going.findings[:FINDINGS_KEPT]),
    )
    return result, {**before, **going.seen}


def _groups(plan: Plan, printed: Iterable[tuple[x509.Certificate, PrintedAddresses]]) -> Iterator[ListGroup]:
    done: set[tuple[str, ...]] = set()
    for certificate, addresses in printed:
        for group in addresses.lists:
            if group not in done:
                done.add(group)
                yield ListGroup(addresses=group, issuer=_issuer_of(plan, certificate), about=certificate)
    for group in plan.lists:
        if group not in done:
            yield ListGroup(addresses=group, issuer=None, about=None)


def _issuer_of(plan: Plan, certificate: x509.Certificate) -> Issuer | None:
    name = certificate.issuer.public_bytes()
    identifier = _key_identifier(certificate)
    named = [issuer for issuer in plan.issuers if issuer.name == name]
    return next((issuer for issuer in named if issuer.key_identifier == identifier), None)


def _key_identifier(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(
            x509.AuthorityKeyIdentifier
        ).value.key_identifier
    except x509.ExtensionNotFound:
        return None


def _probe_list(going: Round, group: ListGroup, wait: Callable[[float], None]) -> None:
    places = [(address, route) for route in going.plan.routes for address in group.addresses]
    found = _fetched(going, places)
    if len(set(found.values())) > 1:
        # One half gets a new list a moment before the other.
        wait(SETTLES_WITHIN_S)
        found = _fetched(going, places)
    if len(set(found.values())) > 1:
        numbers = sorted({_number_in(octets) for octets in found.values()})
        address, route = places[0]
        going.find(Problem.CHANNELS_DIFFER, address, _among(route, places), f"numbers {', '.join(numbers)}")
    for (address, route_name), octets in found.items():
        route = next(one for one in going.plan.routes if one.name == route_name)
        _judge(going, group, octets, address, route)


def _among(route: Route, places: list[tuple[str, Route]]) -> Route:
    names = sorted({one.name for _, one in places})
    return replace(route, name=", ".join(names))


def _fetched(going: Round, places: Iterable[tuple[str, Route]]) -> dict[tuple[str, str], bytes]:
    found = {}
    for address, route in places:
        octets = _fetch(going, address, route, going.plan.bounds)
        if octets is not None:
            found[address, route.name] = octets
    return found


def _fetch(going: Round, address: str, route: Route, bounds: Bounds) -> bytes | None:
    """Return what an address gives, or note why it gives nothing."""
    going.checked += 1
    ask = ldap_question if urlsplit(address).scheme == "ldap" else http_question
    try:
        return ask(address, bounds=bounds, at=route.hosts.get(urlsplit(address).hostname or ""))
    except FetchFailed as failed:
        going.find(failed.problem, address, route, failed.detail)
        return None


def _number_in(octets: bytes) -> str:
    try:
        return str(read_published_list(octets).number)
    except ListRefused as refused:
        return refused.problem.value


def _judge(going: Round, group: ListGroup, octets: bytes, address: str, route: Route) -> None:
    try:
        found = read_published_list(octets)
    except ListRefused as refused:
        going.find(refused.problem, address, route, refused.detail)
        return
    issuer = group.issuer or _issuer_of_list(going.plan, found)
    if issuer is None:
        going.find(Problem.OTHER_ISSUER, address, route, found.read.issuer.rfc4514_string())
        return
    wrong = list(
        list_problems(
            octets,
            found,
            issuer=issuer,
            address=address if group.about is not None else None,
            is_for_ca=None if group.about is None else _is_ca(group.about),
            freshness=going.plan.freshness,
            now=going.now,
        )
    )
    for problem, detail in wrong:
        going.find(problem, address, route, detail)
    # What is not believed is neither remembered nor held against answers.
    if not {problem for problem, _ in wrong} & _FOREIGN:
        _remember(going, group, found, f"{route.name} {address}", address, route)


_FOREIGN = frozenset({Problem.OTHER_ISSUER, Problem.OTHER_KEY, Problem.BAD_SIGNATURE, Problem.OTHER_SCOPE})


def _remember(
    going: Round, group: ListGroup, found: PublishedList, key: str, address: str, route: Route
) -> None:
    before = going.before.get(key)
    problem = before.problem(found) if before is not None else None
    if problem is not None:
        going.find(problem[0], address, route, problem[1])
    else:
        going.seen[key] = Seen.of(found)
    known = going.lists.get(group.addresses)
    if known is None or known.number < found.number:
        going.lists[group.addresses] = found


def _issuer_of_list(plan: Plan, found: PublishedList) -> Issuer | None:
    name = found.read.issuer.public_bytes()
    return next((issuer for issuer in plan.issuers if issuer.name == name), None)


def _is_ca(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _probe_small(going: Round, addresses: PrintedAddresses) -> None:
    """Probe the CA's certificate and the pages that a certificate names."""
    bounds = replace(going.plan.bounds, octets=_SMALL)
    ours = {issuer.certificate for issuer in going.plan.issuers}
    for route in going.plan.routes:
        for address in addresses.issuers:
            octets = _fetch(going, address, route, bounds)
            if octets is not None and octets not in ours:
                going.find(Problem.OTHER_CERTIFICATE, address, route, _subject_in(octets))
        for address in addresses.pages:
            octets = _fetch(going, address, route, bounds)
            if octets is not None and not octets.strip():
                going.find(Problem.EMPTY, address, route)


def _subject_in(octets: bytes) -> str:
    try:
        return x509.load_der_x509_certificate(octets).subject.rfc4514_string()
    except UNDECODABLE:
        return f"{len(octets)} octets"
