"""The office opens a demonstration only, on this machine only, and cannot write what it shows (40(7))."""

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from inro.settings.read_only import read_only
from tests.web.installation import environment, installation
from tests.web.serving import site
from tests.web.story import tell


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the process with arguments that it must refuse."""
    return subprocess.run(
        [sys.executable, "-m", "inro.web", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=60,
    )


def fetch(address: str) -> tuple[int, bytes]:
    """Return status and body of one page."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_the_office_of_a_real_installation_does_not_open(db, tmp_path):
    done = run("--home", str(installation(tmp_path, demonstration=False)))
    assert done.returncode == 2
    assert "no demonstration" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_its_settings_refuse_as_well(db, tmp_path):
    home = installation(tmp_path, demonstration=False)
    done = subprocess.run(
        [sys.executable, "-c", "import inro.settings.office"],
        capture_output=True,
        text=True,
        check=False,
        env=environment() | {"INRO_HOME": str(home)},
    )
    assert done.returncode != 0
    assert "demonstration only" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_the_demonstration_is_shown_on_this_machine_only(db, tmp_path, host):
    done = run("--home", str(installation(tmp_path)), "--host", host)
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
        assert story.revoked.encode() in fetch(f"{office}/")[1]
        assert fetch(f"{office}/static/web/pages.css")[0] == 200
        assert fetch(f"{office}/cases/A26-999999-Z/")[0] == 404
        port = int(office.rsplit(":", 1)[1]) + 1
        assert f'href="http://127.0.0.1:{port}/crl.crl"'.encode() in fetch(f"{office}/repository/")[1]
        assert fetch(f"http://127.0.0.1:{port}/crl.crl") == (200, b"list")
    with site(home, "public") as public:
        assert b"/apply/" in fetch(f"{public}/")[1]
        assert b"crl.crl" in fetch(f"{public}/repository/")[1]
        assert fetch(f"{public}/cases/{story.valid}/")[0] == 404


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
