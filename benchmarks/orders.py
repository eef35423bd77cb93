"""Orders as the signer finds them: approved by three officers, a key on a card, signed over by a station."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from benchmarks.world import EDITION, NOW, House, edition_sha256, public_key_info
from inro.adapters.ca_token import CaToken
from inro.japanese.number_publication import PublishedEntry
from inro.pki.hand_over import HandOver
from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.approval import TO_ISSUE, Purpose, certification
from inro.practice.content import Authority, CertifiedContent, Organization, RomanAddress
from inro.practice.duties import Duty
from inro.practice.examination import ExaminationFindings
from inro.practice.stated import ApplicantKind, NameChoice, StatedAddress, StatedForm, StatedOrganization
from inro.practice.validity import ValidityPeriod
from inro.signer.journal import Journal
from inro.signer.room import Room
from inro.store.ids import ApplicationId, OrderId
from inro.store.reads.corporate_register import register_record
from inro.store.reads.issuance import OrderRecord, issuance_order
from inro.store.states import Medium
from inro.usecases.actor import Actor, process
from inro.usecases.antisocial import record_antisocial_check
from inro.usecases.application import begin_examination, find, receive_application, record_application
from inro.usecases.card import BlankCard, receive_blank_cards
from inro.usecases.corporate_register import (
    LoadedRegister,
    confirm_corporate_number,
    load_corporate_register,
)
from inro.usecases.decision import Approval, Officers, content_to_approve, latest_approvals
from inro.usecases.examination import accept_application, conclude_examination
from inro.usecases.issuance_card import (
    intend_mailer,
    record_card_proof,
    record_hand_over,
    record_key_on_card,
    record_mailer_printed,
    reserve_card,
)
from inro.usecases.issuance_claim import claim_issuance_order
from inro.usecases.issuance_order import order_issuance

SIGNER = "signer-1"
PERIOD = ValidityPeriod.TWO_YEARS
_EXAMINER = Actor(name="p-exam", duties=frozenset({Duty.INTAKE, Duty.EXAMINATION}))
_ACCEPTOR = Actor(name="p-accept", duties=frozenset({Duty.ACCEPTANCE}))
_ISSUER = Actor(name="p-issue", duties=frozenset({Duty.ISSUANCE_APPROVAL}))
_DESK = Actor(name="p-desk", duties=frozenset({Duty.ISSUANCE_OPERATION}))
_EVIDENCE = {"method": "C_DestroyObject", "objects_before": 2, "objects_after": 0}
_FAULTLESS = ExaminationFindings(
    open_points=0,
    explanation_given=True,
    seals_affixed=True,
    applicant_consents=True,
    organization_consents=True,
    address_agrees=True,
    individual_number_visible=False,
)
_ORGANIZATION = Organization(
    name="印籠商事株式会社",
    prefecture="東京都",
    city="千代田区",
    street="丸の内一丁目２番３号",
    corporate_number="7000012050002",
)
_OPERATOR = Actor(name="p-operator", duties=frozenset({Duty.SYSTEM_ADMINISTRATION}))
_OFFICER_OF: Mapping[Purpose, Actor] = {
    Purpose.EXAMINATION: _EXAMINER,
    Purpose.ACCEPTANCE: _ACCEPTOR,
    Purpose.ISSUANCE: _ISSUER,
}


def open_room(*, house: House, token: CaToken, station_key: rsa.RSAPrivateKey, folder: Path) -> Room:
    """Return the signer's room with a journal of its own in `folder`."""
    return Room(
        token=token,
        journal=Journal.open(folder / "journal.sqlite", authenticator=token),
        issuer=house.issuer,
        profile=house.profile,
        list_profile=house.list_profile,
        editions={EDITION: edition_sha256()},
        roster=house.roster,
        station_key_info=public_key_info(station_key),
        random_bytes=house.chance.randbytes,
        virtual_allowed=True,
        archive=folder / "lists",
        actor=process(SIGNER),
        name=SIGNER,
    )


def content_of(number: int) -> CertifiedContent:
    """Return what the certificate of a company's employee shows: address, organization, one authority."""
    return CertifiedContent(
        subscriber_id=f"S{number:08d}",
        name="高橋　花子",
        name_romaji="TAKAHASHI Hanako",
        address_romaji=RomanAddress(prefecture="Tokyo", city="Chiyoda-ku", street="1-2-3 Marunouchi"),
        organization=_ORGANIZATION,
        authorities=(
            Authority(principal="代表取締役　印籠太郎", system="電子入札", text="入札に関する一切の権限"),
        ),
    )


def handed_over_order(
    *, number: int, house: House, station_key: rsa.RSAPrivateKey, key: rsa.RSAPrivateKey
) -> OrderId:
    """Carry an application through the office and the station to the signer's door."""
    officers = Officers(roster=house.roster, virtual_allowed=True)
    application = _examined(number, house, officers)
    for officer in (_EXAMINER, _ACCEPTOR):
        record_antisocial_check(
            application=application,
            source=CheckSource.NEWS_DATABASE,
            result=CheckResult.NO_MATCH,
            remark="",
            checked_at=NOW,
            actor=officer,
            now=NOW,
        )
    accept_application(
        application=application,
        approval=_approval(house, application, number, Purpose.ACCEPTANCE, NOW),
        officers=officers,
        actor=_ACCEPTOR,
        now=NOW,
    )
    order = order_issuance(
        application=application,
        approval=_approval(house, application, number, Purpose.ISSUANCE, NOW),
        officers=officers,
        actor=_ISSUER,
        now=NOW,
    )
    # A station takes up one order at a time until its card is finished: each order has a station of its own.
    station = process(f"station-{number}")
    _personalised(order, number, key, station)
    payload = _statement(issuance_order(order)).encode()
    signature = _sign(station_key, payload)
    record_hand_over(order=order, payload=payload, signature=signature, actor=station, now=NOW)
    return order


_HOME = StatedAddress(
    postal_code="100-0099", prefecture="東京都", city="千代田区", street="見本町一丁目２番３号"
)
_FORM = StatedForm(
    kind=ApplicantKind.COMPANY_EMPLOYEE,
    period=PERIOD,
    name_choice=NameChoice.LEGAL_NAME,
    legal_name="髙橋　花子",
    certificate_name="高橋　花子",
    kana="タカハシ　ハナコ",
    romaji="TAKAHASHI HANAKO",
    birth_date=date(1980, 2, 29),
    home=_HOME,
    organization=StatedOrganization(
        name="株式会社みほん建設",
        address=_HOME,
        representative_title="代表取締役",
        representative_name="見本　太郎",
    ),
)


def _examined(number: int, house: House, officers: Officers) -> ApplicationId:
    application = record_application(
        form=_FORM,
        edition=EDITION,
        edition_sha256=edition_sha256(),
        actor=process("wizard"),
        now=NOW,
    )
    receive_application(application=application, received_at=NOW, actor=_EXAMINER, now=NOW)
    begin_examination(application=application, actor=_EXAMINER, now=NOW)
    confirm_corporate_number(
        application=application,
        number=_ORGANIZATION.corporate_number or "",
        name=_ORGANIZATION.name,
        register=_register(),
        actor=_EXAMINER,
        now=NOW,
    )
    conclude_examination(
        application=application,
        content=content_of(number),
        findings=_FAULTLESS,
        approval=_approval(house, application, number, Purpose.EXAMINATION, NOW),
        officers=officers,
        actor=_EXAMINER,
        now=NOW,
    )
    return application


def _register() -> LoadedRegister:
    """Return the register of Corporate Numbers, loaded before the first order."""
    if register_record() is None:
        day = date(2026, 11, 30)
        entry = PublishedEntry(
            number=_ORGANIZATION.corporate_number or "",
            process="01",
            updated_on=day,
            changed_on=day,
            name=_ORGANIZATION.name,
            kind="301",
            prefecture=_ORGANIZATION.prefecture,
            city=_ORGANIZATION.city,
            street=_ORGANIZATION.street,
            post_code="",
            abroad="",
            closed_on=None,
            close_cause="",
            successor="",
            latest=True,
            furigana="",
            hidden=False,
        )
        load_corporate_register(entries=[entry], published_on=day, sha256="00" * 32, actor=_OPERATOR, now=NOW)
    return LoadedRegister()


def _approval(
    house: House, application: ApplicationId, number: int, purpose: Purpose, now: datetime
) -> Approval:
    before = latest_approvals(application=application, purposes=TO_ISSUE[: TO_ISSUE.index(purpose)])
    content = content_to_approve(
        purpose=purpose,
        case=find(application).number,
        content=certification(content=content_of(number), period=PERIOD, findings=_FAULTLESS),
        after=before[-1] if before else None,
        edition=(EDITION, edition_sha256()),
        profile_sha256=house.profile.sha256,
        roster=house.roster,
        random_bytes=house.chance.randbytes,
        now=now,
        examination_ended_at=now if purpose is Purpose.ACCEPTANCE else None,
    )
    person = _OFFICER_OF[purpose].name
    return Approval(content=content, assertion=house.authenticator.approve(person=person, content=content))


def _personalised(order: OrderId, number: int, key: rsa.RSAPrivateKey, station: Actor) -> None:
    card = BlankCard(serial=f"{number:016x}", model="virtual-1", medium=Medium.VIRTUAL)
    receive_blank_cards(cards=[card], actor=_DESK, now=NOW)
    claim_issuance_order(station=station.name, actor=station, now=NOW)
    reserve_card(order=order, medium=Medium.VIRTUAL, actor=station, now=NOW)
    record_key_on_card(
        order=order,
        public_key_info=public_key_info(key),
        origin="hsm-session",
        evidence=_EVIDENCE,
        actor=station,
        now=NOW,
    )
    challenge = hashlib.sha256(str(number).encode()).digest()
    proof = _sign(key, challenge)
    record_card_proof(order=order, challenge=challenge, signature=proof, actor=station, now=NOW)
    intend_mailer(order=order, actor=station, now=NOW)
    record_mailer_printed(order=order, evidence=_EVIDENCE, actor=station, now=NOW)


def _statement(order: OrderRecord) -> HandOver:
    assert order.card is not None and order.key is not None  # noqa: PT018 - both or nothing
    assert order.key.challenge is not None
    assert order.key.signature is not None
    hashes = {decision.purpose: decision.assertion_sha256 for decision in order.decisions}
    return HandOver(
        order=order.order_id,
        application=order.application_number,
        approvals=tuple(hashes[purpose] for purpose in TO_ISSUE),
        card_serial=order.card.serial,
        medium=order.card.medium.value,
        public_key_info=order.key.public_key_info,
        challenge=order.key.challenge,
        proof=order.key.signature,
        key_absent=True,
    )


def _sign(key: rsa.RSAPrivateKey, data: bytes) -> bytes:
    return key.sign(data, padding.PKCS1v15(), SHA256())
