"""A demonstration's folder as the pages need it, over a database that a test has filled."""

import os
import shutil
from importlib.resources import files
from pathlib import Path

from django.db import connection

POLICY = Path(__file__).resolve().parents[2] / "policy"

_FILE = """
name = "test"
demonstration = {demonstration}
policy = "{policy}"
trust = "room"

[operator]
name = "架空電子認証株式会社"
service = "電子入札用電子証明書サービス"
postal_code = "100-0000"
address = "東京都千代田区架空町一丁目2番3号"
telephone = "03-0000-0000"
email = "desk@ca.example"
website = "https://ca.example/"
registration_number = "T1234567890123"

[operator.bank]
bank = "架空銀行"
branch = "架空町支店"
kind = "普通"
number = "0123456"
holder = "カクウデンシニンシヨウ（カ"

[database]
{database}

[signer]
name = "signer-1"
token = "room/ca"
journal = "signer/journal.sqlite"
archive = "archive/lists"

[station]
name = "station-1"
token = "room/station"
{cards}

[station.printer]
{printer}

[repository]
web_root = "repository"
web_url = "http://127.0.0.1:1"
directory_url = "ldap://127.0.0.1:1"
directory_entry = "CN=Test CA,O=Test CA,C=JP"
directory_bind_dn = "cn=admin"
directory_password_file = "directory-password"

[documents]
token = "room/documents"
quarantine = "{memory}/quarantine"
scanner = "{memory}/scanner"
quarantine_minutes = 60
quarantine_megabytes = 64
file_megabytes = 16

[documents.store]
folder = "documents"

[office]
key = "office/key"
{clerks}
"""


def installation(
    home: Path, *, demonstration: bool = True, memory: str = "/dev/shm/inro-test-unused"
) -> Path:
    """Write an installation into `home` that uses the tests' present database; `memory` is on a tmpfs."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        database = f'engine = "sqlite"\nfile = "{chosen["NAME"]}"'
    else:
        database = (
            f'engine = "postgresql"\nhost = "{chosen["HOST"]}"\nport = {chosen["PORT"]}\n'
            f'name = "{chosen["NAME"]}"\nuser = "{chosen["USER"]}"'
        )
    printer = (
        'folder = "printed"'
        if demonstration
        else 'host = "printer.example"\nport = 631\npath = "/desk"\ncertificate = "printer.pem"'
    )
    text = _FILE.format(
        demonstration=str(demonstration).lower(),
        policy=POLICY,
        database=database,
        cards='cards = "cards"' if demonstration else 'reader = "desk"',
        printer=printer,
        clerks='clerks = "clerks.toml"' if demonstration else "",
        memory=memory,
    )
    for name in ("office", "public"):
        _secret(home / name / "key", "0123456789abcdef" * 4)
    shutil.copy(files("inro.demo") / "clerks.toml", home / "clerks.toml")
    (home / "repository").mkdir(parents=True, exist_ok=True)
    (home / "inro.toml").write_text(text, "utf-8")
    return home


def _secret(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")


def environment() -> dict[str, str]:
    """Return this process's environment without what names an installation or settings."""
    names = ("INRO_HOME", "DJANGO_SETTINGS_MODULE", "INRO_REPOSITORY_ADDRESS")
    return {name: text for name, text in os.environ.items() if name not in names}
