"""`python -m tests.worker.dying_mail NOW PORT [DEATH]`: one pass of a worker that may kill itself at a mail.

DEATH is where: `before` the server is asked, or `after` it took the message and before that is on record.
"""

import os
import signal
import sys
from datetime import datetime

from inro.configuration.process import prepare_process
from inro.ports.mail import Answer, Outgoing, Sending


class Mortal:
    """A way to send that may be the last thing its process does."""

    def __init__(self, mail: Sending, death: str) -> None:
        self._mail = mail
        self._death = death

    def send(self, outgoing: Outgoing) -> Answer:
        """Send, and die where that was asked for."""
        if self._death == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = self._mail.send(outgoing)
        if self._death == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


def main(now: datetime, port: int, death: str) -> None:
    """Make one pass over the installation that `INRO_HOME` names."""
    prepare_process()
    from inro.adapters.smtp_mail import MailServer, SmtpMail, Tls
    from inro.practice.notices import Channel
    from inro.store.ids import NoticeId
    from inro.usecases.actor import process
    from inro.usecases.outbox import perform_with, run_pending
    from inro.worker.mailing import Mailing, send_notice, settle

    server = MailServer(host="127.0.0.1", port=port, tls=Tls.NONE, sender="bounce@ca.example")
    way = Mortal(SmtpMail(server), death)
    mailing = Mailing(channels={Channel.EMAIL: way}, reports=(), actor=process("worker-1"), clock=lambda: now)
    settle(mailing=mailing)
    perform_with(
        {"send_notice": lambda *, notice_id: send_notice(mailing=mailing, notice=NoticeId(notice_id))}
    )
    run_pending()


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]), int(sys.argv[2]), (sys.argv[3:] or [""])[0])
