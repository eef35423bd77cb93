"""What deadlines, what follows and how they bind are called (6, 9.2, 12.4, 18, 21, 24, 26, 35, 40)."""

from enum import StrEnum

from inro.practice.deadlines import DeadlineKind
from inro.practice.ledger import OwedState
from inro.practice.obligations import Consequence, Weight

DEADLINE_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        DeadlineKind,
        """
        deficiency | 不備の補正 | Corrected papers
        proxy_deficiency | 受取代理人の申請の補正 | Proxy request's corrected papers
        objection | 疑義の申出 | Doubts about the content
        slip | 受領書 | Receipt slip
        reminder | 受領書の督促 | Reminder of the slip
        slip_after_reminder | 督促後の受領書 | Slip after the reminder
        late_slip_power | 受領書なしによる失効（任意） | Revocation for a late slip (power)
        revocation_without_slip | 受領書なしによる失効（義務） | Revocation without a slip (duty)
        change_notice | 約款変更の通知 | Notice of a change
        expiry_notice | 有効期間満了の案内 | Expiry notice
        expiry | 有効期間の満了 | End of validity
        discontinuation_notice | サービス終了の通知 | Notice of discontinuation
        maintenance_notice | 計画保守の通知 | Notice of maintenance
        list_renewal | 失効リストの更新 | Renewal of a revocation list
        stay_reminder | 在留期間の案内 | Reminder of the period of stay
        stay_end | 在留期間の満了 | End of the period of stay
        issuing | 発行の期限 | Last day for issuing
        draft | 入力内容の保存期限 | Draft kept until
        unsettled_notice | 不達・結果不明の通知の対応 | Notice failed or in doubt
        parcel_return | 郵便物の留置期限 | Parcel kept by the post office
        original | 原本の到着 | Original of a fax
        payment | 支払期限 | Payment
        unpaid_power | 未払いによる失効（任意） | Revocation for lack of payment (power)
        retention | 記録の保存期間 | Retention of records
        certificate_renewal | 設備の証明書の更新 | Platform certificate to renew
        token_service | 暗号装置の使用期限 | Token to service
        accreditation | 認定の更新申請 | Renewal of the accreditation
        backup | 記録の複製 | Copy of the records
        night_run | 夜間処理 | Night run
        """,
    ),
    (
        Consequence,
        """
        reject_or_extend | 不受理を決めるか、期限を延ばす | Reject, or extend the time
        lapse_proxy_request | 申請を期限切れにする（自動） | The request lapses (automatic)
        close_window | 疑義の申出の期間を終える | The time for doubts ends
        remind_of_slip | 督促を送る | Send the reminder
        await_revocation | 受領がないものとして失効へ進む | Deemed not received: on to revocation
        revoke | 失効させる | Revoke
        may_revoke | 失効させることができる | May revoke
        issue_or_end | それまでに発行するか、契約を終了する | Issue by then, or end the contract
        ask_the_post | 郵便局に所在を確かめる | Ask the post office
        send_expiry_notice | それまでに満了の案内を送る | Send the expiry notice by then
        record_expiry | 期間満了を記録する（自動） | Recorded as expired (automatic)
        remind_of_stay | 失効申請を案内する | Remind of the revocation application
        follow_up_stay | 失効申請の有無を確かめる | Follow up the revocation application
        chase_original | 原本を督促する | Ask for the original
        ask_for_payment | 支払いを求める | Ask for payment
        dispose | 記録を廃棄できる | The records may be disposed of
        publish_lists | それまでに失効リストを公開する | Publish the lists by then
        tell_of_change | それまでに通知を届ける | Notices have arrived by then
        renew_certificate | それまでに証明書を更新する | Renew the certificate by then
        service_token | それまでに装置を交換する | Replace the device by then
        file_renewal | それまでに認定の更新を申請する | File the renewal by then
        make_backup | それまでに複製を作る | Make a copy by then
        delete_draft | 入力内容を消去する（自動） | What was typed is deleted (automatic)
        settle_notice | それまでに通知の結果を確かめ、対応を記録する | Find out and record it by then
        run_the_night | 夜間処理を動かす | Run the night
        """,
    ),
    (
        Weight,
        """
        duty | 義務 | Must
        power | 任意 | May
        reminder | 確認 | Look
        """,
    ),
    (
        OwedState,
        """
        open | 期限前 | Open
        reached | 期限到来 | Reached
        done | 完了 | Done
        """,
    ),
)
