"""What the dispatch and receipt desks call things, and what to correct there (17.4, 18, 22, 24.1, 35.3)."""

from inro.practice.call_back import CallBackOutcome
from inro.practice.packing import PackingRefused, PackingState, ReturnReason
from inro.practice.parcels import Content, WrongContents, WrongTrackingNumber
from inro.practice.post_file import LineFault
from inro.practice.powers import Power, PowerRefused
from inro.practice.receipt import EscalationStep, ReceiptStage
from inro.words.rows import in_language, stanzas_of, words_of

POST_TABLES = (
    (
        Content,
        """
        card | ICカード | IC card
        pin_mailer | 暗証番号通知書 | PIN mailer
        receipt_slip | 受領書 | Receipt slip
        hand_over_unopened | 未開封手渡しのお願い | Sheet: hand over unopened
        """,
    ),
    (
        PackingState,
        """
        packed | 封入済 | Packed
        listed | 差出票に記載 | On a list
        posted | 差出済 | Posted
        opened | 開封済 | Opened
        """,
    ),
    (
        ReturnReason,
        """
        not_collected | 保管期間が過ぎた（受取りなし） | Not collected in time
        address_unknown | あて所に尋ねあたらない | Address unknown
        called_back | 取戻しの請求により返還 | Called back by us
        moved | 転居先不明 | Moved, new address unknown
        name_differs | 宛名と本人確認書類の氏名が違う | Name differs from the ID
        refused | 受取拒絶 | Refused by the addressee
        other | その他 | Another reason
        """,
    ),
    (
        CallBackOutcome,
        """
        stopped | 配達を止めた（返還を待つ） | Stopped: it comes back
        delivered | 既に配達されていた | Delivered already
        not_stopped | 止められなかった | Could not be stopped
        """,
    ),
    (
        ReceiptStage,
        """
        received | 受領確認済 | Confirmed
        suspended | 疑義の申出により停止中 | Held by doubts
        waiting | 受領書待ち | Slip awaited
        reminder_due | 督促が必要 | Reminder due
        waiting_after_reminder | 督促済 | Reminded
        revocation_due | 失効が必要 | Revocation due
        """,
    ),
    (
        EscalationStep,
        """
        due_today | 本日中：失効の担当者 | Today: the revocation desk
        deciding_officer | 失効の決定者 | Deciding officer
        auditor | 決定者と監査人 | Deciding officer and auditor
        """,
    ),
    (
        Power,
        """
        22.1(1) | 発送から30日を過ぎても受領書が届かない | No slip more than 30 days after dispatch
        35.3 | 支払期限を過ぎても入金がない | Not paid by its day
        """,
    ),
)

_PROBLEMS = stanzas_of("""
parcels.none
    封入済みの郵便物を選んでください
    Choose packed parcels
parcels.no_number
    引受番号のない郵便物は差出票に載せられません。番号を取り込んでください
    One has no number of the post: import it first
day.missing
    差出日を入力してください（例：2026/12/2）
    Type the day of posting, such as 2026/12/2
day.not_a_date
    差出日を読み取れません（例：2026/12/2）
    The day of posting cannot be read; type it such as 2026/12/2
day.over
    差出日は今日以後の日を入力してください
    The day of posting is over: type today or later
first.not_a_place
    ラベルの開始位置は、1から用紙の面数までの数で入力してください
    The first label is a number from 1 to the sheet's last
file.missing
    取り込むファイルを選んでください
    Choose the file to import
file.too_large
    ファイルが大きすぎます（1 MBまで）
    The file is too large (1 MB at most)
file.not_text
    文字として読み取れません。CSV（UTF-8またはShift_JIS）を選んでください
    No text in UTF-8 or Shift_JIS: choose the CSV file
file.no_lines
    行がありません。1列目に管理番号、2列目に引受番号が必要です
    No lines: our number stands first, the post's second
file.too_many
    行が多すぎます（5,000行まで）
    Too many lines (5,000 at most)
reason.missing
    理由を選ぶか、入力してください
    Give the reason
reason.too_long
    理由は400文字までです
    The reason has at most 400 characters
scans.missing
    封入する物のコードを読み取ってください
    Scan what goes into the parcel
slip.missing
    受領書のコードを読み取るか、申込番号を入力してください
    Scan the slip's code, or type the application's number
slip.unknown
    この番号の申込みがありません。番号を確かめてください
    No application has this number: check it
number.missing
    申請書のコードを読み取るか、申込番号を入力してください
    Scan the form's code, or type the application's number
number.unknown
    この番号の申込みがありません。番号を確かめてください
    No application has this number: check it
where.packed
    カードは封入済みの郵便物の中にあります。先に郵便物を差し止めてください
    The card lies in a packed parcel: keep the parcel back first
card.another
    廃棄を待つこの申込みのカードではありません。カードのコードを確かめてください
    No card of this application that waits to be destroyed: check its code
mailer.another
    廃棄を待つこの申込みの暗証番号通知書ではありません。番号を確かめてください
    No PIN mailer of this application that waits to be destroyed: check its number
seal.missing
    印影を比べた結果を選んでください
    Say whether the seals agree
""")
_LINE_PROBLEMS = stanzas_of("""
number.unknown
    この管理番号の郵便物はありません
    no parcel of ours has this number
number.twice
    同じ管理番号が2行あります
    the number stands on two lines
number.has_one
    引受番号がすでにあるか、封入済みの状態ではありません
    it has a number, or is packed no more
tracking.missing
    引受番号の列がありません
    the column of the post's number is missing
tracking.format
    引受番号が11桁の数字ではありません
    not eleven digits
tracking.check-digit
    検査数字が合いません（7で割った余り）
    the check digit is wrong (remainder by 7)
tracking.kind
    郵便の種類と先頭の数字が合いません
    the first digit is another service's
tracking.twice
    同じ引受番号が2行あります
    the post's number stands on two lines
tracking.given_already
    別の郵便物の引受番号です
    another parcel has it
name.lacking
    氏名に郵便ソフトで扱えない文字があります。宛名ラベルを印刷してください
    the name has characters that the post's software lacks: print our label
address.lacking
    住所に郵便ソフトで扱えない文字があります。宛名ラベルを印刷してください
    the address has characters that the post's software lacks: print our label
name.too_long
    氏名が50バイトを超えます。宛名ラベルを印刷してください
    the name is longer than 50 octets: print our label
address.too_long
    住所が150バイトを超えます。宛名ラベルを印刷してください
    the address is longer than 150 octets: print our label
""")
_TRACKING = {
    "format": "tracking.format",
    "check-digit": "tracking.check-digit",
    "kind": "tracking.kind",
}
_CONTENTS = words_of(dict(POST_TABLES)[Content])


def post_problem_words(refusal: PackingRefused | PowerRefused, language: str) -> str:
    """Return what to correct at the desk, in `ja` or, for anything else, in English.

    Raises: KeyError for a problem without words, which a test finds first.
    """
    return in_language(_PROBLEMS[f"{refusal.field}.{refusal.problem}"], language)


def line_fault_words(fault: LineFault, language: str) -> str:
    """Return where in a file something is wrong, what, and what stands there."""
    words = in_language(_LINE_PROBLEMS[f"{fault.field}.{fault.problem}"], language)
    told = f"（{fault.value}）" if language == "ja" else f" ({fault.value})"
    value = told if fault.value else ""
    return f"{fault.line}行目：{words}{value}" if language == "ja" else f"Line {fault.line}: {words}{value}"


def tracking_words(refusal: WrongTrackingNumber, language: str) -> str:
    """Return what is wrong with a number that was scanned or typed."""
    words = in_language(_LINE_PROBLEMS[_TRACKING[refusal.problem]], language)
    return f"引受番号 {refusal.number}：{words}" if language == "ja" else f"{refusal.number}: {words}"


def contents_words(refusal: WrongContents, language: str) -> str:
    """Return what a parcel lacks or holds too much, and whether two applications were mixed."""
    japanese = language == "ja"
    told = []
    if refusal.missing:
        told.append(("入っていません：" if japanese else "missing: ") + _named(refusal.missing, language))
    if refusal.surplus:
        told.append(
            ("入れてはいけません：" if japanese else "not in here: ") + _named(refusal.surplus, language)
        )
    if len(refusal.applications) > 1:
        mixed = ", ".join(sorted(refusal.applications))
        told.append(f"申込みが混ざっています：{mixed}" if japanese else f"applications mixed: {mixed}")
    return ("。" if japanese else "; ").join(told)


def _named(contents: frozenset[Content] | tuple[Content, ...], language: str) -> str:
    return ("、" if language == "ja" else ", ").join(
        in_language(_CONTENTS[content.value], language) for content in sorted(contents)
    )
