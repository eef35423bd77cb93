"""Ten thousand e-mails through a server that fails, delays and drops: each sent once, its state true (43).

Every fifth mail meets a mood: put off, refused, dropped before or after its text, taken without a word. What
is in doubt is looked up in the server's own log, as a clerk would.
"""

import random
import time
from collections.abc import Sequence
from datetime import timedelta

from benchmarks.rows import Row, limit_row
from benchmarks.size import Size
from benchmarks.world import NOW
from inro.adapters.smtp_mail import MailServer, SmtpMail, Tls
from inro.practice.duties import Duty
from inro.practice.notices import Channel, NoticeKind
from inro.practice.sending import NoticeState
from inro.store.ids import NoticeId
from inro.store.models import Notice, NoticeTry
from inro.usecases.actor import Actor, process
from inro.usecases.outbox import perform_with, run_pending
from inro.usecases.sending import ReadyNotice, release_notices, resolve_notice
from inro.worker.mailing import Mailing, send_notice, settle
from tests.servers.mail import Chaos, Mood, mail_server

MAILS = 10_000
SECONDS_A_MAIL = 0.180
_DAYS = 9
_BATCH = 500
_CLERK = Actor(name="p-desk", duties=frozenset({Duty.NOTICE}))
_OPEN = (NoticeState.RELEASED, NoticeState.SENDING, NoticeState.IN_DOUBT)


def measure(size: Size) -> list[Row]:
    """Return a row for the mails: seconds each, and what of them is true."""
    count = size.of(MAILS)
    chaos, begun = _chaos(count), time.perf_counter()
    with mail_server(chaos) as port:
        server = MailServer(host="127.0.0.1", port=port, tls=Tls.NONE, sender="bounce@ca.example")
        _send_all(SmtpMail(server), chaos, count)
    each = (time.perf_counter() - begun) / count
    return [
        limit_row(
            figure="mail",
            subject=f"{count:,} e-mails let go, tried, settled, a server that fails, delays and drops",
            against="promise: 10,000 in 30 minutes",
            times=[each],
            limit=SECONDS_A_MAIL,
            checked=_checked(chaos, count),
        )
    ]


def _chaos(count: int) -> Chaos:
    rng = random.Random(43)
    moods = [rng.choice(list(Mood)) if rng.random() < 0.2 else Mood.TAKE for _ in range(count)]
    asked = [0] * count

    def mood(address: str) -> Mood:
        place = int(address.partition("@")[0].removeprefix("p"))
        asked[place] += 1
        # Refusals last; everything else passes after a few offers.
        lasts = moods[place] in (Mood.REFUSE_RECIPIENT, Mood.REFUSE_TEXT)
        return moods[place] if lasts or asked[place] <= 4 else Mood.TAKE

    return Chaos(mood=mood)


def _send_all(mail: SmtpMail, chaos: Chaos, count: int) -> None:
    now = NOW
    mailing = Mailing(
        channels={Channel.EMAIL: mail}, reports=(), actor=process("worker-1"), clock=lambda: now
    )

    def try_notice(*, notice_id: int) -> None:
        send_notice(mailing=mailing, notice=NoticeId(notice_id))

    for first in range(0, count, _BATCH):
        batch = [_notice(place) for place in range(first, min(first + _BATCH, count))]
        release_notices(notices=batch, actor=_CLERK, now=now)
    for _ in range(_DAYS):
        settle(mailing=mailing)
        perform_with({"send_notice": try_notice})
        run_pending()
        _look_up_doubts(chaos)
        now += timedelta(days=1)


def _look_up_doubts(chaos: Chaos) -> None:
    doubts = Notice.objects.filter(state=NoticeState.IN_DOUBT).values_list("pk", "message_id")
    for notice, key in list(doubts):
        resolve_notice(
            notice=NoticeId(notice),
            was_sent=key in chaos.taken,
            sent_at=None,
            reason="the server's log",
            actor=_CLERK,
            now=NOW + timedelta(days=_DAYS),
        )


def _notice(place: int) -> ReadyNotice:
    key, recipient = f"<N{place:06}@ca.example>", f"p{place}@example.jp"
    head: Sequence[str] = (f"To: {recipient}", f"Message-ID: {key}", "Subject: maintenance", "", "text", "")
    return ReadyNotice(
        letter=None,
        application=None,
        kind=NoticeKind.MAINTENANCE,
        clause="30(2)",
        channel=Channel.EMAIL,
        recipient=recipient,
        title="maintenance",
        template="maintenance",
        edition="2026-12-01",
        words_sha256="",
        message_id=key,
        message="\r\n".join(head).encode(),
    )


def _checked(chaos: Chaos, count: int) -> dict[str, object]:
    states = dict(Notice.objects.values_list("message_id", "state"))
    true = {key: "sent" if key in chaos.taken else "failed" for key in states}
    return {
        "mails": len(states),
        "tries": NoticeTry.objects.count(),
        "sent": sum(1 for state in states.values() if state == NoticeState.SENT),
        "failed": sum(1 for state in states.values() if state == NoticeState.FAILED),
        "open": sum(1 for state in states.values() if state in _OPEN),
        "taken_twice": sum(1 for times in chaos.taken.values() if times > 1),
        "states_true": states == true,
        "all": len(states) == count,
    }
