"""A throwaway installation: ceremony, configuration, records, stock of blank cards (5.2, 17.1).

Everything in it is made by the product's own parts; only the officers' security keys and the cards are
software, which an installation outside a demonstration refuses.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from string import Template

from inro.adapters.custodian_shares import recover_pin
from inro.ceremony.plan import load_plan
from inro.ceremony.run import CeremonyRecord, Hall, hold_ceremony
from inro.configuration.installation import FILE, Installation, load_installation
from inro.configuration.policy import Policy
from inro.demo.authenticator import SoftwareAuthenticator
from inro.demo.place import MARK, NotADemonstration
from inro.pki.issuer import issuer_of
from inro.pki.repository import published_names
from inro.practice.calendar import jst_date
from inro.practice.errors import Refused
from inro.virtual_card.card_file import make_blank_card

# One year of validity to a month's end, ten years of retention, and the days before issuance.
STORY_LASTS = timedelta(days=366 * 11 + 60)
_CALENDAR_ENDS = datetime(9999, 12, 31, tzinfo=UTC)
DIRECTORY_WRITER = "cn=publisher,c=JP"


@dataclass(slots=True, kw_only=True)
class Shares:
    """What the custodians went home with; the demonstration asks them again when a process starts."""

    held: dict[str, list[str]] = field(default_factory=dict)

    def hand_out(self, _custodian: str, token: str, share: str) -> None:
        """Take a share at the ceremony."""
        self.held.setdefault(token, []).append(share)

    def pin(self, token: str) -> bytearray:
        """Return a token's PIN as its custodians bring it back together.

        Raises: SharesRefused.
        """
        shares = self.held[token]
        return recover_pin(lambda number: shares[number - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """A fresh installation with everything its story needs; the secrets live in this object only."""

    installation: Installation
    policy: Policy
    ceremony: CeremonyRecord
    shares: Shares
    authenticator: SoftwareAuthenticator
    card_file_key: bytes


class OutsideCaValidity(Refused):
    """The story can't be told on these days: the CA certificate of the ceremony does not cover them."""

    def __init__(self, *, first_day: date, last_day: date, valid_from: date, valid_to: date) -> None:
        super().__init__(
            first_day=first_day.isoformat(),
            last_day=last_day.isoformat(),
            valid_from=valid_from.isoformat(),
            valid_to=valid_to.isoformat(),
        )


def check_dates(*, policy_folder: Path, now: datetime) -> None:
    """Refuse a first day from which the whole story does not lie within the CA certificate's validity.

    Raises: OutsideCaValidity, PlanRefused.
    """
    plan = load_plan((policy_folder / "ceremony" / "demo.toml").read_bytes())
    # The calendar itself ends before a story that begins in its last years does.
    last = now + min(STORY_LASTS, _CALENDAR_ENDS - now)
    if now < plan.not_before or last > plan.not_after:
        raise OutsideCaValidity(
            first_day=jst_date(now),
            last_day=jst_date(last),
            valid_from=jst_date(plan.not_before),
            valid_to=jst_date(plan.not_after),
        )


def make_installation(
    *,
    home: Path,
    policy_folder: Path,
    policy: Policy,
    now: datetime,
    web_url: str,
    directory_url: str,
    mail_port: int,
    show: Callable[[str], None],
) -> Demonstration:
    """Hold the ceremony and write the installation's files into `home`, which is not there yet.

    Raises: PlanRefused, CeremonyRefused, ConfigurationRefused, PortError, OSError.
    """
    plan = load_plan((policy_folder / "ceremony" / "demo.toml").read_bytes())
    home.mkdir(parents=True)
    (home / MARK).touch()
    shares = Shares()
    authenticator = SoftwareAuthenticator(rp_id=plan.roster.rp_id, origin=plan.roster.origins[0])
    hall = Hall(
        profile=policy.ca_profile,
        now=now,
        random_bytes=secrets.token_bytes,
        hand_out=shares.hand_out,
        enrol=lambda officer: authenticator.make_credential(officer.person),
        show=show,
    )
    ceremony = hold_ceremony(plan=plan, destination=home / "room", hall=hall)
    _write_files(
        home=home,
        shares=shares,
        policy_folder=policy_folder,
        directory_entry=_directory_entry(policy, ceremony.certificate),
        web_url=web_url,
        directory_url=directory_url,
        mail_port=mail_port,
    )
    return Demonstration(
        installation=load_installation(home),
        policy=policy,
        ceremony=ceremony,
        shares=shares,
        authenticator=authenticator,
        card_file_key=secrets.token_bytes(32),
    )


def make_card_files(*, demonstration: Demonstration, serials: tuple[str, ...]) -> None:
    """Make the virtual cards that stand for a box of blank ones.

    Raises: OSError.
    """
    folder = demonstration.installation.station.cards
    if folder is None:
        raise NotADemonstration(str(demonstration.installation.home), "has no folder of cards")
    folder.mkdir(parents=True, exist_ok=True)
    for serial in serials:
        make_blank_card(path=folder / f"{serial}.card", file_key=demonstration.card_file_key)


def _write_files(
    *,
    home: Path,
    shares: Shares,
    policy_folder: Path,
    directory_entry: str,
    web_url: str,
    directory_url: str,
    mail_port: int,
) -> None:
    for folder in (
        "cards",
        "mailers",
        "repository",
        "signer",
        "archive",
        "documents",
        "office",
        "public",
        "custodians",
    ):
        (home / folder).mkdir()
    for site in ("office", "public"):
        _write_secret(home / site / "key", secrets.token_hex(32))
    # The sheets custodians keep at home; the other tokens' stay out of every file, as nothing asks for them.
    _write_secret(home / "custodians" / "documents", "\n".join(shares.held["documents"]))
    clerks = (resources.files("inro.demo") / "clerks.toml").read_text("utf-8")
    (home / "clerks.toml").write_text(clerks, "utf-8")
    template = Template((resources.files("inro.demo") / "installation.toml").read_text("utf-8"))
    text = template.substitute(
        policy=os.path.relpath(policy_folder.absolute(), home.absolute()),
        web_url=web_url,
        directory_url=directory_url,
        directory_entry=directory_entry,
        mail_port=mail_port,
        directory_writer=DIRECTORY_WRITER,
        mark=secrets.token_hex(4),
    )
    (home / FILE).write_text(text, "utf-8")


def _write_secret(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")


def _directory_entry(policy: Policy, certificate: bytes) -> str:
    names = published_names(repository=policy.profile.repository, issuer_name=issuer_of(certificate).name)
    return names.directory_entry
