"""`inro directory`: a server set up from `inro.toml`, certificates published, a replica written (4(6))."""

import shutil
import stat
import tomllib
from pathlib import Path

import pytest

from inro.adapters.directory_access import directory_access
from inro.adapters.directory_server import serving
from inro.adapters.ldap_directory import LdapDirectory
from inro.configuration.installation import load_installation
from inro.demo.servers.free_port import LOOPBACK, free_port
from tests.cli.command import inro
from tests.pki import material
from tests.pki.test_ca_certificates import issued, ours
from tests.tools.tree import PROJECT


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An installation that names a directory of its own, and has its CA certificate, but no records."""
    home = tmp_path / "house"
    shutil.copytree(PROJECT / "policy", home / "policy")
    text = (PROJECT / "src/inro/demo/installation.toml").read_text("utf-8")
    places = {
        "policy": "policy",
        "web_url": "http://127.0.0.1:1",
        "directory_url": f"ldap://{LOOPBACK}:{free_port()}",
        "directory_entry": "CN=CA 1,O=Inro,C=JP",
        "directory_writer": "cn=publisher,c=JP",
        "mail_port": "1",
    }
    for name, value in places.items():
        text = text.replace(f"${name}", value)
    (home / "inro.toml").write_text(text, "utf-8")
    (home / "room").mkdir()
    (home / "room" / "ca.der").write_bytes(material.issuer().certificate)
    return home


def test_a_directory_is_set_up_from_the_installation_and_takes_the_cas_certificates(
    house: Path, tmp_path: Path
) -> None:
    done = inro("directory", "set-up", "--home", str(house), cwd=house)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"slapd -F {house / 'directory' / 'slapd.d'} -h 'ldapi:/// ldap:///'" in done.stdout
    installation = load_installation(house)
    password = installation.repository.directory_password_file
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    link = tmp_path / "link.der"
    link.write_bytes(issued(by=ours(), signed_with=material.key("ca"), to=ours(), about=material.key("next")))
    own, address = installation.directory, installation.repository.directory_url
    assert own is not None
    with serving(own.folder, url=address):
        published = inro("directory", "publish", str(link), "--home", str(house), cwd=house)
        assert (published.returncode, published.stderr) == (0, "")
        directory = LdapDirectory(directory_access(installation.repository))
        assert set(directory.read_all_back("cACertificate;binary")) == {
            material.issuer().certificate,
            link.read_bytes(),
        }
        foreign = inro("directory", "publish", str(house / "inro.toml"), "--home", str(house), cwd=house)
        assert foreign.returncode == 1
        assert "is no certificate" in foreign.stderr
    names = {file.name for file in installation.repository.web_root.iterdir()}
    assert len([name for name in names if name.startswith("link-")]) == 1
    again = inro("directory", "set-up", "--home", str(house), cwd=house)
    assert again.returncode == 1
    assert "is not empty" in again.stderr


def test_a_replica_is_written_for_its_owner_alone_and_only_under_tls(house: Path, tmp_path: Path) -> None:
    ldif = tmp_path / "replica.ldif"
    command = ("directory", "replica", str(ldif), "--home", str(house), "--provider")
    for address in ("ldap://directory.example", "ldap://localhost.directory.example"):
        clear = inro(*command, address, cwd=house)
        assert (clear.returncode, ldif.exists()) == (2, False)
    done = inro(*command, "ldaps://directory.example", cwd=house)
    assert (done.returncode, done.stderr) == (0, "")
    assert stat.S_IMODE(ldif.stat().st_mode) == 0o600
    assert 'olcSyncrepl: rid=001 provider="ldaps://directory.example"' in ldif.read_text("utf-8")


def test_an_installation_that_names_no_directory_is_told_what_to_write(house: Path) -> None:
    file = house / "inro.toml"
    text = file.read_text("utf-8")
    begins = text.index("[directory]")
    file.write_text(text[:begins] + text[text.index("[", begins + 1) :], "utf-8")
    assert "directory" not in tomllib.loads(file.read_text("utf-8"))
    done = inro("directory", "set-up", "--home", str(house), cwd=house)
    assert done.returncode == 2
    assert "[directory]" in done.stderr
