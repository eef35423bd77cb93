"""`[documents]` of `inro.toml`: where pages wait, and where they are kept sealed (8.5, 40(7))."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from inro.configuration.reading import take_path, take_url
from inro.pki.section import ProfileRefused, Section

_MEGABYTE = 1_000_000
_DAY = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFolderPlace:
    """A folder that keeps sealed documents as files."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentBucketPlace:
    """A bucket of a server that speaks S3; the credentials' file is its owner's only."""

    endpoint: str
    bucket: str
    region: str
    credentials_file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPlaces:
    """The documents' token and store, and the folders in memory through which pages come in (8.5, 40(7)).

    A page waits for `quarantine_time` at most; the two limits are in octets.
    """

    token: Path
    store: DocumentFolderPlace | DocumentBucketPlace
    quarantine: Path
    scanner: Path
    quarantine_time: timedelta
    quarantine_octets: int
    file_octets: int


def take_document_places(section: Section, *, home: Path) -> DocumentPlaces:
    """Return the places of a `[documents]` table.

    Raises: ProfileRefused.
    """
    made = DocumentPlaces(
        token=take_path(section, "token", home=home),
        store=_document_store(section.take_section("store"), home),
        quarantine=take_path(section, "quarantine", home=home),
        scanner=take_path(section, "scanner", home=home),
        quarantine_time=timedelta(minutes=section.take_number("quarantine_minutes", least=1, most=_DAY)),
        quarantine_octets=section.take_number("quarantine_megabytes", least=1, most=65536) * _MEGABYTE,
        file_octets=section.take_number("file_megabytes", least=1, most=4096) * _MEGABYTE,
    )
    if made.quarantine == made.scanner:
        raise ProfileRefused(
            path=section.path("scanner"), problem="the quarantine's own folder", clause="8.5"
        )
    section.close()
    return made


def _document_store(section: Section, home: Path) -> DocumentFolderPlace | DocumentBucketPlace:
    if section.has("folder") == section.has("s3"):
        raise ProfileRefused(path=section.path("folder"), problem="either folder or s3, one of them")
    made: DocumentFolderPlace | DocumentBucketPlace
    if section.has("folder"):
        made = DocumentFolderPlace(folder=take_path(section, "folder", home=home))
    else:
        made = _bucket(section.take_section("s3"), home)
    section.close()
    return made


def _bucket(section: Section, home: Path) -> DocumentBucketPlace:
    made = DocumentBucketPlace(
        endpoint=take_url(section, "endpoint", ("http", "https")),
        bucket=section.take_text("bucket"),
        region=section.take_text("region"),
        credentials_file=take_path(section, "credentials_file", home=home),
    )
    section.close()
    return made
