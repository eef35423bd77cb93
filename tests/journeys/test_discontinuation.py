"""The end of a service from its plan to the hand-over: real tokens, servers, ceremonies (11, 26, 40(4)).

One road on one clock: after each stage the state, the ledger, the log and the decisions are looked at, and
what may no longer be done is tried. What is left at the end is what a relying party finds years later.
"""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import ocsp
from django.db import connection

from inro.adapters.ca_token import CaToken
from inro.adapters.ocsp_token import OcspToken
from inro.adapters.ocsp_tree import FOLDER
from inro.adapters.token_address import KeyRefused, read_address
from inro.ceremony.destruction import DestructionHall, hold_destruction, load_destruction_plan
from inro.cli.kept_records import MANIFEST, written_records
from inro.demo.servers.slapd import SlapdServer
from inro.pki.crl import ListKind
from inro.pki.ocsp_request import IdHash, answer_file, certificate_id, request_for
from inro.practice.application import TerminationReason
from inro.practice.discontinuation import DiscontinuationState as State
from inro.practice.discontinuation import ServiceEnded, StillValid
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.platform_obligations import PlatformFacts
from inro.practice.probe import Probers
from inro.practice.transitions import ActNotAllowed, GuardRefused
from inro.signer.journal import Kind
from inro.signer.lists import lists_due
from inro.store.audit_verify import verify_chain
from inro.store.decisions_verify import verify_decisions
from inro.store.ids import OrderId
from inro.store.models import AuditRow, Certificate, ObligationRow, RevocationCase
from inro.store.reads.discontinuation import standing_discontinuation
from inro.store.reads.health import health
from inro.store.reads.issuance import issuance_order
from inro.store.reads.notice_pages import posted_notices
from inro.usecases.actor import Actor, process
from inro.usecases.discontinuation import confirm_all_revoked, confirm_told, withdraw_discontinuation
from inro.usecases.issuance_card import record_certificate_on_card
from inro.usecases.last_records import hand_over_records, record_key_destruction, write_last_records
from inro.usecases.night import run_night
from inro.usecases.obligation import ledger_differences
from inro.usecases.termination import terminate_application
from tests import given
from tests.journeys.given_ended import Founded, answer, found, publish, signer
from tests.signer.given_signer import decided, handed_over
from tests.usecases import given_discontinuation as end
from tests.worker.given_repository import Place, place_at

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MIDNIGHT = end.before_the_day(0)
AFTER = end.ON_THE_DAY + DAY
UNTIL = datetime(2037, 12, 31, 14, 59, 59, tzinfo=UTC)
YEARS_LATER = datetime(2036, 5, 1, tzinfo=UTC)
CUSTODIAN = Actor(name="p-custody", duties=frozenset({Duty.KEY_CUSTODY}))


@pytest.fixture
def place(slapd: SlapdServer, tmp_path: Path) -> Iterator[Place]:
    with place_at(slapd, tmp_path / "home" / "repository", tmp_path) as opened:
        yield opened


@pytest.fixture
def founded(fresh_database: str, tmp_path: Path) -> Founded:
    return found(tmp_path / "home")


def test_a_service_ends_and_what_it_revoked_is_found_years_later(founded: Founded, place: Place) -> None:
    certificates = issued(founded, place)
    number = told(founded)
    closed(founded)
    revoked(founded, place, number)
    listed(founded, place, number)
    keys_destroyed(founded, place)
    records_handed_over(founded)
    found_by_relying_parties(founded, place, certificates)


def looked_at(founded: Founded, state: State | None, *, now: datetime) -> None:
    """See that the end is so far, and that ledger, log and decisions are whole."""
    record = standing_discontinuation()
    assert (record.state if record else None) is state
    assert list(ledger_differences(now=now)) == []
    assert verify_chain(connection.connection).findings == ()
    roster_key = (founded.room / "roster-key.der").read_bytes()
    assert verify_decisions(connection.connection, roster_key=roster_key).findings == ()


def nothing_is_late(*, now: datetime) -> None:
    """See that a night long after finds nothing of the platform late: no list, no key is owed any more."""
    run_night(platform=PlatformFacts, actor=process("worker-1"), now=now)
    assert health(now=now, probers=Probers(none_because="nothing is issued any more")).late == ()
    assert owed() == {"retention", "night_run"}


def owed() -> set[str]:
    """Return the kinds of everything that the ledger holds open."""
    return set(ObligationRow.objects.exclude(state="done").values_list("kind", flat=True))


def issued(founded: Founded, place: Place) -> list[bytes]:
    """Issue three certificates, of which one is revoked at once; return them as they were signed."""
    now = given.NOW + MINUTE
    with signer(founded) as world:
        world.work()
        orders = [handed_over(world) for _ in range(3)]
        assert world.work().certificates == 3
        for order in orders:
            on_card(order)
        decided(world, Certificate.objects.filter(role="subscriber").order_by("pk")[0])
        assert world.work(now=now).revocations == 1
    publish(founded, place, now=now)
    answer(founded, now=now)
    assert answered(founded) == {"REVOKED": 1, "GOOD": 2}
    looked_at(founded, None, now=now)
    return [bytes(row.der) for row in Certificate.objects.filter(role="subscriber").order_by("pk")]


def on_card(order: OrderId) -> None:
    """Let the order's station write the certificate onto its card and read it back."""
    der = issuance_order(order).certificate
    assert der is not None
    station = process(f"station-{order}")
    sha256 = hashlib.sha256(der).hexdigest()
    record_certificate_on_card(order=order, read_back_sha256=sha256, actor=station, now=given.NOW)


def answered(founded: Founded) -> dict[str, int]:
    """Return what the tree says of every subscriber's certificate; no answer outlives who signed it."""
    folder = founded.installation().repository.web_root / FOLDER
    found: dict[str, int] = {}
    for row in Certificate.objects.filter(role="subscriber"):
        serial = bytes(row.serial.serial)
        asked = certificate_id(issuer=founded.issuer, serial=serial, kind=IdHash.SHA256)
        file = folder / answer_file(request_for(asked.encoded))
        made = ocsp.load_der_ocsp_response(file.read_bytes())
        assert made.next_update_utc is not None
        assert made.next_update_utc <= made.certificates[0].not_valid_after_utc
        name = made.certificate_status.name
        found[name] = found.get(name, 0) + 1
    return found


def told(founded: Founded) -> str:
    """Plan, decide, tell everybody; until then nothing is binding. Return the campaign's number."""
    number = end.decided(founded.officers)
    looked_at(founded, State.DECIDED, now=given.NOW)
    end.announced(number)
    [page] = posted_notices()
    assert page.clause == "11.2"
    confirm_told(actor=given.DESK, now=given.NOW)
    looked_at(founded, State.TOLD, now=given.NOW)
    assert given.drafted(now=MIDNIGHT - MINUTE)
    return number


def closed(founded: Founded) -> None:
    """From the first instant of the day nothing is asked for, made or issued, and nothing taken back."""
    with signer(founded) as world:
        waiting = handed_over(world, now=MIDNIGHT - MINUTE)
        done = world.work(now=MIDNIGHT)
        assert world.room.journal.count(Kind.SERVICE_ENDED) == 1
    assert (done.certificates, [said.partition(":")[0] for said in done.refused]) == (0, ["ServiceEnded"])
    assert not Certificate.objects.filter(application__order=waiting).exists()
    # No longer waits for a card: nobody can make one any more.
    terminate_application(
        application=issuance_order(waiting).application_id,
        reason=TerminationReason.SERVICE_ENDED,
        actor=given.ACCEPTOR,
        now=MIDNIGHT,
    )
    with pytest.raises(ServiceEnded):
        given.drafted(now=MIDNIGHT)
    with pytest.raises(ServiceEnded):
        given.examining(now=MIDNIGHT)
    with pytest.raises(GuardRefused):
        withdraw_discontinuation(actor=given.ACCEPTOR, now=MIDNIGHT)
    with pytest.raises(StillValid):
        confirm_all_revoked(actor=given.EXAMINER, now=MIDNIGHT)
    looked_at(founded, State.TOLD, now=MIDNIGHT)


def revoked(founded: Founded, place: Place, number: str) -> None:
    """Two officers sign one list; the signer revokes it, both halves and the answers say so."""
    end.signed_for(founded.officers, number)
    with signer(founded) as world:
        assert world.work(now=end.ON_THE_DAY).revocations == 2
    publish(founded, place, now=end.ON_THE_DAY)
    answer(founded, now=end.ON_THE_DAY)
    assert answered(founded) == {"REVOKED": 3}
    assert set(RevocationCase.objects.filter(ground="11.3").values_list("state", flat=True)) == {"published"}
    confirm_all_revoked(actor=given.EXAMINER, now=end.ON_THE_DAY)
    looked_at(founded, State.REVOKED, now=end.ON_THE_DAY)


def listed(founded: Founded, place: Place, number: str) -> None:
    """Two officers sign the last lists; the same octets stand in both halves and none follow."""
    end.last_lists_decided(founded.officers, number)
    now = end.ON_THE_DAY + 5 * MINUTE
    with signer(founded) as world:
        assert world.work(now=now).lists
    assert publish(founded, place, now=now) == len(ListKind)
    for kind in ListKind:
        octets = place.web(kind)
        assert octets == place.ldap(kind)
        made = x509.load_der_x509_crl(octets)
        assert made.next_update_utc is not None
        assert UNTIL <= made.next_update_utc < UNTIL + 60 * MINUTE
        assert len(made) == (0 if kind is ListKind.ARL else 3)
    looked_at(founded, State.LISTED, now=now)
    # No list is owed any more, and none is signed whatever is asked.
    assert owed() == {"retention"}
    with signer(founded) as world:
        for later in (now + DAY, now + 400 * DAY):
            assert not lists_due(room=world.room, now=later)
            assert not world.work(now=later, lists_anyway=True).lists


def keys_destroyed(founded: Founded, place: Place) -> None:
    """Custodians and witnesses see every key go; nothing opens the tokens any more."""
    tokens = founded.room / "tokens"
    names = ("ca", "ocsp", "station")
    text = 'title = "鍵廃棄式"\n[witnesses]\nkudo = "工藤"\nharada = "原田"\n[tokens]\n'
    text += "".join(f'{name} = ["{tokens / name}"]\n' for name in names)
    text += "[shares]\n" + "".join(f'{name} = ["hirano", "ono"]\n' for name in names)
    folder = founded.room / "destruction"
    hall = DestructionHall(
        trust=founded.room,
        last_list=place.web(ListKind.FULL_CRL),
        now=AFTER,
        pin=founded.pin,
        confirm=lambda _person, _what: True,
        show=lambda _line: None,
    )
    hold_destruction(plan=load_destruction_plan(text.encode()), destination=folder, hall=hall)
    for opened, name in ((CaToken, "ca"), (OcspToken, "ocsp")):
        with pytest.raises(KeyRefused):
            opened.open(read_address(tokens / name), founded.pin(name))
    record_key_destruction(
        transcript=(folder / "transcript.txt").read_bytes(),
        signature=(folder / "transcript.sig").read_bytes(),
        roster_key_info=(founded.room / "roster-key.der").read_bytes(),
        ca_key_info=(founded.room / "ca-key.der").read_bytes(),
        actor=CUSTODIAN,
        now=AFTER,
    )
    looked_at(founded, State.KEYS_DESTROYED, now=AFTER)


def records_handed_over(founded: Founded) -> None:
    """Everything is written out with its sums, and goes to who signs for the manifest, once."""
    folder, now = founded.home.parent / "records", AFTER + DAY
    with written_records(founded.installation(), folder) as written:
        sha256 = written.manifest_sha256
        write_last_records(manifest_sha256=sha256, files=written.files, actor=given.ACCEPTOR, now=now)
    manifest = (folder / MANIFEST).read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == sha256
    sums = json.loads(manifest)["files"]
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums} == sums
    for part in ("ceremonies/destruction/transcript.txt", "journal/journal.sqlite", "ceremonies/ca.der"):
        assert part in sums
    assert not any("tokens" in name for name in sums)
    log = (folder / "tables/store_auditrow.jsonl").read_text("utf-8").splitlines()
    assert json.loads(log[-1])["kind"] == EventKind.KEYS_DESTROYED
    facts = {"receiver": "公文書館", "receipt": b"receipt", "actor": given.ACCEPTOR, "now": now}
    hand_over_records(manifest_sha256=sha256, **facts)
    looked_at(founded, State.HANDED_OVER, now=now)
    assert AuditRow.objects.order_by("-seq")[0].kind == EventKind.RECORDS_HANDED_OVER
    with pytest.raises(ActNotAllowed):
        hand_over_records(manifest_sha256=sha256, **facts)
    nothing_is_late(now=now + 400 * DAY)


def found_by_relying_parties(founded: Founded, place: Place, certificates: list[bytes]) -> None:
    """A stranger's OpenSSL, years later, takes the list from either half and says that each is revoked."""
    room = founded.home.parent / "stranger"
    room.mkdir()
    pem(room / "ca.pem", (founded.room / "ca.der").read_bytes(), "x509")
    for half, octets in (("web", place.web(ListKind.CRL)), ("ldap", place.ldap(ListKind.CRL))):
        assert octets is not None
        pem(room / f"{half}.pem", octets, "crl")
        for at, certificate in enumerate(certificates):
            pem(room / f"{at}.pem", certificate, "x509")
            said = openssl(
                *("verify", "-crl_check", "-attime", str(int(YEARS_LATER.timestamp())), "-no_check_time"),
                *(
                    "-CAfile",
                    str(room / "ca.pem"),
                    "-CRLfile",
                    str(room / f"{half}.pem"),
                    str(room / f"{at}.pem"),
                ),
            )
            assert said.returncode != 0
            assert "certificate revoked" in said.stderr, said.stderr


def pem(place: Path, octets: bytes, kind: str) -> None:
    """Write DER as PEM, as OpenSSL's own tools want it."""
    (der := place.with_suffix(".der")).write_bytes(octets)
    made = openssl(kind, "-inform", "DER", "-in", str(der), "-out", str(place))
    assert made.returncode == 0, made.stderr


def openssl(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run OpenSSL."""
    return subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
