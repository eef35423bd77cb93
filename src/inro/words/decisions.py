"""What decisions are for, why a contract ends before issuance, and what is disclosed (9.1, 16, 22, 41)."""

from enum import StrEnum

from inro.practice.application import TerminationReason
from inro.practice.approval import Purpose
from inro.practice.disclosure import DisclosureScope

DECISION_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        Purpose,
        """
        examination | 審査 | Examination
        acceptance | 承諾 | Acceptance
        issuance | 発行の承認 | Approval of issuing
        rejection | 不受理 | Rejection
        revocation-examination | 失効の審査 | Examination of the revocation
        revocation | 失効の決定 | Decision on the revocation
        legal-disclosure | 官公署への開示 | Disclosure to an authority
        policy-change | ポリシーの変更 | Change of the policy
        roster-change | 名簿の変更 | Change of the roster
        discontinuation-proposal | サービス終了の提案 | Proposal to end the service
        discontinuation | サービス終了の決定 | Decision to end the service
        last-lists-proposal | 最終リストの提案 | Proposal of the last lists
        last-lists | 最終リストの決定 | Decision on the last lists
        """,
    ),
    (
        TerminationReason,
        """
        anti_social_forces | 反社会的勢力と判明した | Anti-social forces were found
        death | 利用者が亡くなった | The subscriber has died
        five_years_over | 審査終了から5年の上限を過ぎた | The five years since the examination are over
        service_ended | サービスが終了した | The service has ended
        """,
    ),
    (
        DisclosureScope,
        """
        form_and_enclosures | 申込書と添付書類の写し | Copies of the form and its enclosures
        certificate_content | 証明書の内容 | Content of the certificate
        """,
    ),
)
