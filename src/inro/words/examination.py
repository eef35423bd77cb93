"""What verdicts, open points, addresses and authorities are called (5.4, 8.1, 9.1, 46)."""

from enum import StrEnum

from inro.japanese.address import AddressPart, AddressVerdict
from inro.paper.seals import Sealer
from inro.practice.authority import AuthorityFault
from inro.practice.checklist import OpenReason, Verdict, VerdictRefused
from inro.words.rows import in_language, words_of

EXAMINATION_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        Verdict,
        """
        fit | 適 | Fit
        deficient | 不備 | Deficient
        held | 保留 | Held
        match | 該当 | Match
        """,
    ),
    (
        OpenReason,
        """
        undecided | 未判定 | Undecided
        changed | 判定後に内容が変わりました | Changed since it was judged
        held | 保留 | Held
        deficient | 不備 | Deficient
        match | 反社会的勢力に該当（手続を止めます） | Anti-social forces: the case stops
        number_not_looked_up | 法人番号が未確認 | Corporate Number not looked up
        organization_closed | 登記記録の閉鎖等（手続を止めます） | The organization is closed: the case stops
        authority_refused | 代理権の内容を登録できません | The authority cannot be registered
        paper_faulty | 書類が古いか、原本ではありません | The paper is too old or no original
        """,
    ),
    (
        AuthorityFault,
        """
        too_many_systems | 対象のシステムが多すぎます | Of too many systems
        not_the_representative | 委任者が代表者ではありません | The principal is not the representative
        outlasts_certificate | 期限が証明書の有効期間を超えるおそれがあります | May outlast the certificate
        over_before_issue | 期限が受付日以前です | Over by the day of receipt
        """,
    ),
    (
        AddressVerdict,
        """
        same | 一致 | Same
        equivalent | 書き方のみ相違 | Written otherwise
        no_prefecture | 都道府県の有無のみ相違 | One without the prefecture
        building_missing | 一方に建物名・部屋番号がありません | One without building or room
        different | 相違 | Different
        """,
    ),
    (
        AddressPart,
        """
        prefecture | 都道府県 | Prefecture
        municipality | 市区町村 | Municipality
        town | 町名 | Town
        numbers | 番地 | Numbers
        building | 建物名 | Building
        room | 部屋番号 | Room
        """,
    ),
    (
        Sealer,
        """
        subscriber | 利用者の実印 | Subscriber's seal
        representative | 代表者の印 | Representative's seal
        proxy | 受取代理人の実印 | Proxy recipient's seal
        """,
    ),
)

_PROBLEMS = words_of("""
not_of_this_item | この項目にない判定です。選び直してください | Not a verdict of this item: choose another
no_reason | 不備の内容を入力するか、定型文を選んでください | Type what is deficient, or choose a template
reason_too_long | 不備の内容は400字までです | What is deficient takes 400 characters at most
read_too_long | 書類の記載は300字までです | What the paper says takes 300 characters at most
number_not_looked_up | 先に法人番号を公表データで確認してください | Look the Corporate Number up first
organization_closed | 登記記録の閉鎖等です。不備か保留にしてください | The organization is closed: not fit
authority_refused | 登録できない代理権：不備か保留にしてください | The authority cannot be registered: not fit
paper_faulty | 書類が古いか写しです。不備か保留にしてください | The paper is too old or no original: not fit
""")


def verdict_words(refusal: VerdictRefused, language: str) -> str:
    """Return why a verdict is not taken and what to do, in `ja` or, for anything else, in English.

    Raises: KeyError for a problem without words, which a test finds first.
    """
    return in_language(_PROBLEMS[refusal.problem], language)
