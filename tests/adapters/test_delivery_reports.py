"""What a mailbox tells of our messages: reports, a gateway's replies, copies; by IMAP and from a Maildir."""

import pytest

from inro.adapters.delivery_reports import GatewayWords, report_of
from inro.adapters.imap_reports import ImapReports, Mailbox
from inro.adapters.maildir_reports import MaildirReports
from inro.ports.errors import MailboxUnavailable
from inro.ports.mail import Outcome
from tests.servers.imap import Box, imap_server
from tests.servers.mail import tls_context
from tests.worker.test_mailing import bounce

KEY = "<L26-000001-S.1ac7@ca.example>"
WORDS = GatewayWords(sent="送信", failed="送信失敗")
SPAM = b"Subject: buy\r\n\r\nnow\r\n"


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        ("failed", Outcome.REFUSED),
        ("Delivered", Outcome.ACCEPTED),
        ("relayed", Outcome.ACCEPTED),
        ("delayed", Outcome.PUT_OFF),
    ],
)
def test_a_report_says_what_became_of_a_message(action, outcome):
    report = report_of(bounce(KEY, action), name="1")
    assert (report.key, report.outcome) == (KEY, outcome)
    assert (report.at is not None) is (outcome is Outcome.ACCEPTED)


def test_without_its_headers_a_report_is_known_by_the_envelope():
    bare = bounce(KEY).replace(b"Message-ID: " + KEY.encode(), b"X: y")
    assert report_of(bare, name="1") is None
    enveloped = bare.replace(
        b"Reporting-MTA: dns; mx.example", b"Original-Envelope-Id: L26-000001-S.1ac7+40ca.example"
    )
    assert report_of(enveloped, name="1").key == KEY


@pytest.mark.parametrize(
    "content",
    [
        SPAM,
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report\r\n\r\nnothing",
        bounce(KEY, "invented"),
        bounce(KEY).replace(b"Final-Recipient", b"--b\r\nFinal"),
        b"Subject: =?utf-8?q?=FF?=\r\nIn-Reply-To: <<<\r\n\r\n",
    ],
)
def test_what_tells_nothing_is_no_report(content):
    assert report_of(content, name="1", gateway=WORDS) is None


def test_of_a_gateways_words_the_failure_comes_first():
    reply = f"Subject: 送信失敗\r\nReferences: {KEY}\r\n\r\n".encode()
    assert report_of(reply, name="1", gateway=WORDS).outcome is Outcome.REFUSED
    assert report_of(reply.replace("失敗".encode(), b""), name="1", gateway=WORDS).outcome is Outcome.ACCEPTED
    assert report_of(reply, name="1") is None


@pytest.mark.parametrize("tls", [True, False])
def test_reports_come_by_imap_and_are_put_away(mail_pair, tmp_path, tls):
    secret = tmp_path / "password"
    secret.write_text("geheim\n", "utf-8")
    box = Box(user="notices", password="geheim")
    for content in (bounce(KEY), SPAM):
        box.put(content)
    with imap_server(box, context=tls_context(*mail_pair) if tls else None) as port:
        place = {"host": "127.0.0.1", "port": port, "user": "notices", "password_from": secret, "tls": tls}
        reports = ImapReports(Mailbox(**place, trust=mail_pair[0]))
        [report] = reports.waiting()
        assert (report.key, report.outcome) == (KEY, Outcome.REFUSED)
        assert box.flags == {1: set(), 2: {r"\Seen", r"\Flagged"}}
        reports.put_away(report)
        assert box.flags[1] == {r"\Seen"}
        assert list(reports.waiting()) == []
        secret.write_text("falsch", "utf-8")
        with pytest.raises(MailboxUnavailable, match="not that"):
            list(reports.waiting())
        if tls:
            with pytest.raises(MailboxUnavailable, match=r"(?i)certificate"):
                list(ImapReports(Mailbox(**place)).waiting())


def test_a_mailbox_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(MailboxUnavailable) as refused:
        list(MaildirReports(tmp_path / "nowhere").waiting())
    assert "Maildir" in refused.value.do
    far = Mailbox(host="192.0.2.1", port=143, user="x", password_from=tmp_path, tls=False)
    with pytest.raises(MailboxUnavailable, match="in the clear"):
        list(ImapReports(far).waiting())
