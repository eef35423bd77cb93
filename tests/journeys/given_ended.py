"""A house from its first ceremony on, so that its last one can destroy what that made (11)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from inro.adapters.custodian_shares import recover_pin
from inro.adapters.ocsp_token import OcspToken
from inro.adapters.ocsp_tree import FOLDER, OcspTree
from inro.adapters.token_address import read_address
from inro.ceremony.plan import load_plan
from inro.ceremony.run import CeremonyRecord, Hall, hold_ceremony
from inro.configuration.installation import Installation, load_installation
from inro.demo.authenticator import SoftwareAuthenticator
from inro.pki.issuer import Issuer, issuer_of
from inro.signer.answers import AnswerSigner
from inro.signer.room import OcspKey
from inro.store.models import Card
from inro.usecases.actor import process
from inro.usecases.decision import Officers
from inro.usecases.roster import install_roster
from inro.worker.publication import Publisher, publish_lists
from tests import given
from tests.pki import material, ocsp_material
from tests.signer.given_signer import CaPlace, World, world_of
from tests.web.installation import installation
from tests.worker.given_repository import Place

PLAN = Path(__file__).parents[2] / "policy/ceremony/demo.toml"
HELD = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
_OFFICERS = ("p-exam", "p-accept", "p-issue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """What the first ceremony left, and what custodians hold."""

    home: Path
    record: CeremonyRecord
    shares: dict[str, list[str]]
    officers: given.Office

    @property
    def room(self) -> Path:
        """The ceremony's folder."""
        return self.record.folder

    @property
    def issuer(self) -> Issuer:
        """The CA."""
        return issuer_of(self.record.certificate)

    def pin(self, token: str) -> bytearray:
        """Bring a token's PIN back from its custodians' shares."""
        return recover_pin(lambda number: self.shares[token][number - 1])

    def installation(self) -> Installation:
        """Return the installation as its files say it."""
        return load_installation(self.home)


def found(home: Path) -> Founded:
    """Hold the first ceremony in a new installation, and put its roster on record."""
    installation(home)
    keys = SoftwareAuthenticator(rp_id=given.RP_ID, origin=given.ORIGIN)
    shares: dict[str, list[str]] = {}
    hall = Hall(
        profile=material.profile("ca"),
        now=HELD,
        random_bytes=secrets.token_bytes,
        hand_out=lambda _, token, share: shares.setdefault(token, []).append(share),
        enrol=lambda officer: keys.make_credential(officer.person),
        show=lambda _: None,
    )
    record = hold_ceremony(plan=load_plan(_plan().encode()), destination=home / "room", hall=hall)
    install_roster(
        document=(record.folder / "roster.json").read_bytes(),
        signature=(record.folder / "roster.sig").read_bytes(),
        public_key_info=(record.folder / "roster-key.der").read_bytes(),
        actor=process("ceremony"),
        now=HELD,
    )
    officers = Officers(roster=record.roster, virtual_allowed=True)
    house = given.Office(officers=officers, authenticator=keys)
    return Founded(home=home, record=record, shares=shares, officers=house)


@contextmanager
def signer(founded: Founded) -> Iterator[World]:
    """Open the signer's room; a process has one token open at a time."""
    places = founded.installation().signer
    key = OcspKey(
        public_key_info=(founded.room / "ocsp-key.der").read_bytes(), profile=ocsp_material.profile()
    )
    places.journal.parent.mkdir(exist_ok=True)
    with world_of(
        CaPlace(address=read_address(founded.room / "tokens" / "ca"), issuer=founded.issuer),
        places.journal.parent,
        house=founded.officers,
        ca_pin=lambda: founded.pin("ca"),
        archive=places.archive,
        ocsp=key,
    ) as opened:
        # Each card has a key of its own, in whichever session it is made.
        opened.cards = Card.objects.count()
        yield opened


def answer(founded: Founded, *, now: datetime) -> None:
    """Let the responder's desk make one pass with its token."""
    places = founded.installation()
    address = read_address(founded.room / "tokens" / "ocsp")
    with (
        OcspToken.open(address, founded.pin("ocsp")) as token,
        OcspTree.open(places.repository.web_root / FOLDER) as tree,
    ):
        AnswerSigner(
            token=token,
            issuer=founded.issuer,
            profile=ocsp_material.profile(),
            tree=tree,
            archive=places.signer.archive,
        ).work(now=now)


def publish(founded: Founded, place: Place, *, now: datetime) -> int:
    """Publish what is not in both halves yet; return how many lists are there now."""
    publisher = Publisher(
        archive=founded.installation().signer.archive,
        issuer=founded.issuer,
        repository=place.repository(),
        actor=process("worker-1"),
    )
    return len(publish_lists(publisher=publisher, now=now))


def _plan() -> str:
    """Return the demonstration's plan with the officers of the tests."""
    demo, _, _ = PLAN.read_text("utf-8").partition("[[officers]]")
    text = (
        demo.replace("key_bits = 3072", "key_bits = 2048")
        .replace('"localhost"', f'"{given.RP_ID}"')
        .replace('"http://localhost:8000"', f'"{given.ORIGIN}"')
    )
    for person in _OFFICERS:
        duties = ", ".join(
            f'{{ duty = "{duty.value}", first_day = 2026-01-01 }}'
            for duty in sorted(given.person(person).duties)
        )
        text += f'[[officers]]\nperson = "{person}"\nname = "{person} 氏"\nduties = [{duties}]\n\n'
    return text
