"""A worker killed while it sends: what it began comes into doubt, and nobody sends it twice (43)."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from inro.practice.sending import NoticeState
from inro.store.ids import NoticeId
from inro.store.models import Notice
from inro.usecases.sending import release_notices, resolve_notice
from tests import given
from tests.servers.mail import Chaos, Mood, mail_server
from tests.usecases import given_notices as made
from tests.web.installation import environment, installation

KILLED = -9
HOUR = timedelta(hours=1)


def one_pass(home: Path, now: datetime, port: int, *death: str) -> int:
    """Let a worker make a pass in a process of its own; return its exit status."""
    connection.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.worker.dying_mail", now.isoformat(), str(port), *death],
        env=environment() | {"INRO_HOME": str(home)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, KILLED), done.stderr
    return done.returncode


@pytest.mark.parametrize(("death", "was_sent"), [("before", False), ("after", True)])
def test_a_mail_whose_sender_was_killed_is_never_sent_twice(fresh_database, tmp_path, death, was_sent):
    letters = [made.without_letter(number, recipient=f"p{number}@example.jp") for number in range(2)]
    release_notices(notices=letters, actor=given.DESK, now=given.NOW)
    home, chaos = installation(tmp_path / "home"), Chaos(mood=lambda _: Mood.TAKE)
    with mail_server(chaos) as port:
        assert one_pass(home, given.NOW, port, death) == KILLED
        assert states() == [NoticeState.SENDING, NoticeState.RELEASED]
        # The other is sent; of the first nobody knows, and its time is over.
        assert one_pass(home, given.NOW + HOUR, port) == 0
        assert states() == [NoticeState.IN_DOUBT, NoticeState.SENT]
        first = Notice.objects.order_by("pk")[0]
        assert (first.message_id in chaos.taken) is was_sent
        resolve_notice(
            notice=NoticeId(first.pk),
            was_sent=was_sent,
            sent_at=None,
            reason="記録",
            actor=given.DESK,
            now=given.NOW + 2 * HOUR,
        )
        assert one_pass(home, given.NOW + 3 * HOUR, port) == 0
    assert states() == [NoticeState.SENT, NoticeState.SENT]
    assert dict(chaos.taken) == {letter.message_id: 1 for letter in letters}
    connection.close()


def states() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("state", flat=True))
