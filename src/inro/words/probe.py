"""What a prober's findings are called, in both languages (4(6), 26.1, 26.2)."""

from inro.practice.probe import ProbeFinding, ProbeResult
from inro.words.rows import in_language, words_of

PROBLEMS = words_of("""
unreachable | 接続できません | it cannot be reached
too_slow | 時間内に応答が終わりません | the answer does not end in time
too_large | 応答が大きすぎます | the answer is too large
cut_short | 応答が途中で切れています | the answer is cut short
refused | サーバーが応じません | the server does not answer as it should
not_there | 公開されていません | it is not there
empty | 内容が空です | it is empty
no_list | 失効リストとして読めません | it cannot be read as a list
no_number | 失効リストに番号がありません | the list has no number
other_issuer | 別の認証局のものです | it is another issuer's
other_key | 発行者の鍵が違います | it names another key of the issuer
other_scope | 証明書に記載の失効リストではありません | it is not the list the certificate names
bad_signature | 署名が合いません | the signature does not fit
of_the_future | 発行時刻が未来です | it was issued in the future
not_renewed | 24時間ごとの更新がありません | it was not renewed within 24 hours
little_room | 次回更新までの余裕がありません | little room is left until its next update
expired | 有効期間が過ぎています | it has ended
went_back | 前に公開されたものより古い内容です | it is older than what was there before
changed_under_number | 同じ番号で内容が違います | it has the same number and other content
channels_differ | 公開場所により内容が違います | its places give different content
other_certificate | 別の証明書です | it is another certificate
no_answer | OCSPの応答として読めません | it cannot be read as an OCSP answer
answerer_not_authorized | OCSPの応答者に権限がありません | who answers is not authorized to
revoked_called_good | 失効した証明書を有効と答えます | a revoked certificate is called good
valid_called_revoked | 失効していない証明書を失効と答えます | a certificate on no list is called revoked
called_unknown | 発行した証明書を知らないと答えます | an issued certificate is called unknown
memory_lost | 前回の記録が読めません | what was seen before cannot be read
""")


def finding_words(finding: ProbeFinding, language: str) -> str:
    """Return one finding in one line: what, where, by which route, the particulars."""
    where = f"{finding.address} [{finding.route}]" if finding.route else finding.address
    said = f"{in_language(PROBLEMS[finding.problem.value], language)}: {where}"
    return f"{said} ({finding.detail})" if finding.detail else said


def probe_lines(result: ProbeResult) -> list[str]:
    """Return a round line by line, in both languages."""
    lines = [f"× {finding_words(one, 'ja')}\n  {finding_words(one, 'en')}" for one in result.findings]
    at = result.began_at.isoformat(timespec="seconds")
    if not result.findings:
        return [f"○ {result.name} {at} 異常なし（{result.checked}件） / nothing wrong in {result.checked}"]
    return [
        f"× {result.name} {at} 異常 / wrong: {len(lines)}（{result.checked}件中 / of {result.checked}）",
        *lines,
    ]
