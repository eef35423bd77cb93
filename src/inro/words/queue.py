"""What the queue's stages, next steps, purposes and reasons are called, and how a deadline's sum is told."""

from collections.abc import Mapping
from typing import Any

from inro.practice.case_work import BulkAct, TakeOverReason
from inro.practice.day_sum import Operation
from inro.practice.export import Charset
from inro.practice.queue import NextAct, QueueStage
from inro.practice.reading import ReadThing

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
        issue | 証明書を発行する | Issue the certificate
        terminate | 契約を終了する | End the contract
        post_card | カードを発送する | Post the card
        await_slip | 受領書を待つ | Await the receipt slip
        send_reminder | 督促する | Send the reminder
        await_slip_after_reminder | 督促後の受領書を待つ | Await the slip after the reminder
        revoke_without_slip | 失効させる（受領書なし） | Revoke for want of the slip
        decide_doubts | 申出の内容を判断する | Decide on the doubts told
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
        case | 申込の頁 | Case page
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

_STEPS = {
    Operation.START: ("{day}から", "from {day}"),
    Operation.ADD_DAYS: ("{amount:+d}日で{day}", "{amount:+d} days: {day}"),
    Operation.ADD_MONTHS: ("{amount:+d}か月で{day}", "{amount:+d} months: {day}"),
    Operation.CLEAR_DAYS_BEFORE: ("中{amount}日前の{day}", "{amount} clear days before: {day}"),
    Operation.CLEAR_MONTHS_BEFORE: ("中{amount}か月前の{day}", "{amount} clear months before: {day}"),
    Operation.MONTH_END: ("月末{day}", "month end: {day}"),
    Operation.MOVED_OFF_CLOSED_DAY: ("休業日のため{day}", "closed, so {day}"),
    Operation.DAY_AFTER: ("翌日{day}", "the day after: {day}"),
    Operation.LATER_THAN: ("（{other}）より前にならず{day}", "not before ({other}): {day}"),
}


def sum_words(steps: list[Mapping[str, Any]], language: str) -> str:
    """Return how a day was counted, from the steps of a deadline's record, in `ja` or English."""
    if len(steps) == 1:
        return str(steps[0]["day"]).replace("-", "/")
    return ("、" if language == "ja" else ", ").join(_step(step, language) for step in steps)


def _step(step: Mapping[str, Any], language: str) -> str:
    japanese, english = _STEPS[Operation(step["operation"])]
    return (japanese if language == "ja" else english).format(
        day=step["day"].replace("-", "/"),
        amount=step.get("amount", 0),
        other=sum_words(step.get("other", []), language),
    )
