"""What to correct in a letter, a call, an extension, a check or a proxy request (9.2, 23, 24, 43, 46)."""

import re

from inro.practice.letters import LetterRefused
from inro.words.rows import in_language, stanzas_of

_PROBLEMS = stanzas_of("""
asked_on.missing
    求めのあった日を記入してください
    Write the day on which it was asked for
asked_on.not_a_date
    求めのあった日を「R8.12.1」または「2026/12/1」のように記入してください
    Write the day on which it was asked for as R8.12.1 or 2026/12/1
asked_on.later
    求めのあった日が今日より後です。日付を確かめてください
    The day on which it was asked for is later than today
authority.missing
    求めた官公署の名称を記入してください
    Write which authority asked
authority.too_long
    官公署の名称は200字までです
    The authority's name has 200 characters at most
ground.missing
    法令の根拠（法律名と条項）を記入してください（約款第41条・第44条第2項）
    Write the legal ground: law and article (41, 44.2)
ground.too_long
    法令の根拠は200字までです
    The legal ground has 200 characters at most
reference.missing
    求めた書面の日付・番号を記入してください
    Write the date and number of the paper by which it was asked for
reference.too_long
    書面の日付・番号は200字までです
    The paper's date and number have 200 characters at most
scope.missing
    開示する範囲を選んでください
    Choose what is disclosed
requested_at.missing
    到着した日と時刻を入力してください
    Type when it arrived
requested_at.not_a_time
    到着した日時を「2026/12/2 10:30」のように入力してください
    Type when it arrived as 2026/12/2 10:30
points.none
    不備を一つ以上選んでください
    Choose at least one deficiency
points.too_many
    一通の通知に書ける不備は20件までです
    One letter holds at most 20 deficiencies
points.none_deficient
    先に審査で不備の項目を記録してください
    Record first what was found deficient
item.missing
    項目・書類の名前を入力してください
    Type which paper it is
item.too_long
    項目・書類の名前は60文字までです
    The paper's name has at most 60 characters
finding.missing
    不備の内容を入力してください
    Type what is wrong
finding.too_long
    不備の内容は400文字までです
    What is wrong has at most 400 characters
remedy.missing
    お願いの内容を入力してください
    Type what mends it
remedy.too_long
    お願いの内容は400文字までです
    What mends it has at most 400 characters
channel.missing
    送り方を選んでください
    Choose how it is sent
channel.no_contact
    申込書に送り先の記載がないため、この方法では送れません。郵便を選んでください
    The form gives no contact for this way: choose post
letters.none
    通知書を選んでください
    Choose letters
letters.other_way
    郵便以外の方法で送る通知書が含まれています。通知書の画面で送信を記録してください
    One of them does not go by post: record its sending on its own page
letters.changed
    確認した後に内容が変わった通知書があります。もう一度ご確認ください
    A letter was changed since you looked at it: look again
letters.not_printed
    印刷していない通知書が含まれています。先に発送日を入れて印刷してください
    One of them was not printed: print it for a day first
title.missing
    見出しを入力してください
    Type the heading
title.too_long
    見出しは200文字までです
    The heading has at most 200 characters
text.missing
    本文を入力してください
    Type the text
text.too_long
    本文は8000文字までです
    The text has at most 8000 characters
kind.missing
    お知らせの種類を選んでください
    Choose what it is about
postmarks.missing
    「通知番号,消印日」の行を貼り付けてください
    Paste lines of number and postmark
postmarks.not_read
    読み取れません（例：L26-000123-4,2026/12/2）
    Cannot be read; such as L26-000123-4,2026/12/2
postmarks.twice
    同じ通知番号が二度あります。一方を消してください
    This letter stands there twice
sent_at.missing
    送信した日時を入力してください（例：2026/12/2 10:30）
    Type when it was sent, such as 2026/12/2 10:30
sent_at.not_a_time
    送信した日時を読み取れません（例：2026/12/2 10:30）
    When it was sent cannot be read; type it such as 2026/12/2 10:30
was_sent.missing
    送信されたか、されていないかを選んでください
    Choose whether it was sent
dated_on.missing
    発送日を入力してください（例：2026/12/2）
    Type the day of posting, such as 2026/12/2
dated_on.not_a_date
    発送日を読み取れません（例：2026/12/2）
    The day of posting cannot be read; type it such as 2026/12/2
postmark.missing
    消印の日を入力してください（例：2026/12/2）
    Type the postmark's day, such as 2026/12/2
postmark.not_a_date
    消印の日を読み取れません（例：2026/12/2）
    The postmark's day cannot be read; type it such as 2026/12/2
confirmed_at.missing
    送信を確認した日時を入力してください（例：2026/12/2 10:30）
    Type when sending was confirmed, such as 2026/12/2 10:30
confirmed_at.not_a_time
    送信を確認した日時を読み取れません（例：2026/12/2 10:30）
    When sending was confirmed cannot be read; type it such as 2026/12/2 10:30
called_at.missing
    電話した日時を入力してください（例：2026/12/2 10:30）
    Type when the call was, such as 2026/12/2 10:30
called_at.not_a_time
    電話した日時を読み取れません（例：2026/12/2 10:30）
    When the call was cannot be read; type it such as 2026/12/2 10:30
called_at.later
    電話した日時が今より後です。日時を確かめてください
    The call is still to come
spoken_to.missing
    話した相手を入力してください
    Type whom you spoke to
spoken_to.too_long
    話した相手は100文字までです
    Whom you spoke to has at most 100 characters
said.missing
    話した内容を入力してください
    Type what was said
said.too_long
    話した内容は1000文字までです
    What was said has at most 1000 characters
extended_to.missing
    新しい期限を入力してください（例：2026/12/28）
    Type the new day, such as 2026/12/28
extended_to.not_a_date
    新しい期限を読み取れません（例：2026/12/28）
    The new day cannot be read; type it such as 2026/12/28
reason.missing
    理由を入力してください
    Type the reason
why.missing
    契約を終了する理由を選んでください
    Choose why the contract ends
reason.too_long
    理由は400文字までです
    The reason has at most 400 characters
source.missing
    確認先を選んでください
    Choose where you looked
result.missing
    結果を選んでください
    Choose what you found
remark.missing
    該当または別人と判断した根拠を入力してください
    Type on what grounds it is a match, or another person
remark.too_long
    根拠は400文字までです
    The grounds have at most 400 characters
checked_at.missing
    確認した日時を入力してください（例：2026/12/2 10:30）
    Type when you looked, such as 2026/12/2 10:30
checked_at.not_a_time
    確認した日時を読み取れません（例：2026/12/2 10:30）
    When you looked cannot be read; type it such as 2026/12/2 10:30
checked_at.later
    確認した日時が今より後です。日時を確かめてください
    The time you looked is still to come
arrived_on.later
    到着日が今日より後です。日付を確かめてください
    The day of arrival is still to come
cases.none
    督促する案件を選んでください
    Choose the cases to remind
shelf.missing
    原本の保管場所を入力してください
    Type where the paper lies
shelf.too_long
    保管場所は40文字までです
    The place has at most 40 characters
contacted_on.missing
    連絡があった日を入力してください（例：2026/12/2）
    Type the day of the contact, such as 2026/12/2
contacted_on.not_a_date
    連絡があった日を読み取れません（例：2026/12/2）
    The day of the contact cannot be read; type it such as 2026/12/2
called_on.missing
    取戻しを請求した日を入力してください（例：2026/12/2）
    Type the day on which the post was asked, such as 2026/12/2
called_on.not_a_date
    取戻しを請求した日を読み取れません（例：2026/12/2）
    The day on which the post was asked cannot be read; type it such as 2026/12/2
answered_on.missing
    郵便局が回答した日を入力してください（例：2026/12/2）
    Type the day on which the post answered, such as 2026/12/2
answered_on.not_a_date
    郵便局が回答した日を読み取れません（例：2026/12/2）
    The day on which the post answered cannot be read; type it such as 2026/12/2
outcome.missing
    郵便局の回答を選んでください
    Choose what the post answered
returned_on.missing
    返戻された日を入力してください（例：2026/12/2）
    Type the day it came back, such as 2026/12/2
returned_on.not_a_date
    返戻された日を読み取れません（例：2026/12/2）
    The day it came back cannot be read; type it such as 2026/12/2
accepted_on.missing
    窓口で引き受けられた日を入力してください（例：2026/12/2）
    Type the day the post took it, such as 2026/12/2
accepted_on.not_a_date
    引受けの日を読み取れません（例：2026/12/2）
    The day cannot be read; type it such as 2026/12/2
founded.missing
    申出に理由があるかどうかを選んでください
    Choose whether the doubts are founded
seal.missing
    印影が一致するかどうかを選んでください
    Say whether the seals agree
name_on_slip.missing
    氏名が一致するかどうかを選んでください
    Say whether the names agree
day.missing
    差出日を入力してください（例：2026/12/2）
    Type the day of posting, such as 2026/12/2
day.not_a_date
    差出日を読み取れません（例：2026/12/2）
    The day of posting cannot be read; type it such as 2026/12/2
arrived_on.missing
    到着日を入力してください（例：2026/12/2）
    Type the day of arrival, such as 2026/12/2
arrived_on.not_a_date
    到着日を読み取れません（例：2026/12/2）
    The day of arrival cannot be read; type it such as 2026/12/2
name.missing
    受取代理人の氏名を入力してください
    Type the proxy recipient's name
postal_code.missing
    郵便番号を7桁の数字で入力してください
    Type the postal code, seven digits
prefecture.missing
    都道府県を入力してください
    Type the prefecture
city.missing
    市区町村を入力してください
    Type the municipality
street.missing
    町名・番地を入力してください
    Type street and number
unavoidable_reason.missing
    やむを得ない事情の判定を選んでください
    Judge whether the reason is unavoidable
subscriber_seal.missing
    利用者の実印の判定を選んでください
    Judge the subscriber's seal
proxy_seal.missing
    受取代理人の実印の判定を選んでください
    Judge the proxy's seal
seal_certificate.missing
    印鑑登録証明書の判定を選んでください
    Judge the seal certificate
subscriber_address.missing
    利用者の住所の判定を選んでください
    Judge the subscriber's address
proxy_address.missing
    受取代理人の住所の判定を選んでください
    Judge the proxy's address
approve.missing
    承認するか、しないかを選んでください
    Choose whether to approve
""")
_PLACE = re.compile(r"-(\d+)$")


def letter_problem_words(refusal: LetterRefused, language: str) -> str:
    """Return what to correct, in `ja` or, for anything else, in English; a point's place comes first.

    Raises: KeyError for a problem without words, which a test finds first.
    """
    place = _PLACE.search(refusal.field)
    words = in_language(_PROBLEMS[f"{_PLACE.sub('', refusal.field)}.{refusal.problem}"], language)
    if place is None:
        return words
    return f"{place[1]}件目：{words}" if language == "ja" else f"Point {place[1]}: {words}"
