"""Until when parts of the platform serve, as files and the installation say it (26.2)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inro.configuration.platform_places import PlatformPlaces
from inro.pki.certificate_file import certificate_in
from inro.ports.errors import PortError
from inro.practice.platform_obligations import PlatformFacts


class PlatformUnreadable(PortError):
    """A file that says until when a part of the platform serves is not there, or is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformFiles:
    """What `[platform]` of an installation names."""

    places: PlatformPlaces

    def facts(self) -> PlatformFacts:
        """Return what the platform's own deadlines follow from, as far as files say it.

        Raises: PlatformUnreadable.
        """
        places = self.places
        return PlatformFacts(
            certificates={name: _ends_at(file) for name, file in places.certificates.items()},
            tokens=places.tokens,
            accredited_until=places.accredited_until,
            backup_at=_newest(places.backups) if places.backups is not None else None,
            backup_hours=places.backup_hours,
        )


def _ends_at(file: Path) -> datetime:
    try:
        return certificate_in(file.read_bytes()).not_valid_after_utc
    except OSError as error:
        raise _unreadable(file, error.strerror or type(error).__name__) from error
    except ValueError as error:
        raise _unreadable(file, "is no certificate") from error


def _newest(folder: Path) -> datetime:
    try:
        times = [file.stat().st_mtime for file in folder.iterdir() if file.is_file()]
    except OSError as error:
        raise _unreadable(folder, error.strerror or type(error).__name__) from error
    if not times:
        raise _unreadable(folder, "holds no copy")
    return datetime.fromtimestamp(max(times), UTC)


def _unreadable(file: Path, detail: str) -> PlatformUnreadable:
    do = "put it there, or correct [platform] in inro.toml; the night is not over before"
    return PlatformUnreadable(str(file), detail, do)
