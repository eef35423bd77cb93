"""What a relying party's own tool says of a signature at a moment, by the list then in force (12.9, 20)."""

import base64
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


def _pem(label: str, path: Path) -> str:
    text = base64.encodebytes(path.read_bytes()).decode()
    return f"-----BEGIN {label}-----\n{text}-----END {label}-----\n"
