"""`probe.toml`: whose certificates are probed, by which routes, how often, who is told (26.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.mail_places import MailPlaces, take_mail_places
from inro.configuration.platform_places import AlarmPlace, take_alarm_place
from inro.configuration.reading import read_toml, reading, take_path
from inro.pki.certificate_file import certificate_in
from inro.pki.issuer import UNDECODABLE, Issuer, IssuerRefused, issuer_of
from inro.pki.section import ProfileRefused, Section
from inro.ports.fetching import Bounds, Place
from inro.practice.probe import Freshness

FILE = "probe.toml"
LONGEST_NAME = 40
_MEGABYTE = 1 << 20
_MOST_MEGABYTES, _MOST_SECONDS, _MOST_MINUTES, _MOST_HOURS = 1024, 600, 1440, 240
# The last lists of a service that ended are not renewed while they stand (11).
_MOST_HOURS_OF_A_LIST = 100_000
_DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to the servers; `hosts` are those of addresses that are reached elsewhere, as mirrors are."""

    name: str
    hosts: Mapping[str, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one prober does in each round.

    `lists` are addresses of lists that no certificate prints, together where they give the same octets.
    """

    name: str
    memory: Path
    every: timedelta
    issuers: tuple[Issuer, ...]
    certificates: tuple[bytes, ...]
    lists: tuple[tuple[str, ...], ...]
    routes: tuple[Route, ...]
    bounds: Bounds
    freshness: Freshness
    mail: MailPlaces | None
    alarm: AlarmPlace | None


def load_plan(file: Path) -> Plan:
    """Read a prober's plan; paths in it are relative to its folder.

    Raises: ConfigurationRefused.
    """
    raw, _ = read_toml(file)
    with reading(file):
        section = Section(raw)
        home = file.absolute().parent
        mail = take_mail_places(section.take_section("mail"), home=home) if section.has("mail") else None
        made = Plan(
            name=_name(section),
            memory=take_path(section, "memory", home=home),
            every=timedelta(minutes=section.take_number("every_minutes", least=1, most=_MOST_MINUTES)),
            issuers=tuple(_issuer(home / name) for name in section.take_list("issuers", str)),
            certificates=tuple(_certificate(home / name) for name in section.take_list("certificates", str)),
            lists=_lists(section),
            routes=_routes(section),
            bounds=_bounds(
                section.take_section("bounds") if section.has("bounds") else Section({}, "bounds")
            ),
            freshness=_freshness(
                section.take_section("freshness") if section.has("freshness") else Section({}, "freshness")
            ),
            mail=mail,
            alarm=(
                take_alarm_place(section.take_section("alarm"), mail=mail) if section.has("alarm") else None
            ),
        )
        section.close()
    return made


def _name(section: Section) -> str:
    name = section.take_text("name")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ProfileRefused(path=section.path("name"), problem=f"longer than {LONGEST_NAME} characters")
    return name


def _certificate(file: Path) -> bytes:
    try:
        return certificate_in(file.read_bytes()).public_bytes(Encoding.DER)
    except OSError as error:
        raise ConfigurationRefused(
            file=file, problem=error.strerror or str(error), do="name a certificate's file"
        ) from error
    except UNDECODABLE as error:
        raise ConfigurationRefused(
            file=file, problem="is no certificate", do="name a PEM or DER file"
        ) from error


def _issuer(file: Path) -> Issuer:
    try:
        return issuer_of(_certificate(file))
    except IssuerRefused as error:
        raise ConfigurationRefused(
            file=file, problem=error.problem, do="name the CA's certificate"
        ) from error


def _lists(section: Section) -> tuple[tuple[str, ...], ...]:
    if not section.has("lists"):
        return ()
    groups = []
    for group in section.take_tables("lists"):
        groups.append(group.take_list("addresses", str))
        group.close()
    return tuple(groups)


def _routes(section: Section) -> tuple[Route, ...]:
    direct = section.take("direct", bool) if section.has("direct") else True
    routes = [Route(name=_DIRECT, hosts={})] if direct else []
    for one in section.take_tables("routes") if section.has("routes") else ():
        hosts = one.take_section("hosts")
        path = hosts.path("")
        places = {host: _place(text, f"{path}{host}") for host, text in hosts.take_rest().items()}
        routes.append(Route(name=one.take_text("name"), hosts=places))
        one.close()
    if not routes or len({route.name for route in routes}) != len(routes):
        raise ProfileRefused(path=section.path("routes"), problem="none, or two of one name")
    return tuple(routes)


def _place(text: object, path: str) -> Place:
    host, _, port = text.rpartition(":") if isinstance(text, str) else ("", "", "")
    if not host or not port.isdigit() or not 0 < int(port) < 1 << 16:
        raise ProfileRefused(path=path, problem="not of the form host:port")
    return Place(host=host.strip("[]"), port=int(port))


def _bounds(section: Section) -> Bounds:
    seconds = _number(section, "seconds", most=_MOST_SECONDS, otherwise=60)
    megabytes = _number(section, "megabytes", most=_MOST_MEGABYTES, otherwise=64)
    section.close()
    return Bounds(seconds=float(seconds), octets=megabytes * _MEGABYTE)


def _freshness(section: Section) -> Freshness:
    made = Freshness(
        renewed_within=timedelta(
            hours=_number(section, "renewed_within_hours", most=_MOST_HOURS_OF_A_LIST, otherwise=25)
        ),
        room_left=timedelta(hours=_number(section, "room_hours", most=_MOST_HOURS, otherwise=12)),
    )
    section.close()
    return made


def _number(section: Section, key: str, *, most: int, otherwise: int) -> int:
    return section.take_number(key, least=1, most=most) if section.has(key) else otherwise
