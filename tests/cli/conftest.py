"""An installation that the doctor finds well: policy, tokens, ceremony's files, database, directory."""

import secrets
import shutil
from pathlib import Path

import pytest

from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.adapters.pkcs11_core import initialise_token
from inro.adapters.token_address import TokenAddress, configure_soft_token, write_address
from tests import given
from tests.cli.command import inro
from tests.tools.tree import PROJECT

SETTINGS = """\
name = "inro の試験設置"
demonstration = true
policy = "policy"
trust = "room"

[operator]
name = "試験認証局株式会社"
service = "試験電子証明書サービス"
postal_code = "100-0001"
address = "東京都千代田区千代田一丁目一番一号"
telephone = "03-0000-0000"
email = "desk@ca.example"
website = "https://ca.example/"
registration_number = "T1234567890123"

[operator.bank]
bank = "試験銀行"
branch = "本店"
kind = "普通"
number = "1234567"
holder = "シケンニンシヨウキヨク(カ"

[database]
engine = "sqlite"
file = "records.sqlite3"

[signer]
name = "signer-1"
token = "room/tokens/ca"
journal = "signer/journal.sqlite3"
archive = "archive/lists"

[station]
name = "station-1"
token = "room/tokens/station"
cards = "cards"

[station.printer]
folder = "printed"

[repository]
web_root = "published"
web_url = "http://127.0.0.1:8080"
directory_url = "{directory_url}"
directory_entry = "{directory_entry}"
directory_bind_dn = "{directory_bind_dn}"
directory_password_file = "directory.password"

[documents]
token = "room/tokens/documents"
quarantine = "{memory}/quarantine"
scanner = "{memory}/scanner"
quarantine_minutes = 60
quarantine_megabytes = 64
file_megabytes = 16

[documents.store]
folder = "documents"

[office]
key = "office/key"
"""


@pytest.fixture(scope="session")
def made_installation(tmp_path_factory, slapd) -> Path:
    home = tmp_path_factory.mktemp("installation") / "home"
    shutil.copytree(PROJECT / "policy", home / "policy")
    for name in ("published", "documents"):
        (home / name).mkdir(mode=0o700)
    _make_tokens(home / "room")
    for name in ("office", "public"):
        (home / name).mkdir(mode=0o700)
        (home / name / "key").touch(mode=0o600)
        (home / name / "key").write_text(secrets.token_hex(32))
    (home / "directory.password").write_text(slapd.admin_password)
    (home / "directory.password").chmod(0o600)
    (home / "inro.toml").write_text(
        SETTINGS.format(
            directory_url=slapd.url,
            directory_entry=slapd.suffix,
            directory_bind_dn=slapd.admin_dn,
            memory=f"/dev/shm/inro-test-{secrets.token_hex(4)}",
        ),
        encoding="utf-8",
    )
    access = DirectoryAccess(
        url=slapd.url,
        entry=slapd.suffix,
        bind_dn=slapd.admin_dn,
        password_from=home / "directory.password",
        timeout=300,
    )
    LdapDirectory(access).publish("cACertificate;binary", given.certificate(serial=given.serial()).der)
    migrated = inro("migrate", "--home", str(home), cwd=home)
    assert migrated.returncode == 0, migrated.stderr
    return home


@pytest.fixture
def installation(made_installation, tmp_path) -> Path:
    """A copy that the test may take apart."""
    home = shutil.copytree(made_installation, tmp_path / "home")
    for name in ("ca", "station", "documents"):
        configure_soft_token(home / "room" / "tokens" / name)
    return home


@pytest.fixture(scope="session")
def made_home(tmp_path_factory) -> Path:
    """An installation with its policy and empty records, and nothing else."""
    home = tmp_path_factory.mktemp("records") / "home"
    shutil.copytree(PROJECT / "policy", home / "policy")
    text = (PROJECT / "src/inro/demo/installation.toml").read_text("utf-8")
    places = {
        "policy": "policy",
        "web_url": "http://127.0.0.1:1",
        "directory_url": "ldap://127.0.0.1:1",
        "mail_port": "1",
    }
    for name, value in places.items():
        text = text.replace(f"${name}", value)
    (home / "inro.toml").write_text(text, "utf-8")
    migrated = inro("migrate", "--home", str(home), cwd=home)
    assert migrated.returncode == 0, migrated.stderr
    return home


@pytest.fixture
def home(made_home, tmp_path) -> Path:
    """A copy that the test may write into."""
    return shutil.copytree(made_home, tmp_path / "home")


def _make_tokens(room: Path) -> None:
    for name in ("ca", "station", "documents"):
        folder = room / "tokens" / name
        folder.mkdir(parents=True)
        address = TokenAddress(folder=folder, label=name)
        write_address(
            initialise_token(address=address, so_pin=bytearray(b"12345678"), pin=bytearray(b"87654321"))
        )
    for name in ("ca.der", "roster.json", "roster.sig", "roster-key.der", "station-key.der"):
        (room / name).write_bytes(b"left by the ceremony")
