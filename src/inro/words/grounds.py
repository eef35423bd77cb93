"""What the grounds of revocation are called (11.3, 12.4, 15, 18.7, 19.4, 21, 22, 25, 35.3, 46)."""

from inro.words.rows import in_language, words_of

GROUNDS = words_of("""
11.3 | サービスの終了 | The service is discontinued
12.4 | 在留期間の満了 | The period of stay has ended
15 | 氏名・商号・住所・代表者の変更 | Name, trade name, address or representative has changed
18.7 | 受領書が返送されず、受領されなかったものとみなす | No receipt slip came: deemed not received
19.4(1) | PINの紛失 | The PIN is lost
19.4(2)/leaked | PINの漏えい | The PIN has leaked
19.4(2)/feared | PINの漏えいのおそれ | The PIN is feared to have leaked
19.4(3) | PINの失念 | The PIN is forgotten
19.4(4) | PINのロック | The PIN is locked
21.1(1)/organization | 記載事項（企業等）が事実と異なる | Content on the organization is untrue
21.1(1)/other | 記載事項が事実と異なる | Content is untrue
21.1(2) | 記載事項の変更 | Content has changed
21.1(3)/lost | カードの紛失 | The card is lost
21.1(3)/damaged | カードの破損 | The card is damaged
21.1(4)/stolen | カードの盗難 | The card is stolen
21.1(4)/misused | 証明書の不正使用 | The certificate is misused
21.1(5) | PINの紛失 | The PIN is lost
21.1(5)/with-card | カードと共にPINを紛失 | The PIN is lost together with the card
21.1(6) | PINの漏えいによる不正使用 | The PIN has leaked and the certificate is misused
21.1(7) | PINの入力誤りによる使用不能 | Locked by wrong PINs
21.1(8)/compromised | 秘密鍵の危殆化 | The key is compromised
21.1(8)/feared | 秘密鍵の危殆化のおそれ | The key is feared to be compromised
21.1(9) | 利用の中止 | Use has ended
21.1(10) | 企業等に属さなくなった | Left the organization
21.1(11) | 権限を行使できなくなった | Can no longer exercise the authority
21.1(12) | その他（契約者の判断） | Other, in the subscriber's judgement
22.1(1) | 発送後30日を過ぎても受領書が返送されない | No receipt slip when more than 30 days have passed
22.1(2)/compromised | 秘密鍵の危殆化（当社判断） | The key is compromised (the CA's finding)
22.1(2)/feared | 秘密鍵の危殆化のおそれ（当社判断） | The key is feared to be compromised (the CA's finding)
22.1(3)/misused | 証明書の不正使用（当社判断） | The certificate is misused (the CA's finding)
22.1(3)/feared | 証明書の不正使用のおそれ | Misuse of the certificate is feared
22.1(4)/organization | 企業等の記載が事実と異なる（当社判断） | Content on the organization: untrue (CA)
22.1(4)/other | 記載事項が事実と異なる（当社判断） | Content is untrue (the CA's finding)
22.1(5)/compromised | 認証局秘密鍵の危殆化 | The CA key is compromised
22.1(5)/feared | 認証局秘密鍵の危殆化のおそれ | The CA key is feared to be compromised
22.1(6) | CPSまたは約款への違反 | Breach of the CPS or the terms
22.1(7) | 当社の責めによる誤発行等 | Mis-issuance attributable to the CA
22.1(8) | サービスの終了（当社の権限） | End of the service (the CA's power)
22.1(9) | その他（当社の判断） | Other, in the CA's judgement
22.1(10) | 企業等の依頼：所属しなくなった | Organization's request: left the organization
22.1(11) | 企業等の依頼：権限を行使できなくなった | Organization's request: authority no longer exercised
22.1(12) | 企業等の依頼：企業名・本店住所の変更 | Organization's request: name or head office changed
22.1(13) | 企業等の依頼：契約者の死亡 | Organization's request: the subscriber has died
22.1(14) | 企業等の依頼：その他 | Organization's request: other
25(4) | 企業等の依頼：記載事項が事実と異なる | Organization's request: content is untrue
35.3 | 支払期限を過ぎた料金の未払い | Fees unpaid after the due date
46 | 反社会的勢力との関係 | Ties with anti-social forces
""")


def ground_words(ground: str, language: str) -> str:
    """Return what a ground is called in `ja` or, for anything else, in English.

    Raises: KeyError for a ground without words, which a test finds first.
    """
    return in_language(GROUNDS[ground], language)
