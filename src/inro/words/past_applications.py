"""What is wrong with a file of past applications, a line of it, or a renewal, in words (8.11)."""

from collections.abc import Mapping
from enum import StrEnum

from inro.practice.past_application import PastService
from inro.practice.renewal import LeftOut, RenewalObstacle
from inro.words.rows import stanzas_of

PAST_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        PastService,
        """
        present | 本サービス | This service
        predecessor | 電子入札コアシステム用電子認証サービス | Its predecessor
        """,
    ),
    (
        RenewalObstacle,
        """
        stay_over | 在留期間が過ぎています | the period of stay is over
        outside_gate | 証明書の氏名にJIS第1・第2水準にない文字があります | a name outside JIS levels 1 and 2
        disposed | 記録は廃棄済みです | its records were disposed of
        revoked | 証明書は失効しています | its certificate was revoked
        no_certificate | 証明書がありません | it has no certificate
        """,
    ),
    (
        LeftOut,
        """
        proxy | 受取代理人は印字していません | the proxy recipient is left out
        """,
    ),
)

# By the value of LineFault; each says what to do where the words alone do not.
LINE_FAULTS: Mapping[str, tuple[str, str]] = stanzas_of("""
    encoding
        この文字コードで読めません
        not text in the file's encoding
    quotes
        引用符の位置が正しくないか、項目の中に改行があります
        quotes out of place, or a line break in a field
    columns
        項目の数が見出しと違います
        not as many fields as the header has
    line_too_long
        行が長すぎます
        the line is too long
    individual_number
        個人番号と読める数字があります。取り除いてください
        digits that are an Individual Number: take them out
    missing
        空です
        it is empty
    too_long
        長すぎます
        it is too long
    character
        使えない文字です
        a character that no text may have
    unsettled
        JIS第1・第2水準になく、置き換えも定まりません。証明書に記載した文字を書いてください
        neither in JIS levels 1 and 2 nor surely replaced: write what the certificate showed
    choice
        選択肢にありません
        none of the choices
    number
        英数字とハイフンの番号ではありません
        no number of letters, digits and hyphens
    no_date
        日付として読めません
        not a date
    impossible_day
        その日ではありえません
        it cannot be that day
    postal_code
        郵便番号は7桁です
        a postal code has seven digits
    prefecture
        都道府県の名称ではありません
        no prefecture
    corporate_number
        法人番号は13桁です
        a Corporate Number has 13 digits
    check_digit
        法人番号の検査用数字が合いません
        the Corporate Number's check digit is wrong
    kana
        フリガナとして読めません
        no reading in kana
    romaji
        ローマ字ではありません
        not in the letters A to Z
    romaji_of_another
        フリガナのローマ字になっていません
        it does not spell the reading
    telephone
        電話番号・FAX番号ではありません
        no telephone or fax number
    email
        電子メールアドレスではありません
        no e-mail address
    not_replaced_so
        氏名の文字を置き換えた氏名になっていません
        it is not the name with its characters replaced
    sole_proprietor
        個人事業主には記載しません
        a sole proprietor's application has none
    ends_too_early
        申込日より後の日にしてください
        it must be after the day of application
    retention_over
        保存期間が過ぎているため取り込みません
        its retention is over: it is not taken in
    twice
        同じ申込みがこのファイルの前の行にあります
        the same application stands in an earlier line of this file
    other_content
        同じ申込みが別の内容で取り込まれています。記録は変更しません
        on record with other content: records are not changed
""")
# By the value of PastFileFault.
FILE_FAULTS: Mapping[str, tuple[str, str]] = stanzas_of("""
    unreadable
        読めません
        it cannot be read
    empty
        空です
        it is empty
    no_header
        1行目に見出しがありません
        its first line is no header
    header
        1行目の見出しが正しくありません
        its header is not as it must be
    ambiguous
        文字コードがUTF-8ともCP932とも読めます
        it can be read as UTF-8 and as CP932
    neither
        文字コードがUTF-8でもCP932でもありません
        it is neither UTF-8 nor CP932
    marked
        UTF-8の印（BOM）があり、CP932ではありません
        it begins with the mark of UTF-8, so it is not CP932
    changed
        読んでいる間に変更されました
        it was changed while it was being read
""")
