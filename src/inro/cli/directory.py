"""`inro directory`: the directory server set up, its replicas, the CA's certificates in it (4(6), 26.1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from inro.adapters.directory_access import directory_server
from inro.adapters.directory_server import Provider, command_of, configuration_ldif, make_server
from inro.cli.private_file import write_private
from inro.cli.processes import become, installation_home
from inro.cli.refusal import Words, refuse, stop
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.installation import Installation, load_installation
from inro.configuration.loopback import is_loopback
from inro.configuration.repository_places import DirectoryPlaces
from inro.ports.errors import PortError

app = typer.Typer(help="ディレクトリ（LDAP） / directory (LDAP)", no_args_is_help=True)
_HOME = typer.Option(help="設置の場所 / the installation's folder")
_PROGRAM = "inro directory"
_REPLICAS_DATABASE = Path("/var/lib/ldap")


@app.callback()
def directory() -> None:
    """ディレクトリ（LDAP） / directory (LDAP)."""


@app.command("set-up")
def set_up(home: Annotated[Path | None, _HOME] = None) -> None:
    """OpenLDAPの設定とデータベースを作る / make slapd's configuration and database."""
    with _own_directory(home) as (installation, own):
        make_server(directory_server(installation.repository, own), folder=own.folder)
        urls = ["ldapi:///", "ldap:///", *(["ldaps:///"] if own.certificate else [])]
        command = command_of(own.folder, *urls)
    typer.echo(f"作成 / made: {own.folder}")
    quoted = [f"'{part}'" if " " in part else part for part in command]
    typer.echo(f"起動 / start: {' '.join(quoted)}")


@app.command()
def replica(
    ldif: Annotated[Path, typer.Argument(help="書き出す設定（LDIF） / configuration to write")],
    *,
    provider: Annotated[str, typer.Option(help="複製元 / what is copied: ldaps://directory.example")],
    authorities: Annotated[
        Path | None, typer.Option(help="複製先での、複製元の認証局のファイル / CA file, as found there")
    ] = None,
    database: Annotated[
        Path, typer.Option(help="複製先のデータベース / its database, there")
    ] = _REPLICAS_DATABASE,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """別の計算機に置く複製の設定を書き出す / write what a replica on another machine is set up with."""
    named = urlsplit(provider)
    if named.scheme != "ldaps" and not (named.scheme == "ldap" and is_loopback(named.hostname or "")):
        refuse(
            Words("複製元はldaps://で指定してください", "the provider is not reached under TLS"),
            do="inro directory replica … --provider ldaps://HOST",
            status=2,
        )
    with _own_directory(home) as (installation, own):
        server = directory_server(installation.repository, own, database=database)
        text = configuration_ldif(server, copied_from=Provider(url=provider, authorities=authorities))
    write_private(ldif, text.encode("utf-8"))
    typer.echo(f"書出し / written: {ldif}")
    typer.echo(f"複製先で / there: slapadd -n 0 -F /etc/ldap/slapd.d -l {ldif.name}")


@app.command()
def publish(
    certificates: Annotated[
        list[Path] | None,
        typer.Argument(help="リンク証明書・相互認証証明書 / link and cross certificates (PEM, DER)"),
    ] = None,
    home: Annotated[Path | None, _HOME] = None,
) -> None:
    """CA証明書・リンク証明書・相互認証証明書を公開する / publish the CA's certificates in both halves."""
    files = [str(file.absolute()) for file in certificates or ()]
    become("worker", ["--certificates", *files], home=installation_home(home))


@contextmanager
def _own_directory(home: Path | None) -> Iterator[tuple[Installation, DirectoryPlaces]]:
    try:
        installation = load_installation(installation_home(home))
        own = installation.directory
        if own is None:
            refuse(
                Words("inro.toml に [directory] がありません", "there is no [directory] in inro.toml"),
                do="write folder there (docs/operations/directory.md), or use the server you have",
                status=2,
            )
        yield installation, own
    except (ConfigurationRefused, PortError, OSError) as error:
        stop(_PROGRAM, error)
