"""What officers' decisions are for, and what is disclosed (9.1, 21, 22, 41)."""

from enum import StrEnum

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
        policy-change | 方針の変更 | Change of the policy
        roster-change | 名簿の変更 | Change of the roster
        discontinuation-proposal | サービス終了の提案 | Proposal to end the service
        discontinuation | サービス終了の決定 | Decision to end the service
        last-lists-proposal | 最終リストの提案 | Proposal of the last lists
        last-lists | 最終リストの決定 | Decision on the last lists
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
