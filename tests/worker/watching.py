"""A relying party that never stops asking: what it was given, and whatever of it was wrong (4(6), 26)."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError

import ldap
from cryptography import x509

from inro.pki.crl import ListKey, ListKind, list_keys
from inro.pki.repository import crl_point
from tests.pki import material
from tests.signer.given_signer import World
from tests.worker.given_repository import Place

type Channel = tuple[str, ListKey]


class Watcher:
    """Asks both halves for every list, over and over; it knows the CA's certificate and the time, no more."""

    def __init__(self, *, place: Place, world: World, partitions: int, clock: Callable[[], datetime]) -> None:
        self._place = place
        self._ca = x509.load_der_x509_certificate(world.room.issuer.certificate)
        self._issuer_name = world.room.issuer.name
        self._keys = list_keys(partitions)
        self._clock = clock
        self._last: dict[Channel, x509.CertificateRevocationList] = {}
        self._stop = threading.Event()
        self.faults: list[str] = []
        self.seen: dict[Channel, list[int]] = defaultdict(list)

    def look(self) -> None:
        """Ask once for everything."""
        for key in self._keys:
            for half, ask in (("web", self._place.web), ("directory", self._place.ldap)):
                given = _answer(ask, key)
                if given is not None:
                    self._judge((half, key), given)

    def watch(self) -> None:
        """Ask until told to stop."""
        while not self._stop.is_set():
            self.look()

    def stop(self) -> None:
        """Ask no more."""
        self._stop.set()

    def _judge(self, channel: Channel, given: bytes) -> None:
        try:
            found = x509.load_der_x509_crl(given)
        except ValueError as error:
            self.faults.append(f"{channel}: broken: {error}")
            return
        last, self._last[channel] = self._last.get(channel), found
        number = _number(found)
        if last is not None and found == last:
            return
        self.seen[channel].append(number)
        self.faults += [f"{channel} {number}: {fault}" for fault in self._faults(channel[1], found, last)]

    def _faults(
        self,
        key: ListKey,
        found: x509.CertificateRevocationList,
        last: x509.CertificateRevocationList | None,
    ) -> Iterator[str]:
        if found.issuer != self._ca.subject or not found.is_signature_valid(self._ca.public_key()):
            yield "foreign"
        if not self._covers(key, found):
            yield "another list"
        if found.next_update_utc is None or found.next_update_utc <= self._clock():
            yield "expired"
        if last is None:
            return
        if _number(found) <= _number(last) or found.last_update_utc < last.last_update_utc:
            yield "older"
        if {one.serial_number for one in last} - {one.serial_number for one in found}:
            yield "a revoked certificate is gone"

    def _covers(self, key: ListKey, found: x509.CertificateRevocationList) -> bool:
        try:
            covered = found.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
        except x509.ExtensionNotFound:
            return key.kind is ListKind.FULL_CRL
        if key.kind is ListKind.ARL:
            return covered.only_contains_ca_certs
        point = crl_point(
            repository=material.lists().repository, issuer_name=self._issuer_name, partition=key.partition
        )
        return covered.only_contains_user_certs and covered.full_name == point.general_names()


def _answer(ask: Callable[[ListKind, int], bytes | None], key: ListKey) -> bytes | None:
    try:
        return ask(key.kind, key.partition)
    except HTTPError as error:
        error.close()
        if error.code != HTTPStatus.NOT_FOUND:
            raise
        return None
    except (HTTPException, ldap.SERVER_DOWN):
        return None


def _number(signed: x509.CertificateRevocationList) -> int:
    return signed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


@contextmanager
def watched(watcher: Watcher) -> Iterator[Watcher]:
    """Let the watcher ask while the block runs; no fault may be left at its end."""
    thread = threading.Thread(target=watcher.watch)
    thread.start()
    try:
        yield watcher
    finally:
        watcher.stop()
        thread.join()
    watcher.look()
    assert watcher.faults == []
