"""What an alarm says: what of the platform's own is late or held back, how much is overdue (26.2)."""

from collections.abc import Iterable

from inro.pki.list_guard import Stop
from inro.practice.deadlines import Deadline
from inro.practice.probe import ProbeResult
from inro.practice.publication import PublicationState
from inro.words.day_sums import deadline_words
from inro.words.owed import about_words
from inro.words.probe import finding_words
from inro.words.states import word


def alarm_words(
    late: Iterable[tuple[str, Deadline]],
    *,
    stopped: Iterable[tuple[str, Stop]],
    waiting: Iterable[tuple[str, PublicationState]],
    probes: Iterable[ProbeResult],
    overdue: int,
) -> str:
    """Return the text of an alarm in both languages.

    `late` are things by name with their deadlines, `stopped` lists by name and number with why they are held
    back, `waiting` those that one half of the repository lacks, `probes` the rounds that found something.
    """
    lines, held, lacking, found = list(late), list(stopped), list(waiting), list(probes)
    japanese = [
        f"・{word(one.kind, 'ja')} {about_words(one.kind, about, 'ja')} {deadline_words(one, 'ja')}"
        for about, one in lines
    ]
    english = [
        f"- {word(one.kind, 'en')} {about_words(one.kind, about, 'en')}: {deadline_words(one, 'en')}"
        for about, one in lines
    ]
    return "\n".join(
        (
            "設備の期限が過ぎています。",
            *japanese,
            *(f"・公開を止めた失効リスト {name}：{word(why, 'ja')}" for name, why in held),
            *(f"・公開が終わらない失効リスト {name}：{word(state, 'ja')}" for name, state in lacking),
            *(f"・外からの確認 {one.name}：{len(one.findings)}件（{_at(one)}）" for one in found),
            *(f"　{finding_words(finding, 'ja')}" for one in found for finding in one.findings),
            f"案件の義務の期限切れ：{overdue}件",
            "期限の画面（/deadlines/）と inro doctor を見てください。",
            "",
            "The platform itself is late.",
            *english,
            *(f"- list held back, {name}: {word(why, 'en')}" for name, why in held),
            *(f"- list not published whole, {name}: {word(state, 'en')}" for name, state in lacking),
            *(f"- prober {one.name}: {len(one.findings)} found wrong at {_at(one)}" for one in found),
            *(f"  {finding_words(finding, 'en')}" for one in found for finding in one.findings),
            f"Duties in cases overdue: {overdue}",
            "See the deadlines (/deadlines/) and inro doctor.",
        )
    )


def _at(result: ProbeResult) -> str:
    return result.began_at.isoformat(timespec="minutes")
