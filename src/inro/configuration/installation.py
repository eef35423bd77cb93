"""`inro.toml`: where an installation keeps its things; no secret ever stands in it (12.5, 40(7)).

The folder of the file is named by `INRO_HOME`; paths in it are relative to that folder.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inro.configuration.document_places import DocumentPlaces, take_document_places
from inro.configuration.errors import ConfigurationRefused
from inro.configuration.loopback import is_loopback
from inro.configuration.mail_places import FaxPlace, MailPlaces, take_fax_place, take_mail_places
from inro.configuration.office_places import OfficePlaces, take_office_places
from inro.configuration.platform_places import (
    AlarmPlace,
    PlatformPlaces,
    take_alarm_place,
    take_platform_places,
)
from inro.configuration.reading import (
    read_toml,
    reading,
    take_optional,
    take_optional_path,
    take_path,
    take_url,
)
from inro.configuration.repository_places import (
    DirectoryPlaces,
    RepositoryPlaces,
    take_directory_places,
    take_repository_places,
)
from inro.pki.section import ProfileRefused, Section

FILE = "inro.toml"
_SECRET = re.compile(r"(^|_)(pin|password|passphrase|secret|private_key|share)s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDetails:
    """The account that invoices name (35.2)."""

    bank: str
    branch: str
    kind: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorDetails:
    """Who runs the service, as letters and invoices say it; `registration_number` is T and 13 digits (37)."""

    name: str
    service: str
    postal_code: str
    address: str
    telephone: str
    email: str
    website: str
    registration_number: str
    bank: BankDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class SqliteDatabase:
    """A database in one file of the installation."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresqlDatabase:
    """A PostgreSQL database; `host` may be a socket's folder, a password stands in `PGPASSFILE`."""

    host: str
    port: int
    name: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerPlaces:
    """The signer's name and where its token, journal and archive of lists lie."""

    name: str
    token: Path
    journal: Path
    archive: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPrinterPlace:
    """A folder that takes documents as files: demonstration only (19.3)."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPrinterPlace:
    """A printer on the network; `certificate` is its own (PEM)."""

    host: str
    port: int
    path: str
    certificate: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationPlaces:
    """The station's name, token and printer; `cards` is the folder of virtual cards, None for real ones."""

    name: str
    token: Path
    cards: Path | None
    reader: str | None
    printer: FolderPrinterPlace | NetworkPrinterPlace
    lock_memory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OcspPlaces:
    """Where the responder's token lies; several hosts may have a copy of it (RFC 6960 4.2.2.2)."""

    token: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class WebApiPlace:
    """The National Tax Agency's Web-API and the file of the application id it gave (8.2)."""

    address: str
    application_id_file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One installation; `demonstration` alone allows virtual cards, software keys and a folder as printer.

    `directory` is None where others run the directory server, `ocsp` where nobody answers questions about
    single certificates.
    `public_key` is the file of the key with which the public pages sign their cookies.
    """

    home: Path
    name: str
    demonstration: bool
    policy: Path
    trust: Path
    operator: OperatorDetails
    database: SqliteDatabase | PostgresqlDatabase
    signer: SignerPlaces
    station: StationPlaces
    repository: RepositoryPlaces
    public_key: Path
    documents: DocumentPlaces
    office: OfficePlaces
    platform: PlatformPlaces
    alarm: AlarmPlace | None
    directory: DirectoryPlaces | None = None
    ocsp: OcspPlaces | None = None
    corporate_numbers: WebApiPlace | None = None
    mail: MailPlaces | None = None
    fax: FaxPlace | None = None


def installation_from_environment() -> Installation:
    """Return the installation whose folder `INRO_HOME` names.

    Raises: ConfigurationRefused.
    """
    home = os.environ.get("INRO_HOME", "")
    if not home:
        raise ConfigurationRefused(
            file=Path(FILE), problem="INRO_HOME is not set", do="set it to the installation's folder"
        )
    return load_installation(Path(home))


def load_installation(home: Path) -> Installation:
    """Return the installation in a folder, or refuse it before any process starts with it.

    Raises: ConfigurationRefused naming file and key.
    """
    home = home.absolute()
    file = home / FILE
    raw, _ = read_toml(file)
    with reading(file):
        _refuse_secrets(raw, "")
        section = Section(raw)
        mail = take_mail_places(section.take_section("mail"), home=home) if section.has("mail") else None
        made = Installation(
            home=home,
            name=section.take_text("name"),
            demonstration=section.take("demonstration", bool),
            policy=take_path(section, "policy", home=home),
            trust=take_path(section, "trust", home=home),
            operator=_operator(section.take_section("operator")),
            database=_database(section.take_section("database"), home),
            signer=_signer(section.take_section("signer"), home),
            station=_station(section.take_section("station"), home),
            repository=take_repository_places(section.take_section("repository"), home=home),
            public_key=_public_key(section, home),
            documents=take_document_places(section.take_section("documents"), home=home),
            office=take_office_places(section.take_section("office"), home=home),
            directory=_directory(section, home),
            ocsp=_ocsp(section.take_section("ocsp"), home) if section.has("ocsp") else None,
            platform=take_platform_places(
                section.take_section("platform") if section.has("platform") else Section({}), home=home
            ),
            alarm=(
                take_alarm_place(section.take_section("alarm"), mail=mail) if section.has("alarm") else None
            ),
            corporate_numbers=(
                _web_api(section.take_section("corporate_numbers"), home)
                if section.has("corporate_numbers")
                else None
            ),
            mail=mail,
            fax=(
                take_fax_place(section.take_section("fax"), home=home, mail=mail)
                if section.has("fax")
                else None
            ),
        )
        section.close()
        _check(made)
    return made


def _refuse_secrets(table: dict[str, Any], path: str) -> None:
    for key, value in table.items():
        name = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            _refuse_secrets(value, name)
        elif _SECRET.search(key):
            raise ProfileRefused(path=name, problem="a secret never stands in this file")


def _check(made: Installation) -> None:
    if made.demonstration:
        return
    if made.station.cards is not None:
        raise ProfileRefused(
            path="station.cards", problem="virtual cards outside a demonstration", clause="17.1"
        )
    if isinstance(made.station.printer, FolderPrinterPlace):
        problem = "a folder as printer outside a demonstration"
        raise ProfileRefused(path="station.printer.folder", problem=problem, clause="19.3")
    if _prints_in_the_clear(made.station.printer):
        problem = "PINs would travel in the clear: name the printer's certificate"
        raise ProfileRefused(path="station.printer.certificate", problem=problem, clause="19.3")
    if not made.station.lock_memory:
        problem = "keys and PINs could get onto a disk outside a demonstration"
        raise ProfileRefused(path="station.lock_memory", problem=problem, clause="17.3")
    if not made.operator.website.startswith("https://"):
        problem = "the public site's cookies need https outside a demonstration"
        raise ProfileRefused(path="operator.website", problem=problem, clause="40(7)")
    if made.office.clerks is not None:
        problem = "clerks without sign-in outside a demonstration"
        raise ProfileRefused(path="office.clerks", problem=problem, clause="40(7)")
    if made.office.custodians is not None:
        problem = "custodians' shares in a folder outside a demonstration"
        raise ProfileRefused(path="office.custodians", problem=problem, clause="40(7)")


def _prints_in_the_clear(printer: FolderPrinterPlace | NetworkPrinterPlace) -> bool:
    if isinstance(printer, FolderPrinterPlace):
        return False
    return printer.certificate is None and not is_loopback(printer.host)


def _operator(section: Section) -> OperatorDetails:
    bank = section.take_section("bank")
    names = (
        "name",
        "service",
        "postal_code",
        "address",
        "telephone",
        "email",
        "registration_number",
    )
    texts = {name: section.take_text(name) for name in names}
    texts["website"] = take_url(section, "website", ("http", "https"))
    if not re.fullmatch(r"T[0-9]{13}", texts["registration_number"]):
        path = section.path("registration_number")
        raise ProfileRefused(path=path, problem="not T and 13 digits", clause="37")
    made = OperatorDetails(
        **texts,
        bank=BankDetails(
            **{name: bank.take_text(name) for name in ("bank", "branch", "kind", "number", "holder")}
        ),
    )
    bank.close()
    section.close()
    return made


def _database(section: Section, home: Path) -> SqliteDatabase | PostgresqlDatabase:
    made: SqliteDatabase | PostgresqlDatabase
    match section.take_text("engine"):
        case "sqlite":
            made = SqliteDatabase(path=take_path(section, "file", home=home))
        case "postgresql":
            made = PostgresqlDatabase(
                host=section.take_text("host"),
                port=section.take_number("port", least=1, most=65535),
                name=section.take_text("name"),
                user=section.take_text("user"),
            )
        case other:
            problem = f"{other} is neither sqlite nor postgresql"
            raise ProfileRefused(path=section.path("engine"), problem=problem)
    section.close()
    return made


def _signer(section: Section, home: Path) -> SignerPlaces:
    made = SignerPlaces(
        name=section.take_text("name"),
        token=take_path(section, "token", home=home),
        journal=take_path(section, "journal", home=home),
        archive=take_path(section, "archive", home=home),
    )
    section.close()
    return made


def _station(section: Section, home: Path) -> StationPlaces:
    has_cards, has_reader = section.has("cards"), section.has("reader")
    if has_cards == has_reader:
        raise ProfileRefused(path=section.path("cards"), problem="either cards or reader, one of them")
    made = StationPlaces(
        name=section.take_text("name"),
        token=take_path(section, "token", home=home),
        cards=take_path(section, "cards", home=home) if has_cards else None,
        reader=section.take_text("reader") if has_reader else None,
        printer=_printer(section.take_section("printer"), home),
        lock_memory=take_optional(section, "lock_memory", bool, otherwise=True),
    )
    section.close()
    return made


def _printer(section: Section, home: Path) -> FolderPrinterPlace | NetworkPrinterPlace:
    made: FolderPrinterPlace | NetworkPrinterPlace
    if section.has("folder"):
        made = FolderPrinterPlace(folder=take_path(section, "folder", home=home))
    else:
        made = NetworkPrinterPlace(
            host=section.take_text("host"),
            port=section.take_number("port", least=1, most=65535),
            path=section.take_text("path"),
            certificate=take_optional_path(section, "certificate", home=home),
        )
    section.close()
    return made


def _directory(section: Section, home: Path) -> DirectoryPlaces | None:
    if not section.has("directory"):
        return None
    return take_directory_places(section.take_section("directory"), home=home)


def _ocsp(section: Section, home: Path) -> OcspPlaces:
    made = OcspPlaces(token=take_path(section, "token", home=home))
    section.close()
    return made


def _public_key(section: Section, home: Path) -> Path:
    if not section.has("public"):
        return home / "public" / "key"
    public = section.take_section("public")
    made = take_path(public, "key", home=home)
    public.close()
    return made


def _web_api(section: Section, home: Path) -> WebApiPlace:
    made = WebApiPlace(
        address=take_url(section, "address", ("http", "https")),
        application_id_file=take_path(section, "application_id_file", home=home),
    )
    section.close()
    return made
