"""Lists reach both halves whole, are read back, and only then close cases (4(6), 26.1, 39.4)."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from inro.adapters.web_tree import WebTree, WebTreeUnavailable
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.pki.crl import ListKind
from inro.ports.errors import DirectoryUnavailable, NewerPublished, PortError
from inro.practice.probe import Probers
from inro.practice.publication import PublicationState
from inro.practice.revocation import RequestWay
from inro.signer.lists import sign_lists
from inro.signer.steps import Step
from inro.store.models import AuditRow, Certificate, IssuanceOrder, RevocationCase, RevocationList
from inro.store.reads.health import health
from inro.store.reads.revocation import list_in_force, unpublished_lists
from inro.store.states import OrderState, RevocationState
from inro.web.office.revocation.times import TARGET
from inro.worker import publication
from inro.worker.publication import Publisher, ReadBackDiffers, publish_lists
from tests.signer.given_signer import NOW, World, decided, handed_over, listed
from tests.signer.tampering import tamper
from tests.worker.given_repository import Place, place, publisher

__all__ = ["place", "publisher"]

MINUTE = timedelta(minutes=1)
LATER = NOW + MINUTE


@contextmanager
def liar(content: bytes) -> Iterator[str]:
    """Serve other bytes under every name; yield the address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def revoked(world: World) -> RevocationCase:
    """Return a case whose entry stands in signed lists."""
    order = handed_over(world)
    world.work()
    decided(world, Certificate.objects.get(application__order=order))
    world.work(now=LATER)
    return RevocationCase.objects.get()


def signed(world: World, kind: ListKind) -> bytes:
    """Return the newest list of a kind as the signer keeps it."""
    record = list_in_force(kind)
    assert record is not None
    return (world.room.archive / f"{record.sha256}.crl").read_bytes()


def events(kind: str) -> list[str]:
    """Return the subjects of the audit rows of a kind."""
    return list(AuditRow.objects.filter(kind=kind).order_by("seq").values_list("subject", flat=True))


def test_every_list_is_given_by_both_halves_byte_for_byte(
    world: World, place: Place, publisher: Publisher
) -> None:
    revoked(world)
    published = publish_lists(publisher=publisher, now=LATER)
    assert {(record.kind, record.number) for record in published} == {(kind, 2) for kind in ListKind}
    for kind in ListKind:
        assert place.web(kind) == place.ldap(kind) == signed(world, kind)
    assert unpublished_lists() == ()
    lists = [f"list/{kind.value}/2" for kind in ListKind for _ in range(2)]
    assert [subject for subject in events("list.published") if subject.startswith("list/")] == lists
    assert events("list.read_back") == lists
    assert publish_lists(publisher=publisher, now=LATER) == ()
    assert events("list.read_back") == lists


def test_a_case_is_closed_once_both_halves_give_its_entry(world: World, publisher: Publisher) -> None:
    case = revoked(world)
    publish_lists(publisher=publisher, now=LATER + MINUTE)
    case.refresh_from_db()
    assert (case.state, case.published_at) == (RevocationState.PUBLISHED, LATER + MINUTE)
    assert case.requested_at <= case.decided_at <= case.revoked_at <= case.published_at


def test_a_key_in_other_hands_takes_one_pass_of_the_signer_and_one_run_of_the_publisher(
    world: World, place: Place, publisher: Publisher
) -> None:
    order = handed_over(world)
    world.work()
    certificate = Certificate.objects.get(application__order=order)
    waiting = handed_over(world)
    by_fax = {"way": RequestWay.FAX, "urgent": True, "unavoidable": True}
    decided(world, certificate, ground_id="21.1(8)/compromised", **by_fax)
    world.steps.clear()
    assert world.work(now=LATER).revocations == 1
    assert world.steps.index(Step.RECORD_REVOCATION) < world.steps.index(Step.RECORD_CERTIFICATE)
    assert IssuanceOrder.objects.get(pk=waiting).state == OrderState.CERTIFIED
    publish_lists(publisher=publisher, now=LATER)
    case = RevocationCase.objects.get()
    assert case.state == RevocationState.PUBLISHED
    assert case.published_at - case.requested_at <= TARGET
    assert bytes(certificate.serial.serial) in listed(world.room)[ListKind.CRL]
    assert place.web(ListKind.CRL) == place.ldap(ListKind.CRL) == signed(world, ListKind.CRL)


def test_a_directory_that_is_down_holds_up_no_web_server(
    world: World, place: Place, publisher: Publisher
) -> None:
    case = revoked(world)
    down = replace(publisher, repository=place.repository(url=f"ldap://{LOOPBACK}:{free_port()}"))
    with pytest.raises(DirectoryUnavailable):
        publish_lists(publisher=down, now=LATER)
    for kind in ListKind:
        assert place.web(kind) == signed(world, kind)
        assert place.ldap(kind) is None
    case.refresh_from_db()
    assert case.state == RevocationState.REVOKED


def test_a_directory_that_is_back_gets_what_it_missed_and_the_web_server_nothing_again(
    world: World, place: Place, publisher: Publisher
) -> None:
    case = revoked(world)
    down = replace(publisher, repository=place.repository(url=f"ldap://{LOOPBACK}:{free_port()}"))
    for minutes in (0, 30, 60):
        with pytest.raises(DirectoryUnavailable):
            publish_lists(publisher=down, now=LATER + minutes * MINUTE)
    assert health(now=LATER + MINUTE, probers=Probers()).waiting == ()
    waiting = health(now=LATER + 61 * MINUTE, probers=Probers())
    assert {(one.kind, one.publication) for one in waiting.waiting} == {
        (kind, PublicationState.ON_WEB) for kind in ListKind
    }
    assert "waiting=crl/2:on_web,arl/2:on_web,full_crl/2:on_web" in waiting.line()
    back = LATER + 65 * MINUTE
    assert len(publish_lists(publisher=publisher, now=back)) == 3
    assert health(now=back, probers=Probers()).waiting == ()
    for kind in ListKind:
        assert place.ldap(kind) == signed(world, kind)
    rows = RevocationList.objects.filter(number=2)
    assert {(row.web_at, row.web_read_back_at, row.directory_at) for row in rows} == {(LATER, LATER, back)}
    case.refresh_from_db()
    assert case.published_at == back


def test_a_web_server_that_is_down_holds_up_no_directory(
    world: World, place: Place, publisher: Publisher
) -> None:
    revoked(world)
    down = replace(publisher, repository=place.repository(address=f"http://{LOOPBACK}:{free_port()}"))
    with pytest.raises(WebTreeUnavailable):
        publish_lists(publisher=down, now=LATER)
    assert all(place.ldap(kind) == signed(world, kind) for kind in ListKind)
    assert len(publish_lists(publisher=publisher, now=LATER + MINUTE)) == 3


def test_a_server_that_gives_other_bytes_closes_no_case(
    world: World, place: Place, publisher: Publisher
) -> None:
    case = revoked(world)
    with liar(b"an older list") as address:
        lied_to = replace(publisher, repository=place.repository(address=address))
        for _ in range(2):
            with pytest.raises(ReadBackDiffers, match="gives another crl than number 2"):
                publish_lists(publisher=lied_to, now=LATER)
    rows = RevocationList.objects.filter(number=2)
    assert {(row.web_at, row.web_read_back_at) for row in rows} == {(LATER, None)}
    case.refresh_from_db()
    assert case.state == RevocationState.REVOKED
    assert events("list.read_back") == [f"list/{kind.value}/2" for kind in ListKind]
    publish_lists(publisher=publisher, now=LATER + MINUTE)
    case.refresh_from_db()
    assert case.state == RevocationState.PUBLISHED


def test_a_list_that_vanished_before_it_was_read_back_is_put_there_again(
    world: World, place: Place, publisher: Publisher
) -> None:
    revoked(world)
    with liar(b"other bytes") as address, pytest.raises(ReadBackDiffers):
        publish_lists(publisher=replace(publisher, repository=place.repository(address=address)), now=LATER)
    (place.folder / "crl.crl").write_bytes(b"somebody else's")
    (place.folder / "arl.crl").unlink()
    publish_lists(publisher=publisher, now=LATER + MINUTE)
    assert all(place.web(kind) == signed(world, kind) for kind in ListKind)
    assert unpublished_lists() == ()


def test_a_full_web_server_keeps_the_old_list_in_force(
    world: World, place: Place, publisher: Publisher
) -> None:
    publish_lists(publisher=publisher, now=NOW)
    old = {kind: place.web(kind) for kind in ListKind}
    revoked(world)
    elsewhere = place.folder.with_name("elsewhere")
    blocked = replace(
        publisher,
        repository=replace(
            publisher.repository, web=WebTree(folder=elsewhere / "x", address=place.address, timeout=300)
        ),
    )
    elsewhere.write_text("no folder")
    with pytest.raises(WebTreeUnavailable):
        publish_lists(publisher=blocked, now=LATER)
    assert {kind: place.web(kind) for kind in ListKind} == old
    assert RevocationCase.objects.get().state == RevocationState.REVOKED


@pytest.mark.parametrize("damage", ["altered", "cut", "missing", "empty"])
def test_a_damaged_archive_publishes_nothing_of_that_list(
    world: World, place: Place, publisher: Publisher, damage: str
) -> None:
    case = revoked(world)
    record = list_in_force(ListKind.CRL)
    assert record is not None
    kept = world.room.archive / f"{record.sha256}.crl"
    octets = kept.read_bytes()
    kept.unlink()
    if damage != "missing":
        altered = octets[:-1] + bytes((octets[-1] ^ 1,))
        kept.write_bytes({"altered": altered, "cut": octets[:100], "empty": b""}[damage])
    with pytest.raises(PortError, match="list archive"):
        publish_lists(publisher=publisher, now=LATER)
    assert not (place.folder / "crl.crl").exists()
    assert place.ldap(ListKind.CRL) is None
    assert place.web(ListKind.FULL_CRL) == place.ldap(ListKind.FULL_CRL) == signed(world, ListKind.FULL_CRL)
    case.refresh_from_db()
    assert case.state == RevocationState.REVOKED
    kept.write_bytes(octets)
    assert [record.kind for record in publish_lists(publisher=publisher, now=LATER)] == [ListKind.CRL]


@pytest.mark.parametrize("other", [("crl", 1), ("full_crl", 2), ("arl", 2)])
def test_an_old_or_another_list_under_a_new_number_is_not_published(
    world: World, place: Place, publisher: Publisher, other: tuple[str, int]
) -> None:
    """Whoever owns the record could take a revocation back by naming the list before it."""
    revoked(world)
    sha256 = RevocationList.objects.get(kind=other[0], number=other[1]).sha256
    tamper("UPDATE store_revocationlist SET sha256 = %s WHERE kind = 'crl' AND number = 2", sha256)
    with pytest.raises(PortError, match="crl 2 is not published: foreign"):
        publish_lists(publisher=publisher, now=LATER)
    assert not (place.folder / "crl.crl").exists()
    assert place.ldap(ListKind.CRL) is None


def test_only_the_newest_list_of_a_kind_is_published(
    world: World, place: Place, publisher: Publisher
) -> None:
    sign_lists(room=world.room, now=LATER, passed=world.steps.append)
    sign_lists(room=world.room, now=LATER + MINUTE, passed=world.steps.append)
    published = publish_lists(publisher=publisher, now=LATER + MINUTE)
    assert {record.kind: record.number for record in published} == {
        ListKind.CRL: 3,
        ListKind.ARL: 3,
        ListKind.FULL_CRL: 3,
    }
    assert place.web(ListKind.CRL) == signed(world, ListKind.CRL)


def test_a_publisher_that_was_slower_takes_no_newer_list_back(
    world: World, place: Place, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had read which list is the newest; meanwhile the next was signed and another worker published it."""
    slow = unpublished_lists()
    revoked(world)
    publish_lists(publisher=publisher, now=LATER)
    monkeypatch.setattr(publication, "unpublished_lists", lambda: slow)
    with pytest.raises(NewerPublished):
        publish_lists(publisher=publisher, now=LATER + MINUTE)
    assert {record.number for record in slow} == {1}
    for kind in ListKind:
        assert place.web(kind) == place.ldap(kind) == signed(world, kind)
    assert RevocationList.objects.filter(number=1, web_at=None, directory_at=None).count() == len(ListKind)


def test_a_run_that_ended_before_the_cases_were_closed_is_taken_up(
    world: World, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = revoked(world)

    def killed(**_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(publication, "record_published_revocations", killed)
        with pytest.raises(InterruptedError):
            publish_lists(publisher=publisher, now=LATER)
    assert unpublished_lists() == ()
    publish_lists(publisher=publisher, now=LATER + MINUTE)
    case.refresh_from_db()
    assert case.state == RevocationState.PUBLISHED


def test_the_ca_certificate_lies_in_both_halves(world: World, place: Place, publisher: Publisher) -> None:
    certificate = world.room.issuer.certificate
    publisher.repository.publish_ca_certificate(certificate)
    assert (place.folder / "ca.cer").read_bytes() == certificate
    assert place.directory().read_back("cACertificate;binary") == certificate
