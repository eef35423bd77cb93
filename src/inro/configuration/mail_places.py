"""`[mail]` and `[fax]` of `inro.toml`: through whom notices leave, and where reports of them arrive (43)."""

import re
from dataclasses import dataclass
from pathlib import Path

from inro.configuration.reading import take_optional_path, take_path
from inro.pki.section import ProfileRefused, Section

TLS = ("starttls", "implicit", "none")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[0-9A-Za-z.-]{1,255}")
_DOMAIN = re.compile(r"[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapPlace:
    """A mailbox at a server; the password stands alone in a file."""

    host: str
    port: int
    user: str
    password_file: Path
    folder: str
    tls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPlaces:
    """The house's mail server, who sends, and where reports arrive; `trust` is None for the system's.

    `copies` is a Maildir to which the server copies every message it takes from us.
    """

    host: str
    port: int
    tls: str
    sender: str
    user: str | None
    password_file: Path | None
    trust: Path | None
    reports: Path | ImapPlace | None
    copies: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayPlace:
    """A gateway that takes faxes as e-mails, and what its replies say in their subject."""

    domain: str
    sent: str
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolPlace:
    """A spool of HylaFAX on this machine."""

    folder: Path


type FaxPlace = GatewayPlace | SpoolPlace


def take_mail_places(section: Section, *, home: Path) -> MailPlaces:
    """Return the places of a `[mail]` table.

    Raises: ProfileRefused.
    """
    made = MailPlaces(
        host=section.take_text("host"),
        port=section.take_number("port", least=1, most=65535),
        tls=section.take_text("tls"),
        sender=_sender(section),
        user=section.take_text("user") if section.has("user") else None,
        password_file=take_optional_path(section, "password_file", home=home),
        trust=take_optional_path(section, "trust", home=home),
        reports=_reports(section, home),
        copies=take_optional_path(section, "copies", home=home),
    )
    if made.tls not in TLS:
        raise ProfileRefused(path=section.path("tls"), problem=f"{made.tls} is none of {', '.join(TLS)}")
    if made.tls == "none" and made.host not in _LOOPBACK:
        raise ProfileRefused(path=section.path("tls"), problem="no TLS to another machine")
    if (made.user is None) != (made.password_file is None):
        raise ProfileRefused(path=section.path("user"), problem="user and password_file, both or neither")
    section.close()
    return made


def take_fax_place(section: Section, *, home: Path, mail: MailPlaces | None) -> FaxPlace:
    """Return the place of a `[fax]` table: a spool, or a gateway that is reached by mail.

    Raises: ProfileRefused.
    """
    made: FaxPlace
    if section.has("spool"):
        made = SpoolPlace(folder=take_path(section, "spool", home=home))
    else:
        made = GatewayPlace(
            domain=section.take_text("gateway"),
            sent=section.take_text("sent"),
            failed=section.take_text("failed"),
        )
        if not _DOMAIN.fullmatch(made.domain):
            raise ProfileRefused(path=section.path("gateway"), problem=f"{made.domain} is no domain")
        if mail is None or mail.reports is None:
            problem = "a gateway needs [mail] with reports: its replies confirm the sending"
            raise ProfileRefused(path=section.path("gateway"), problem=problem, clause="43")
    section.close()
    return made


def _sender(section: Section) -> str:
    sender = section.take_text("sender")
    if not _ADDRESS.fullmatch(sender):
        raise ProfileRefused(path=section.path("sender"), problem=f"{sender} is no e-mail address")
    return sender


def _reports(section: Section, home: Path) -> Path | ImapPlace | None:
    if section.has("reports_maildir"):
        return take_path(section, "reports_maildir", home=home)
    if not section.has("reports"):
        return None
    box = section.take_section("reports")
    made = ImapPlace(
        host=box.take_text("host"),
        port=box.take_number("port", least=1, most=65535),
        user=box.take_text("user"),
        password_file=take_path(box, "password_file", home=home),
        folder=box.take_text("folder") if box.has("folder") else "INBOX",
        tls=box.take("tls", bool) if box.has("tls") else True,
    )
    if not made.tls and made.host not in _LOOPBACK:
        raise ProfileRefused(path=box.path("tls"), problem="no TLS to another machine")
    box.close()
    return made
