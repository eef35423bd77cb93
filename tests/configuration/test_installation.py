"""An installation is read whole or refused by file, key and what to do (12.5, 17.1, 19.3, 40(7))."""

import tomllib
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from inro.configuration.document_places import DocumentBucketPlace, DocumentFolderPlace
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import (
    FolderPrinterPlace,
    NetworkPrinterPlace,
    PostgresqlDatabase,
    SqliteDatabase,
    WebApiPlace,
    installation_from_environment,
    load_installation,
)
from inro.configuration.office_places import OfficePlaces
from inro.configuration.reading import origin_of
from inro.practice.probe import Probers
from inro.practice.session import SessionLimits
from inro.settings.from_installation import databases

DEMONSTRATION = """
name = "inro demo"
demonstration = true
policy = "policy"
trust = "room"

[operator]
name = "架空認証株式会社"
service = "架空電子入札証明書サービス"
postal_code = "100-0000"
address = "東京都千代田区架空町1-1"
telephone = "03-0000-0000"
email = "office@inro.example"
website = "http://repository.inro.example/"
registration_number = "T0000000000000"

[operator.bank]
bank = "架空銀行"
branch = "本店"
kind = "普通"
number = "0000000"
holder = "カクウニンショウ（カ"

[database]
engine = "sqlite"
file = "inro.sqlite3"

[signer]
name = "signer-1"
token = "room/tokens/ca"
journal = "signer/journal.sqlite"
archive = "archive/lists"

[station]
name = "station-1"
token = "room/tokens/station"
cards = "cards"

[station.printer]
folder = "printed"

[repository]
web_root = "repository"
web_url = "http://127.0.0.1:8080"
directory_url = "ldap://127.0.0.1:3890"
directory_entry = "cn=CA,o=Inro,c=JP"
directory_bind_dn = "cn=admin,c=JP"
directory_password_file = "secrets/directory"

[documents]
token = "room/tokens/documents"
quarantine = "/dev/shm/inro-test/quarantine"
scanner = "/dev/shm/inro-test/scanner"
quarantine_minutes = 60
quarantine_megabytes = 64
file_megabytes = 16

[documents.store]
folder = "documents"

[office]
key = "office/key"
clerks = "clerks.toml"
custodians = "custodians"

[corporate_numbers]
address = "https://register.example"
application_id_file = "secrets/application-id"
"""
FOLDER = 'folder = "documents"'
BUCKET = (
    's3 = { endpoint = "https://objects.inro.example", bucket = "inro", region = "jp-1", '
    'credentials_file = "secrets/s3" }'
)
PRODUCTION = (
    DEMONSTRATION.replace("demonstration = true", "demonstration = false")
    .replace('clerks = "clerks.toml"\ncustodians = "custodians"\n', "")
    .replace('cards = "cards"', 'reader = "Card Desk 00"')
    .replace(
        'folder = "printed"',
        'host = "printer.inro.example"\nport = 631\npath = "/ipp/print"\ncertificate = "printer.pem"',
    )
    .replace("http://repository", "https://repository")
    .replace(
        'engine = "sqlite"\nfile = "inro.sqlite3"',
        'engine = "postgresql"\nhost = "/run/postgresql"\nport = 5432\nname = "inro"\nuser = "office"',
    )
)


def written(home: Path, text: str) -> Path:
    (home / "inro.toml").write_text(text, "utf-8")
    return home


def refused(home: Path, text: str) -> ConfigurationRefused:
    with pytest.raises(ConfigurationRefused) as refusal:
        load_installation(written(home, text))
    assert refusal.value.file == home / "inro.toml"
    assert refusal.value.do
    return refusal.value


def test_a_demonstration_is_read_with_paths_of_its_folder(tmp_path):
    made = load_installation(written(tmp_path, DEMONSTRATION))
    assert made.demonstration
    assert made.signer.token == tmp_path / "room/tokens/ca"
    assert made.database == SqliteDatabase(path=tmp_path / "inro.sqlite3")
    assert made.station.printer == FolderPrinterPlace(folder=tmp_path / "printed")
    assert databases(made)["default"]["NAME"] == str(tmp_path / "inro.sqlite3")


def test_a_production_installation_is_read(tmp_path):
    made = load_installation(written(tmp_path, PRODUCTION))
    assert isinstance(made.database, PostgresqlDatabase)
    assert isinstance(made.station.printer, NetworkPrinterPlace)
    assert made.station.lock_memory
    assert made.station.cards is None
    assert databases(made)["default"]["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("key", "there", "instead"),
    [
        ("station.printer.certificate", '\ncertificate = "printer.pem"', ""),
        ("station.lock_memory", 'reader = "Card Desk 00"', 'reader = "Card Desk 00"\nlock_memory = false'),
        ("operator.website", "https://repository", "http://repository"),
        ("operator.website", "https://repository", "www.repository"),
    ],
)
def test_what_only_a_demonstration_may_do_is_refused(tmp_path, key, there, instead):
    assert there in PRODUCTION
    assert refused(tmp_path, PRODUCTION.replace(there, instead)).key == key


def test_a_printer_on_this_machine_needs_no_certificate(tmp_path):
    text = PRODUCTION.replace('\ncertificate = "printer.pem"', "").replace(
        "printer.inro.example", "127.0.0.1"
    )
    load_installation(written(tmp_path, text))


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://WWW.Ca.example/", "https://www.ca.example"),
        ("https://ca.example:443/a", "https://ca.example"),
        ("https://ca.example:8443", "https://ca.example:8443"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_an_origin_is_spelt_as_browsers_spell_it(address, origin):
    assert origin_of(address) == origin


def test_the_web_api_of_corporate_numbers_may_be_left_out(tmp_path):
    asked = load_installation(written(tmp_path, DEMONSTRATION)).corporate_numbers
    assert asked == WebApiPlace(
        address="https://register.example", application_id_file=tmp_path / "secrets/application-id"
    )
    without = DEMONSTRATION.partition("[corporate_numbers]")[0]
    assert load_installation(written(tmp_path, without)).corporate_numbers is None


def test_an_installation_is_frozen_throughout(tmp_path):
    def check(value: object) -> None:
        if is_dataclass(value):
            assert value.__dataclass_params__.frozen
            for field in fields(value):
                check(getattr(value, field.name))

    check(load_installation(written(tmp_path, DEMONSTRATION)))


ONLY_IN_A_DEMONSTRATION = ("office.clerks", "office.custodians")


def keys() -> list[str]:
    def walk(table: dict, path: str) -> list[str]:
        found = []
        for key, value in table.items():
            found += walk(value, f"{path}{key}.") if isinstance(value, dict) else [f"{path}{key}"]
        return found

    return [key for key in walk(tomllib.loads(DEMONSTRATION), "") if key not in ONLY_IN_A_DEMONSTRATION]


def changed(key: str, line: str | None) -> str:
    """The demonstration with the line of a key replaced, or removed."""
    *tables, name = key.split(".")
    header = f"[{'.'.join(tables)}]" if tables else ""
    here, out = "", []
    for text in DEMONSTRATION.splitlines():
        here = text if text.startswith("[") else here
        if here == header and text.startswith(f"{name} ="):
            out += [line] if line is not None else []
        else:
            out.append(text)
    return "\n".join(out)


@pytest.mark.parametrize("key", keys())
def test_a_missing_key_is_named(tmp_path, key):
    refusal = refused(tmp_path, changed(key, None))
    assert refusal.key in {key, "station.cards", "station.printer.host"}


@pytest.mark.parametrize("key", keys())
def test_a_value_of_another_kind_is_named(tmp_path, key):
    refusal = refused(tmp_path, changed(key, f"{key.split('.')[-1]} = 3.5"))
    assert refusal.key == key


@pytest.mark.parametrize("key", keys())
def test_an_unknown_key_beside_it_is_named(tmp_path, key):
    line = next(text for text in changed(key, f"{key.split('.')[-1]}x = 1").splitlines() if "x = 1" in text)
    *tables, _ = key.split(".")
    header = f"[{'.'.join(tables)}]\n" if tables else ""
    text = DEMONSTRATION.replace(header, f"{header}{line}\n", 1) if header else f"{line}\n{DEMONSTRATION}"
    refusal = refused(tmp_path, text)
    assert f"{key}x" in refusal.key
    assert "unknown" in refusal.problem


@pytest.mark.parametrize("key", ["pin", "password", "secret", "so_pin", "user_password", "shares"])
def test_a_secret_in_the_file_is_refused_as_such(tmp_path, key):
    refusal = refused(tmp_path, DEMONSTRATION.replace("[signer]", f'[signer]\n{key} = "1234"'))
    assert refusal.key == f"signer.{key}"
    assert "secret" in refusal.problem
    assert "1234" not in str(refusal)


@pytest.mark.parametrize(
    ("good", "bad", "key"),
    [
        ('"T0000000000000"', '"0000000000000"', "operator.registration_number"),
        ('"http://127.0.0.1:8080"', '"127.0.0.1"', "repository.web_url"),
        ('"ldap://127.0.0.1:3890"', '"http://127.0.0.1"', "repository.directory_url"),
        ('"https://register.example"', '"register.example"', "corporate_numbers.address"),
        ('engine = "sqlite"', 'engine = "mysql"', "database.engine"),
        ("demonstration = true", "demonstration = false", "station.cards"),
        ('cards = "cards"', 'cards = "cards"\nreader = "x"', "station.cards"),
        ('name = "signer-1"', 'name = " signer-1"', "signer.name"),
    ],
)
def test_a_value_that_breaks_a_limit_is_named(tmp_path, good, bad, key):
    assert refused(tmp_path, DEMONSTRATION.replace(good, bad)).key == key


def test_a_folder_is_no_printer_outside_a_demonstration(tmp_path):
    text = PRODUCTION.replace(
        'host = "printer.inro.example"\nport = 631\npath = "/ipp/print"\ncertificate = "printer.pem"',
        'folder = "printed"',
    )
    refusal = refused(tmp_path, text)
    assert refusal.key == "station.printer.folder"
    assert "19.3" in refusal.problem


@pytest.mark.parametrize("key", ONLY_IN_A_DEMONSTRATION)
def test_nobody_sits_down_without_sign_in_outside_a_demonstration(tmp_path, key):
    name = key.partition(".")[2]
    refusal = refused(tmp_path, PRODUCTION.replace("[office]\n", f'[office]\n{name} = "somewhere"\n'))
    assert refusal.key == key
    assert "40(7)" in refusal.problem


@pytest.mark.parametrize(
    ("lines", "probers"),
    [
        ("", Probers()),
        ('[platform]\nprobers = ["osaka", "sendai"]\n', Probers(names=("osaka", "sendai"))),
        ('[platform]\nno_prober_because = "watched by others"\n', Probers(none_because="watched by others")),
    ],
)
def test_who_must_look_from_outside_or_why_nobody_does(tmp_path, lines, probers):
    assert load_installation(written(tmp_path, PRODUCTION + lines)).platform.probers == probers


def test_no_prober_needs_a_reason_and_none_that_is_named(tmp_path):
    for lines in ('no_prober_because = ""', 'probers = ["osaka"]\nno_prober_because = "watched"'):
        refusal = refused(tmp_path, f"{PRODUCTION}[platform]\n{lines}\n")
        assert refusal.key == "platform.no_prober_because"


def test_documents_are_kept_in_a_folder_or_in_a_bucket(tmp_path):
    made = load_installation(written(tmp_path, DEMONSTRATION)).documents
    assert made.store == DocumentFolderPlace(folder=tmp_path / "documents")
    assert (made.quarantine_time, made.quarantine_octets) == (timedelta(hours=1), 64_000_000)
    bucket = load_installation(written(tmp_path, DEMONSTRATION.replace(FOLDER, BUCKET))).documents.store
    assert bucket == DocumentBucketPlace(
        endpoint="https://objects.inro.example",
        bucket="inro",
        region="jp-1",
        credentials_file=tmp_path / "secrets/s3",
    )


@pytest.mark.parametrize(
    ("good", "bad", "key"),
    [
        (FOLDER, "", "documents.store.folder"),
        (FOLDER, f"{FOLDER}\n{BUCKET}", "documents.store.folder"),
        (FOLDER, BUCKET.replace("https://", ""), "documents.store.s3.endpoint"),
        (FOLDER, BUCKET.replace('region = "jp-1", ', ""), "documents.store.s3.region"),
        (FOLDER, BUCKET.replace("{ ", "{ secret_access_key = 'x', "), "documents.store.s3.secret_access_key"),
        ("quarantine_minutes = 60", "quarantine_minutes = 0", "documents.quarantine_minutes"),
        ("quarantine_minutes = 60", "quarantine_minutes = 1441", "documents.quarantine_minutes"),
        ("file_megabytes = 16", "file_megabytes = 0", "documents.file_megabytes"),
        ("inro-test/scanner", "inro-test/quarantine", "documents.scanner"),
    ],
)
def test_places_of_documents_that_break_a_limit_are_named(tmp_path, good, bad, key):
    assert refused(tmp_path, DEMONSTRATION.replace(good, bad)).key == key


@pytest.mark.parametrize("port", ["0", "65536", '"631"'])
def test_a_port_is_a_port(tmp_path, port):
    assert refused(tmp_path, PRODUCTION.replace("port = 631", f"port = {port}")).key == "station.printer.port"


def test_a_file_that_is_no_toml_is_refused_with_its_place(tmp_path):
    assert "line 1" in refused(tmp_path, "name = \n").problem


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "inro.toml").write_bytes(DEMONSTRATION.encode("shift_jis"))
    with pytest.raises(ConfigurationRefused, match="UTF-8"):
        load_installation(tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ConfigurationRefused, match="No such file"):
        load_installation(tmp_path)


def test_the_environment_names_the_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("INRO_HOME", raising=False)
    with pytest.raises(ConfigurationRefused, match="INRO_HOME"):
        installation_from_environment()
    monkeypatch.setenv("INRO_HOME", str(written(tmp_path, DEMONSTRATION)))
    assert installation_from_environment().name == "inro demo"


def office(home: Path, *lines: str) -> OfficePlaces:
    text = PRODUCTION.replace("[office]\n", "\n".join(["[office]", *lines, ""]))
    return load_installation(written(home, text)).office


def test_passkeys_are_of_this_machine_unless_the_file_says_otherwise(tmp_path):
    here = office(tmp_path)
    assert (here.relying_party, here.address) == ("localhost", None)
    assert here.limits == SessionLimits(idle=timedelta(minutes=15), longest=timedelta(hours=12))
    elsewhere = office(
        tmp_path, 'relying_party = "office.ca.example"', "idle_minutes = 5", "session_hours = 8"
    )
    assert elsewhere.address == "https://office.ca.example"
    assert elsewhere.limits == SessionLimits(idle=timedelta(minutes=5), longest=timedelta(hours=8))
    below = office(tmp_path, 'relying_party = "ca.example"', 'address = "https://office.ca.example:8443/"')
    assert below.address == "https://office.ca.example:8443"
    assert office(tmp_path, 'address = "http://localhost:8000"').address == "http://localhost:8000"


@pytest.mark.parametrize("ip", ["127.0.0.1", "192.0.2.7", "::1", "[2001:db8::1]"])
def test_an_ip_address_is_no_relying_party_and_the_refusal_says_what_is(tmp_path, ip):
    text = PRODUCTION.replace("[office]\n", f'[office]\nrelying_party = "{ip}"\n')
    refusal = refused(tmp_path, text)
    assert refusal.key == "office.relying_party"
    assert "host name" in refusal.do
    assert "localhost" in refusal.do


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('relying_party = "Office.example"', "relying_party"),
        ('relying_party = "https://office.example"', "relying_party"),
        ('relying_party = "office.example:8443"', "relying_party"),
        ('relying_party = "office_1.example"', "relying_party"),
        ('relying_party = "127.1"', "relying_party"),
        ('relying_party = "-office.example"', "relying_party"),
        ('relying_party = "office.example"\naddress = "https://other.example"', "address"),
        ('relying_party = "office.example"\naddress = "https://evil-office.example"', "address"),
        ('relying_party = "office.example"\naddress = "http://office.example"', "address"),
        ('relying_party = "office.example"\naddress = "https://office.example/desk"', "address"),
        ('address = "https://127.0.0.1"', "address"),
        ('address = "office.example"', "address"),
        ("idle_minutes = 0", "idle_minutes"),
        ("idle_minutes = 121", "idle_minutes"),
        ("session_hours = 25", "session_hours"),
    ],
)
def test_an_office_that_passkeys_cannot_be_of_is_refused(tmp_path, line, key):
    assert refused(tmp_path, PRODUCTION.replace("[office]\n", f"[office]\n{line}\n")).key == f"office.{key}"
