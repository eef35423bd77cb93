"""What we make is accepted, and what we revoke refused, by OpenSSL, GnuTLS and Java (20, 26.1, 39.4)."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from inro.pki import der
from inro.pki.assemble import assemble_ca_certificate
from inro.pki.cms import DocumentSignatureRefused, detached_signature
from inro.pki.crl import ListKind, encode_entry, list_keys
from inro.pki.issuer import issuer_of
from inro.pki.signature import SignatureAlgorithm
from inro.practice.validity import ValidityPeriod, not_after
from tests.pki import material
from tests.pki.make_corpus import resign

JAVA = Path(__file__).parent / "java" / "CheckPath.java"
AT = datetime(2026, 12, 10, 12, tzinfo=UTC)
REVOKED = datetime(2026, 12, 9, tzinfo=UTC)
LISTS = (ListKind.CRL, ListKind.FULL_CRL)


def run(*command: object) -> subprocess.CompletedProcess[str]:
    """Run a tool and return what it said."""
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificates and lists as files, DER and PEM; one certificate is revoked."""
    place = tmp_path_factory.mktemp("made")
    keep(place, "ca", material.issuer().certificate)
    keep(
        place,
        "valid",
        material.certificate(content=material.sole_proprietor(), serial=material.serial("valid")),
    )
    keep(place, "revoked", material.certificate())
    entry = encode_entry(serial=material.serial("subscriber"), revoked_at=REVOKED, reason_code=1)
    for kind in ListKind:
        entries = [] if kind is ListKind.ARL else [entry]
        keep(place, kind.value, material.signed_list(kind=kind, entries=entries))
    keep_parts(place)
    return place


def keep_parts(place: Path) -> None:
    """Write two certificates of part 1 of a divided CRL, one of them revoked, and two parts of the CRL."""
    for name in ("valid-1", "revoked-1"):
        keep(place, name, material.certificate(serial=material.serial(name), partition=1))
    entry = encode_entry(serial=material.serial("revoked-1"), revoked_at=REVOKED, reason_code=1)
    for partition, entries in ((1, [entry]), (2, [])):
        keep(place, f"crl-{partition}", material.signed_list(partition=partition, entries=entries))


def keep(place: Path, name: str, encoded: bytes) -> None:
    """Write one structure in both forms."""
    (place / f"{name}.der").write_bytes(encoded)
    is_list = name in ListKind or name.startswith("crl-")
    parsed = x509.load_der_x509_crl(encoded) if is_list else x509.load_der_x509_certificate(encoded)
    (place / f"{name}.pem").write_bytes(parsed.public_bytes(Encoding.PEM))


def openssl_verify(folder: Path, name: str, lists: tuple[str, ...], *options: str) -> str:
    """Verify with revocation, strictly, at a time."""
    named = [word for kind in lists for word in ("-CRLfile", str(folder / f"{kind}.pem"))]
    command = ("openssl", "verify", "-x509_strict", *options, "-attime", int(AT.timestamp()))
    done = run(*command, "-CAfile", folder / "ca.pem", *named, folder / f"{name}.pem")
    return done.stdout + done.stderr


@pytest.mark.parametrize("kind", LISTS)
def test_openssl_accepts_the_valid_and_refuses_the_revoked(folder: Path, kind: ListKind) -> None:
    assert openssl_verify(folder, "valid", (kind,), "-crl_check").endswith("valid.pem: OK\n")
    assert "certificate revoked" in openssl_verify(folder, "revoked", (kind,), "-crl_check")


def test_openssl_takes_for_a_certificate_of_a_part_that_part_alone(folder: Path) -> None:
    """RFC 5280 6.3.3 (b)(2)(i): the list of another part, or the undivided one, is no answer."""
    assert openssl_verify(folder, "valid-1", ("crl-1",), "-crl_check").endswith("valid-1.pem: OK\n")
    assert "certificate revoked" in openssl_verify(folder, "revoked-1", ("crl-1",), "-crl_check")
    for other in ("crl-2", ListKind.CRL, ListKind.ARL):
        assert "scope" in openssl_verify(folder, "revoked-1", (other,), "-crl_check")
    assert "scope" in openssl_verify(folder, "revoked", ("crl-1",), "-crl_check")
    assert openssl_verify(folder, "valid-1", ("crl-1", ListKind.ARL), "-crl_check_all").endswith(": OK\n")


def test_openssl_checks_the_ca_itself_against_arl_and_full_crl(folder: Path) -> None:
    assert openssl_verify(folder, "ca", (ListKind.ARL,), "-crl_check").endswith("ca.pem: OK\n")
    for lists in ((ListKind.FULL_CRL,), (ListKind.CRL, ListKind.ARL)):
        assert openssl_verify(folder, "valid", lists, "-crl_check_all").endswith("valid.pem: OK\n")


def test_openssl_follows_a_link_certificate_until_the_arl_has_it(folder: Path, tmp_path: Path) -> None:
    """39.4: who trusts the old key alone accepts what the new one signs, by new-with-old (RFC 4210)."""
    tbs = material.ca_draft(
        public_key_info=material.public_key_info("next"), serial=material.serial("next")
    ).tbs
    new = issuer_of(assemble_ca_certificate(tbs=tbs, signature=material.signer("next")(tbs)))
    keep(tmp_path, "link", link_certificate(new.certificate))
    drafted = material.draft(issuer=new)
    keep(tmp_path, "leaf", signed_by("next", drafted.tbs))
    keep(tmp_path, "crl-new", signed_by("next", material.list_draft(issuer=new).tbs))
    gone = encode_entry(serial=material.serial("link"), revoked_at=REVOKED, reason_code=4)
    for name, entries in (("crl-before", []), ("crl-after", [gone])):
        keep(tmp_path, name, material.signed_list(kind=ListKind.ARL, entries=entries))
    for arl, said in (("crl-before", "leaf.pem: OK\n"), ("crl-after", "certificate revoked")):
        lists = [word for name in ("crl-new", arl) for word in ("-CRLfile", tmp_path / f"{name}.pem")]
        done = run(
            *("openssl", "verify", "-x509_strict", "-crl_check_all", "-attime", int(AT.timestamp())),
            *("-CAfile", folder / "ca.pem", "-untrusted", tmp_path / "link.pem", *lists),
            tmp_path / "leaf.pem",
        )
        assert said in done.stdout + done.stderr


def link_certificate(new: bytes) -> bytes:
    """Return the CA's new certificate signed again with its old key."""
    old = x509.load_der_x509_certificate(material.issuer().certificate)
    own = x509.load_der_x509_certificate(new)
    builder = x509.CertificateBuilder(
        old.subject,
        own.subject,
        own.public_key(),
        material.serial("link"),
        own.not_valid_before_utc,
        own.not_valid_after_utc,
    )
    for one in own.extensions:
        if not isinstance(one.value, x509.AuthorityKeyIdentifier):
            builder = builder.add_extension(one.value, critical=one.critical)
    identifier = old.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
    )
    return builder.sign(material.key("ca"), SHA256()).public_bytes(Encoding.DER)


def signed_by(name: str, tbs: bytes) -> bytes:
    """Return bytes signed with a key."""
    identifier = SignatureAlgorithm.SHA256.identifier
    return der.join_signed(tbs=tbs, algorithm=identifier, signature=material.signer(name)(tbs))


def test_the_arl_says_nothing_about_subscribers(folder: Path) -> None:
    """39.4: a list of another scope is no answer."""
    assert "scope" in openssl_verify(folder, "valid", (ListKind.ARL,), "-crl_check")


@pytest.mark.parametrize("kind", [*ListKind, "crl-1", "crl-2"])
def test_openssl_verifies_each_list(folder: Path, kind: str) -> None:
    done = run(
        "openssl", "crl", "-in", folder / f"{kind}.pem", "-CAfile", folder / "ca.pem", "-noout", "-verify"
    )
    assert "verify OK" in done.stdout + done.stderr
    assert done.returncode == 0


def test_openssl_reads_the_dates_and_the_issuer(folder: Path) -> None:
    """6.1: 23:59:59 in Japan is 14:59:59 UTC."""
    done = run("openssl", "x509", "-in", folder / "valid.pem", "-noout", "-enddate", "-issuer", "-serial")
    assert "notAfter=Dec 31 14:59:59 2028 GMT" in done.stdout
    assert "CN = Inro Demonstration CA 1" in done.stdout
    assert f"serial={material.serial('valid'):X}" in done.stdout


def test_certtool_verifies_chain_and_lists(tmp_path: Path) -> None:
    """GnuTLS knows no other time than now, so all of this is made for now."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    tbs = material.ca_draft(not_before=now, not_after=now + timedelta(days=3000)).tbs
    ca = assemble_ca_certificate(tbs=tbs, signature=material.signer("ca")(tbs))
    end = not_after(issued_at=now, period=ValidityPeriod.ONE_YEAR)
    asked = material.particulars(issued_at=now, not_after=end)
    drafted = material.draft(particulars=asked, examination_ended_at=now, issuer=issuer_of(ca))
    keep(tmp_path, "ca", ca)
    keep(tmp_path, "subscriber", resign(drafted.tbs))
    command = ("certtool", "--load-ca-certificate", tmp_path / "ca.pem")
    done = run(*command, "--verify", "--infile", tmp_path / "subscriber.pem")
    assert "Verified. The certificate is trusted" in done.stdout, done.stdout + done.stderr
    for kind, partition in list_keys(1):
        made = material.list_draft(
            kind=kind,
            partition=partition,
            this_update=now,
            next_update=now + timedelta(hours=48),
            issuer=issuer_of(ca),
        )
        keep(tmp_path, made.key.name, resign(made.tbs))
        done = run(*command, "--verify-crl", "--infile", tmp_path / f"{made.key.name}.pem")
        assert "Verified" in done.stdout + done.stderr, done.stdout + done.stderr
        assert done.returncode == 0


def java_says(folder: Path, name: str, kind: str) -> str:
    """Return Java's verdict on a certificate by a list."""
    at = AT.strftime("%Y-%m-%dT%H:%M:%SZ")
    done = run("java", JAVA, folder / "ca.der", folder / f"{name}.der", folder / f"{kind}.der", at)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("kind", LISTS)
def test_java_accepts_the_valid_and_refuses_the_revoked(folder: Path, kind: ListKind) -> None:
    assert java_says(folder, "valid", kind) == "VALID"
    assert java_says(folder, "revoked", kind) == "REVOKED"


def test_java_takes_for_a_certificate_of_a_part_that_part_alone(folder: Path) -> None:
    assert java_says(folder, "valid-1", "crl-1") == "VALID"
    assert java_says(folder, "revoked-1", "crl-1") == "REVOKED"
    assert java_says(folder, "revoked-1", "crl-2") == "UNDETERMINED_REVOCATION_STATUS"


def test_a_card_signs_a_document_that_openssl_verifies(folder: Path, tmp_path: Path) -> None:
    """20: until it is revoked, and for no other document."""
    document = "入札書　金壱百万円".encode()
    signature = detached_signature(
        document=document,
        certificate=(folder / "revoked.der").read_bytes(),
        sign=material.signer("subscriber"),
        signed_at=REVOKED,
        chain=(material.issuer().certificate,),
    )
    (tmp_path / "signature.der").write_bytes(signature)
    (tmp_path / "document").write_bytes(document)
    (tmp_path / "other").write_bytes(document + b"0")
    empty = tmp_path / "empty.pem"
    before = x509.load_der_x509_crl(material.signed_list())
    empty.write_bytes(before.public_bytes(Encoding.PEM))

    def verify(content: str, crl: Path) -> int:
        # `openssl cms` has no option for lists: they are read from the file of trusted certificates.
        trusted = tmp_path / "trusted.pem"
        trusted.write_bytes((folder / "ca.pem").read_bytes() + crl.read_bytes())
        read = ("-inform", "der", "-in", tmp_path / "signature.der", "-content", tmp_path / content)
        checked = ("-CAfile", trusted, "-purpose", "any", "-crl_check", "-attime", int(AT.timestamp()))
        return run("openssl", "cms", "-verify", "-binary", *read, *checked, "-out", "/dev/null").returncode

    assert verify("document", empty) == 0
    assert verify("other", empty) != 0
    assert verify("document", folder / "crl.pem") != 0


def test_a_document_signature_wants_a_certificate_and_a_whole_second() -> None:
    arguments = {"document": b"", "sign": material.signer("subscriber")}
    with pytest.raises(DocumentSignatureRefused):
        detached_signature(certificate=b"\x30\x00", signed_at=AT, **arguments)
    with pytest.raises(DocumentSignatureRefused):
        detached_signature(
            certificate=material.certificate(), signed_at=AT.replace(microsecond=1), **arguments
        )
