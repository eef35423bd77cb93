"""`inro certificate`: what a certificate says (12.6, 18.2)."""

import re
from pathlib import Path
from typing import Annotated

import typer
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from inro.cli.refusal import Words, refuse

LARGEST = 100_000
PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)

app = typer.Typer(help="証明書 / certificates", no_args_is_help=True)


@app.callback()
def certificate() -> None:
    """証明書 / certificates."""


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="DER か PEM の証明書 / a certificate, DER or PEM")],
) -> None:
    """証明書のすべての項目を日本語で、省略せずに / every field in Japanese, nothing truncated."""
    # Imported here, so that the other commands don't wait for what reads certificates.
    from inro.pki.show import describe

    for row in describe(_certificate_in(file)):
        typer.echo(f"{row.label}: {row.value}")


def _certificate_in(file: Path) -> bytes:
    """Return the certificate's DER; refuse what is none."""
    try:
        with file.open("rb") as opened:
            source = opened.read(LARGEST + 1)
    except OSError as error:
        refuse(Words(f"読めません: {file}", f"cannot read: {error}"), do="name a readable certificate file")
    if len(source) > LARGEST:
        refuse(
            Words(f"大きすぎます: {file}", f"larger than {LARGEST} octets: {file}"),
            do="name a certificate file",
        )
    armoured = PEM.search(source)
    try:
        parsed = (
            x509.load_pem_x509_certificate(armoured[0])
            if armoured
            else x509.load_der_x509_certificate(source)
        )
    except ValueError as error:
        refuse(Words(f"証明書ではありません: {file}", f"not a certificate: {error}"), do="give DER or PEM")
    return parsed.public_bytes(Encoding.DER)
