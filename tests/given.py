"""Builders of what a test starts from: officers with security keys, applications, cards, certificates."""

import hashlib
import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from inro.configuration.policy import load_policy
from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.crl import encode_entry
from inro.pki.roster import Officer, Roster
from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.approval import (
    ACCEPT,
    REJECT,
    TO_ISSUE,
    TO_REVOKE,
    ApprovalContent,
    Purpose,
    certification,
    rejection,
    revocation,
)
from inro.practice.calendar import Calendar
from inro.practice.content import Authority, CertifiedContent, Organization
from inro.practice.duties import Duty, DutyPeriod
from inro.practice.examination import ExaminationFindings
from inro.practice.grounds import Ground, Invoker, ground
from inro.practice.revocation import RequestWay, RevocationFindings, RevocationPaper
from inro.practice.validity import ValidityPeriod, not_after
from inro.store.ids import ApplicationId, CaseId, CertificateId, OrderId
from inro.store.reads.issuance import issuance_order
from inro.store.reads.revocation import revocation_case
from inro.store.records import SigningIntentRecord
from inro.store.states import Medium
from inro.usecases.actor import Actor, process
from inro.usecases.antisocial import record_antisocial_check
from inro.usecases.application import (
    begin_examination,
    find,
    receive_application,
    record_application,
    withdraw_application,
)
from inro.usecases.card import BlankCard, receive_blank_cards
from inro.usecases.decision import Approval, Officers, content_to_approve, latest_approvals
from inro.usecases.examination import accept_application, conclude_examination, examined_content
from inro.usecases.issuance_card import (
    intend_mailer,
    record_card_proof,
    record_certificate_on_card,
    record_hand_over,
    record_key_on_card,
    record_mailer_printed,
    reserve_card,
)
from inro.usecases.issuance_certificate import (
    claim_hand_over,
    record_certificate,
    record_signing_intent,
    reserve_serial,
)
from inro.usecases.issuance_claim import claim_issuance_order
from inro.usecases.issuance_order import order_issuance
from inro.usecases.rejection import reject_application
from inro.usecases.revocation import (
    decide_revocation,
    examine_revocation,
    record_revocation,
    record_revocation_request,
)
from tests.forms import FORM

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
EDITION, EDITION_SHA256, PROFILE_SHA256 = "2025-04-01", "cd" * 32, "ab" * 32
POLICY = Path(__file__).parent.parent / "policy"
TERMS = load_policy(POLICY).editions[EDITION].terms
CALENDAR = Calendar()
RP_ID, ORIGIN = "office.inro.example", "https://office.inro.example"
CONTENT = CertifiedContent(
    subscriber_id="S26000001",
    name="高橋　花子",
    name_romaji="TAKAHASHI HANAKO",
    organization=Organization(
        name="印籠商事株式会社", prefecture="東京都", city="千代田区", street="丸の内一丁目１番１号"
    ),
    authorities=(
        Authority(principal="代表取締役　印籠太郎", system="電子入札", text="入札に関する一切の件"),
    ),
)
FINDINGS = ExaminationFindings(
    open_points=0,
    explanation_given=True,
    seals_affixed=True,
    applicant_consents=True,
    organization_consents=True,
    address_agrees=True,
    individual_number_visible=False,
)
BELIEVED = RevocationFindings()
FOUND = "記録のとおり確認した"
SEAL_DIFFERS = "印鑑が登録印と異なる"
WITH_PROXY = replace(FINDINGS, proxy_address_agrees=True)
EVIDENCE: dict[str, Any] = {"method": "C_DestroyObject", "objects_before": 2, "objects_after": 0}
_DUTIES = {
    "p-exam": (Duty.INTAKE, Duty.EXAMINATION, Duty.REVOCATION_INTAKE, Duty.REVOCATION_EXAMINATION),
    "p-accept": (Duty.ACCEPTANCE, Duty.REVOCATION_DECISION, Duty.RECORDS),
    "p-issue": (Duty.ISSUANCE_APPROVAL,),
    "p-desk": (
        Duty.ISSUANCE_OPERATION,
        Duty.PIN_MAILING,
        Duty.DISPATCH,
        Duty.RECEIPT,
        Duty.NOTICE,
        Duty.BILLING,
    ),
    "p-mail": (Duty.PIN_MAILING,),
    "p-both": (
        Duty.EXAMINATION,
        Duty.ACCEPTANCE,
        Duty.ISSUANCE_APPROVAL,
        Duty.REVOCATION_EXAMINATION,
        Duty.REVOCATION_DECISION,
    ),
}
STATION, SIGNER = process("station-1"), process("signer-1")
_count = itertools.count(1)


def person(name: str) -> Actor:
    """Return a member of staff with the duties the roster gives."""
    return Actor(name=name, duties=frozenset(_DUTIES[name]))


EXAMINER, ACCEPTOR, DESK = person("p-exam"), person("p-accept"), person("p-desk")
ISSUER = person("p-issue")
MAIL = person("p-mail")
CUSTODIAN = Actor(name="p-custodian", duties=frozenset({Duty.KEY_CUSTODY}))


@dataclass(frozen=True, slots=True)
class Office:
    """A roster and the security keys of its officers."""

    officers: Officers
    authenticator: SoftwareAuthenticator
    profile_sha256: str = PROFILE_SHA256

    def approve(self, name: str, content: ApprovalContent) -> Approval:
        """Return an officer's real assertion over a content."""
        return Approval(content=content, assertion=self.authenticator.approve(person=name, content=content))


def office(
    *,
    virtual_allowed: bool = True,
    rp_id: str = RP_ID,
    origin: str = ORIGIN,
    profile_sha256: str = PROFILE_SHA256,
    more: Mapping[str, tuple[Duty, ...]] = MappingProxyType({}),
) -> Office:
    """Return an office of these officers, and `more`, with software keys."""
    authenticator = SoftwareAuthenticator(rp_id=rp_id, origin=origin)
    roster = Roster(
        version=1,
        valid_from=date(2020, 1, 1),
        valid_until=date(2060, 12, 31),
        rp_id=rp_id,
        origins=(origin,),
        officers=tuple(
            Officer(
                person=name,
                name=f"{name} 氏",
                credentials=(authenticator.make_credential(name),),
                duties=tuple(DutyPeriod(duty=duty, first_day=date(2020, 1, 1)) for duty in duties),
            )
            for name, duties in (_DUTIES | more).items()
        ),
    )
    return Office(
        officers=Officers(roster=roster, virtual_allowed=virtual_allowed),
        authenticator=authenticator,
        profile_sha256=profile_sha256,
    )


def approval_content(
    house: Office,
    *,
    purpose: Purpose,
    case: str,
    content: dict[str, Any],
    now: datetime,
    after: Approval | None = None,
    **changes: Any,
) -> ApprovalContent:
    """Return what an officer is asked to approve `after` an earlier approval, with changes."""
    made = content_to_approve(
        purpose=purpose,
        case=case,
        content=content,
        after=after,
        edition=(EDITION, EDITION_SHA256),
        profile_sha256=house.profile_sha256,
        roster=house.officers.roster,
        random_bytes=secrets.token_bytes,
        now=now,
        verdict=REJECT if purpose is Purpose.REJECTION else ACCEPT,
        examination_ended_at=now if purpose is Purpose.ACCEPTANCE else None,
    )
    return replace(made, **changes)


def drafted(*, now: datetime = NOW, period: ValidityPeriod = ValidityPeriod.ONE_YEAR) -> ApplicationId:
    """Return an application just recorded."""
    return record_application(
        form=replace(FORM, period=period),
        edition=EDITION,
        edition_sha256=EDITION_SHA256,
        actor=process("wizard"),
        now=now,
    )


def withdraw(application: ApplicationId, *, now: datetime = NOW) -> None:
    """Let the applicant withdraw."""
    withdraw_application(application=application, actor=EXAMINER, now=now)


def reject(
    house: Office,
    application: ApplicationId,
    *,
    reason: str = SEAL_DIFFERS,
    by: str = "p-accept",
    now: datetime = NOW,
) -> None:
    """Reject an application."""
    asked = approval_content(
        house,
        purpose=Purpose.REJECTION,
        case=find(application).number,
        content=rejection(reason=reason),
        now=now,
    )
    reject_application(
        application=application,
        reason=reason,
        approval=house.approve(by, asked),
        officers=house.officers,
        terms=TERMS,
        calendar=CALENDAR,
        actor=person(by),
        now=now,
    )


def examining(*, now: datetime = NOW, period: ValidityPeriod = ValidityPeriod.ONE_YEAR) -> ApplicationId:
    """Return an application under examination."""
    application = drafted(now=now, period=period)
    receive_application(application=application, received_at=now, actor=EXAMINER, now=now)
    begin_examination(application=application, actor=EXAMINER, now=now)
    for name in ("p-exam", "p-accept", "p-both"):
        look_for_forces(application, by=person(name), now=now)
    return application


def look_for_forces(
    application: ApplicationId, *, by: Actor = EXAMINER, now: datetime = NOW, **found: Any
) -> None:
    """Let an officer look for anti-social forces; nothing is found unless `found` says so (46)."""
    facts = {"source": CheckSource.NEWS_DATABASE, "result": CheckResult.NO_MATCH, "remark": ""} | found
    record_antisocial_check(application=application, checked_at=now, actor=by, now=now, **facts)


def application_approval(
    house: Office,
    application: ApplicationId,
    *,
    purpose: Purpose,
    by: str,
    findings: ExaminationFindings = FINDINGS,
    now: datetime = NOW,
    **changes: Any,
) -> Approval:
    """Return an officer's approval of an application's content, resting on those on record before it."""
    row = find(application)
    before = latest_approvals(application=application, purposes=TO_ISSUE[: TO_ISSUE.index(purpose)])
    content = (
        certification(content=CONTENT, period=ValidityPeriod(row.period), findings=findings)
        if purpose is Purpose.EXAMINATION
        else examined_content(row)
    )
    asked = approval_content(
        house,
        purpose=purpose,
        case=row.number,
        content=content,
        after=before[-1] if before else None,
        now=now,
        **changes,
    )
    return house.approve(by, asked)


def examined(
    house: Office,
    *,
    now: datetime = NOW,
    period: ValidityPeriod = ValidityPeriod.ONE_YEAR,
    findings: ExaminationFindings = FINDINGS,
) -> ApplicationId:
    """Return an application whose examination is concluded."""
    application = examining(now=now, period=period)
    conclude(house, application, findings=findings, now=now)
    return application


def conclude(
    house: Office,
    application: ApplicationId,
    *,
    findings: ExaminationFindings = FINDINGS,
    now: datetime = NOW,
) -> None:
    """Conclude an examination."""
    approval = application_approval(
        house, application, purpose=Purpose.EXAMINATION, by="p-exam", findings=findings, now=now
    )
    conclude_examination(
        application=application,
        content=CONTENT,
        findings=findings,
        approval=approval,
        officers=house.officers,
        actor=EXAMINER,
        now=now,
    )


def accept(house: Office, application: ApplicationId, *, now: datetime = NOW, **changes: Any) -> None:
    """Accept an examined application; `changes` are the approval's."""
    approval = application_approval(
        house, application, purpose=Purpose.ACCEPTANCE, by="p-accept", now=now, **changes
    )
    accept_application(
        application=application, approval=approval, officers=house.officers, actor=ACCEPTOR, now=now
    )


def ordered(house: Office, application: ApplicationId, *, now: datetime = NOW) -> OrderId:
    """Return the order of an accepted application whose issuance a third officer approves."""
    approval = application_approval(house, application, purpose=Purpose.ISSUANCE, by="p-issue", now=now)
    return order_issuance(
        application=application, approval=approval, officers=house.officers, actor=ISSUER, now=now
    )


def accepted(
    house: Office,
    *,
    now: datetime = NOW,
    period: ValidityPeriod = ValidityPeriod.ONE_YEAR,
    findings: ExaminationFindings = FINDINGS,
) -> OrderId:
    """Return the order of an accepted application."""
    application = examined(house, now=now, period=period, findings=findings)
    accept(house, application, now=now)
    return ordered(house, application, now=now)


def blank_cards(count: int, *, now: datetime = NOW) -> None:
    """Take blank cards into stock."""
    receive_blank_cards(
        cards=[
            BlankCard(serial=f"{next(_count):016x}", model="virtual-1", medium=Medium.VIRTUAL)
            for _ in range(count)
        ],
        actor=DESK,
        now=now,
    )


def public_key_info() -> bytes:
    """Return a public key that was never seen before (SubjectPublicKeyInfo, DER)."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def reserved(order: OrderId, *, station: Actor = STATION, now: datetime = NOW) -> OrderId:
    """Take an order to a station with a reserved card."""
    blank_cards(1, now=now)
    assert claim_issuance_order(station=station.name, actor=station, now=now) == order
    reserve_card(order=order, medium=Medium.VIRTUAL, actor=station, now=now)
    return order


def card_ready(order: OrderId, *, station: Actor = STATION, now: datetime = NOW) -> OrderId:
    """Take an order through steps 1 to 5 of the walk."""
    reserved(order, station=station, now=now)
    record_key_on_card(
        order=order,
        public_key_info=public_key_info(),
        origin="hsm-session",
        evidence=EVIDENCE,
        actor=station,
        now=now,
    )
    record_card_proof(order=order, challenge=b"challenge", signature=b"proof", actor=station, now=now)
    intend_mailer(order=order, actor=station, now=now)
    record_mailer_printed(order=order, evidence=EVIDENCE, actor=station, now=now)
    return order


def handed_over(order: OrderId, *, station: Actor = STATION, now: datetime = NOW) -> OrderId:
    """Take an order through step 6 of the walk."""
    card_ready(order, station=station, now=now)
    record_hand_over(order=order, payload=b"{}", signature=b"station", actor=station, now=now)
    return order


@dataclass(frozen=True, slots=True)
class Signed:
    """A certificate's bytes and the part that was signed (DER)."""

    der: bytes
    tbs: bytes


def certificate(*, serial: bytes, issued_at: datetime = NOW, until: datetime | None = None) -> Signed:
    """Return a certificate with this serial, signed by a key of its own: the record looks no deeper."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TAKAHASHI HANAKO")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(serial))
        .not_valid_before(issued_at)
        .not_valid_after(until or issued_at + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return Signed(der=made.public_bytes(Encoding.DER), tbs=made.tbs_certificate_bytes)


def serial() -> bytes:
    """Return a serial number that was never used before (20 octets)."""
    return b"\x40" + hashlib.sha256(str(next(_count)).encode()).digest()[:19]


def intent_for(order: OrderId, number: bytes, signed: Signed, *, now: datetime = NOW) -> SigningIntentRecord:
    """Return what the signer is about to sign for an order."""
    return SigningIntentRecord(
        serial=number,
        tbs=signed.tbs,
        lint=[],
        profile_sha256=PROFILE_SHA256,
        issued_at=now,
        not_after=not_after(issued_at=now, period=issuance_order(order).period),
    )


def certified(order: OrderId, *, now: datetime = NOW) -> CertificateId:
    """Take an order through the signer's steps a to d."""
    handed_over(order, now=now)
    assert claim_hand_over(signer=SIGNER.name, actor=SIGNER, now=now) == order
    number = reserve_serial(order=order, serial=serial(), actor=SIGNER, now=now)
    end = not_after(issued_at=now, period=issuance_order(order).period)
    signed = certificate(serial=number, issued_at=now, until=end)
    record_signing_intent(
        order=order, intent=intent_for(order, number, signed, now=now), actor=SIGNER, now=now
    )
    return record_certificate(order=order, certificate=signed.der, actor=SIGNER, now=now)


def issued(
    house: Office,
    *,
    now: datetime = NOW,
    period: ValidityPeriod = ValidityPeriod.ONE_YEAR,
    findings: ExaminationFindings = FINDINGS,
) -> CertificateId:
    """Return a certificate that lies on its card, read back."""
    order = accepted(house, now=now, period=period, findings=findings)
    made = certified(order, now=now)
    der = issuance_order(order).certificate
    assert der is not None
    record_certificate_on_card(
        order=order, read_back_sha256=hashlib.sha256(der).hexdigest(), actor=STATION, now=now
    )
    return made


def paper(of: Ground, **changes: Any) -> RevocationPaper | None:
    """Return the paper a ground comes on, or None where the CA acts on its own."""
    if of.invoker is Invoker.CA:
        return None
    made = RevocationPaper(invoker=of.invoker, form=of.form, way=RequestWay.POST, name_on_form=CONTENT.name)
    return replace(made, **changes)


def requested(
    made: CertificateId, *, ground_id: str = "21.1(3)/lost", now: datetime = NOW, **changes: Any
) -> CaseId:
    """Return a revocation case just received; `changes` are its paper's."""
    return record_revocation_request(
        certificate=made,
        ground=ground_id,
        paper=paper(ground(ground_id), **changes),
        requested_at=now,
        note="" if ground(ground_id).invoker is not Invoker.CA else FOUND,
        actor=EXAMINER,
        now=now,
    )


def revocation_approval(
    house: Office, case: CaseId, *, purpose: Purpose, by: str, now: datetime = NOW, **changes: Any
) -> Approval:
    """Return an officer's approval of a revocation."""
    record = revocation_case(case)
    content = revocation(serial=record.serial, ground=record.ground, requested_at=record.requested_at)
    before = latest_approvals(case=case, purposes=TO_REVOKE[: TO_REVOKE.index(purpose)])
    asked = approval_content(
        house,
        purpose=purpose,
        case=record.number,
        content=content,
        after=before[-1] if before else None,
        now=now,
        **changes,
    )
    return house.approve(by, asked)


def examined_case(
    house: Office,
    case: CaseId,
    *,
    findings: RevocationFindings = BELIEVED,
    now: datetime = NOW,
    **changes: Any,
) -> CaseId:
    """Take a revocation case through the examining officer; `changes` are the approval's."""
    purpose = Purpose.REVOCATION_EXAMINATION
    examine_revocation(
        case=case,
        findings=findings,
        approval=revocation_approval(house, case, purpose=purpose, by="p-exam", now=now, **changes),
        officers=house.officers,
        actor=EXAMINER,
        now=now,
    )
    return case


def decide(house: Office, case: CaseId, *, by: str = "p-accept", now: datetime = NOW, **changes: Any) -> None:
    """Let the second officer decide on an examined case."""
    decide_revocation(
        case=case,
        approval=revocation_approval(house, case, purpose=Purpose.REVOCATION, by=by, now=now, **changes),
        officers=house.officers,
        terms=TERMS,
        calendar=CALENDAR,
        actor=person(by),
        now=now,
    )


def decided(house: Office, case: CaseId, *, now: datetime = NOW, **changes: Any) -> CaseId:
    """Take a revocation case through both officers."""
    decide(house, examined_case(house, case, now=now, **changes), now=now, **changes)
    return case


def entered(case: CaseId, *, now: datetime = NOW) -> CaseId:
    """Take a decided case to its entry in the lists, as the signer does."""
    record = revocation_case(case)
    code = ground(record.ground).reason_code
    entry = encode_entry(serial=int.from_bytes(record.serial), revoked_at=now, reason_code=code)
    record_revocation(case=case, revoked_at=now, entry=entry, reason_code=code, actor=SIGNER, now=now)
    return case


def revoked(house: Office, made: CertificateId, *, now: datetime = NOW) -> CaseId:
    """Take a certificate to its entry in the lists."""
    return entered(decided(house, requested(made, now=now), now=now), now=now)
