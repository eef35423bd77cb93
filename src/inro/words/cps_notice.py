"""What the public page says of a practice statement that is in the repository now (10)."""

from datetime import date

CPS_TITLE = "認証業務運用規程（CPS）の公開のお知らせ"


def cps_words(*, effective_from: date, sha256: str) -> str:
    """Return the notice's text: from when the statement holds, and its hash (hexadecimal)."""
    return (
        f"{effective_from.year}年{effective_from.month}月{effective_from.day}日から施行する"
        "認証業務運用規程（CPS）を、リポジトリで公開しました。"
        "これをもって、サービスの変更のお知らせといたします（約款第10条）。\n\n"
        f"SHA-256：{sha256}\n"
    )
