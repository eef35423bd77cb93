"""The office is served on this machine, opens to nobody who has not said who they are (40(7))."""

import signal
import subprocess
import sys
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection

from inro.demo.servers.free_port import free_port, listens
from inro.settings.read_only import read_only
from tests.servers.families import PATIENCE_S, family, until, until_ended
from tests.web.installation import environment, installation
from tests.web.serving import site
from tests.web.sitting import seated
from tests.web.story import tell


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the process with arguments that it must refuse."""
    return subprocess.run(
        [sys.executable, "-m", "inro.web", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=300,
    )


def fetch(address: str, visitor: urllib.request.OpenerDirector | None = None) -> tuple[int, bytes]:
    """Return status and body of one page, as one of the clerks or as nobody sees it."""
    opener = visitor or urllib.request.build_opener()
    try:
        with opener.open(address, timeout=300) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.any_database
def test_the_office_of_a_real_installation_opens_with_a_passkey_and_nothing_else(fresh_database, tmp_path):
    story = tell()
    with site(installation(tmp_path / "home", demonstration=False)) as office:
        here = office.replace("127.0.0.1", "localhost")
        for path in ("/", f"/cases/{story.valid}/", "/repository/", "/staff/"):
            status, body = fetch(f"{here}{path}")
            assert status == 200
            assert "パスキーでログインする" in body.decode()
            assert "高橋" not in body.decode()
        assert fetch(f"{here}/desk/")[0] == 404
        with urllib.request.urlopen(f"{office}/sign-in/", timeout=300) as led:
            assert led.url == f"{here}/sign-in/"


@pytest.mark.parametrize(
    ("host", "demonstration"), [("0.0.0.0", True), ("192.0.2.1", True), ("::", True), ("0.0.0.0", False)]
)
def test_the_office_is_served_on_this_machine_only(db, tmp_path, host, demonstration):
    done = run("--home", str(installation(tmp_path, demonstration=demonstration)), "--host", host)
    assert done.returncode == 2
    assert "loopback" in done.stderr


def test_a_folder_without_an_installation_is_one_clear_line(tmp_path):
    done = run("--home", str(tmp_path))
    assert done.returncode == 2
    assert "inro.toml" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_both_sites_show_what_is_on_record(fresh_database, tmp_path):
    story = tell()
    home = installation(tmp_path / "home")
    (home / "repository" / "crl.crl").write_bytes(b"list")
    with site(home) as office:
        clerk = seated(office)
        assert story.revoked.encode() in fetch(f"{office}/", clerk)[1]
        assert fetch(f"{office}/static/web/pages.css")[0] == 200
        assert fetch(f"{office}/cases/A26-999999-Z/", clerk)[0] == 404
        port = int(office.rsplit(":", 1)[1]) + 1
        shown = fetch(f"{office}/repository/", clerk)[1]
        assert f'href="http://127.0.0.1:{port}/crl.crl"'.encode() in shown
        assert fetch(f"http://127.0.0.1:{port}/crl.crl") == (200, b"list")
    with site(home, "public") as public:
        assert b"/apply/" in fetch(f"{public}/")[1]
        assert b"crl.crl" in fetch(f"{public}/repository/")[1]
        assert fetch(f"{public}/cases/{story.valid}/")[0] == 404


@pytest.mark.any_database
def test_forms_of_the_public_site_come_through_the_server_that_speaks_tls(fresh_database, tmp_path):
    """That server hands on what browsers say: the site's own name, and the origin it has for them."""
    with site(installation(tmp_path / "home", demonstration=False), "public") as public:

        def ask(body: bytes | None = None, **headers: str) -> tuple[int, Message]:
            request = urllib.request.Request(f"{public}/status/", data=body, headers=headers)
            request.add_header("Host", "ca.example")
            try:
                with urllib.request.urlopen(request, timeout=300) as answer:
                    return answer.status, answer.headers
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, error.headers

        cookie = ask()[1]["Set-Cookie"].partition(";")[0]
        form = urlencode({"csrfmiddlewaretoken": cookie.partition("=")[2], "number": "A", "passphrase": "x"})
        assert ask(form.encode(), Cookie=cookie, Origin="https://ca.example")[0] in {200, 422}
        assert ask(form.encode(), Cookie=cookie, Origin="https://elsewhere.example")[0] == 403


@pytest.mark.any_database
@pytest.mark.parametrize("told_by", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_site_takes_all_it_started_along_at_whatever_moment_it_ends(
    fresh_database, tmp_path, told_by, at_once
):
    home = installation(tmp_path / "home")
    port = free_port(following=3)
    served = subprocess.Popen(
        [
            *(sys.executable, "-m", "inro.web", "--home", str(home), "--port", str(port)),
            *("--public-port", str(port + 2)),
        ],
        env=environment(),
    )
    # Each site listens before it has loaded its pages.
    until(lambda: listens(port) and listens(port + 2))
    if not at_once:
        assert fetch(f"http://127.0.0.1:{port}/desk/")[0] == 200
        assert fetch(f"http://127.0.0.1:{port + 2}/")[0] == 200
    # Itself, who serves its pages, and the same of the public site; a responder beside each.
    until(lambda: len(family(served.pid)) == 6)
    started = family(served.pid)
    served.send_signal(told_by)
    assert served.wait(PATIENCE_S) == (0 if told_by == signal.SIGTERM else -signal.SIGKILL)
    until_ended(started)


@pytest.mark.parametrize("name", ["public", "office"])
def test_no_site_opens_with_a_key_that_others_can_read(db, tmp_path, name):
    home = installation(tmp_path)
    (home / name / "key").chmod(0o644)
    done = run("--home", str(home), "--site", name)
    assert done.returncode == 2
    assert "others than its owner" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_read_only_database_refuses_to_write(fresh_database):
    connection.close()
    settings = connection.settings_dict
    kept = settings["OPTIONS"]
    settings["OPTIONS"] = read_only({"default": settings})["default"]["OPTIONS"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM store_auditrow")
            with pytest.raises(DatabaseError):
                cursor.execute("UPDATE store_audithead SET seq = seq + 1")
    finally:
        connection.close()
        settings["OPTIONS"] = kept


def test_the_vendored_tokens_are_the_published_ones_with_their_licence():
    vendor = Path(__file__).resolve().parents[2] / "src/inro/web/static/vendor"
    assert "auto-generated" in (vendor / "design-tokens.css").read_text("utf-8")
    assert "MIT License" in (vendor / "design-tokens.LICENSE").read_text("utf-8")
