"""What campaigns are called, where they stand, why somebody is left out, what to correct (2.2, 11, 15)."""

from enum import StrEnum

from inro.practice.campaign import (
    CampaignKind,
    CampaignRefused,
    CampaignState,
    Exclusion,
    ItemState,
    Standing,
)
from inro.words.rows import in_language, stanzas_of

CAMPAIGN_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        CampaignKind,
        """
        terms_change | 約款・料金の変更 | Change of fees or terms
        discontinuation | サービスの終了 | Discontinuation
        maintenance | 計画された保守 | Planned maintenance
        renewal | 有効期間の満了と更新 | End of validity and renewal
        stay_end | 在留期間の満了 | End of a period of stay
        organization | 企業等の変更 | Change of an organization
        """,
    ),
    (
        CampaignState,
        """
        planned | 承認待ち | Waits for release
        released | 実施中 | Under way
        finished | 完了 | Finished
        withdrawn | 取消し | Withdrawn
        """,
    ),
    (
        ItemState,
        """
        planned | 準備待ち | To be made
        printed | 発信待ち | To be sent
        sent | 発信済 | Sent
        excluded | 対象外 | Left out
        """,
    ),
    (
        Exclusion,
        """
        no_certificate | 契約が終了（証明書なし） | Contract ended without a certificate
        revoked | 失効済 | Revoked
        ended | 有効期間満了 | Validity ended
        ends_before | その日より前に満了 | Ends before the day
        renewal_under_way | 更新の申込みを受付済 | Renewal has come back
        disposed | 記録を廃棄済 | Records disposed of
        unprintable | 印字できない（個別に対応） | Cannot be printed: write by hand
        """,
    ),
    (
        Standing,
        """
        in_time | 期限内に到達 | Arrived in time
        late | 期限後に到達 | Arrived late
        missing | 未到達 | Not arrived
        """,
    ),
)

_PROBLEMS = stanzas_of("""
kind.missing
    何の通知かを選んでください
    Choose what is told
day.missing
    日付を入力してください（例：2027/4/1）
    Type the day, such as 2027/4/1
day.not_a_date
    日付を読み取れません（例：2027/4/1）
    The day cannot be read; type it such as 2027/4/1
day.too-soon
    この日では、約款が定める期間を置いて通知を届けることができません。もっと後の日にしてください
    From today the notice cannot arrive as long before as the terms ask: choose a later day
day.not-the-editions
    版の施行日と違います。版を選び直してください
    This is not the edition's day: choose the edition again
until.missing
    期間の末日を入力してください（例：2027/4/30）
    Type the window's last day, such as 2027/4/30
until.not_a_date
    期間の末日を読み取れません（例：2027/4/30）
    The window's last day cannot be read; type it such as 2027/4/30
until.before-day
    期間の末日は初日以後の日にしてください
    The window's last day is on or after its first
before.missing
    何か月前・何日前の通知かを選んでください
    Choose which round this is
before.no-such-round
    約款の設定にない回です。選び直してください
    The terms have no such round: choose another
edition.missing
    変更後の版を選んでください
    Choose the edition that is told of
words.missing
    通知に書く内容を入力してください
    Type what the letter says
words.too-long
    通知に書く内容は400文字までです
    The letter's words have at most 400 characters
organization.missing
    法人番号か、会社の種類を含む名称を入力してください
    Type the Corporate Number, or the name with its company form
channel.missing
    送り方を選んでください
    Choose how it is told
channel.not-this-way
    この通知は、この方法では送れません。郵便を選んでください
    This notice does not travel this way: choose post
channel.not-posted
    この束は郵便ではありません。送信の画面から送ってください
    This lot does not go by post: let it go from its own page
channel.no-server
    この方法の送信先が設定されていません。inro.toml に [mail] または [fax] を設定してください
    No server is set for this way: give [mail] or [fax] in inro.toml
items.nobody
    対象者がいません。日付や名称を確かめてください
    Nobody is concerned: check the days or the name
items.not-all-sent
    印刷・差出し・送信の済んでいない通知があります。先に済ませてください
    Some notices are not printed, posted or sent yet: do that first
items.not-confirmed
    確認されていない個別の通知があります。別の担当者が確認するか、取り下げてください
    A notice given by hand is not confirmed: another person confirms it, or it is withdrawn
items.told-already
    この宛先には通知済みか、通知の対象外です。一覧で確かめてください
    This person is told already, or is not to be told: check the list
item.missing
    申込番号を入力してください
    Type the application number
item.unknown
    この一斉通知に、その申込番号の宛先はありません
    Nobody in this campaign has that application number
served_on.missing
    通知した日を入力してください（例：2026/12/2）
    Type the day on which it was given, such as 2026/12/2
served_on.not_a_date
    通知した日を読み取れません（例：2026/12/2）
    The day cannot be read; type it such as 2026/12/2
served_on.in-future
    通知した日が今日より後です。日付を確かめてください
    The day lies after today
reason.missing
    個別に通知した理由と、その控えの場所を入力してください
    Type why it was given by hand, and where its copy is
reason.too-long
    理由は400文字までです
    The reason has at most 400 characters
batch.changed
    見た後に内容が変わりました。もう一度確かめてください
    The lot changed after it was looked at: look again
items.no-letter
    見本を作れる通知がありません
    There is no letter to show a sample of
page.not-posted
    公開ページにまだ掲載していません。先に掲載してください
    The page is not posted yet
page.none-owed
    この通知には掲載は要りません
    No page is owed for this
plan.end-not-decided
    サービスの終了は、まだ二名で決定していません。先に「サービスの終了」の画面で決定してください
    Two officers have not decided on the end of the service: let them decide first
plan.not-handed-over
    失効対象の一覧を引き渡していません。先に引き渡してください
    The list of certificates was not handed over
plan.none-owed
    この通知には失効対象の一覧はありません
    Nothing is revoked by this
dated_on.missing
    発送日を入力してください（例：2026/12/2）
    Type the day of posting, such as 2026/12/2
dated_on.not_a_date
    発送日を読み取れません（例：2026/12/2）
    The day of posting cannot be read; type it such as 2026/12/2
dated_on.in-past
    発送日が今日より前です。今日以後の日を入力してください
    The day of posting lies before today
postmark.missing
    消印の日を入力してください（例：2026/12/2）
    Type the postmark's day, such as 2026/12/2
postmark.not_a_date
    消印の日を読み取れません（例：2026/12/2）
    The postmark's day cannot be read; type it such as 2026/12/2
postmark.before-letters
    消印の日が、通知書に書かれた日より前です。消印を確かめてください
    The postmark lies before the day on the letters
postmark.in-future
    消印の日が今日より後です。消印を確かめてください
    The postmark lies after today
kept_back.not-of-this-batch
    この束にない通知番号です。番号の最後の数字を確かめてください
    A letter of another lot: check the number's last digits
""")


def campaign_problem_words(refusal: CampaignRefused, language: str) -> str:
    """Return what to correct, in `ja` or, for anything else, in English.

    Raises: KeyError for a problem that has no words.
    """
    return in_language(_PROBLEMS[f"{refusal.field}.{refusal.problem}"], language)
