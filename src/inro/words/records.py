"""What the record's own states are called, by the name of their enum (9, 17, 21, 39.4)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.words.rows import in_language, words_of

RECORDS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "OrderState": words_of("""
            waiting | 発行待ち | Waiting
            claimed | カード作成中 | Card being made
            card_ready | カード作成済 | Card ready
            handed_over | 署名待ち | Handed to the signer
            certified | 証明書発行済 | Certified
            done | 完了 | Done
            refused | 署名拒否 | Refused by the signer
            ended | 終了 | Ended
        """),
        "IssuanceStep": words_of("""
            reserve_card | カードの引当て | Card reserved
            move_key | 鍵の書込みと消去 | Key on the card, erased elsewhere
            prove_key | 鍵の確認 | Key proved
            intend_mailer | 暗証番号通知書の印刷開始 | Mailer about to be printed
            print_mailer | 暗証番号通知書の印刷と消去 | Mailer printed, PIN erased
            hand_over | 署名依頼 | Handed to the signer
            record_certificate | 証明書の記録 | Certificate recorded
            finish_card | 証明書の書込み | Certificate on the card
        """),
        "RevocationState": words_of("""
            requested | 受付 | Requested
            examined | 審査済 | Examined
            decided | 決定済 | Decided
            refused | 不受理 | Refused
            revoked | 失効済 | Revoked
            published | 公開済 | Published
        """),
        "DocumentState": words_of("""
            stored | 保管中 | Stored
            erased | 廃棄済 | Erased
        """),
        "Medium": words_of("""
            virtual | 仮想カード（実演用） | Virtual card (demonstration)
            hardware | ICカード | IC card
        """),
        "Scope": words_of("""
            subscriber | 利用者証明書 | Subscriber certificates
            ca | 認証局証明書 | CA certificates
        """),
        "Place": words_of("""
            web | Webリポジトリ | Web repository
            directory | ディレクトリ（LDAP） | Directory (LDAP)
        """),
        "ErasedThing": words_of("""
            subscriber_key | 利用者秘密鍵 | Subscriber's private key
            pin | PIN | PIN
        """),
    }
)


def record_words(value: StrEnum, language: str) -> str:
    """Return what a state of the record is called in `ja` or, for anything else, in English.

    Raises: KeyError for a value without words, which a test finds first.
    """
    return in_language(RECORDS[type(value).__name__][value.value], language)
