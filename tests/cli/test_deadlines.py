"""`inro deadlines`: listed, explained, run, rebuilt, watched, told by mail (18.7, 26.2)."""

import json
import socketserver
import sqlite3
import threading
from contextlib import closing

import pytest

from tests.cli.command import inro

AT = "'2026-12-01 03:00:00'"
ALARM = """
[alarm]
receivers = ["duty@ca.example"]

[platform]
accredited_until = {until}
"""


_ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 farewell\r\n"}


class _Mails(socketserver.StreamRequestHandler):
    """A mail server of one visit: it takes what it is given."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper()
            self.wfile.write(_ANSWERS.get(command, b"250 taken\r\n"))
            if command == b"DATA":
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                self.server.taken.append(text)
                self.wfile.write(b"250 taken\r\n")
            if command == b"QUIT":
                return


@pytest.fixture
def mails():
    """A real mail server on loopback and what it took."""
    with socketserver.TCPServer(("127.0.0.1", 0), _Mails) as server:
        server.taken = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def deadlines(home, *words: str):
    return inro("deadlines", *words, "--home", str(home), cwd=home)


def configured(home, *, port: int = 1, until: str) -> None:
    file = home / "inro.toml"
    text = file.read_text("utf-8")
    text = text.replace(
        '[mail]\nhost = "127.0.0.1"\nport = 1\n', f'[mail]\nhost = "127.0.0.1"\nport = {port}\n'
    )
    file.write_text(text + ALARM.format(until=until), "utf-8")


def test_a_night_is_run_listed_and_watched(home):
    configured(home, until="2099-03-31")
    assert deadlines(home, "watch").returncode == 1  # no night yet
    ran = deadlines(home, "run")
    assert ran.returncode == 0, ran.stderr
    assert "reached: 0" in ran.stdout
    watched = deadlines(home, "watch")
    assert watched.returncode == 0, watched.stdout
    assert watched.stdout.startswith("inro ok night=")
    listed = deadlines(home, "list", "--days", "30000", "--json")
    found = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [one["kind"] for one in found] == ["night_run", "accreditation"]
    assert found[1]["day"] == "2099-02-28"
    told = deadlines(home, "list", "--days", "30000", "--kind", "accreditation").stdout
    assert "認定の満了日2099年3月31日、中30日を置いて2099年2月28日" in told
    assert "30 clear days before: 2099-02-28" in told
    calendar = deadlines(home, "calendar", "--days", "30000").stdout
    assert calendar.count("BEGIN:VEVENT") == 2
    assert "nothing differs" in deadlines(home, "verify").stdout


def test_what_is_late_is_told_by_mail(home, mails):
    configured(home, port=mails.server_address[1], until="2026-01-31")
    assert deadlines(home, "run").returncode == 0
    told = deadlines(home, "watch", "--mail")
    assert (told.returncode, told.stderr) == (1, "")
    (mail,) = mails.taken
    assert b"Subject: inro late" in mail
    assert b"To: duty@ca.example" in mail
    assert b"Auto-Submitted: auto-generated" in mail


def test_a_mail_server_that_is_not_there_is_said_in_words(home):
    configured(home, until="2026-01-31")
    deadlines(home, "run")
    refused = deadlines(home, "watch", "--mail")
    assert refused.returncode == 1
    assert "duty@ca.example" in refused.stderr
    assert "127.0.0.1" in refused.stderr


def test_alarms_leave_through_the_house_s_mail_server_or_nothing_starts(home):
    file = home / "inro.toml"
    head, _, rest = file.read_text("utf-8").partition("[mail]\n")
    without = f"{head}{rest[rest.index('[') :]}"
    file.write_text(f'{without}\n[alarm]\nreceivers = ["duty@ca.example"]\n', "utf-8")
    assert "[mail]" in deadlines(home, "watch").stderr


def test_a_part_of_the_platform_that_cannot_be_read_is_named(home):
    configured(home, until='2099-03-31\nbackups = "nowhere"')
    refused = deadlines(home, "run")
    assert refused.returncode == 1
    assert "nowhere" in refused.stderr


def test_odd_words_are_refused_with_the_way_out(home):
    assert "choose of" in deadlines(home, "list", "--kind", "doomsday").stderr
    assert "nothing is owed" in deadlines(home, "explain", "A26-000001-0").stderr


def test_what_was_changed_past_the_acts_is_named_and_mended(home):
    with closing(sqlite3.connect(home / "records.sqlite")) as records, records:
        records.execute(
            "INSERT INTO store_application (number, kind, state, edition, edition_sha256, period, stated, "
            "drafted_at, received_at, closed_at) VALUES ('A26-000001-0', 'company_employee', 'rejected', "
            f"'2025-04-01', '', '1y', '{{}}', {', '.join(3 * [AT])})"
        )
    told = deadlines(home, "verify")
    assert told.returncode == 1
    assert "A26-000001-0: retention ― → 2041-11-01" in told.stdout
    assert "cases mended: 1" in deadlines(home, "mend").stdout
    assert deadlines(home, "verify").returncode == 0
    assert "deadline.set" in deadlines(home, "explain", "A26-000001-0", "--json").stdout
