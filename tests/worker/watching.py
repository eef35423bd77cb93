"""A relying party that never stops asking, by HTTP, LDAP and OCSP, and what was wrong (4(6), 26)."""

import itertools
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import ldap
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509.ocsp import OCSPCertStatus, OCSPResponse, OCSPResponseStatus, load_der_ocsp_response

from inro.pki.crl import ListKey, ListKind, list_keys
from inro.pki.ocsp_request import IdHash, certificate_id, request_for, request_path
from inro.pki.repository import crl_point
from tests.pki import material
from tests.signer.given_signer import World
from tests.worker.given_repository import Place

type Channel = tuple[str, ListKey]


class Watcher:
    """Asks both halves for every list and the responder about `serials`, over and over.

    It knows the CA's certificate and the time, no more. `answered` is what it heard of each by each form of
    the question, which have a file each.
    """

    def __init__(
        self,
        *,
        place: Place,
        world: World,
        partitions: int,
        clock: Callable[[], datetime],
        serials: Sequence[bytes] = (),
    ) -> None:
        self._place = place
        self._ca = x509.load_der_x509_certificate(world.room.issuer.certificate)
        self._issuer = world.room.issuer
        self._serials = serials
        self._keys = list_keys(partitions)
        self._clock = clock
        self._last: dict[Channel, x509.CertificateRevocationList] = {}
        self._stop = threading.Event()
        self._turn = threading.Lock()
        self.faults: list[str] = []
        self.seen: dict[Channel, list[int]] = defaultdict(list)
        self.answered: dict[bytes, dict[IdHash, list[str]]] = defaultdict(
            lambda: {kind: [] for kind in IdHash}
        )

    def look(self) -> None:
        """Ask once for everything: the lists first, so what they say is published before the questions."""
        for key in self._keys:
            for half, ask in (("web", self._place.web), ("directory", self._place.ldap)):
                asked_at = self._clock()
                given = _answer(ask, key)
                if given is not None:
                    self._judge((half, key), given, asked_at)
        listed = {one.serial_number for found in self._last.values() for one in found}
        for serial in list(self._serials):
            self._ask(serial, is_listed=int.from_bytes(serial) in listed)

    def look_once(self) -> None:
        """Ask now, for whoever asks between two steps; the other thread waits meanwhile."""
        with self._turn:
            self.look()

    def watch(self) -> None:
        """Ask until told to stop."""
        # Whoever waits for a lock that is let go and taken again at once may wait for long.
        while not self._stop.wait(0.01):
            self.look_once()

    def stop(self) -> None:
        """Ask no more."""
        self._stop.set()

    def _ask(self, serial: bytes, *, is_listed: bool) -> None:
        for kind in IdHash:
            asked = request_for(certificate_id(issuer=self._issuer, serial=serial, kind=kind).encoded)
            asked_at = self._clock()
            given = _heard(self._place.address, asked)
            if given.response_status is not OCSPResponseStatus.SUCCESSFUL:
                self._hear(serial, kind, given.response_status.name)
                continue
            status = given.certificate_status
            self._hear(serial, kind, status.name)
            faults = list(_faults_of(given, serial, self._ca, asked_at))
            if status is not OCSPCertStatus.REVOKED and is_listed:
                faults.append(f"{status.name} after publication")
            if status is not OCSPCertStatus.REVOKED and "REVOKED" in self.answered[serial][kind]:
                faults.append(f"{status.name} again")
            self.faults += [f"ocsp {serial.hex()} {kind.name}: {fault}" for fault in faults]

    def _hear(self, serial: bytes, kind: IdHash, status: str) -> None:
        heard = self.answered[serial][kind]
        if heard[-1:] != [status]:
            heard.append(status)

    def _judge(self, channel: Channel, given: bytes, asked_at: datetime) -> None:
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
        faults = self._faults(channel[1], found, last, asked_at)
        self.faults += [f"{channel} {number}: {fault}" for fault in faults]

    def _faults(
        self,
        key: ListKey,
        found: x509.CertificateRevocationList,
        last: x509.CertificateRevocationList | None,
        asked_at: datetime,
    ) -> Iterator[str]:
        if found.issuer != self._ca.subject or not found.is_signature_valid(self._ca.public_key()):
            yield "foreign"
        if not self._covers(key, found):
            yield "another list"
        if found.next_update_utc is None or found.next_update_utc <= asked_at:
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
            repository=material.lists().repository, issuer_name=self._issuer.name, partition=key.partition
        )
        return covered.only_contains_user_certs and covered.full_name == point.general_names()


_turn = itertools.count()


def _heard(address: str, request: bytes) -> OCSPResponse:
    """Ask by GET and by POST in turn."""
    by_get = next(_turn) % 2
    url = f"{address}/{quote(request_path(request), safe='')}" if by_get else f"{address}/"
    kind = {"Content-Type": "application/ocsp-request"}
    with urlopen(Request(url, data=None if by_get else request, headers=kind), timeout=300) as answer:
        return load_der_ocsp_response(answer.read())


def _faults_of(
    answer: OCSPResponse, serial: bytes, ca: x509.Certificate, asked_at: datetime
) -> Iterator[str]:
    (responder,) = answer.certificates
    key = responder.public_key()
    try:
        responder.verify_directly_issued_by(ca)
        key.verify(
            answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), answer.signature_hash_algorithm
        )
    except (ValueError, InvalidSignature):
        yield "foreign"
    if answer.serial_number != int.from_bytes(serial):
        yield "about another"
    if answer.next_update_utc is None or answer.next_update_utc <= asked_at:
        yield "expired"


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
    watcher.look_once()
    assert watcher.faults == []
