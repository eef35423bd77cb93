"""`[office]` of `inro.toml`: its cookies' key, its passkeys' site, how long a sign-in serves (40(7))."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from inro.configuration.reading import NO_RELYING_PARTY, origin_of, take_optional_path, take_path, take_url
from inro.pki.section import ProfileRefused, Section
from inro.practice.session import SessionLimits

LOCALHOST = "localhost"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlaces:
    """Where the office finds its key, and the site its passkeys are made for.

    `relying_party` is a host name; `address`, the pages' origin, is None for http on this machine. `clerks`,
    who may sit at the desk, and `custodians`, shares of the documents' token, are a demonstration's.
    """

    key: Path
    relying_party: str
    address: str | None
    limits: SessionLimits
    clerks: Path | None
    custodians: Path | None


def take_office_places(section: Section, *, home: Path) -> OfficePlaces:
    """Return the places of an `[office]` table.

    Raises: ProfileRefused.
    """
    relying_party = _relying_party(section)
    made = OfficePlaces(
        key=take_path(section, "key", home=home),
        relying_party=relying_party,
        address=_address(section, relying_party),
        limits=SessionLimits(
            idle=timedelta(minutes=_number(section, "idle_minutes", most=120, otherwise=15)),
            longest=timedelta(hours=_number(section, "session_hours", most=24, otherwise=12)),
        ),
        clerks=take_optional_path(section, "clerks", home=home),
        custodians=take_optional_path(section, "custodians", home=home),
    )
    section.close()
    return made


def _relying_party(section: Section) -> str:
    if not section.has("relying_party"):
        return LOCALHOST
    name = section.take_text("relying_party")
    path = section.path("relying_party")
    if _is_ip(name):
        raise ProfileRefused(path=path, problem=NO_RELYING_PARTY)
    if not _HOST.fullmatch(name) or name.rpartition(".")[2].isdigit():
        raise ProfileRefused(path=path, problem=f"{name} is no host name in small letters")
    return name


def _address(section: Section, relying_party: str) -> str | None:
    if not section.has("address"):
        return None if relying_party == LOCALHOST else f"https://{relying_party}"
    address = take_url(section, "address", ("http", "https"))
    parts, path = urlsplit(address), section.path("address")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ProfileRefused(path=path, problem="more than scheme, host and port")
    host = parts.hostname or ""
    if host != relying_party and not host.endswith(f".{relying_party}"):
        raise ProfileRefused(path=path, problem=f"{host} is not of the relying party {relying_party}")
    if parts.scheme == "http" and host != LOCALHOST:
        raise ProfileRefused(path=path, problem="passkeys need https, or http at localhost")
    return origin_of(address)


def _number(section: Section, key: str, *, most: int, otherwise: int) -> int:
    return section.take_number(key, least=1, most=most) if section.has(key) else otherwise


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True
