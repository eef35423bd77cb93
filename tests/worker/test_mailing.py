"""Notices by e-mail and fax: each sent once, its state the true one, whatever the server does (43)."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from inro.adapters.delivery_reports import GatewayWords
from inro.adapters.fax_gateway import FaxGateway
from inro.adapters.fax_spool import FaxSpool
from inro.adapters.maildir_reports import MaildirReports
from inro.adapters.smtp_mail import MailServer, SmtpMail, Tls
from inro.ports.errors import PortError
from inro.ports.mail import Reports, Sending
from inro.practice.calendar import jst_date
from inro.practice.letters import LetterState
from inro.practice.notices import Channel
from inro.practice.sending import LONGEST_TRY, NoticeState
from inro.practice.transitions import ActNotAllowed
from inro.store.audit_verify import verify_chain
from inro.store.errors import Conflict
from inro.store.ids import NoticeId
from inro.store.models import Letter, Notice
from inro.store.reads.letters import letters_of
from inro.store.reads.notices import notice_record, tries_of
from inro.usecases.actor import process
from inro.usecases.outbox import perform_with, run_pending
from inro.usecases.sending import handle_failure, release_notices, resolve_notice
from inro.worker.mailing import Mailing, send_notice, settle
from tests import given
from tests.servers.mail import Chaos, Mood, mail_server, maildir
from tests.usecases import given_notices as made

WORKER = process("worker-1")


class Post:
    """A worker's passes over a clock that the test moves."""

    def __init__(self, channels: dict[Channel, Sending], *reports: Reports) -> None:
        self.now = given.NOW
        self.mailing = Mailing(channels=channels, reports=reports, actor=WORKER, clock=lambda: self.now)

    def run(self, *, after: timedelta = timedelta()) -> None:
        """Make one pass, `after` the last."""
        self.now += after
        assert settle(mailing=self.mailing) == ()
        perform_with({"send_notice": self._try})
        run_pending()

    def _try(self, *, notice_id: int) -> None:
        send_notice(mailing=self.mailing, notice=NoticeId(notice_id))


@contextmanager
def server_in(mood: Callable[[str], Mood], copies: Path | None = None) -> Iterator[tuple[Chaos, Sending]]:
    chaos = Chaos(mood=mood, copies=copies)
    with mail_server(chaos) as port:
        place = MailServer(
            host="127.0.0.1", port=port, tls=Tls.NONE, sender="bounce@ca.example", timeout_s=60
        )
        yield chaos, SmtpMail(place)


def test_a_letter_goes_out_once_and_counts_as_arrived(db):
    case = given.examining()
    with server_in(lambda _: Mood.TAKE) as (chaos, mail):
        notice = made.let_go(case)
        assert [letter.state for letter in letters_of(case)] == [LetterState.ON_WAY]
        post = Post({Channel.EMAIL: mail})
        for _ in range(3):
            post.run(after=timedelta(hours=1))
    record = notice_record(notice)
    assert (record.state, record.arrived_on) == (NoticeState.SENT, jst_date(given.NOW))
    assert dict(chaos.taken) == {record.message_id: 1}
    sent = chaos.messages[record.message_id]
    assert sent.isascii()
    assert b"X-Inro-Notice" in sent
    [letter] = letters_of(case)
    assert (letter.state, letter.arrived_on) == (LetterState.SENT, jst_date(given.NOW))
    assert [one.said for one in tries_of(notice)] == ["250 2.0.0 taken"]


def test_what_the_server_refuses_goes_by_post(db):
    case = given.examining()
    with server_in(lambda _: Mood.REFUSE_RECIPIENT) as (chaos, mail):
        notice = made.let_go(case)
        Post({Channel.EMAIL: mail}).run()
    record = notice_record(notice)
    assert record.state is NoticeState.FAILED
    assert not record.waits_for_a_person
    failed, instead = letters_of(case)
    assert failed.state is LetterState.FAILED
    assert (instead.state, instead.channel, instead.points) == (
        LetterState.RELEASED,
        Channel.POST,
        failed.points,
    )
    assert Letter.objects.get(pk=instead.letter_id).instead_of_id == failed.letter_id
    assert not chaos.taken


def test_what_is_put_off_is_tried_again_after_its_pause_and_fails_after_the_last(db):
    case = given.examining()
    with server_in(lambda _: Mood.PUT_OFF) as (_, mail):
        notice = made.let_go(case)
        post = Post({Channel.EMAIL: mail})
        post.run()
        post.run(after=timedelta(seconds=59))
        assert len(tries_of(notice)) == 1
        post.run(after=timedelta(seconds=1))
        assert len(tries_of(notice)) == 2
        for _ in range(8):
            post.run(after=timedelta(days=1))
    assert len(tries_of(notice)) == 8
    assert notice_record(notice).state is NoticeState.FAILED


def test_what_is_in_doubt_is_never_sent_again_by_itself(db):
    with server_in(lambda _: Mood.DROP_TAKEN) as (chaos, mail):
        notice = made.let_go(given.examining())
        post = Post({Channel.EMAIL: mail})
        for _ in range(5):
            post.run(after=timedelta(days=1))
    assert notice_record(notice).state is NoticeState.IN_DOUBT
    assert sum(chaos.offered.values()) == 1
    resolve_notice(
        notice=notice,
        was_sent=True,
        sent_at=given.NOW,
        reason="サーバの記録で確認",
        actor=given.DESK,
        now=post.now,
    )
    assert notice_record(notice).arrived_on == jst_date(given.NOW)


def test_found_unsent_it_goes_again_under_the_same_message_id(db):
    moods = [Mood.DROP_UNTAKEN, Mood.DROP_UNTAKEN, Mood.TAKE, Mood.TAKE]
    with server_in(lambda _: moods.pop(0)) as (chaos, mail):
        notice = made.let_go(given.examining())
        post = Post({Channel.EMAIL: mail})
        post.run()
        assert notice_record(notice).state is NoticeState.IN_DOUBT
        resolve_notice(
            notice=notice, was_sent=False, sent_at=None, reason="記録なし", actor=given.DESK, now=post.now
        )
        post.run()
    record = notice_record(notice)
    assert record.state is NoticeState.SENT
    assert dict(chaos.taken) == {record.message_id: 1}
    assert [one.number for one in tries_of(notice)] == [1, 2]


def test_the_servers_copy_ends_a_doubt(db, tmp_path):
    copies = maildir(tmp_path / "copies")
    with server_in(lambda _: Mood.DROP_TAKEN, copies) as (_, mail):
        notice = made.let_go(given.examining())
        post = Post({Channel.EMAIL: mail}, MaildirReports(copies))
        post.run()
        post.run(after=timedelta(minutes=1))
    assert notice_record(notice).state is NoticeState.SENT
    assert not list((copies / "new").iterdir())


def test_a_bounce_takes_the_arrival_back(db, tmp_path):
    case, box = given.examining(), maildir(tmp_path / "reports")
    with server_in(lambda _: Mood.TAKE) as (_, mail):
        notice = made.let_go(case)
        post = Post({Channel.EMAIL: mail}, MaildirReports(box))
        post.run()
        key = notice_record(notice).message_id
        (box / "new" / "1").write_bytes(bounce(key))
        (box / "new" / "2").write_bytes(b"Subject: spam\n\nbuy\n")
        post.run(after=timedelta(hours=2))
    record = notice_record(notice)
    assert (record.state, record.arrived_on) == (NoticeState.FAILED, None)
    assert "5.1.1" in tries_of(notice)[0].said
    assert [letter.channel for letter in letters_of(case)] == [Channel.EMAIL, Channel.POST]
    assert sorted(file.name for file in (box / "cur").iterdir()) == ["1:2,S", "2:2,"]


def bounce(key: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    return (
        "From: <>\r\nTo: bounce@ca.example\r\nDate: Tue, 01 Dec 2026 12:00:00 +0900\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; x@example.jp\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {key}\r\n\r\n--b--\r\n"
    ).encode()


def test_a_message_is_let_go_once(db):
    letter = made.ready(made.printed(given.examining()))
    release_notices(notices=[letter], actor=given.DESK, now=given.NOW)
    with pytest.raises((ActNotAllowed, Conflict)):
        release_notices(notices=[letter], actor=given.DESK, now=given.NOW)
    assert Notice.objects.count() == 1


def test_without_a_mail_server_a_notice_waits_and_says_why(db):
    made.let_go(given.examining())
    post = Post({})
    perform_with({"send_notice": post._try})
    [waiting] = run_pending().waiting
    assert isinstance(waiting, PortError)
    assert "[mail]" in str(waiting)
    assert Notice.objects.get().state == NoticeState.RELEASED


def test_a_fax_counts_once_the_machine_confirmed_it(db, tmp_path):
    spool = fax_folder(tmp_path)
    fax = FaxSpool(spool, sender="inro", clock=lambda: given.NOW)
    notice = made.let_go(given.examining(), channel=Channel.FAX, recipient=made.FAX)
    post = Post({Channel.FAX: fax}, fax)
    post.run()
    [job] = (spool / "sendq").glob("q*")
    assert notice_record(notice).state is NoticeState.SENDING
    tags = job.read_text()
    assert "number:0110000000\n" in tags
    (spool / "doneq" / job.name).write_text(tags.replace("state:2", "state:7") + "returned:2\n")
    job.unlink()
    post.run(after=timedelta(minutes=5))
    assert notice_record(notice).state is NoticeState.SENT
    assert [file.name for file in (spool / "archive").iterdir()] == ["q1"]


def test_a_fax_nobody_took_goes_by_post(db, tmp_path):
    spool = fax_folder(tmp_path)
    fax = FaxSpool(spool, sender="inro", clock=lambda: given.NOW)
    case = given.examining()
    notice = made.let_go(case, channel=Channel.FAX, recipient=made.FAX)
    post = Post({Channel.FAX: fax}, fax)
    post.run()
    job = spool / "sendq" / "q1"
    (spool / "doneq" / "q1").write_text(job.read_text().replace("state:2", "state:8") + "status:No carrier\n")
    job.unlink()
    post.run(after=timedelta(minutes=5))
    assert notice_record(notice).state is NoticeState.FAILED
    assert tries_of(notice)[0].said == "No carrier"
    assert [letter.channel for letter in letters_of(case)] == [Channel.FAX, Channel.POST]


def fax_folder(folder: Path) -> Path:
    for name in ("sendq", "docq", "doneq", "archive"):
        (folder / name).mkdir()
    return folder


def test_a_fax_through_a_gateway_waits_for_its_reply(db, tmp_path):
    box = maildir(tmp_path / "reports")
    words = GatewayWords(sent="送信完了", failed="送信失敗")
    with server_in(lambda _: Mood.TAKE) as (chaos, mail):
        notice = made.let_go(given.examining(), channel=Channel.FAX, recipient=made.FAX)
        gateway = FaxGateway(mail=mail, sender="desk@ca.example", domain="fax.example")
        post = Post({Channel.FAX: gateway}, MaildirReports(box, gateway=words))
        post.run()
        assert notice_record(notice).state is NoticeState.SENDING
        key = notice_record(notice).message_id
        assert b"0110000000@fax.example" in chaos.messages[key]
        reply = f"Subject: =?utf-8?B?6YCB5L+h5a6M5LqG?=\r\nIn-Reply-To: {key}\r\n"
        (box / "new" / "1").write_bytes(f"{reply}Date: Tue, 01 Dec 2026 12:00:00 +0900\r\n\r\n".encode())
        post.run(after=timedelta(minutes=9))
    assert notice_record(notice).state is NoticeState.SENT


def test_a_fax_that_nobody_confirms_comes_into_doubt(db, tmp_path):
    fax = FaxSpool(fax_folder(tmp_path), sender="inro", clock=lambda: given.NOW)
    notice = made.let_go(given.examining(), channel=Channel.FAX, recipient=made.FAX)
    post = Post({Channel.FAX: fax}, fax)
    post.run()
    post.run(after=LONGEST_TRY[Channel.FAX])
    assert notice_record(notice).state is NoticeState.SENDING
    post.run(after=timedelta(seconds=1))
    assert notice_record(notice).state is NoticeState.IN_DOUBT


def test_a_hundred_mails_through_a_bad_server_are_each_sent_once_and_known_as_such(db):
    rng = random.Random(43)
    bad = {f"p{number}@example.jp": rng.choice(list(Mood)) for number in range(100)}
    offers: dict[str, int] = {}

    def mood(address: str) -> Mood:
        offers[address] = offers.get(address, 0) + 1
        # It is asked at the recipient and at the text; after a few offers it is in a good mood.
        return bad[address] if offers[address] <= 4 or "refuse" in bad[address] else Mood.TAKE

    everybody = [made.without_letter(number, recipient=address) for number, address in enumerate(bad)]
    with server_in(mood) as (chaos, mail):
        release_notices(notices=everybody, actor=given.DESK, now=given.NOW)
        post = Post({Channel.EMAIL: mail})
        for _ in range(10):
            post.run(after=timedelta(days=1))
            for row in Notice.objects.filter(state=NoticeState.IN_DOUBT):
                resolve_notice(
                    notice=NoticeId(row.pk),
                    was_sent=row.message_id in chaos.taken,
                    sent_at=None,
                    reason="サーバの記録",
                    actor=given.DESK,
                    now=post.now,
                )
    assert set(chaos.taken.values()) == {1}
    true = {
        row.message_id: NoticeState.SENT if row.message_id in chaos.taken else NoticeState.FAILED
        for row in Notice.objects.all()
    }
    assert dict(Notice.objects.values_list("message_id", "state")) == true
    refused = [address for address, one in bad.items() if "refuse" in one]
    assert list(true.values()).count(NoticeState.FAILED) == len(refused)
    connection.ensure_connection()
    assert verify_chain(connection.connection).findings == ()


def test_a_failed_notice_without_a_letter_is_handled_by_a_person(db):
    with server_in(lambda _: Mood.REFUSE_TEXT) as (_, mail):
        [notice] = release_notices(
            notices=[made.without_letter(1, recipient="x@example.jp")], actor=given.DESK, now=given.NOW
        )
        Post({Channel.EMAIL: mail}).run()
    assert notice_record(notice).waits_for_a_person
    handle_failure(notice=notice, reason="電話で連絡した", actor=given.DESK, now=given.NOW)
    assert not notice_record(notice).waits_for_a_person
