"""What the steps of the end of the service, and the parts of what is signed for it, are called (11)."""

from enum import StrEnum

from inro.practice.discontinuation import DiscontinuationState
from inro.words.rows import in_language, words_of

DISCONTINUATION_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        DiscontinuationState,
        """
        proposed | 提案済（決定待ち） | Proposed, waits for the decision
        decided | 決定済（通知中） | Decided, subscribers are being told
        told | 全員に通知済（終了日待ち） | All told, waits for the last day
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

# By the names in `discontinuation_plan` and `last_lists_plan`.
SIGNED_PARTS = words_of("""
campaign | 一斉通知 | Campaign
subject_sha256 | 通知内容のSHA-256 | SHA-256 of what is told
last_day | サービスの最終日 | Last day of the service
next_update | 最終リストの次回更新日時 | nextUpdate of the last lists
revoked | 失効の件数 | Revocations listed
entries_sha256 | 失効の記載のSHA-256 | SHA-256 of the entries
""")


def signed_part(name: str, language: str) -> str:
    """Return what a part of what officers sign to end the service is called."""
    return in_language(SIGNED_PARTS[name], language)
