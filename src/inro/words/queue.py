"""What the queue's stages, next steps, bulk acts and reasons are called (9, 18, 21, 40(7))."""

from inro.practice.case_work import BulkAct, TakeOverReason
from inro.practice.export import Charset
from inro.practice.queue import NextAct, QueueStage
from inro.practice.reading import ReadThing
from inro.words.rows import stanzas_of

QUEUE_TABLES = (
    (
        QueueStage,
        """
        awaited | 申込書待ち | Form awaited
        received | 受付 | Received
        examining | 審査中 | In examination
        deficient | 不備 | Deficient
        examined | 決定待ち | Decision awaited
        accepted | 発行待ち | Issuance awaited
        to_post | 発送待ち | To be posted
        receipt | 受領待ち | Receipt awaited
        revocation | 失効手続中 | Revocation
        valid | 有効 | Valid
        revoked | 失効 | Revoked
        expired | 期間満了 | Expired
        closed | 不受理・取下げ等 | Closed
        disposed | 廃棄済 | Disposed of
        """,
    ),
    (
        NextAct,
        """
        await_form | 利用申込書の到着を待つ | Await the form
        begin_examination | 審査を始める | Begin the examination
        conclude_examination | 審査を終える | Conclude the examination
        send_deficiency_notice | 不備を通知する | Notify the deficiencies
        await_correction | 再提出を待つ | Await corrected papers
        reject | 不受理を決める | Decide on rejection
        decide | 諾否を決める | Decide
        approve_issuance | 発行を承認する | Approve issuing
        issue | 証明書を発行する | Issue the certificate
        terminate | 契約を終了する | End the contract
        post_card | カードを発送する | Post the card
        await_slip | 受領書を待つ | Await the receipt slip
        send_reminder | 督促する | Send the reminder
        await_slip_after_reminder | 督促後の受領書を待つ | Await the slip after the reminder
        revoke_without_slip | 失効させる（受領書なし） | Revoke for want of the slip
        decide_proxy_request | 受取代理人の申請を判断する | Decide on the proxy recipient
        await_proxy_correction | 受取代理人の申請の補正を待つ | Await the proxy request's corrected papers
        decide_doubts | 疑義の申出を判断する | Decide on the doubts told
        examine_revocation | 失効を審査する | Examine the revocation
        decide_revocation | 失効を決める | Decide on the revocation
        publish_revocation | 失効リストに載せる | List the revocation
        await_original | 失効申請書の原本を待つ | Await the original of the fax
        await_payment | 入金を待つ | Await payment
        ask_for_payment | 支払いを求める | Ask for payment
        send_expiry_notice | 満了を案内する | Send the expiry notice
        await_expiry | 有効期間の満了を待つ | Await the end of validity
        dispose | 記録を廃棄する | Dispose of the records
        nothing | なし | Nothing
        """,
    ),
    (
        TakeOverReason,
        """
        absent | 開いている人が不在 | The holder is absent
        urgent | 急ぎの手続 | The matter is urgent
        agreed | 本人と合意した | Agreed with the holder
        left_open | 開いたまま忘れられている | Left open by mistake
        """,
    ),
    (
        BulkAct,
        """
        take | 自分の担当にする | Take on
        return | 担当から外す | Give back
        list_letters | 宛先の一覧を作る | List of addressees
        export | 書出しを申請する | Ask for an export
        """,
    ),
    (
        ReadThing,
        """
        case | 案件の画面 | Case page
        documents | 書類 | Documents
        letter_list | 宛先の一覧 | List of addressees
        export | 書出し | Export
        """,
    ),
    (
        Charset,
        """
        utf_8 | UTF-8（BOM付き） | UTF-8 with byte order mark
        cp932 | シフトJIS（CP932） | CP932
        """,
    ),
)

QUEUE_REFUSALS = stanzas_of("""
practice.case_work.CaseOpenElsewhere
    {holder} が {until} まで開いています。閲覧はできます
    {holder} has the case open until {until}; reading it is free
practice.case_work.FilterRefused
    検索条件を保存できません（{problem}）。短い名前を付けるか、使わない条件を消してください
    The filter is not kept ({problem}): give it a short name, or drop one
practice.case_work.NothingChosen
    案件を選んでください（一度に{most}件まで）
    Choose some cases, {most} at most
practice.export.ExportNotReady
    書き出せません（{problem}）。許可を待つか、申請し直してください
    There is no file ({problem}): wait for the release, or ask again
practice.export.ReleasedByTheSame
    申請した {person} は許可できません。別の人が許可してください
    {person} asked for it and does not release it: another person does
practice.reading.PurposeNotYours
    「{purpose}」はあなたの職務の利用目的ではありません。目的を選び直してください
    {purpose} is no purpose of your duties: choose another
""")
