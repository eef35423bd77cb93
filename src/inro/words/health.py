"""What an alarm says: what of the platform's own is late or held back, how much is overdue (26.2)."""

from collections.abc import Iterable

from inro.pki.list_guard import Stop
from inro.practice.deadlines import Deadline
from inro.words.day_sums import deadline_words
from inro.words.states import word


def alarm_words(
    late: Iterable[tuple[str, Deadline]], *, stopped: Iterable[tuple[str, Stop]], overdue: int
) -> str:
    """Return the text of an alarm in both languages.

    `late` are things by name with their deadlines, `stopped` lists by name and number with why they are held
    back.
    """
    lines, held = list(late), list(stopped)
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
            *(f"・公開を止めた失効リスト {name}：{word(why, 'ja')}" for name, why in held),
            f"案件の義務の期限切れ：{overdue}件",
            "期限の画面（/deadlines/）と inro doctor を見てください。",
            "",
            "The platform itself is late.",
            *english,
            *(f"- list held back, {name}: {word(why, 'en')}" for name, why in held),
            f"Duties in cases overdue: {overdue}",
            "See the deadlines (/deadlines/) and inro doctor.",
        )
    )
