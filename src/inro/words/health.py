"""What an alarm says: what of the platform's own is late, how much that must be done is overdue (26.2)."""

from collections.abc import Iterable

from inro.practice.deadlines import Deadline
from inro.words.day_sums import deadline_words
from inro.words.states import word


def alarm_words(late: Iterable[tuple[str, Deadline]], *, overdue: int) -> str:
    """Return the text of an alarm in both languages; `late` are things by name with their deadlines."""
    lines = list(late)
    japanese = [
        f"・{word(deadline.kind, 'ja')} {about} {deadline_words(deadline, 'ja')}" for about, deadline in lines
    ]
    english = [
        f"- {word(deadline.kind, 'en')} {about}: {deadline_words(deadline, 'en')}"
        for about, deadline in lines
    ]
    return "\n".join(
        (
            "設備の期限が過ぎています。",
            *japanese,
            f"案件の義務の期限切れ：{overdue}件",
            "期限の画面（/deadlines/）と inro doctor を見てください。",
            "",
            "The platform itself is late.",
            *english,
            f"Duties in cases overdue: {overdue}",
            "See the deadlines (/deadlines/) and inro doctor.",
        )
    )
