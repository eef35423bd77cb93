"""What a relying party's own tool says of a signature at a moment, by the list then in force (12.9, 20)."""

import base64
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inro.ports.errors import PortError


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One look at one signature: which lists were in force, and whether OpenSSL accepted it."""

    at: datetime
    crl: Path
    full_crl: Path
    valid: bool
    said: str


def verify_with_openssl(
    *, signature: Path, ca: Path, crl: Path, full_crl: Path, at: datetime, scratch: Path
) -> Verdict:
    """Ask `openssl cms -verify` whether a signed document holds at `at` under `crl`.

    Raises: PortError if there is no openssl.
    """
    openssl = shutil.which("openssl")
    if openssl is None:
        raise PortError("openssl", "not on PATH", "install it: apt-get install openssl")
    trusted = scratch / "trusted.pem"
    trusted.write_text(_pem("CERTIFICATE", ca) + _pem("X509 CRL", crl), "ascii")
    told = subprocess.run(
        [
            *(openssl, "cms", "-verify", "-binary", "-inform", "DER", "-in", str(signature)),
            *("-CAfile", str(trusted), "-crl_check", "-x509_strict"),
            *("-purpose", "any", "-attime", str(int(at.timestamp())), "-out", "/dev/null"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    said = (told.stderr.strip().splitlines() or [""])[-1]
    return Verdict(at=at, crl=crl, full_crl=full_crl, valid=told.returncode == 0, said=said)


def ask_with_openssl(*, certificate: Path, ca: Path, url: str, at: datetime, scratch: Path) -> str:
    """Ask `openssl ocsp` what the responder says of a certificate: good, revoked, or why there is no answer.

    Raises: PortError if there is no openssl.
    """
    openssl = shutil.which("openssl")
    if openssl is None:
        raise PortError("openssl", "not on PATH", "install it: apt-get install openssl")
    issuer, asked = scratch / "issuer.pem", scratch / "asked.pem"
    issuer.write_text(_pem("CERTIFICATE", ca), "ascii")
    asked.write_text(_pem("CERTIFICATE", certificate), "ascii")
    told = subprocess.run(
        [
            *(openssl, "ocsp", "-url", url, "-issuer", str(issuer), "-cert", str(asked)),
            *("-CAfile", str(issuer), "-attime", str(int(at.timestamp()))),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    said = told.stdout + told.stderr
    # At a told instant its clock puts a warning before the status; what is in force it does not judge then.
    found = re.search(r"^(?:\S*asked\.pem: )?(good|revoked|unknown)$", said, re.MULTILINE)
    if found is None or "Response verify OK" not in said:
        return (said.strip().splitlines() or ["no answer"])[0]
    return found[1]


def _pem(label: str, path: Path) -> str:
    text = base64.encodebytes(path.read_bytes()).decode()
    return f"-----BEGIN {label}-----\n{text}-----END {label}-----\n"
