"""Puts the worker's publisher together from the installation."""

from inro.adapters.ldap_directory import DirectoryAccess, LdapDirectory
from inro.adapters.web_tree import WebTree
from inro.configuration.installation import Installation
from inro.usecases.actor import process
from inro.worker.publication import Publisher
from inro.worker.repository import Repository

NAME = "worker-1"
FULL_CRL_ENTRY = "cn=fullCRL"


def publisher_of(installation: Installation) -> Publisher:
    """Return the publisher of an installation.

    Raises: DirectoryUnavailable, WebTreeUnavailable for addresses that can't be used.
    """
    places = installation.repository
    return Publisher(
        archive=installation.signer.archive,
        repository=Repository(
            web=WebTree(folder=places.web_root, address=places.web_url),
            directory=_directory(installation, places.directory_entry),
            directory_full=_directory(installation, f"{FULL_CRL_ENTRY},{places.directory_entry}"),
        ),
        actor=process(NAME),
    )


def _directory(installation: Installation, entry: str) -> LdapDirectory:
    places = installation.repository
    return LdapDirectory(
        DirectoryAccess(
            url=places.directory_url,
            entry=entry,
            bind_dn=places.directory_bind_dn,
            password_from=places.directory_password_file,
        )
    )
