"""What to correct at the intake desk: fields of its forms, and files that are not taken in (8.4, 8.5)."""

from inro.paper.scan.errors import FileFault
from inro.practice.intake import EnclosureRefused
from inro.words.rows import in_language, stanzas_of

_PROBLEMS = stanzas_of("""
number.missing
    申込番号を入力してください
    Type the application's number
number.mistyped
    申込番号の最後の検査文字が合いません。書類の番号を見直してください
    The number's check character is wrong: compare with the paper
number.unknown
    この申込番号は記録にありません。書類の番号を見直してください
    No such application on record: compare with the paper
kind.missing
    書類の種類を選んでください
    Choose the kind of paper
reason.missing
    破棄する理由を選んでください
    Choose why it is discarded
pages.missing
    頁を選んでください
    Choose pages
pages.none
    枚数を1以上で入力してください
    Type how many sheets, at least 1
pages.not_a_number
    枚数を数字で入力してください
    Type the number of sheets in digits
issuer.missing
    発行者（市区町村長、法務局など）を入力してください
    Type who issued it
issued_on.missing
    発行日を入力してください（例：令和8年11月2日、2026/11/2）
    Type the day of issue, such as 2026/11/2
issued_on.not_a_date
    発行日を読み取れません（例：令和8年11月2日、2026/11/2）
    The day of issue cannot be read; type it such as 2026/11/2
issued_on.later
    発行日が到着日より後です。書類の発行日を見直してください
    Issued after its arrival: compare with the paper
arrived_on.missing
    到着日を入力してください（例：令和8年11月2日、2026/11/2）
    Type the day of arrival, such as 2026/11/2
arrived_on.not_a_date
    到着日を読み取れません（例：令和8年11月2日、2026/11/2）
    The day of arrival cannot be read; type it such as 2026/11/2
arrived_on.later
    到着日が今日より後です。日付を確かめてください
    The day of arrival is still to come
way.missing
    届き方を選んでください
    Choose the way it came
shelf.missing
    原本の保管場所を入力してください（例：A-03）
    Type where the original is kept, such as A-03
envelope.missing
    封筒を選んでください
    Choose the envelope
purpose.missing
    閲覧の目的を選んでください
    Choose why you open them
do.missing
    何をするかを選んでください
    Choose what to do
taken_for.missing
    引き継ぐ理由を選んでください
    Choose why you take it over
charset.missing
    文字コードを選んでください
    Choose how the file is written
box.not_a_box
    枠の数値が正しくありません。頁の中に収まるように、ミリメートルで入力してください
    The box is not on the page: type millimetres within it
box.none
    枠がありません。枠を置くか、「個人番号はない」を選んでください
    There is no box: place one, or say that none is there
box.some
    枠があります。「墨塗りして保管」を選ぶか、枠を消してください
    There are boxes: black them out, or remove them
seen.missing
    頁全体を確認した印を付けてください
    Tick that you have looked at the whole page
files.missing
    ファイルを選んでください（PDF、TIFF、JPEG、PNG）
    Choose files (PDF, TIFF, JPEG, PNG)
""")
_FAULTS = stanzas_of("""
empty
    中身がありません。もう一度スキャンしてください
    It is empty: scan again
not_a_scan
    PDF、TIFF、JPEG、PNGのどれでもありません。スキャナの形式を確かめてください
    Neither PDF, TIFF, JPEG nor PNG: see to the scanner's format
malformed
    ファイルが壊れています。もう一度スキャンしてください
    The file is damaged: scan again
encrypted
    パスワードで保護されています。保護を外してスキャンし直してください
    It is protected by a password: scan again without
active_content
    スクリプトなど動く内容が含まれています。紙をスキャンし直してください
    It holds a script or the like: scan the paper itself
too_large
    ファイルが大きすぎます。分けるか、解像度を下げてスキャンしてください
    It is too large: divide it, or scan with a lower resolution
too_many_pages
    頁が多すぎます。分けてスキャンしてください
    It has too many pages: divide it
too_many_pixels
    画像が大きすぎます。解像度を下げてスキャンしてください
    The picture is too large: scan with a lower resolution
bomb
    展開すると大きくなりすぎます。紙をスキャンし直してください
    It grows too large when unpacked: scan the paper itself
timed_out
    開くのに時間がかかりすぎます。分けてスキャンしてください
    It takes too long to open: divide it
out_of_memory
    開くのにメモリが足りません。分けるか、解像度を下げてスキャンしてください
    It takes too much memory to open: divide it
crashed
    開けませんでした。もう一度スキャンしてください
    It could not be opened: scan again
""")


def problem_words(refusal: EnclosureRefused, language: str) -> str:
    """Return what to correct, in `ja` or, for anything else, in English.

    Raises: KeyError for a problem without words, which a test finds first.
    """
    return in_language(_PROBLEMS[f"{refusal.field}.{refusal.problem}"], language)


def fault_words(fault: FileFault, language: str) -> str:
    """Return why a file is not taken in and what to do, in `ja` or, for anything else, in English.

    Raises: KeyError for a fault without words, which a test finds first.
    """
    return in_language(_FAULTS[fault.value], language)
