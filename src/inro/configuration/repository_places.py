"""`[repository]` and `[directory]` of `inro.toml`: both halves of the repository, its own slapd (4(6))."""

from dataclasses import dataclass
from pathlib import Path

from inro.configuration.reading import take_optional_path, take_path, take_url
from inro.pki.section import ProfileRefused, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryPlaces:
    """Both halves of the repository (4(6)); `web_url` is where the web half is read back from.

    `directory_authorities` is a file of CA certificates by which the directory server is known, None for
    the system's.
    """

    web_root: Path
    web_url: str
    directory_url: str
    directory_entry: str
    directory_bind_dn: str
    directory_password_file: Path
    directory_authorities: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPlaces:
    """Where the server's configuration and database lie, its TLS files, and the password of its replicas.

    Without `certificate` and `key` it serves this machine's own processes by loopback or socket alone.
    """

    folder: Path
    certificate: Path | None
    key: Path | None
    replicator_password_file: Path | None


def take_repository_places(section: Section, *, home: Path) -> RepositoryPlaces:
    """Return the places of a `[repository]` table.

    Raises: ProfileRefused.
    """
    made = RepositoryPlaces(
        web_root=take_path(section, "web_root", home=home),
        web_url=take_url(section, "web_url", ("http", "https")),
        directory_url=take_url(section, "directory_url", ("ldap", "ldaps", "ldapi")),
        directory_entry=section.take_text("directory_entry"),
        directory_bind_dn=section.take_text("directory_bind_dn"),
        directory_password_file=take_path(section, "directory_password_file", home=home),
        directory_authorities=take_optional_path(section, "directory_authorities", home=home),
    )
    section.close()
    return made


def take_directory_places(section: Section, *, home: Path) -> DirectoryPlaces:
    """Return the places of a `[directory]` table.

    Raises: ProfileRefused.
    """
    if section.has("certificate") is not section.has("key"):
        raise ProfileRefused(path=section.path("key"), problem="certificate and key, both or neither")
    made = DirectoryPlaces(
        folder=take_path(section, "folder", home=home),
        certificate=take_optional_path(section, "certificate", home=home),
        key=take_optional_path(section, "key", home=home),
        replicator_password_file=take_optional_path(section, "replicator_password_file", home=home),
    )
    section.close()
    return made
