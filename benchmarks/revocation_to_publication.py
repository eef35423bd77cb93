"""One certificate among 100,000, as many on the lists: from request to what strangers see (21, 22, 26.1).

The officers' own time is left out, their security keys are not. On SQLite.
"""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from cryptography.x509 import ocsp

from benchmarks.mass_world import IN_FORCE_OF_A_HUNDRED, make_certificates
from benchmarks.orders import open_room
from benchmarks.repository import WEB, repository_in
from benchmarks.revoked import fill_database, fill_journal
from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from benchmarks.world import EDITION, NOW, POLICY, House, ca_token, edition_sha256, make_house, make_key
from inro.adapters.ocsp_token import OcspToken
from inro.adapters.ocsp_tree import FOLDER, OcspTree
from inro.adapters.token_address import OCSP_KEY
from inro.adapters.token_keys import make_rsa_key
from inro.configuration.policy import Policy, load_policy
from inro.pki.crl_entries import revoked_serials
from inro.pki.ocsp_request import IdHash, certificate_id, request_for, request_path
from inro.practice.approval import Purpose, revocation
from inro.practice.duties import Duty
from inro.practice.revocation import RevocationFindings
from inro.signer.answers import AT_ONCE, AnswerSigner
from inro.signer.ocsp import PAUSE_S
from inro.signer.room import OcspKey, Room
from inro.signer.work import work
from inro.store.ids import CaseId, CertificateId
from inro.store.models import Certificate
from inro.store.reads.revocation import revocation_case
from inro.usecases.actor import Actor, process
from inro.usecases.decision import Approval, Officers, content_to_approve, latest_approvals
from inro.usecases.revocation import decide_revocation, examine_revocation, record_revocation_request
from inro.worker.publication import Publisher, publish_lists

CERTIFICATES = REVOKED = 100_000
PUBLISHED_SECONDS, ANSWERED_SECONDS = 60.0, 1.0
# Every answer about so many certificates is made anew in the time after which they are too old.
ANSWERED_FOR = 1_000_000
_ROUNDS, _PASSES = 20, 20
_GROUND = "22.1(5)/compromised"
_EXAMINER = Actor(
    name="p-revocation-exam", duties=frozenset({Duty.REVOCATION_INTAKE, Duty.REVOCATION_EXAMINATION})
)
_DECIDER = Actor(name="p-revocation", duties=frozenset({Duty.REVOCATION_DECISION}))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desks:
    """Everybody who takes part."""

    house: House
    policy: Policy
    room: Room
    publisher: Publisher
    answers: AnswerSigner
    web: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Seconds from the request to both halves, and from the record to the answer; whether all say revoked."""

    published: float
    answered: float
    web: bool
    directory: bool
    ocsp: bool


def measure(size: Size) -> Iterator[Row]:
    """Yield rows: until web and directory have it, until OCSP says it; answers made beforehand."""
    with tempfile.TemporaryDirectory() as name, ca_token(Path(name) / "token") as (token, ca):
        folder, house, policy = Path(name), make_house(ca), load_policy(POLICY)
        make_rsa_key(token=token, label=OCSP_KEY, bits=2048)
        key = OcspToken(token)
        room = replace(
            open_room(house=house, token=ca, station_key=make_key(), folder=folder),
            ocsp=OcspKey(public_key_info=key.public_key_info, profile=policy.ocsp_profile),
        )
        count = _populate(size, house, room)
        with repository_in(folder) as (repository, address), OcspTree.open(folder / WEB / FOLDER) as tree:
            publisher = Publisher(
                archive=room.archive,
                issuer=house.issuer,
                repository=repository,
                actor=process("worker-1"),
                answers=folder / WEB / FOLDER,
            )
            work(room=room, now=NOW, passed=lambda _: None)
            publish_lists(publisher=publisher, now=NOW)
            answers = AnswerSigner(
                token=key,
                issuer=house.issuer,
                profile=policy.ocsp_profile,
                tree=tree,
                archive=room.archive,
            )
            desks = _Desks(
                house=house,
                policy=policy,
                room=room,
                publisher=publisher,
                answers=answers,
                web=address,
            )
            yield from _measured(desks, size, count)
        room.journal.close()


def _populate(size: Size, house: House, room: Room) -> int:
    cases = size.of(CERTIFICATES) * 100 // IN_FORCE_OF_A_HUNDRED
    count = make_certificates(cases, house=house, journal=room.journal, sign=room.token.sign)
    fill_journal(room.journal, size.of(REVOKED))
    fill_database(size.of(REVOKED), certificates_after=cases)
    return count


def _measured(desks: _Desks, size: Size, count: int) -> Iterator[Row]:
    # What was there before it began is read first, as after every start.
    while desks.answers.work(now=NOW, most=1).signed == 0:
        pass
    chosen = list(Certificate.objects.filter(state="valid").order_by("-pk")[: size.rounds(_ROUNDS)])
    seen = [_revoked(one, desks, NOW + timedelta(minutes=turn)) for turn, one in enumerate(chosen, start=1)]
    whole = {"rounds": len(seen), "web": all(one.web for one in seen)}
    yield limit_row(
        figure="revocation_to_publication",
        subject=f"one of {count:,} certificates, {size.of(REVOKED):,} on the lists: from the request, "
        "examined and decided, until web and directory give back a CRL with it",
        against=f"{PUBLISHED_SECONDS:.0f} s",
        times=[one.published for one in seen],
        limit=PUBLISHED_SECONDS,
        checked={**whole, "directory": all(one.directory for one in seen)},
    )
    yield limit_row(
        figure="revocation_to_publication",
        subject="the same: from the record until its OCSP answer over HTTP says so, after the longest pause",
        against=f"{ANSWERED_SECONDS:.0f} s",
        times=[one.answered for one in seen],
        limit=ANSWERED_SECONDS,
        checked={"rounds": len(seen), "ocsp": all(one.ocsp for one in seen)},
    )
    yield _renewal(desks, size)


def _revoked(certificate: Certificate, desks: _Desks, now: datetime) -> _Seen:
    serial = bytes(certificate.serial.serial)
    begun = time.perf_counter()
    _decide(certificate, desks, now)
    work(room=desks.room, now=now, passed=lambda _: None)
    publish_lists(publisher=desks.publisher, now=now)
    published = time.perf_counter() - begun
    recorded = time.perf_counter()
    desks.answers.work(now=now, most=0)
    told = _answer(serial, desks)
    answered = PAUSE_S + time.perf_counter() - recorded
    repository = desks.publisher.repository
    web = repository.web.read_back("crl.crl") or b""
    directory = repository.directory.read_back("certificateRevocationList;binary") or b""
    return _Seen(
        published=published,
        answered=answered,
        web=int.from_bytes(serial) in set(revoked_serials(web)),
        directory=directory == web,
        ocsp=told is ocsp.OCSPCertStatus.REVOKED,
    )


def _decide(certificate: Certificate, desks: _Desks, now: datetime) -> None:
    officers = Officers(roster=desks.house.roster, virtual_allowed=True)
    case = record_revocation_request(
        certificate=CertificateId(certificate.pk),
        ground=_GROUND,
        paper=None,
        requested_at=now,
        note="鍵の危殆化を確認した",
        actor=_EXAMINER,
        now=now,
    )
    examine_revocation(
        case=case,
        findings=RevocationFindings(),
        approval=_approval(case, Purpose.REVOCATION_EXAMINATION, _EXAMINER, desks.house, now),
        officers=officers,
        actor=_EXAMINER,
        now=now,
    )
    decide_revocation(
        case=case,
        approval=_approval(case, Purpose.REVOCATION, _DECIDER, desks.house, now),
        officers=officers,
        terms=desks.policy.editions[EDITION].terms,
        calendar=desks.policy.calendar,
        actor=_DECIDER,
        now=now,
    )


def _approval(case: CaseId, purpose: Purpose, officer: Actor, house: House, now: datetime) -> Approval:
    record = revocation_case(case)
    before = latest_approvals(case=case, purposes=(Purpose.REVOCATION_EXAMINATION,))
    content = content_to_approve(
        purpose=purpose,
        case=record.number,
        content=revocation(serial=record.serial, ground=record.ground, requested_at=record.requested_at),
        after=before[-1] if before else None,
        edition=(EDITION, edition_sha256()),
        profile_sha256=house.profile.sha256,
        roster=house.roster,
        random_bytes=house.chance.randbytes,
        now=now,
    )
    return Approval(
        content=content, assertion=house.authenticator.approve(person=officer.name, content=content)
    )


def _answer(serial: bytes, desks: _Desks) -> ocsp.OCSPCertStatus | None:
    """Return what a stranger is answered over HTTP, None where the responder knows no answer."""
    asked = certificate_id(issuer=desks.house.issuer, serial=serial, kind=IdHash.SHA1)
    path = quote(request_path(request_for(asked.encoded)), safe="")
    with urlopen(f"{desks.web}/{path}", timeout=10) as answer:  # nosec B310 - a loopback address of this run
        told = ocsp.load_der_ocsp_response(answer.read())
    if told.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    return told.certificate_status


def _renewal(desks: _Desks, size: Size) -> Row:
    """Return what a certificate's answers cost in passes as the process makes them, their pause included."""
    profile, times, signed = desks.policy.ocsp_profile, [], 0
    for _ in range(size.rounds(_PASSES)):
        begun = time.perf_counter()
        done = desks.answers.work(now=NOW + profile.renewal, most=AT_ONCE).signed
        times.append((PAUSE_S + time.perf_counter() - begun) / done)
        signed += done
    hours = profile.renewal / timedelta(hours=1)
    return limit_row(
        figure="revocation_to_publication",
        subject="a certificate's answers, SHA-1 and SHA-256, made anew beforehand in the token",
        against=f"{ANSWERED_FOR:,} certificates in {hours:.0f} hours",
        times=times,
        limit=profile.renewal.total_seconds() / ANSWERED_FOR,
        checked={"signed": signed, "passes": len(times)},
    )
