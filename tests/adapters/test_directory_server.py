"""slapd as the house sets it up: who reads, who writes, what a replica has, TLS (4(6), 26.1)."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import ldap
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from inro.adapters.directory_entries import EntryClass
from inro.adapters.directory_server import (
    Account,
    DirectoryNotMade,
    DirectoryServer,
    Provider,
    ServerTls,
    configuration_ldif,
    make_server,
    serving,
)
from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.demo.servers.free_port import LOOPBACK, free_port
from inro.demo.servers.slapd import SlapdServer, slapd_replica
from inro.ports.errors import DirectoryUnavailable, NewerPublished
from tests.adapters.test_ldap_directory import CERTIFICATE, CRL, KEY, revocation_list
from tests.servers.families import until

LIST = "certificateRevocationList;binary"
# What is written in it is escaped in names, in LDIF and in slapd's own configuration, each in its own way.
ENTRY = 'CN=認証局 1,O=A\\, \\"B\\" & Co.,C=JP'


def server(folder: Path, **changes: object) -> DirectoryServer:
    """Return a server about one CA with a name that is hard to write."""
    made = DirectoryServer(
        database=folder / "data",
        suffix="c=JP",
        published=ENTRY,
        writer=Account(name="cn=publisher,c=JP", password="written-by-one"),
        replicator=Account(name="cn=replicator,c=JP", password="copied-by-another"),
    )
    return replace(made, **changes)


@contextmanager
def directory_of(made: DirectoryServer, folder: Path, **access: object) -> Iterator[LdapDirectory]:
    """Run a server; yield the adapter that writes to it."""
    password = folder.with_name("password")
    password.write_text(made.writer.password)
    scheme = "ldaps" if made.tls else "ldap"
    url = f"{scheme}://{LOOPBACK}:{free_port()}"
    with serving(folder, url=url):
        given = DirectoryAccess(
            url=url, entry=made.published, bind_dn=made.writer.name, password_from=password, timeout=300
        )
        yield LdapDirectory(replace(given, **access))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DirectoryServer, LdapDirectory, str]]:
    """A server with a list in the CA's entry, the adapter that wrote it, its address."""
    folder = tmp_path_factory.mktemp("house") / "directory"
    made = server(folder)
    make_server(made, folder=folder)
    with directory_of(made, folder) as directory:
        directory.publish(LIST, CRL)
        yield made, directory, directory.access.url


def asked(
    url: str, name: str, *, scope: int = ldap.SCOPE_BASE, as_account: Account | None = None
) -> list[str]:
    """Return the names of what one search gives, as anyone or as somebody who signs in."""
    connection = ldap.initialize(url)
    try:
        if as_account is not None:
            connection.simple_bind_s(as_account.name, as_account.password)
        return [found for found, _ in connection.search_s(name, scope)]
    finally:
        connection.unbind_s()


def test_anyone_reads_what_is_published_and_nothing_else(house):
    made, directory, url = house
    assert directory.read_back(LIST) == CRL
    assert asked(url, ENTRY)[0] in asked(url, ENTRY, scope=ldap.SCOPE_SUBTREE)
    for hidden in ("c=JP", made.writer.name, "cn=config"):
        with pytest.raises((ldap.NO_SUCH_OBJECT, ldap.INSUFFICIENT_ACCESS)):
            asked(url, hidden, scope=ldap.SCOPE_SUBTREE)


def test_nobody_else_writes_and_nobody_reads_a_password(house):
    made, _, url = house
    connection = ldap.initialize(url)
    change = [(ldap.MOD_REPLACE, LIST, [revocation_list(9)])]
    with pytest.raises(ldap.STRONG_AUTH_REQUIRED):
        connection.modify_s(ENTRY, change)
    assert made.replicator is not None
    connection.simple_bind_s(made.replicator.name, made.replicator.password)
    with pytest.raises(ldap.INSUFFICIENT_ACCESS):
        connection.modify_s(ENTRY, change)
    assert "cn=publisher,c=JP" not in asked(url, "c=JP", scope=ldap.SCOPE_SUBTREE, as_account=made.replicator)
    connection.simple_bind_s(made.writer.name, made.writer.password)
    with pytest.raises((ldap.INSUFFICIENT_ACCESS, ldap.NO_SUCH_OBJECT)):
        connection.modify_s(made.writer.name, [(ldap.MOD_REPLACE, "userPassword", [b"another"])])
    with pytest.raises((ldap.INSUFFICIENT_ACCESS, ldap.NO_SUCH_OBJECT)):
        connection.add_s("ou=Elsewhere,c=JP", [("objectClass", [b"organizationalUnit"]), ("ou", [b"E"])])
    connection.unbind_s()
    with pytest.raises(ldap.INVALID_CREDENTIALS):
        asked(url, ENTRY, as_account=Account(name="cn=root,c=JP", password="written-by-one"))


def test_a_stranger_sends_no_large_question(house):
    _, _, url = house
    connection = ldap.initialize(url)
    with pytest.raises(ldap.SERVER_DOWN):
        connection.search_s(ENTRY, ldap.SCOPE_BASE, f"(cn={'x' * 300_000})")


def test_a_distribution_point_below_the_ca_has_its_own_class(house):
    made, directory, url = house
    name = f"cn=fullCRL,{made.published}"
    access = replace(directory.access, entry=name, entry_class=EntryClass.DISTRIBUTION_POINT)
    LdapDirectory(access).publish(LIST, CRL)
    connection = ldap.initialize(url)
    found = connection.search_s(name, ldap.SCOPE_BASE, "(objectClass=cRLDistributionPoint)")
    connection.unbind_s()
    assert [sorted(attributes) for _, attributes in found] == [[LIST, "cn", "objectClass"]]


def test_cross_certificates_lie_in_pairs_beside_several_of_the_ca(house):
    _, directory, _ = house
    pair = b"\x30\x82" + (len(CERTIFICATE) + 4).to_bytes(2) + b"\xa0\x82" + len(CERTIFICATE).to_bytes(2)
    directory.publish("crossCertificatePair;binary", pair + CERTIFICATE)
    directory.publish("cACertificate;binary", CERTIFICATE, certificate("localhost")[0])
    assert directory.read_back("crossCertificatePair;binary") == pair + CERTIFICATE
    assert len(directory.read_all_back("cACertificate;binary")) == 2


def test_a_newer_list_is_never_replaced_and_one_changed_meanwhile_stays(house):
    _, directory, _ = house
    directory.publish("authorityRevocationList;binary", revocation_list(5))
    with pytest.raises(NewerPublished):
        directory.publish("authorityRevocationList;binary", CRL, may_replace=lambda there: False)

    def another_publishes(_there: bytes) -> bool:
        directory.publish("authorityRevocationList;binary", revocation_list(6))
        return True

    with pytest.raises(DirectoryUnavailable, match="another writer"):
        directory.publish("authorityRevocationList;binary", CRL, may_replace=another_publishes)
    assert directory.read_back("authorityRevocationList;binary") == revocation_list_of(directory)


def revocation_list_of(directory: LdapDirectory) -> bytes | None:
    """Return what is there, once its number is 6."""
    there = directory.read_back("authorityRevocationList;binary")
    assert there is not None
    number = x509.load_der_x509_crl(there).extensions.get_extension_for_class(x509.CRLNumber).value
    assert number.crl_number == 6
    return there


def test_a_replica_gets_list_and_certificate_and_takes_nothing_itself(slapd: SlapdServer, tmp_path: Path):
    password = tmp_path / "password"
    password.write_text(slapd.admin_password)
    access = DirectoryAccess(
        url=slapd.url,
        entry=f"cn=Copied CA,{slapd.suffix}",
        bind_dn=slapd.admin_dn,
        password_from=password,
        timeout=300,
    )
    provider = LdapDirectory(access)
    provider.publish("cACertificate;binary", CERTIFICATE)
    with slapd_replica(slapd) as copy:
        replica = LdapDirectory(replace(access, url=copy.url))
        until(lambda: replica.read_back("cACertificate;binary") == CERTIFICATE)
        # A million entries have 49 MB: one in a hundred of that arrives while the replica listens.
        large = revocation_list(2, padding=490_000)
        provider.publish(LIST, large)
        until(lambda: replica.read_back(LIST) == large)
        with pytest.raises(DirectoryUnavailable, match="INVALID_CREDENTIALS"):
            replica.publish(LIST, CRL)
        with pytest.raises(ldap.NO_SUCH_OBJECT):
            asked(copy.url, slapd.admin_dn)


def certificate(host: str) -> tuple[bytes, bytes]:
    """Return a certificate for a host, DER, and its key, PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, KEY.public_key(), 2, now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False)
        .sign(KEY, hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER), KEY.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def test_with_tls_a_password_in_the_clear_is_refused(tmp_path: Path):
    folder, files = tmp_path / "directory", tmp_path / "tls"
    files.mkdir()
    der, key = certificate("directory.test")
    (files / "server.pem").write_text(ssl.DER_cert_to_PEM_cert(der))
    (files / "server.key").write_bytes(key)
    tls = ServerTls(certificate=files / "server.pem", key=files / "server.key")
    made = server(folder, tls=tls)
    make_server(made, folder=folder)
    with directory_of(made, folder, authorities=files / "server.pem") as directory:
        directory.publish(LIST, CRL)
        assert directory.read_back(LIST) == CRL
        stranger = LdapDirectory(replace(directory.access, authorities=tmp_path / "absent.pem"))
        with pytest.raises(DirectoryUnavailable, match="no certificates that can be read"):
            stranger.read_back(LIST)
    clear = f"ldap://{LOOPBACK}:{free_port()}"
    with serving(folder, url=clear):
        assert len(asked(clear, ENTRY)) == 1
        with pytest.raises(ldap.CONFIDENTIALITY_REQUIRED):
            asked(clear, ENTRY, as_account=made.writer)


def test_what_is_there_is_never_set_up_again_and_what_fails_leaves_nothing(tmp_path: Path):
    folder = tmp_path / "directory"
    with pytest.raises(DirectoryNotMade, match="not below"):
        make_server(server(folder, suffix="c=US"), folder=folder)
    missing = ServerTls(certificate=tmp_path / "absent.pem", key=tmp_path / "absent.key")
    make_server(server(folder, tls=missing), folder=folder)
    with pytest.raises(DirectoryNotMade, match="is not empty"):
        make_server(server(folder), folder=folder)
    with (
        pytest.raises(DirectoryNotMade, match="did not begin"),
        serving(folder, url=f"ldap://{LOOPBACK}:{free_port()}"),
    ):
        pytest.fail("it began without its certificate")


def test_a_name_of_no_directory_is_refused_before_anything_is_made(tmp_path: Path):
    folder = tmp_path / "directory"
    with pytest.raises(DirectoryUnavailable, match="no distinguished name"):
        make_server(server(folder, published="not a name"), folder=folder)
    with pytest.raises(DirectoryUnavailable, match="no entry can be made"):
        make_server(server(folder, published="uid=x,c=JP"), folder=folder)
    assert not folder.exists()


def test_a_replica_needs_somebody_who_copies(tmp_path: Path):
    with pytest.raises(DirectoryNotMade, match="replicator"):
        configuration_ldif(
            server(tmp_path, replicator=None), copied_from=Provider(url="ldaps://directory.example")
        )


def test_ldapsearch_gives_the_same_octets(house, tmp_path: Path):
    _, _, url = house
    command = ["ldapsearch", "-x", "-LLL", "-t", "-T", str(tmp_path), "-H", url, "-s", "base"]
    subprocess.run([*command, "-b", ENTRY, LIST], check=True, stdout=subprocess.DEVNULL)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [CRL]
