"""What tests of notices on their way start from: letters let go by e-mail, and the operator who sends."""

from datetime import datetime

from inro.practice.notices import Channel, NoticeKind
from inro.store.ids import ApplicationId, LetterId, NoticeId
from inro.store.models import Application
from inro.store.reads.application import application_record
from inro.store.reads.letters import letter_record
from inro.usecases.messages import Sender, ready_notice
from inro.usecases.sending import ReadyNotice, release_notices
from tests import given
from tests.paper.sheets import OPERATOR, WORDS
from tests.usecases import given_letters as made

SENDER = Sender(operator=OPERATOR, address="desk@ca.example", words=WORDS)
MAILBOX = "hanako@example.jp"
FAX = "011-000-0000"


def ready(letter: LetterId, *, recipient: str = MAILBOX, now: datetime = given.NOW) -> ReadyNotice:
    """Return a printed letter as a message."""
    return ready_notice(letter_record(letter), name="見本花子", recipient=recipient, sender=SENDER, now=now)


def reachable(application: ApplicationId) -> ApplicationId:
    """Let the person of a case have given an e-mail address and a fax number."""
    stated = application_record(application).form
    assert stated is not None
    contact = {"contact": {"email": MAILBOX, "fax": FAX}}
    Application.objects.filter(pk=application).update(stated=stated.as_record() | contact)
    return application


def printed(
    application: ApplicationId, channel: Channel = Channel.EMAIL, *, now: datetime = given.NOW
) -> LetterId:
    """Return a deficiency letter printed for today that goes by e-mail or fax."""
    return made.printed(made.released(reachable(application), channel=channel, now=now), now=now)


def let_go(
    application: ApplicationId,
    *,
    channel: Channel = Channel.EMAIL,
    recipient: str = MAILBOX,
    now: datetime = given.NOW,
) -> NoticeId:
    """Return a deficiency letter's notice that a clerk let go today."""
    letter = ready(printed(application, channel, now=now), recipient=recipient, now=now)
    [notice] = release_notices(notices=[letter], actor=given.DESK, now=now)
    return notice


def without_letter(number: int, *, recipient: str) -> ReadyNotice:
    """Return a short notice to everybody, as a message of its own."""
    key = f"<N{number:06}@ca.example>"
    text = f"To: {recipient}\r\nMessage-ID: {key}\r\nX-Inro-Notice: N{number:06}\r\n\r\n.{number}\r\n"
    return ReadyNotice(
        letter=None,
        application=None,
        kind=NoticeKind.MAINTENANCE,
        clause="30(2)",
        channel=Channel.EMAIL,
        recipient=recipient,
        title="保守",
        template="maintenance",
        edition="2026-12-01",
        words_sha256="0" * 64,
        message_id=key,
        message=text.encode(),
    )
