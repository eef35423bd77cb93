"""What mass revocations are called, where they stand, who is left out, what to correct (11.3, 22.1)."""

from enum import StrEnum

from inro.practice.mass_revocation import LeftOut, MassState, PlanRefused
from inro.words.rows import in_language, stanzas_of

MASS_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        MassState,
        """
        planned | 審査待ち | Waits for examination
        examined | 決定待ち | Waits for the decision
        decided | 失効処理中 | Being revoked
        revoked | 公開待ち | Waits for publication
        published | 公開済 | Published
        dropped | 取下げ・停止 | Dropped
        """,
    ),
    (
        LeftOut,
        """
        expired | 有効期間の満了 | Expired
        revoked | 失効済み | Revoked already
        own_case | 個別の失効手続中 | A revocation of its own is under way
        """,
    ),
)

_PROBLEMS = stanzas_of("""
criterion.missing
    対象を選ぶ条件を1つ以上入力するか、「すべての証明書」を選んでください
    Give at least one condition, or choose all certificates
criterion.everyone-and-more
    「すべての証明書」と他の条件は同時に指定できません。どちらかにしてください
    All certificates and a condition exclude each other: keep one of them
criterion.nobody
    条件に合う有効な証明書がありません。条件を確かめてください
    No valid certificate fits: check the conditions
ground.not-the-cas-own
    認証局が職権で一括して用いることのできる事由ではありません。選び直してください
    This ground is not one the CA uses by itself for many: choose another
ground.everyone-only
    この事由は「すべての証明書」だけに用います。対象か事由を選び直してください
    This ground is for all certificates only: choose another ground, or all of them
lasts_until.everyone-only
    「この日まで有効なもの」は「すべての証明書」とともに指定してください
    Lasting until a day goes with all certificates only
lasts_until.not-yet
    サービスの最終日までは決定できません。その日に、一覧を作り直して決定してください
    Not before the last day of the service: decide on that day, on the list as it is then
issued_from.not_a_date
    発行日の初日を読み取れません（例：2026/4/1）
    The first day of issue cannot be read; type it such as 2026/4/1
issued_until.not_a_date
    発行日の末日を読み取れません（例：2026/4/30）
    The last day of issue cannot be read; type it such as 2026/4/30
issued_until.before-first-day
    発行日の末日は初日以後の日にしてください
    The last day of issue is on or after the first
""")


def plan_problem_words(refusal: PlanRefused, language: str) -> str:
    """Return what to correct, in `ja` or, for anything else, in English.

    Raises: KeyError for a problem that has no words.
    """
    return in_language(_PROBLEMS[f"{refusal.field}.{refusal.problem}"], language)
