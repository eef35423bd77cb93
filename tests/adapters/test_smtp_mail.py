"""E-mail over TLS, its password from a file; certificates are checked, points survive (RFC 5321, 3207)."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from inro.adapters.smtp_mail import MailServer, SmtpMail, Tls
from inro.ports.mail import Outcome, Outgoing
from tests.servers.mail import Chaos, Mood, mail_server, password, tls_context

LINES = b"Message-ID: <a@b>\r\nX: y\r\n\r\n.begins with a point\r\n..two\r\nend\r\n"
OUTGOING = Outgoing(key="<a+b=c@d>", recipient="x@example.jp", content=LINES)


def mail(port: int, tls: Tls = Tls.NONE, **more: object) -> SmtpMail:
    place = {"host": "127.0.0.1", "port": port, "tls": tls, "sender": "b@ca.example", "timeout_s": 60.0}
    return SmtpMail(MailServer(**place | more))


# The server warns of itself: to it, TLS from the first octet is none.
@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
def test_it_sends_over_tls_with_its_password(mail_pair, tmp_path, tls):
    secret = tmp_path / "password"
    secret.write_text("geheim\n", "utf-8")
    context, chaos = tls_context(*mail_pair), Chaos(mood=lambda _: Mood.TAKE)
    how = (
        {"ssl_context": context}
        if tls is Tls.IMPLICIT
        else {"tls_context": context, "require_starttls": True}
    )
    with mail_server(
        chaos, authenticator=password("inro", "geheim"), auth_required=True, auth_require_tls=False, **how
    ) as port:
        known = {"user": "inro", "password_from": secret, "trust": mail_pair[0]}
        assert mail(port, tls, **known).send(OUTGOING).outcome is Outcome.ACCEPTED
        assert chaos.messages["<a@b>"] == LINES
        stranger = mail(port, tls, user="inro", password_from=secret).send(OUTGOING)
        assert stranger.outcome is Outcome.PUT_OFF
        assert "certificate" in stranger.said.lower()
        secret.write_text("falsch", "utf-8")
        wrong = mail(port, tls, **known).send(OUTGOING)
        assert (wrong.outcome, "535" in wrong.said) == (Outcome.PUT_OFF, True)
    assert sum(chaos.taken.values()) == 1


@pytest.mark.parametrize(
    ("mood", "outcome"),
    [
        (Mood.TAKE, Outcome.ACCEPTED),
        (Mood.DELAY, Outcome.ACCEPTED),
        (Mood.PUT_OFF, Outcome.PUT_OFF),
        (Mood.REFUSE_RECIPIENT, Outcome.REFUSED),
        (Mood.REFUSE_TEXT, Outcome.REFUSED),
        (Mood.DROP_BEFORE, Outcome.PUT_OFF),
        (Mood.DROP_UNTAKEN, Outcome.UNKNOWN),
        (Mood.DROP_TAKEN, Outcome.UNKNOWN),
    ],
)
def test_it_says_what_it_knows_and_no_more(mood, outcome):
    chaos = Chaos(mood=lambda _: mood)
    with mail_server(chaos) as port:
        assert mail(port).send(OUTGOING).outcome is outcome
    assert outcome is not Outcome.ACCEPTED or sum(chaos.taken.values()) == 1


def test_nobody_there_and_no_tls_to_others_is_put_off():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert mail(port).send(OUTGOING).outcome is Outcome.PUT_OFF
    answer = mail(25, host="192.0.2.1").send(OUTGOING)
    assert (answer.outcome, "no TLS" in answer.said) == (Outcome.PUT_OFF, True)


def test_a_server_that_reports_is_asked_to_with_the_message_id():
    with scripted(
        ["220 hi", "250-hi\r\n250 DSN", "250 ok", "250 ok", "354 go", "250 taken", "221 bye"]
    ) as told:
        assert mail(told[0]).send(OUTGOING).outcome is Outcome.ACCEPTED
    assert "mail from:<b@ca.example> RET=HDRS ENVID=a+2Bb+3Dc@d" in told
    assert "rcpt to:<x@example.jp> NOTIFY=SUCCESS,FAILURE" in told


@contextmanager
def scripted(answers: list[str]) -> Iterator[list[object]]:
    """A server that says its lines, whatever it hears; what it heard follows its port."""
    told: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        told.append(listening.getsockname()[1])

        def serve() -> None:
            visitor, _ = listening.accept()
            with visitor, visitor.makefile("rwb") as stream:
                for answer in answers:
                    stream.write(f"{answer}\r\n".encode())
                    stream.flush()
                    line = stream.readline()
                    told.append(line.decode().strip())
                    while answer.startswith("354") and line not in (b".\r\n", b""):
                        line = stream.readline()

        thread = threading.Thread(target=serve)
        thread.start()
        yield told
        thread.join(10)
