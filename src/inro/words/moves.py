"""What moves an application, a card, a letter, a notice from state to state (9, 17, 18, 23, 43)."""

from enum import StrEnum

from inro.practice.application import ApplicationAct
from inro.practice.campaign import CampaignAct
from inro.practice.card import CardAct, MailerAct
from inro.practice.certificate import CertificateAct
from inro.practice.discontinuation import DiscontinuationAct
from inro.practice.letters import LetterAct
from inro.practice.mass_revocation import MassAct
from inro.practice.packing import PackingAct
from inro.practice.proxy import ProxyAct

MOVE_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        ApplicationAct,
        """
        print_form | 申込書の印刷 | Print the form
        receive | 受付 | Receive
        examine | 審査の開始 | Examine
        confirm_number | 法人番号の確認 | Confirm the Corporate Number
        record_verdict | 審査項目の判定 | Record a verdict
        check_antisocial | 反社会的勢力の確認 | Look for anti-social forces
        find_deficient | 不備の判定 | Find deficient
        resubmit | 再提出の受付 | Receive what was mended
        conclude_examination | 審査の終了 | Conclude the examination
        accept | 承諾 | Accept
        reject | 不受理 | Reject
        withdraw | 取下げ | Withdraw
        issue | 発行 | Issue
        terminate | 契約の終了 | End the contract
        dispose | 記録の廃棄 | Dispose of the records
        """,
    ),
    (
        CertificateAct,
        """
        revoke | 失効 | Revoke
        expire | 期間満了の記録 | Record the expiry
        dispose | 記録の廃棄 | Dispose of the records
        """,
    ),
    (
        CardAct,
        """
        reserve | カードの引当て | Reserve
        release | 引当ての取消し | Release
        personalise | 発行 | Personalise
        send | 発送 | Send
        record_return | 返戻の記録 | Record the return
        confirm_receipt | 受領の確認 | Confirm the receipt
        record_loss | 紛失の記録 | Record the loss
        spoil | 書損の記録 | Record as spoiled
        destroy | 廃棄 | Destroy
        """,
    ),
    (
        MailerAct,
        """
        record_printed | 印刷の記録 | Record the printing
        send | 発送 | Send
        record_return | 返戻の記録 | Record the return
        spoil | 書損の記録 | Record as spoiled
        destroy | 廃棄 | Destroy
        """,
    ),
    (
        LetterAct,
        """
        write | 作成 | Write
        release | 確定 | Release
        print | 印刷 | Print
        hold | 保留 | Hold
        resume | 保留の解除 | Resume
        hand_over | 送信の開始 | Hand over for sending
        send | 発送 | Send
        confirm | 到達の記録 | Confirm
        fail | 不達の記録 | Record that it failed
        drop | 取消し | Drop
        """,
    ),
    (
        PackingAct,
        """
        number | 引受番号の記録 | Record the tracking number
        list | 差出票への記載 | Put on the posting list
        unlist | 差出票からの除外 | Take off the posting list
        post | 差出し | Post
        open | 開封 | Open
        """,
    ),
    (
        ProxyAct,
        """
        examine | 審査 | Examine
        notify_deficiency | 不備の連絡 | Tell of the deficiency
        resubmit | 再提出の受付 | Receive what was mended
        approve | 承認 | Approve
        refuse | 不承認 | Refuse
        lapse | 期限切れの処理 | Let it lapse
        """,
    ),
    (
        CampaignAct,
        """
        extend | 対象者の追加 | Add who became concerned
        release | 承認 | Release
        carry_out | 印刷・送信 | Carry out
        finish | 完了 | Close
        reopen | 再開 | Reopen
        withdraw | 取消し | Give up
        """,
    ),
    (
        DiscontinuationAct,
        """
        propose | 提案 | Propose
        decide | 決定 | Decide
        confirm_told | 全員への通知の確認 | Confirm that everybody was told
        confirm_revoked | 全件の失効の確認 | Confirm that all is revoked
        propose_lists | 最終リストの提案 | Propose the last lists
        decide_lists | 最終リストの決定 | Decide the last lists
        sign_lists | 最終リストへの署名 | Sign the last lists
        destroy_keys | 鍵の廃棄 | Destroy the keys
        hand_over | 記録の引渡し | Hand the records over
        withdraw | 計画の取消し | Take the plan back
        """,
    ),
    (
        MassAct,
        """
        rehearse | 予行 | Rehearse
        examine | 審査 | Examine
        decide | 決定 | Decide
        revoke | 失効 | Revoke
        publish | 公開 | Publish
        drop | 取下げ | Drop
        stop | 停止 | Stop
        """,
    ),
)
