"""Puts the worker's publisher and its ways for notices together from the installation."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from inro.adapters.delivery_reports import GatewayWords
from inro.adapters.directory_access import directory_access
from inro.adapters.fax_gateway import FaxGateway
from inro.adapters.fax_spool import FaxSpool
from inro.adapters.imap_reports import ImapReports, Mailbox
from inro.adapters.ldap_directory import LdapDirectory
from inro.adapters.maildir_reports import MaildirReports
from inro.adapters.ocsp_tree import FOLDER
from inro.adapters.smtp_mail import MailServer, SmtpMail
from inro.adapters.web_tree import WebTree
from inro.configuration.installation import Installation
from inro.configuration.mail_places import GatewayPlace, ImapPlace, SpoolPlace
from inro.configuration.trust import read_trust
from inro.pki.issuer import issuer_of
from inro.ports.mail import Reports, Sending
from inro.practice.notices import Channel
from inro.usecases.actor import process
from inro.worker.mailing import Mailing
from inro.worker.publication import Publisher
from inro.worker.repository import Repository

NAME = "worker-1"


def publisher_of(installation: Installation) -> Publisher:
    """Return the publisher of an installation.

    Raises: DirectoryUnavailable, WebTreeUnavailable for addresses that can't be used; ConfigurationRefused,
    IssuerRefused without the CA's certificate.
    """
    places = installation.repository
    return Publisher(
        archive=installation.signer.archive,
        issuer=issuer_of(read_trust(installation.trust / "ca.der")),
        repository=Repository(
            web=WebTree(folder=places.web_root, address=places.web_url),
            directory=LdapDirectory(directory_access(places)),
            directory_below=lambda label: LdapDirectory(directory_access(places, below=f"cn={label}")),
        ),
        actor=process(NAME),
        answers=places.web_root / FOLDER if installation.ocsp is not None else None,
    )


def mailing_of(installation: Installation, *, clock: Callable[[], datetime]) -> Mailing:
    """Return the ways by which an installation's notices leave, and where reports of them arrive."""
    mail, fax = installation.mail, installation.fax
    channels: dict[Channel, Sending] = {}
    reports: list[Reports] = []
    words = GatewayWords(sent=fax.sent, failed=fax.failed) if isinstance(fax, GatewayPlace) else None
    if mail is not None:
        channels[Channel.EMAIL] = SmtpMail(MailServer.of(mail, tells_success=mail.reports is not None))
        if mail.reports is not None:
            reports.append(_reports(mail.reports, mail.trust, words))
        if mail.copies is not None:
            reports.append(MaildirReports(mail.copies))
    if isinstance(fax, SpoolPlace):
        spool = FaxSpool(fax.folder, sender=installation.operator.email, clock=clock)
        channels[Channel.FAX] = spool
        reports.append(spool)
    elif fax is not None and mail is not None:
        by_mail = SmtpMail(MailServer.of(mail, tells_success=False))
        channels[Channel.FAX] = FaxGateway(mail=by_mail, sender=mail.sender, domain=fax.domain)
    return Mailing(channels=channels, reports=tuple(reports), actor=process(NAME), clock=clock)


def _reports(place: Path | ImapPlace, trust: Path | None, words: GatewayWords | None) -> Reports:
    if isinstance(place, Path):
        return MaildirReports(place, gateway=words)
    mailbox = Mailbox(
        host=place.host,
        port=place.port,
        user=place.user,
        password_from=place.password_file,
        folder=place.folder,
        tls=place.tls,
        trust=trust,
    )
    return ImapReports(mailbox, gateway=words)
