"""What a ceremony's transcript says, in Japanese and English (Ordinance 6(17), 12(1)-1-chi)."""

PHRASES: dict[str, tuple[str, str]] = {
    "title": ("鍵生成式 記録: {title}", "Key ceremony, transcript: {title}"),
    "held": ("実施日時: {at}", "Held at: {at}"),
    "plan": ("計画書 SHA-256: {sha256}", "Plan, SHA-256: {sha256}"),
    "custodian": ("鍵管理者: {name}（{person}）", "Custodian: {name} ({person})"),
    "token": (
        "トークン {name} を初期化。ラベル {label}、シリアル {serial}、モジュール {module}",
        "Token {name} initialised. Label {label}, serial {serial}, module {module}",
    ),
    "key": (
        "鍵 {label} を生成（RSA {bits}、取り出し不可、トークン内生成を確認）。公開鍵 SHA-256: {sha256}",
        "Key {label} made (RSA {bits}, not extractable, made inside). Public key, SHA-256: {sha256}",
    ),
    "journal": (
        "署名記録用の秘密鍵 {label} を生成。取り出し不可を確認",
        "Secret key {label} of the signer's journal made. Not extractable: read back",
    ),
    "documents": (
        "文書保管用の秘密鍵 {label}（AES 256）を生成。取り出し不可を確認",
        "Secret key {label} of the document store made (AES 256). Not extractable: read back",
    ),
    "certificate": (
        "認証局証明書に署名。シリアル {serial}、{not_before} から {not_after} まで。SHA-256: {sha256}",
        "CA certificate signed. Serial {serial}, from {not_before} to {not_after}. SHA-256: {sha256}",
    ),
    "lint": (
        "署名前検査: 指摘 {count} 件、いずれも署名を妨げない",
        "Lint before signing: {count} findings, none blocking",
    ),
    "officer": (
        "担当者: {name}（{person}）、鍵 {keys} 個、職務 {duties}",
        "Officer: {name} ({person}), security keys {keys}, duties {duties}",
    ),
    "roster": (
        "担当者名簿 第 {version} 版に署名。{valid_from} から {valid_until} まで。SHA-256: {sha256}",
        "Officers' roster version {version} signed. From {valid_from} to {valid_until}. SHA-256: {sha256}",
    ),
    "roster-title": ("担当者名簿の更新 記録: {title}", "Next officers' roster, transcript: {title}"),
    "roster-before": (
        "前の名簿: 第 {version} 版、SHA-256: {sha256}",
        "Roster before: version {version}, SHA-256: {sha256}",
    ),
    "officer-added": ("追加: {person}", "Added: {person}"),
    "officer-removed": ("削除: {person}", "Removed: {person}"),
    "officer-duties": ("職務の変更: {person}", "Duties changed: {person}"),
    "officer-keys": ("キーの変更: {person}", "Security keys changed: {person}"),
    "destruction-title": ("鍵廃棄式 記録: {title}", "Destruction of keys, transcript: {title}"),
    "ca-key": ("認証局の公開鍵 SHA-256: {sha256}", "Public key of the CA, SHA-256: {sha256}"),
    "last-list": (
        "最終の失効リスト SHA-256: {sha256}",
        "Last list of revoked certificates, SHA-256: {sha256}",
    ),
    "destroyed": (
        "トークン {name}（{place}、シリアル {serial}）の鍵 {labels} を廃棄。{before} 個から {after} 個へ",
        "Token {name} ({place}, serial {serial}): {labels} destroyed. Objects {before} before, {after} after",
    ),
    "share-destroyed": (
        "分担の廃棄を確認: {person}（トークン {token}）",
        "Share destroyed, confirmed by {person} (token {token})",
    ),
    "witnessed": ("立会い: {name}（{person}）", "Witness: {name} ({person})"),
    "split": (
        "トークン {name} の PIN を {count} 人に分割。うち {threshold} 人で復元できることを確認",
        "PINs of token {name} split among {count}; that {threshold} of them bring them back was tried",
    ),
    "share": ("分担を渡す: {name}（トークン {token}）", "Share handed to {name} (token {token})"),
    "file": ("ファイル {name} SHA-256: {sha256}", "File {name}, SHA-256: {sha256}"),
    "end": ("以上。この記録は名簿用の鍵で署名する", "End. This transcript is signed with the roster key"),
}


def phrase(key: str, **facts: object) -> tuple[str, str]:
    """Return a line of the transcript in Japanese and in English.

    Raises: KeyError for a line or fact not known.
    """
    japanese, english = PHRASES[key]
    return japanese.format(**facts), english.format(**facts)
