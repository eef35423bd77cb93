"""What the letters of a campaign say, in Japanese as every letter (2.2, 6.2, 8.11, 11.2, 12.4, 30(2))."""

from datetime import date

from inro.paper.announcements import Announcement
from inro.practice.campaign import CampaignSubject
from inro.practice.notices import NoticeKind

CERTIFICATE_NUMBER, ENDS_ON, CASE = "証明書番号", "有効期間の満了日", "申込番号"

CPS_TITLE = "認証業務運用規程（CPS）の公開のお知らせ"


def cps_words(*, effective_from: date, sha256: str) -> str:
    """Return what the page says of a practice statement that is in the repository now (10)."""
    return (
        f"{day_words(effective_from)}から施行する認証業務運用規程（CPS）を、リポジトリで公開しました。"
        "これをもって、サービスの変更のお知らせといたします（約款第10条）。\n\n"
        f"SHA-256：{sha256}\n"
    )


def letter_words(subject: CampaignSubject, kind: NoticeKind) -> Announcement:
    """Return what a campaign's letters of a kind say.

    Raises: KeyError for a kind that no campaign writes.
    """
    return _WORDS[kind](subject)


def day_words(day: date) -> str:
    """Return a day as letters write it: 2027年4月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _terms_change(subject: CampaignSubject) -> Announcement:
    return Announcement(
        subject="約款・料金の変更のお知らせ",
        opening=(
            (
                "平素より電子証明書をご利用いただき、ありがとうございます。次のとおり変更いたしますので、"
                "約款第2条第2項によりお知らせいたします。"
            ),
        ),
        facts=(("変更の実施日", day_words(subject.day)), ("変更の内容", subject.words)),
        box_title="ご利用中の契約にも適用されます",
        box_text=(
            "実施日からは、すでに結ばれている契約にも変更後の約款が適用されます（約款第2条第1項）。"
            "お手続きは必要ありません。変更後の約款の全文は、リポジトリで公開しています。"
        ),
        closing=("ご不明の点は、上記の連絡先へお問い合わせください。",),
    )


def _discontinuation(subject: CampaignSubject) -> Announcement:
    return Announcement(
        subject="電子証明書発行サービスの終了のお知らせ",
        opening=(
            (
                "平素より電子証明書をご利用いただき、ありがとうございます。誠に勝手ながら、次の日をもって本サービスを"
                "終了いたしますので、約款第11条第2項によりお知らせいたします。"
            ),
        ),
        facts=(("サービスの終了日", day_words(subject.day)),),
        box_title="終了日に証明書を失効させます",
        box_text=(
            "終了日に、有効期間の残っているすべての証明書を失効させます（約款第11条第3項）。失効の後は電子入札・電子申請の"
            "署名に使えません。入札の途中で証明書が使えなくなると、手続が無効になることがあります。終了日より前に、"
            "他の証明書への登録替えをお済ませください。"
        ),
        closing=(
            "失効の後も、ＩＣカードの鍵は安全に保管するか、ＩＣチップを切断して廃棄してください。",
            *((subject.words,) if subject.words else ()),
            "ご不明の点は、上記の連絡先へお問い合わせください。",
        ),
    )


def _maintenance(subject: CampaignSubject) -> Announcement:
    return Announcement(
        subject="保守によるサービス停止のお知らせ",
        opening=(
            (
                "平素より電子証明書をご利用いただき、ありがとうございます。設備の保守のため、次のとおりサービスを停止いたしますので、"
                "約款第30条第2号によりお知らせいたします。"
            ),
        ),
        facts=(("停止する日", day_words(subject.day)), ("停止の内容", subject.words)),
        box_title="停止の間のお願い",
        box_text=(
            "停止の間は、失効情報の取得や申込状況の照会ができないことがあります。入札・申請の締切りが近いときは、"
            "時間に余裕をもってお手続きください。"
        ),
        closing=("状況は、リポジトリのページでお知らせいたします。",),
    )


def _expiry(subject: CampaignSubject) -> Announcement:  # noqa: ARG001
    return Announcement(
        subject="電子証明書の有効期間満了のお知らせ",
        opening=(
            (
                "ご利用の電子証明書は、まもなく有効期間が満了します。ＩＣカードの券面の証明書番号と照らし合わせて、"
                "対象の証明書をご確認ください。"
            ),
        ),
        facts=(),
        box_title="自動更新はありません",
        box_text=(
            "契約は有効期間の満了とともに終わり、自動では更新・継続されません（約款第6条第2項）。引き続きご利用になるときは、"
            "満了までに届くよう、お早めに新たな申込みをお願いいたします。残っている有効期間と暗証番号は引き継がれません。"
        ),
        closing=(
            "前回の申込みの内容を印刷した利用申込書を、ご担当者あてにお送りいたします。",
            (
                "入札の途中で証明書が切り替わると、手続が無効になることがあります。新しい証明書への登録替えは、"
                "現在の証明書が有効なうちにお済ませください。"
            ),
        ),
    )


def _stay(subject: CampaignSubject) -> Announcement:  # noqa: ARG001
    return Announcement(
        subject="在留期間の満了についてのお知らせ",
        opening=(
            (
                "お申込みの際にお届けいただいた在留期間が、まもなく満了します。在留期間が満了するときは、"
                "証明書の失効を申請していただく必要があります（約款第12条第4項）。"
            ),
        ),
        facts=(),
        box_title="満了までに失効の申請をお願いいたします",
        box_text=(
            "失効申請書に記入し、実印を押して、必要書類とともに郵送してください。在留期間を更新されたときは、"
            "新しい期間の分かる書類をお送りください。"
        ),
        closing=("用紙は、リポジトリのページにあります。ご不明の点は、上記の連絡先へお問い合わせください。",),
    )


_WORDS = {
    NoticeKind.TERMS_CHANGE: _terms_change,
    NoticeKind.DISCONTINUATION: _discontinuation,
    NoticeKind.MAINTENANCE: _maintenance,
    NoticeKind.EXPIRY: _expiry,
    NoticeKind.STAY_REMINDER: _stay,
}


def page_words(subject: CampaignSubject, kind: NoticeKind) -> str:
    """Return the same words as plain text for a web page (11.2, 30(2))."""
    told = letter_words(subject, kind)
    facts = tuple(f"{label}：{body}" for label, body in told.facts)
    return (
        "\n\n".join((told.subject, *told.opening, *facts, told.box_title, told.box_text, *told.closing))
        + "\n"
    )
