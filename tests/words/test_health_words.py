"""An alarm names what is wrong and what is missing, in both languages (26.2)."""

from datetime import UTC, datetime, timedelta

from inro.practice.probe import ANY_PROBER, ProbeFinding, ProbeResult, Problem
from inro.words.health import alarm_words

AT = datetime(2026, 12, 1, 3, tzinfo=UTC)
FOUND = ProbeResult(
    name="osaka",
    began_at=AT,
    next_by=AT + timedelta(hours=1),
    checked=9,
    findings=(ProbeFinding(problem=Problem.EXPIRED, address="http://h/crl.crl"),),
)


def test_an_alarm_tells_findings_from_silence() -> None:
    told = alarm_words(
        [],
        stopped=[],
        waiting=[],
        probes=[FOUND],
        silent=[("sendai", AT), (ANY_PROBER, None)],
        overdue=0,
    ).splitlines()
    for line in (
        "・外からの確認 osaka：1件（2026-12-01T03:00+00:00）",
        "　有効期間が過ぎています: http://h/crl.crl",
        "・外からの確認がない sendai：2026-12-01T03:00+00:00 の後の報告がありません",
        "・外からの確認がない （どれからも）：一度も報告がありません",
        "- prober osaka found 1 wrong at 2026-12-01T03:00+00:00",
        "- no round of prober sendai: none since 2026-12-01T03:00+00:00",
        "- no round of prober of any name: none ever came",
    ):
        assert line in told
