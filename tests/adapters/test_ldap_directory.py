"""The CA's entry in a real directory server: made, filled, read back byte for byte (4(6), 26.1)."""

import os
from datetime import UTC, datetime
from pathlib import Path

import ldap
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.demo.servers.free_port import free_port
from inro.demo.servers.slapd import SlapdServer
from inro.ports.errors import DirectoryUnavailable

KEY = ec.generate_private_key(ec.SECP256R1())
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test CA")])
FROM, UNTIL = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 3, tzinfo=UTC)


def revocation_list(number: int, padding: int = 0) -> bytes:
    """Return a list that a directory accepts, made longer by an extension of `padding` octets."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(NAME).last_update(FROM).next_update(UNTIL)
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    if padding:
        filler = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.32473.9"), bytes(padding))
        builder = builder.add_extension(filler, critical=False)
    return builder.sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER)


def certificate() -> bytes:
    """Return a self-signed certificate."""
    builder = x509.CertificateBuilder(NAME, NAME, KEY.public_key(), 1, FROM, UNTIL)
    return builder.sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER)


CRL = revocation_list(1)
CERTIFICATE = certificate()


@pytest.fixture
def password(slapd: SlapdServer, tmp_path: Path) -> Path:
    """A file that holds the password of the server's administrator."""
    path = tmp_path / "password"
    path.write_text(slapd.admin_password + "\n")
    return path


def directory(slapd: SlapdServer, password: Path | int, entry: str) -> LdapDirectory:
    """Return the adapter under test for `entry` below the server's suffix."""
    return LdapDirectory(
        DirectoryAccess(
            url=slapd.url,
            entry=f"{entry},{slapd.suffix}",
            bind_dn=slapd.admin_dn,
            password_from=password,
            timeout=300,
        )
    )


def test_the_entry_and_those_above_it_are_made_and_lists_replaced(slapd, password):
    repository = directory(slapd, password, "cn=Made CA,ou=Certification")
    assert repository.read_back("certificateRevocationList;binary") is None
    repository.publish("certificateRevocationList;binary", CRL)
    authorities, second = revocation_list(7), revocation_list(2)
    repository.publish("authorityRevocationList;binary", authorities)
    repository.publish("cACertificate;binary", CERTIFICATE)
    assert repository.read_back("certificateRevocationList;binary") == CRL
    repository.publish("certificateRevocationList;binary", second)
    assert repository.read_back("certificateRevocationList;binary") == second
    assert repository.read_back("authorityRevocationList;binary") == authorities
    assert repository.read_back("cACertificate;binary") == CERTIFICATE


def test_the_entry_is_a_certification_authority_for_any_reader(slapd, password):
    directory(slapd, password, "cn=Seen CA").publish("certificateRevocationList;binary", CRL)
    reader = ldap.initialize(slapd.url)
    found = reader.search_s(f"cn=Seen CA,{slapd.suffix}", ldap.SCOPE_BASE, "(objectClass=pkiCA)")
    reader.unbind_s()
    assert [sorted(attributes) for _, attributes in found] == [
        ["certificateRevocationList;binary", "cn", "objectClass"]
    ]


def test_an_entry_without_the_class_gets_it(slapd, password):
    name = f"ou=Bare CA,{slapd.suffix}"
    writer = ldap.initialize(slapd.url)
    writer.simple_bind_s(slapd.admin_dn, slapd.admin_password)
    writer.add_s(name, [("objectClass", [b"organizationalUnit"]), ("ou", [b"Bare CA"])])
    writer.unbind_s()
    repository = directory(slapd, password, "ou=Bare CA")
    repository.publish("cACertificate;binary", CERTIFICATE)
    assert repository.read_back("cACertificate;binary") == CERTIFICATE


def test_the_password_may_come_from_a_descriptor(slapd):
    reading, writing = os.pipe()
    os.write(writing, slapd.admin_password.encode())
    os.close(writing)
    repository = directory(slapd, reading, "cn=Piped CA")
    repository.publish("cACertificate;binary", CERTIFICATE)
    assert repository.read_back("cACertificate;binary") == CERTIFICATE


def test_a_large_list_goes_in_and_comes_back(slapd, password):
    large = revocation_list(3, padding=20_000_000)
    repository = directory(slapd, password, "cn=Large CA")
    repository.publish("certificateRevocationList;binary", large)
    assert repository.read_back("certificateRevocationList;binary") == large


def test_a_wrong_password_changes_nothing_and_is_not_told(slapd, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("not-the-password")
    repository = directory(slapd, wrong, "cn=Refused CA")
    with pytest.raises(DirectoryUnavailable) as refusal:
        repository.publish("cACertificate;binary", CERTIFICATE)
    assert "INVALID_CREDENTIALS" in refusal.value.detail
    assert "not-the-password" not in str(refusal.value)
    assert repository.read_back("cACertificate;binary") is None


def test_what_is_no_list_is_refused_by_the_directory_and_the_old_one_stays(slapd, password):
    repository = directory(slapd, password, "cn=Kept CA")
    repository.publish("certificateRevocationList;binary", CRL)
    with pytest.raises(DirectoryUnavailable):
        repository.publish("certificateRevocationList;binary", b"\x30\x03abc")
    assert repository.read_back("certificateRevocationList;binary") == CRL


def test_other_attributes_are_refused(slapd, password):
    with pytest.raises(DirectoryUnavailable):
        directory(slapd, password, "cn=Any CA").publish("userPassword", b"x")
    with pytest.raises(DirectoryUnavailable):
        directory(slapd, password, "cn=Any CA").read_back("userCertificate;binary")


def test_a_server_that_is_not_there_is_said(password, slapd):
    access = DirectoryAccess(
        url=f"ldap://127.0.0.1:{free_port()}",
        entry="cn=CA",
        bind_dn="cn=admin",
        password_from=password,
        timeout=300,
    )
    with pytest.raises(DirectoryUnavailable) as refusal:
        LdapDirectory(access).read_back("cACertificate;binary")
    assert "runs" in refusal.value.do


@pytest.mark.parametrize("url", ["ldap://directory.ca.example", "http://127.0.0.1", "127.0.0.1"])
def test_a_password_is_never_sent_in_the_clear_to_another_machine(url, password):
    with pytest.raises(DirectoryUnavailable):
        LdapDirectory(DirectoryAccess(url=url, entry="cn=CA", bind_dn="cn=admin", password_from=password))


def test_a_missing_password_file_is_said(slapd, tmp_path):
    with pytest.raises(DirectoryUnavailable) as refusal:
        directory(slapd, tmp_path / "absent", "cn=CA")
    assert "inro.toml" in refusal.value.do
