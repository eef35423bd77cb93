"""What the revocation desk's ways, papers and answers are called, and what to correct there (21, 22)."""

from enum import StrEnum

from inro.pki.ca_certificates import CaCertificateKind
from inro.practice.notices import RevocationAddressee
from inro.practice.revocation import (
    FollowingPaper,
    RefusalReason,
    RequestNotRefusable,
    RequestRefused,
    RequestWay,
)
from inro.practice.revocation_checklist import Answer
from inro.words.rows import in_language, stanzas_of

REVOCATION_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        RequestWay,
        """
        post | 郵送 | By post
        fax | ＦＡＸ（緊急かつやむを得ない） | By fax (urgent and unavoidable)
        """,
    ),
    (
        CaCertificateKind,
        """
        self_signed | 自己署名証明書 | Self-signed
        link | リンク証明書 | Link between two keys
        cross | 相互認証証明書 | Cross certificate
        """,
    ),
    (
        FollowingPaper,
        """
        form | 申請書・依頼書の原本 | The form itself
        documents | 必要書類 | The documents it needs
        """,
    ),
    (
        Answer,
        """
        fit | 適 | In order
        lacking | 否 | Lacking
        """,
    ),
    (
        RevocationAddressee,
        """
        subscriber | 利用者 | The subscriber
        organization | 企業等 | The organization
        """,
    ),
    (
        RefusalReason,
        """
        not_authentic | 本人・企業等からの書面と確認できない | Not authentic
        form_lacking | 様式または書類の不足 | Form or papers lacking
        slip_not_overdue | 受領書の到着または期間内の疑義の申出 | Slip came, or doubts in time
        other | その他 | Another reason
        """,
    ),
)

_PROBLEMS = stanzas_of("""
ground.missing
    失効の事由を選んでください
    Choose the ground
way.missing
    到着の方法（郵送またはＦＡＸ）を選んでください
    Choose whether it came by post or by fax
requested_at.later
    到着した日時が今より後です。日時を確かめてください
    It cannot have arrived later than now
name_on_form.missing
    書面に書かれた氏名を、書かれたとおりに入力してください
    Type the name as the form gives it
name_on_form.too_long
    氏名は100文字までです
    The name has at most 100 characters
note.missing
    認証局の判断による失効は、確認した事実を入力してください
    A revocation of the CA's own rests on facts: write what was found
note.too_long
    確認した事実は400文字までです
    What was found has at most 400 characters
paper.missing
    届いた書類を選んでください
    Choose what has come
item.not_answered
    審査項目に答えてください
    Answer each item of the checklist
lacking.something_lacks
    「否」の項目があるため署名できません。「不備を記録する」を押してください
    An item is lacking, so nothing is signed: record what is lacking instead
sign.nothing_lacks
    すべて「適」です。セキュリティキーで確認してください
    Nothing is lacking: confirm with the security key
reason.missing
    不受理の理由を選んでください
    Choose the reason
refusal.missing
    申出人にお知らせする理由を入力してください
    Write the reason as the person is told it
refusal.too_long
    お知らせする理由は400文字までです
    The reason has at most 400 characters
unreachable.missing
    利用者に知らせることができない理由を入力してください
    Write why informing the subscriber is impossible
unreachable.too_long
    理由は400文字までです
    The reason has at most 400 characters
""")

_NOT_REFUSABLE = stanzas_of("""
slip
    期限内の受領書の受付も発送後20日以内の疑義の申出も記録にないため、取りやめられません。届いていれば先に登録してください
    No slip and no doubts told in time are on record (18.5, 18.7): record at the receipt desk what has come
own
    約款で失効が義務の事由（{ground}）です。不受理にはできません
    The terms demand this revocation ({ground}): it is not refused
paper
    不受理にできるのは、本人・企業等からの書面と確認できないとき、または様式・書類が足りないときだけです
    Where it is applied for or requested, only lack of authenticity or of form refuses it (21, 22.1)
""")


def request_problem_words(refusal: RequestRefused, language: str) -> str:
    """Return what to correct, in `ja` or, for anything else, in English."""
    named = f"{refusal.field}.{refusal.problem}"
    known = _PROBLEMS.get(named) or _PROBLEMS[f"item.{refusal.problem}"]
    return in_language(known, language)


def not_refusable_words(refusal: RequestNotRefusable, language: str) -> str:
    """Return why a case is not refused, and what is missing for it (18.7, 22.1)."""
    kind = "paper" if refusal.has_paper else "own"
    if refusal.reason is RefusalReason.SLIP_NOT_OVERDUE:
        kind = "slip"
    return in_language(_NOT_REFUSABLE[kind], language).format(ground=refusal.ground)
