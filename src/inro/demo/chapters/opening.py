"""The CA opens: certificate on record and published, blank cards in stock, first lists (4(6), 26)."""

from datetime import timedelta

from inro.demo.corporate_numbers import load_publication
from inro.demo.correspondence import post_maintenance
from inro.demo.installation import make_card_files
from inro.demo.office import CARDS, CUSTODIAN, MACHINES, NOTICES, PUBLISHER
from inro.demo.people import applicants
from inro.demo.stage import Stage, fingerprint
from inro.pki.issuer import issuer_of
from inro.practice.notices import NoticeKind
from inro.store.states import Medium
from inro.usecases.ca_certificate import enter_ca_certificate
from inro.usecases.card import BlankCard, receive_blank_cards
from inro.usecases.edition import register_editions
from inro.worker.wiring import publisher_of

CARDS_IN_A_BOX = 12
MAINTENANCE_AFTER = timedelta(days=14)


def open_for_business(stage: Stage) -> None:
    """Put the ceremony's results on record, cards into stock and the first lists into the repository."""
    ceremony, policy = stage.demonstration.ceremony, stage.demonstration.policy
    enter_ca_certificate(
        certificate=ceremony.certificate,
        issuer=issuer_of(ceremony.certificate),
        profile_sha256=policy.ca_profile.sha256,
        actor=CUSTODIAN,
        now=stage.now,
    )
    stage.office.open_house(now=stage.now)
    stage.tell(
        "規則6(17)",
        f"鍵生成式。CA証明書 SHA-256 {fingerprint(ceremony.certificate)[:24]}…、担当者名簿 第1版",
        "key ceremony held, roster signed",
    )
    publisher_of(stage.demonstration.installation).repository.publish_ca_certificate(ceremony.certificate)
    serials = tuple(f"{0x0026120100000000 + place:016x}" for place in range(1, CARDS_IN_A_BOX + 1))
    make_card_files(demonstration=stage.demonstration, serials=serials)
    receive_blank_cards(
        cards=[
            BlankCard(serial=serial, model="inro virtual card", medium=Medium.VIRTUAL) for serial in serials
        ],
        actor=CARDS,
        now=stage.now,
    )
    stage.tell("17.1", f"未使用カード {len(serials)} 枚を受入れ", f"{len(serials)} blank cards in stock")
    _load_corporate_numbers(stage)
    editions = register_editions(editions=policy.editions.values(), actor=PUBLISHER, now=stage.now)
    stage.tell("10", f"約款・CPSの {editions} 版を記録", f"{editions} editions of the terms on record")
    # The worker puts the texts into the repository with the lists.
    stage.make_lists()
    post_maintenance(
        words=policy.notice_words[NoticeKind.MAINTENANCE],
        day=stage.today + MAINTENANCE_AFTER,
        actor=NOTICES,
        at=stage.now,
    )
    stage.tell("30(2)", "保守の予定をお知らせのページに掲載", "maintenance told on the public page")
    stage.tell("26.2", "最初の CRL・ARL・fullCRL を公開", "first CRL, ARL and full CRL published")


def _load_corporate_numbers(stage: Stage) -> None:
    record = load_publication(
        folder=stage.home / "corporate-numbers",
        applicants=applicants(stage.first_day),
        actor=MACHINES,
        now=stage.now,
    )
    stage.tell("8.2", f"法人番号の公表データ {record.rows} 件を読込み", "published Corporate Numbers loaded")
