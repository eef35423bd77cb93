"""What the steps of the end of the service are called (11)."""

from enum import StrEnum

from inro.practice.discontinuation import DiscontinuationState

DISCONTINUATION_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        DiscontinuationState,
        """
        proposed | 提案済（決定待ち） | Proposed, waits for the decision
        decided | 決定済（通知中） | Decided, subscribers are being told
        told | 全員に通知済（終了日待ち） | All told, waits for the last day
        revoking | 失効の処理中 | Certificates are being revoked
        revoked | 全件失効済 | All certificates revoked
        lists_proposed | 最終リスト提案済 | Last lists proposed
        lists_decided | 最終リスト決定済（署名待ち） | Last lists decided, wait for the signer
        listed | 最終リスト署名済 | Last lists signed
        keys_destroyed | 鍵廃棄済 | Keys destroyed
        handed_over | 記録引渡済 | Records handed over
        withdrawn | 取消し | Taken back
        """,
    ),
)
