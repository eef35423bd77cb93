"""Other tools accept what the demonstration made and refuse what was revoked (5.3, 12.8, 20, 26, 39.4)."""

import re
import sys
import tomllib
from itertools import groupby
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.journeys.story import LISTS, Case, Look, Told, openssl, run, utc
from tests.tools.tree import PROJECT

JAVA = Path(__file__).parent / "java" / "CheckPaths.java"
PKILINT = """\
import pathlib, sys
from pkilint.bin import lint_crl, lint_pkix_cert
found = 0
for name in sys.argv[1:]:
    if name.endswith(".crl"):
        kind = "ARL" if pathlib.Path(name).name.startswith("arl") else "CRL"
        found += lint_crl.main(["lint", "-t", kind, "-p", "PKIX", "-s", "WARNING", name])
    else:
        found += lint_pkix_cert.main(["lint", "-s", "WARNING", name])
print("files", len(sys.argv) - 1, "findings", found)
"""
# GnuTLS knows no time but the machine's, which is not the story's.
OF_TIME = re.compile(
    r"The (certificate chain uses (not yet valid|expired) certificate"
    r"|revocation or OCSP data are (issued with a future date|old and have been superseded))\. *"
)


@pytest.fixture(scope="session")
def pem(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's certificates and lists once more, as PEM."""
    folder = tmp_path_factory.mktemp("pem")
    for file in [told.ca, *(case.certificate for case in told.with_certificate)]:
        assert file is not None
        parsed = x509.load_der_x509_certificate(file.read_bytes())
        (folder / f"{file.stem}.pem").write_bytes(parsed.public_bytes(Encoding.PEM))
    for kind in LISTS:
        for number, made in enumerate(told.lists(kind), 1):
            (folder / f"{kind}-{number:04d}.pem").write_bytes(made.public_bytes(Encoding.PEM))
    return folder


def looks(told: Told) -> list[tuple[Case, Look]]:
    """Every verification of a certificate whose file is there."""
    return [(case, look) for case in told.with_certificate for look in case.looks]


def verify(pem: Path, name: str, at: int, options: list[str], lists: list[Path]) -> str:
    """Ask `openssl verify`, strictly, at a time."""
    named = [word for one in lists for word in ("-CRLfile", pem / f"{one.stem}.pem")]
    asked = ("-x509_strict", *options, "-attime", at, "-CAfile", pem / "ca.pem", *named)
    done = openssl("verify", *asked, pem / f"{name}.pem")
    said = done.stdout + done.stderr
    assert (done.returncode == 0) is said.endswith(f"{name}.pem: OK\n")
    return said


def check_said(said: str, look: Look) -> None:
    """OpenSSL accepts, or gives revocation and nothing else as its reason."""
    reasons = set(re.findall(r"error \d+ at \d+ depth lookup: ?(.*)", said))
    assert reasons == (set() if look.valid else {"certificate revoked"}), said


def test_openssl_judges_by_the_crl_and_by_the_full_crl(told: Told, pem: Path) -> None:
    """26.1, 39.4: at each time, by the lists then in force."""
    for case, look in looks(told):
        assert case.certificate is not None
        name = case.certificate.stem
        check_said(verify(pem, name, look.seconds, ["-crl_check"], [look.crl]), look)
        check_said(verify(pem, name, look.seconds, ["-crl_check"], [look.full_crl]), look)
        check_said(verify(pem, name, look.seconds, ["-crl_check_all"], [look.full_crl]), look)
        check_said(verify(pem, name, look.seconds, ["-crl_check_all"], [look.crl, look.arl]), look)


def test_openssl_checks_the_ca_against_the_arl(told: Told, pem: Path) -> None:
    """39.4: the CA's own certificate is in the scope of ARL and full CRL."""
    for look in {look.at: look for _, look in looks(told)}.values():
        assert "OK" in verify(pem, "ca", look.seconds, ["-crl_check"], [look.arl])
        assert "OK" in verify(pem, "ca", look.seconds, ["-crl_check"], [look.full_crl])


def test_openssl_verifies_every_list(told: Told, pem: Path) -> None:
    for file in sorted((told.home / "lists").iterdir()):
        done = openssl("crl", "-in", file, "-inform", "DER", "-CAfile", pem / "ca.pem", "-noout", "-verify")
        assert done.returncode == 0
        assert "verify OK" in done.stdout + done.stderr


def test_openssl_reproduces_every_recorded_verdict(told: Told, pem: Path, tmp_path: Path) -> None:
    """20: from the signature's file alone, also of the case whose records are gone."""
    for case in told.cases:
        for look in case.looks:
            trusted = tmp_path / "trusted.pem"
            lists = [pem / f"{look.crl.stem}.pem", pem / f"{look.full_crl.stem}.pem"]
            for made in lists:
                trusted.write_bytes((pem / "ca.pem").read_bytes() + made.read_bytes())
                asked = ("-inform", "DER", "-in", case.signature, "-CAfile", trusted, "-crl_check")
                done = openssl(
                    *("cms", "-verify", "-binary", *asked, "-x509_strict", "-purpose", "any"),
                    *("-attime", look.seconds, "-out", tmp_path / "document.txt"),
                )
                assert (done.returncode == 0) is look.valid, done.stderr
                if look.valid:
                    assert str(case) in (tmp_path / "document.txt").read_text("utf-8")
                else:
                    assert "certificate revoked" in done.stderr


def test_a_document_changed_by_one_octet_is_refused(told: Told, pem: Path, tmp_path: Path) -> None:
    case = told.case("佐藤　健一")
    signed = case.signature.read_bytes()
    changed = tmp_path / "changed.p7m"
    changed.write_bytes(signed.replace("見本橋".encode(), "見本箸".encode()))
    assert changed.read_bytes() != signed
    asked = ("-inform", "DER", "-CAfile", pem / "ca.pem", "-purpose", "any", "-out", "/dev/null")
    at = ("-attime", case.looks[0].seconds)
    assert openssl("cms", "-verify", "-binary", "-in", case.signature, *asked, *at).returncode == 0
    assert openssl("cms", "-verify", "-binary", "-in", changed, *asked, *at).returncode != 0


def test_java_judges_by_the_crl_and_by_the_full_crl(told: Told) -> None:
    """26.1, 39.4: CertPathValidator, at each time, by each list alone."""
    asked, expected = [], []
    for case, look in looks(told):
        for made in (look.crl, look.full_crl):
            asked.append(f"{case.certificate} {made} {utc(look.at)}")
            expected.append("VALID" if look.valid else "REVOKED")
    done = run(["java", JAVA, told.ca], input="".join(f"{line}\n" for line in asked))
    assert done.stdout.splitlines() == expected, done.stderr
    assert {"VALID", "REVOKED"} == set(expected)


def test_certtool_accepts_certificates_and_lists(told: Told, pem: Path) -> None:
    """Of all it checks, the machine's time is the only thing that may not suit."""
    for file in sorted(pem.iterdir()):
        kind = "--verify" if not file.name.startswith(LISTS) else "--verify-crl"
        done = run(["certtool", kind, "--load-ca-certificate", pem / "ca.pem", "--infile", file])
        said = OF_TIME.sub("", done.stdout)
        verdicts = re.findall(r"[Oo]utput: (.*)", said)
        assert verdicts, done.stdout + done.stderr
        for verdict in verdicts:
            plain = verdict.replace("  ", " ").strip()
            complaint = done.stdout != said and plain == "Not verified. The certificate is NOT trusted."
            assert complaint or plain == "Verified. The certificate is trusted.", verdict


def test_certtool_reads_the_japanese_names(told: Told, pem: Path) -> None:
    for case in told.with_certificate:
        assert case.certificate is not None
        done = run(["certtool", "--certificate-info", "--infile", pem / f"{case.certificate.stem}.pem"])
        assert done.returncode == 0
        assert f"CN={case.record['applicant']}" in done.stdout


def test_pkilint_finds_nothing_that_no_profile_excuses(told: Told) -> None:
    """As a stranger runs it: its own programs, at warning and above."""
    for file in (PROJECT / "policy" / "profiles").glob("*.toml"):
        assert "excused" not in tomllib.loads(file.read_text("utf-8"))
    files = [told.ca, *(case.certificate for case in told.with_certificate)]
    files += sorted((told.home / "lists").iterdir())
    done = run([sys.executable, "-W", "ignore", "-c", PKILINT, *files])
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"files {len(files)} findings 0", done.stdout


def test_lists_in_force_are_the_newest(told: Told) -> None:
    """26.2: whoever fetched at a time got the newest list of that time, and it was not out of date."""
    by_time = sorted(looks(told), key=lambda one: one[1].at)
    for at, group in groupby(by_time, key=lambda one: one[1].at):
        crls = {look.crl for _, look in group}
        assert len(crls) == 1
        made = x509.load_der_x509_crl(crls.pop().read_bytes())
        newest = max(one.last_update_utc for one in told.lists("crl") if one.last_update_utc <= at)
        assert made.last_update_utc == newest
        assert made.next_update_utc is not None
        assert made.next_update_utc > at
