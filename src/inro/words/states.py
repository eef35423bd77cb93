"""What states, kinds and periods are called in Japanese and English (6.1, 9, 17.4, 21, 43)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.japanese.number_publication import RowFault
from inro.japanese.organization_name import NameSource, NameVerdict
from inro.pki.crl import ListKind
from inro.pki.list_guard import Stop
from inro.practice.application import ApplicationState
from inro.practice.card import CardState, MailerState
from inro.practice.certificate import CertificateState
from inro.practice.corporate_number import ConfirmationMethod, ConfirmationOutcome
from inro.practice.duties import Duty
from inro.practice.enclosures import PaperKind
from inro.practice.grounds import Invoker
from inro.practice.intake import (
    ArrivalWay,
    DiscardReason,
    PaperFault,
    ReadingPurpose,
    RedactionVerdict,
    ScanSource,
    TrayReason,
)
from inro.practice.notices import Channel
from inro.practice.parcels import Address, Mail
from inro.practice.publication import PublicationState
from inro.practice.stated import ApplicantKind, NameChoice
from inro.practice.validity import ValidityPeriod
from inro.practice.wizard import Step
from inro.words.campaigns import CAMPAIGN_TABLES
from inro.words.deadlines import DEADLINE_TABLES
from inro.words.decisions import DECISION_TABLES
from inro.words.discontinuation import DISCONTINUATION_TABLES
from inro.words.examination import EXAMINATION_TABLES
from inro.words.letter_states import LETTER_TABLES
from inro.words.mass_revocation import MASS_TABLES
from inro.words.moves import MOVE_TABLES
from inro.words.past_applications import PAST_TABLES
from inro.words.post import POST_TABLES
from inro.words.queue import QUEUE_TABLES
from inro.words.revocation import REVOCATION_TABLES
from inro.words.staff import STAFF_TABLES

_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        ApplicationState,
        """
        drafted | 作成中 | Drafted
        printed | 印刷済 | Printed
        received | 受付 | Received
        examining | 審査中 | Examining
        deficient | 不備対応中 | Deficient
        examined | 審査終了 | Examined
        accepted | 承諾 | Accepted
        issued | 発行済 | Issued
        rejected | 不受理 | Rejected
        withdrawn | 取下げ | Withdrawn
        terminated | 終了 | Terminated
        disposed | 廃棄済 | Disposed of
        """,
    ),
    (
        ApplicantKind,
        """
        company_employee | 企業等に属する個人 | Employee of an organization
        sole_proprietor | 個人事業主（商業登記なし） | Sole proprietor
        """,
    ),
    (
        NameChoice,
        """
        legal_name | 本名 | Legal name
        former_surname | 旧姓 | Former surname
        alias | 通称名 | Alias
        """,
    ),
    (
        Step,
        """
        kind | 申込みの種類 | Kind of application
        explanation | 重要事項の説明 | Statutory explanation
        terms | 約款への同意 | Consent to the terms
        subscriber | 利用者（名義人） | Subscriber
        organization | 会社・団体 | Organization
        authority | 代理権 | Authority
        delivery | 受取方法 | Delivery
        contact | 請求先・連絡先 | Billing and contact
        check | 内容の確認 | Check your answers
        print | 印刷・郵送の準備 | Print and post
        """,
    ),
    (
        PaperKind,
        """
        application_form | 利用申込書 | Application form
        former_surname_form | 旧姓利用申込書 | Form for a former surname
        authority_form | 代理権登録申請書 | Form for an authority
        proxy_form | 受取代理人申請書 | Form for a proxy recipient
        resident_record | 住民票の写し等 | Resident record
        family_register | 戸籍謄本・抄本（旧姓の記載があるもの） | Family register showing the former surname
        seal_certificate | 利用者の印鑑登録証明書 | Subscriber's seal registration certificate
        representative_seal_certificate | 代表者印の印鑑証明書 | Certificate of the representative's seal
        commercial_registry | 登記事項証明書 | Commercial registry certificate
        proxy_seal_certificate | 受取代理人の印鑑登録証明書 | Proxy recipient's seal registration certificate
        revocation_application | 失効申請書 | Revocation application
        revocation_request | 失効依頼書 | Revocation request
        disclosure_request | 開示申請書 | Disclosure request
        receipt_slip | 受領書 | Receipt slip
        reply_sheet | 再提出票 | Reply sheet
        checklist | 書類の確認表 | Checklist of papers
        envelope_label | 封筒の宛名 | Envelope label
        other | その他の書類 | Another paper
        """,
    ),
    (
        CertificateState,
        """
        valid | 有効 | Valid
        revoked | 失効 | Revoked
        expired | 満了 | Expired
        disposed | 廃棄済 | Disposed of
        """,
    ),
    (
        CardState,
        """
        blank | 未使用 | Blank
        reserved | 引当済 | Reserved
        personalised | 書込済 | Personalised
        sent | 発送済 | Sent
        returned | 返戻 | Returned
        received | 受領確認済 | Received
        lost | 紛失 | Lost
        spoiled | 書損 | Spoiled
        destroyed | 廃棄済 | Destroyed
        """,
    ),
    (
        MailerState,
        """
        intended | 作成開始 | Intended
        printed | 印刷済 | Printed
        sent | 発送済 | Sent
        spoiled | 書損 | Spoiled
        destroyed | 廃棄済 | Destroyed
        """,
    ),
    (
        ValidityPeriod,
        """
        1y | 1年 | 1 year
        2y | 2年 | 2 years
        3y | 3年 | 3 years
        4y10m | 4年10か月 | 4 years 10 months
        """,
    ),
    (
        Channel,
        """
        post | 郵便 | Post
        fax | ＦＡＸ | Fax
        email | 電子メール | E-mail
        web | ウェブページ | Web page
        telephone | 電話 | Telephone
        """,
    ),
    (
        Mail,
        """
        restricted_delivery | 本人限定受取郵便（基本型） | Restricted-delivery mail
        simplified_registered | 簡易書留 | Simplified registered mail
        """,
    ),
    (
        Address,
        """
        subscriber_resident_record | 利用者の住所（住民票） | Subscriber, by resident record
        proxy_seal_certificate | 受取代理人の住所（印鑑登録証明書） | Proxy, by seal certificate
        """,
    ),
    (
        Duty,
        """
        intake | 受付 | Intake
        examination | 審査 | Examination
        acceptance | 承諾 | Acceptance
        registration | 登録 | Registration
        issuance_approval | 発行の承認 | Approval of issuance
        issuance_operation | カード発行 | Card issuance
        key_custody | 鍵の管理 | Key custody
        pin_mailing | 暗証番号通知書の発送 | PIN mailing
        dispatch | カードの発送 | Dispatch
        receipt | 受領の確認 | Receipt
        revocation_intake | 失効の受付 | Revocation intake
        revocation_examination | 失効の審査 | Revocation examination
        revocation_decision | 失効の決定 | Revocation decision
        notice | 通知 | Notices
        publication | 公開 | Publication
        billing | 請求 | Billing
        disclosure | 開示 | Disclosure
        records | 記録の保存 | Records
        audit | 監査 | Audit
        system_administration | システム管理 | System administration
        contractor | 委託先 | Contractor
        """,
    ),
    (
        ArrivalWay,
        """
        post | 郵送 | Post
        hand | 持参 | By hand
        fax | ＦＡＸ | Fax
        """,
    ),
    (
        ScanSource,
        """
        upload | 画面から | Uploaded
        scanner | スキャナ | Scanner
        """,
    ),
    (
        DiscardReason,
        """
        blank | 白紙 | Blank page
        scanned_twice | 二重に読み取った | Scanned twice
        unreadable | 読めない（再スキャンする） | Unreadable, to be scanned again
        separator | 仕切り紙 | Separator sheet
        not_ours | 関係のない書類 | Not one of ours
        """,
    ),
    (
        TrayReason,
        """
        no_code | 二次元コードがない | No code
        damaged_code | 二次元コードが読めない | Code cannot be read
        two_codes | 二次元コードが二つある | Two codes
        contradiction | 総頁数が食い違う | Codes disagree on the number of pages
        unknown_number | 記録にない申込番号 | Number not on record
        unknown_kind | 知らない書類の種類 | Kind of paper not known
        filed_before | 同じ頁が保管済み | Same page kept already
        put_back | 担当者が戻した | Put back by a person
        """,
    ),
    (
        RedactionVerdict,
        """
        blacked_out | 墨塗りした | Blacked out
        none_there | 個人番号はない | None there
        """,
    ),
    (
        ReadingPurpose,
        """
        intake | 受付の確認 | Intake
        examination | 審査（本人確認） | Examination
        issuance | 証明書の発行 | Issuance
        delivery | 発送・受領の確認 | Delivery and receipt
        revocation | 失効の審査・通知 | Revocation
        billing | 料金の請求 | Billing
        renewal | 有効期間満了・更新の案内 | Expiry and renewal
        disclosure | 開示 | Disclosure
        retention | 記録の保存・廃棄 | Keeping and disposal
        inspection | 監査 | Inspection
        """,
    ),
    (
        PaperFault,
        """
        missing | 同封がない | Missing
        too_old | 発行日が古い | Too old on arrival
        no_original | 原本でない | No original
        """,
    ),
    (
        Invoker,
        """
        subscriber | 利用者 | Subscriber
        organization | 企業等 | Organization
        ca | 認証局 | CA
        """,
    ),
    (
        ConfirmationMethod,
        """
        register_file | 法人番号公表データ（全件） | Published file
        web_api | 法人番号システム Web-API | Web-API
        """,
    ),
    (
        ConfirmationOutcome,
        """
        confirmed | 確認済 | Confirmed
        not_found | 公表されていない | Not published
        closed | 登記記録の閉鎖等 | Closed
        """,
    ),
    (
        NameVerdict,
        """
        same | 一致 | Same
        same_reduced | 字体・全半角のみ相違 | Same but for characters
        other_form | 法人格の表記が相違 | Company form differs
        different | 相違 | Different
        """,
    ),
    (
        NameSource,
        """
        certificate | 発行済の証明書 | Certificate issued before
        registry | 登記事項証明書 | Commercial registry certificate
        number_publication | 法人番号公表 | Number publication
        application | 利用申込書 | Application form
        """,
    ),
    (
        RowFault,
        """
        columns | 項目が30ではありません | not 30 columns
        encoding | 文字コードが違います | not in the file's encoding
        quotes | 引用符または改行の位置が正しくありません | quotes or line breaks out of place
        too_long | 長すぎます | too long
        character | 使えない文字があります | holds a character that no text has
        not_digits | 決められた桁数の数字ではありません | not as many digits as prescribed
        check_digit | 検査用数字が合いません | the check digit is wrong
        code | 定められたコードではありません | no code of the publication
        date | 日付ではありません | no date
        empty | 空です | empty
        number_twice | 法人番号が重複しています | the number comes twice
        """,
    ),
    (
        ListKind,
        """
        crl | 失効リスト（CRL） | CRL
        arl | 認証局証明書の失効リスト（ARL） | ARL
        full_crl | 全件の失効リスト（fullCRL） | Full CRL
        """,
    ),
    (
        PublicationState,
        """
        signed | 署名済み・未公開 | signed, not published
        on_web | Webのみ公開 | on the web only
        in_directory | LDAPのみ公開 | in LDAP only
        on_both | Web・LDAP公開 | on web and LDAP
        """,
    ),
    (
        Stop,
        """
        broken | 壊れています | broken
        foreign | この認証局のその番号のリストではありません | not this authority's list of that number
        expired | 次回更新日時を過ぎています | past its next update
        future | 発行日時が先になっています | dated ahead
        older | 公開中のリストより前のものです | older than what is published
        shrunk | 期限内の証明書の記載が減っています | entries are gone whose certificates have not ended
        """,
    ),
    *PAST_TABLES,
    *POST_TABLES,
    *REVOCATION_TABLES,
    *QUEUE_TABLES,
    *CAMPAIGN_TABLES,
    *DISCONTINUATION_TABLES,
)


def _read(table: str) -> dict[str, tuple[str, str]]:
    rows = (tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines())
    return {value: (japanese, english) for value, japanese, english in rows}


WORDS: Mapping[type[StrEnum], Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        kind: MappingProxyType(_read(table))
        for kind, table in (
            *_TABLES,
            *DEADLINE_TABLES,
            *DECISION_TABLES,
            *EXAMINATION_TABLES,
            *LETTER_TABLES,
            *MASS_TABLES,
            *MOVE_TABLES,
            *STAFF_TABLES,
        )
    }
)


def word(value: StrEnum, language: str) -> str:
    """Return what a value is called in `ja` or, for anything else, in English.

    Raises: KeyError for a value without words, which a test finds first.
    """
    japanese, english = WORDS[type(value)][value.value]
    return japanese if language == "ja" else english
