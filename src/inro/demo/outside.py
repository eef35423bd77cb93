"""The house seen from outside: a prober asks for all that the story's certificates print (4(6), 26)."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from inro.demo.installation import Demonstration
from inro.demo.servers.free_port import LOOPBACK, free_port, listens
from inro.demo.servers.front import front
from inro.demo.servers.programs import end, wait_until
from inro.pki.issuer import issuer_of
from inro.pki.repository import published_names
from inro.ports.fetching import Bounds, Place
from inro.practice.probe import Freshness, ProbeResult
from inro.probe.memory import Memory
from inro.probe.plan import Plan, Route
from inro.probe.round import probe_once
from inro.usecases.actor import process
from inro.usecases.probe import record_probe

NAME = "demo"
_EVERY = timedelta(days=1)
_BOUNDS = Bounds(seconds=20, octets=4 << 20)
# What the public site answers of the addresses in certificates; the responder has the rest.
_PAGES = ("/cps/", "/repository/")


@dataclass(slots=True, kw_only=True)
class Outside:
    """A prober with the way by which it reaches the house's servers, and what it has seen there."""

    demonstration: Demonstration
    route: Route
    wait_for_pages: Callable[[], None]
    seen: Memory = field(default_factory=dict)

    def look(self, certificates: Iterable[bytes], *, now: datetime) -> ProbeResult:
        """Ask once for all that the CA's certificate and these print, and put what was found on record.

        Raises: PortError, StoreError.
        """
        self.wait_for_pages()
        ca = self.demonstration.ceremony.certificate
        names = published_names(
            repository=self.demonstration.policy.profile.repository, issuer_name=issuer_of(ca).name
        )
        plan = Plan(
            name=NAME,
            memory=self.demonstration.installation.home / "memory.json",
            every=_EVERY,
            issuers=(issuer_of(ca),),
            certificates=(ca, *certificates),
            lists=((names.full_crl_http, names.full_crl_ldap),),
            routes=(self.route,),
            bounds=_BOUNDS,
            freshness=Freshness(),
            mail=None,
            alarm=None,
        )
        result, self.seen = probe_once(plan, before=self.seen, now=now, wait=time.sleep)
        record_probe(result=result, actor=process("probe"), now=now)
        return result


@contextmanager
def seen_from_outside(demonstration: Demonstration, *, web_url: str) -> Iterator[Outside]:
    """Run the public site and, before it and the responder at `web_url`, what certificates name."""
    home, port = demonstration.installation.home, free_port()
    log = home / "public.log"
    command = [sys.executable, "-m", "inro.web", "--home", str(home), "--site", "public", "--port", str(port)]
    with log.open("wb") as output:
        pages = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    site = f"http://{LOOPBACK}:{port}"
    try:
        with front({"/": web_url} | dict.fromkeys(_PAGES, site)) as web:
            yield Outside(
                demonstration=demonstration,
                route=_route(demonstration, web),
                wait_for_pages=lambda: wait_until(lambda: listens(port), pages, log),
            )
    finally:
        end(pages)


def _route(demonstration: Demonstration, web: int) -> Route:
    names = demonstration.policy.profile.repository
    directory = urlsplit(demonstration.installation.repository.directory_url)
    reached = {names.http: web, names.ocsp: web, names.ldap: directory.port}
    return Route(
        name="loopback",
        hosts={
            urlsplit(address).hostname or "": Place(host=LOOPBACK, port=port or 0)
            for address, port in reached.items()
        },
    )
