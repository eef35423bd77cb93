"""What notices, letters, checks and proxy requests are called, and where they stand (9.2, 23, 24, 43, 46)."""

from enum import StrEnum

from inro.practice.antisocial import CheckResult, CheckSource
from inro.practice.deficiency import CorrectionStage
from inro.practice.letters import LetterState
from inro.practice.notices import NoticeKind
from inro.practice.proxy import ProxyPoint, ProxyState, ProxyVerdict
from inro.practice.sending import NoticeAct, NoticeState

LETTER_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        NoticeKind,
        """
        deficiency | 不備のお知らせ | Deficiency notice
        rejection | 不受理のお知らせ | Rejection
        terms_change | 約款変更のお知らせ | Change of the terms
        service_change | サービス変更のお知らせ | Change of the service
        discontinuation | サービス終了のお知らせ | Discontinuation
        expiry | 有効期間満了のお知らせ | Expiry notice
        renewal_kit | 更新のご案内 | Renewal kit
        receipt_reminder | 受領書の督促 | Reminder of the slip
        revocation | 失効のお知らせ | Revocation notice
        revocation_refusal | 失効不受理のお知らせ | Refusal of a revocation
        original_reminder | 原本の督促 | Reminder of the original
        proxy_deficiency | 受取代理人申請の不備 | Deficiency of a proxy request
        stay_reminder | 在留期間のお知らせ | Reminder of the period of stay
        maintenance | 保守のお知らせ | Planned maintenance
        stop | 停止のお知らせ | Stop of the service
        invoice | 請求書 | Invoice
        disclosure | 開示 | Disclosure
        compensation | 損害賠償のご案内 | Compensation
        """,
    ),
    (
        LetterState,
        """
        drafted | 下書き | Draft
        released | 印刷待ち | To be printed
        printed | 発送待ち | To be sent
        held | 保留（疑義の判断待ち） | Held for doubts
        on_way | 送信中 | On its way
        sent | 発送済 | Sent
        failed | 不達 | Failed
        dropped | 取消し | Dropped
        """,
    ),
    (
        NoticeState,
        """
        released | 送信待ち | Released
        sending | 送信中 | Being sent
        in_doubt | 結果不明 | In doubt
        sent | 送信済 | Sent
        failed | 不達 | Failed
        """,
    ),
    (
        NoticeAct,
        """
        try | 送信 | Tried
        accept | 送信を確認 | Confirmed
        postpone | 延期 | Put off
        refuse | 不達 | Refused
        doubt | 結果不明 | In doubt
        """,
    ),
    (
        CorrectionStage,
        """
        not_notified | 通知前 | Not yet notified
        running | 期限内 | Time runs
        lapsed | 期限経過 | Lapsed
        """,
    ),
    (
        CheckSource,
        """
        news_database | 新聞記事データベース | Newspaper database
        industry_list | 業界の照会先 | Trade association's list
        own_list | 社内の名簿 | Own list
        police_centre | 暴力追放運動推進センターへの照会 | Inquiry to the police's centre
        web_search | ウェブ検索 | Web search
        """,
    ),
    (
        CheckResult,
        """
        no_match | 該当なし | No match
        other_person | 同名の別人 | Another person of the same name
        match | 該当あり | Match
        """,
    ),
    (
        ProxyState,
        """
        received | 審査待ち | To be examined
        deficient | 不備対応中 | Deficient
        approved | 承認 | Approved
        refused | 不承認 | Refused
        lapsed | 期限切れ | Lapsed
        """,
    ),
    (
        ProxyPoint,
        """
        unavoidable_reason | 入院等のやむを得ない事情がある | An unavoidable reason, such as a hospital stay
        subscriber_seal | 利用者の実印が押されている | The subscriber's registered seal is affixed
        proxy_seal | 受取代理人の実印が押されている | The proxy's registered seal is affixed
        seal_certificate | 代理人の印鑑登録証明書が同封されている | The proxy's seal certificate is enclosed
        subscriber_address | 利用者の住所が利用申込書と一致する | The subscriber's address is the form's
        proxy_address | 代理人の住所が印鑑登録証明書と一致する | The proxy's is the seal certificate's
        """,
    ),
    (
        ProxyVerdict,
        """
        fit | 適 | In order
        deficient | 不備 | Deficient
        """,
    ),
)
