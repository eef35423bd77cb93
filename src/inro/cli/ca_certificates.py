"""`inro ca-certificates`: the CA's own certificates entered into the records, and listed (22.1(5), 39.4)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.serialization import Encoding

from inro.cli.installed import installed, operator
from inro.cli.refusal import Words, refuse, stop
from inro.configuration.installation import installation_from_environment
from inro.configuration.policy import load_policy
from inro.configuration.trust import read_trust
from inro.pki.ca_certificates import kind_of
from inro.pki.certificate_file import certificate_in
from inro.pki.issuer import UNDECODABLE, Issuer, IssuerRefused, issuer_of
from inro.practice.calendar import JST
from inro.practice.duties import Duty
from inro.words.states import word

app = typer.Typer(help="認証局自身の証明書 / the CA's own certificates", no_args_is_help=True)
_HOME = typer.Option(help="設置の場所 / the installation's folder")
_PROGRAM = "inro ca-certificates"


@app.callback()
def ca_certificates() -> None:
    """認証局自身の証明書 / the CA's own certificates."""


@app.command()
def enter(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="リンク証明書・相互認証証明書。省略時はCA証明書のみ / link and cross certificates (PEM, DER)"
        ),
    ] = None,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """鍵生成式のCA証明書と指定の証明書を記録に入れる / enter the ceremony's certificate, then these."""
    with installed(_PROGRAM, home):
        # Imported here, because Django reads the installation when it is set up.
        from inro.usecases.ca_certificate import enter_ca_certificate

        issuer, given = _issuer(), [_read(file) for file in files or ()]
        profile = load_policy(installation_from_environment().policy).ca_profile
        for certificate in (issuer.certificate, *given):
            made = enter_ca_certificate(
                certificate=certificate,
                issuer=issuer,
                profile_sha256=profile.sha256,
                actor=operator(Duty.KEY_CUSTODY),
                now=datetime.now(UTC),
            )
            said = "記録済み / on record already" if made is None else "記録 / entered"
            typer.echo(f"{said}: {word(kind_of(certificate), 'ja')}  {_serial(certificate)}")


@app.command("list")
def list_certificates(home: Annotated[Path | None, _HOME] = None) -> None:
    """記録にある認証局自身の証明書を示す / the CA's certificates on record, the newest key's first."""
    with installed(_PROGRAM, home):
        from inro.store.reads.certificate import ca_certificate_records

        for one in ca_certificate_records():
            kind = word(kind_of(one.der), "ja") if one.der else "-"
            ends = one.not_after.astimezone(JST).strftime("%Y-%m-%d %H:%M:%S")
            typer.echo(f"{one.serial.hex()}  {kind}  {word(one.state, 'ja')}  {ends}  SHA-256 {one.sha256}")


def _issuer() -> Issuer:
    try:
        return issuer_of(read_trust(installation_from_environment().trust / "ca.der"))
    except IssuerRefused as refused:
        stop(_PROGRAM, refused)


def _serial(certificate: bytes) -> str:
    return certificate_in(certificate).serial_number.to_bytes(20).hex()


def _read(file: Path) -> bytes:
    try:
        return certificate_in(file.read_bytes()).public_bytes(Encoding.DER)
    except (OSError, *UNDECODABLE) as error:
        refuse(
            Words(f"証明書として読めません: {file}", f"no certificate: {error}"), do="name a PEM or DER file"
        )
