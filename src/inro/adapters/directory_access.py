"""How an installation's directory is reached, and the server it sets up, as `inro.toml` says it (4(6))."""

import os
import secrets
from pathlib import Path

from inro.adapters.directory_entries import EntryClass, name_of, parts_of
from inro.adapters.directory_server import Account, DirectoryNotMade, DirectoryServer, ServerTls
from inro.adapters.ldap_directory import DirectoryAccess
from inro.configuration.repository_places import DirectoryPlaces, RepositoryPlaces

REPLICATOR = "cn=replicator"
_PASSWORD_OCTETS = 32


def directory_access(places: RepositoryPlaces, *, below: str = "") -> DirectoryAccess:
    """Return the way to the CA's entry, or to the distribution point `below` it (such as `cn=fullCRL`)."""
    return DirectoryAccess(
        url=places.directory_url,
        entry=f"{below},{places.directory_entry}" if below else places.directory_entry,
        entry_class=EntryClass.DISTRIBUTION_POINT if below else EntryClass.AUTHORITY,
        bind_dn=places.directory_bind_dn,
        password_from=places.directory_password_file,
        authorities=places.directory_authorities,
    )


def directory_server(
    places: RepositoryPlaces, own: DirectoryPlaces, *, database: Path | None = None
) -> DirectoryServer:
    """Return the server of an installation: its tree begins above the writer's name.

    A password whose file is not there yet is made, 256 random bits for the owner alone.
    Raises: DirectoryNotMade, DirectoryUnavailable.
    """
    suffix = name_of(parts_of(places.directory_bind_dn)[1:])
    if not suffix:
        do = "name the writer below the top of the tree, such as cn=publisher,c=JP"
        raise DirectoryNotMade("directory", f"{places.directory_bind_dn} has nothing above it", do)
    replicator = own.replicator_password_file
    return DirectoryServer(
        database=database or own.folder / "data",
        suffix=suffix,
        published=places.directory_entry,
        writer=Account(name=places.directory_bind_dn, password=_password(places.directory_password_file)),
        replicator=(
            Account(name=f"{REPLICATOR},{suffix}", password=_password(replicator)) if replicator else None
        ),
        tls=ServerTls(certificate=own.certificate, key=own.key) if own.certificate and own.key else None,
    )


def _password(file: Path) -> str:
    try:
        if not file.exists():
            made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "w", encoding="ascii") as opened:
                opened.write(secrets.token_urlsafe(_PASSWORD_OCTETS) + "\n")
        return file.read_text("utf-8").rstrip("\n")
    except OSError as error:
        do = "make its folder writable for you, or correct inro.toml"
        raise DirectoryNotMade("directory", f"{file}: {error.strerror}", do) from error
