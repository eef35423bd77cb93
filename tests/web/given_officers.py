"""Officers whose security keys are real to a browser: a roster in the ceremony's folder, keys in Chromium."""

import base64
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from playwright.sync_api import Page

from inro.configuration.policy import load_policy
from inro.pki.assertion import decode_octets
from inro.pki.roster import Roster, encode_roster
from inro.practice.duties import Duty
from inro.store.ids import ApplicationId
from inro.usecases.actor import Actor, process
from inro.usecases.policy import record_first_policy
from inro.usecases.roster import install_roster
from tests import given
from tests.pki import material
from tests.web.installation import POLICY

# Clerks of the demonstration, so that a visitor can say who they are.
CLERKS = MappingProxyType(
    {
        "ishikawa": (Duty.EXAMINATION, Duty.REVOCATION_EXAMINATION),
        "nishimura": (Duty.ACCEPTANCE, Duty.REVOCATION_DECISION),
        "hayama": (Duty.ISSUANCE_APPROVAL,),
        "shimada": (Duty.DISCLOSURE,),
    }
)

_HIDDEN = re.compile(r'name="offer" value="([^"]+)"|data-challenge="([^"]+)"')
_A_KEY_ON_USB = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersDesk:
    """The office, its officers' keys, and a visitor who may be any of them."""

    house: given.Office
    visitor: Client

    def sit(self, person: str) -> None:
        """Let a person sit down."""
        self.visitor.post("/desk/", {"person": person})

    def signed(self, answer, person: str) -> dict[str, str]:
        """Return the form of a page, signed with a person's key."""
        page = answer.content.decode()
        offer, challenge = (unescape(next(filter(None, found))) for found in _HIDDEN.findall(page)[::-1])
        [officer] = [one for one in self.house.officers.roster.officers if one.person == person]
        assertion = self.house.authenticator.get_assertion(
            credential_id=officer.credentials[0].credential_id, challenge=decode_octets(challenge)
        )
        return assertion.as_record() | {"offer": offer}


def officers_of(home: Path, *, origin: str = given.ORIGIN, rp_id: str = given.RP_ID) -> given.Office:
    """Sign a roster of the clerks into an installation's folder of the ceremony, and return their office."""
    house = given.office(
        rp_id=rp_id, origin=origin, profile_sha256=load_policy(POLICY).profile.sha256, more=CLERKS
    )
    leave_roster(home, house.officers.roster)
    policy = load_policy(POLICY)
    record_first_policy(sha256=policy.sha256, files=policy.files, actor=process("ceremony"), now=given.NOW)
    install(house.officers.roster, now=given.NOW)
    return house


def next_roster(house: given.Office, home: Path, **changes: Any) -> Roster:
    """Leave the next roster in the ceremony's folder: an officer's duty has ended."""
    *others, last = house.officers.roster.officers
    ended = replace(last.duties[0], last_day=date(2026, 12, 1))
    officers = (*others, replace(last, duties=(ended, *last.duties[1:])))
    following = replace(house.officers.roster, version=2, officers=officers, **changes)
    leave_roster(home, following)
    return following


def leave_roster(home: Path, roster: Roster) -> None:
    """Leave a roster, signed, in the ceremony's folder."""
    document, trust = encode_roster(roster), home / "room"
    trust.mkdir(parents=True, exist_ok=True)
    (trust / "roster.json").write_bytes(document)
    (trust / "roster.sig").write_bytes(material.signer("roster")(document))
    (trust / "roster-key.der").write_bytes(material.public_key_info("roster"))


def install(roster: Roster, *, now: datetime) -> None:
    """Put a roster on record as the ceremony does."""
    document = encode_roster(roster)
    install_roster(
        document=document,
        signature=material.signer("roster")(document),
        public_key_info=material.public_key_info("roster"),
        actor=process("ceremony"),
        now=now,
    )


def examined(house: given.Office, *, now: datetime = given.NOW, **how: Any) -> ApplicationId:
    """Return an examined application that the desk's deciding officer has looked into, too (46)."""
    application = given.examined(house, now=now, **how)
    decider = Actor(name="nishimura", duties=frozenset(CLERKS["nishimura"]))
    given.look_for_forces(application, by=decider, now=now)
    return application


class KeySlot:
    """Where a browser finds a security key: one person's at a time."""

    def __init__(self, page: Page, house: given.Office) -> None:
        self._house = house
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        self._plugged = ""

    def plug_in(self, person: str) -> None:
        """Plug a person's security key in, in place of the one before."""
        if self._plugged:
            self._session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self._plugged})
        made = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": _A_KEY_ON_USB})
        self._plugged = made["authenticatorId"]
        credential = {"authenticatorId": self._plugged, "credential": self._credential(person)}
        self._session.send("WebAuthn.addCredential", credential)

    def _credential(self, person: str) -> dict[str, object]:
        roster = self._house.officers.roster
        [officer] = [one for one in roster.officers if one.person == person]
        [credential] = officer.credentials
        private = self._house.authenticator.private_key(credential.credential_id)
        key = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return {
            "credentialId": base64.b64encode(credential.credential_id).decode(),
            "isResidentCredential": False,
            "rpId": roster.rp_id,
            "privateKey": base64.b64encode(key).decode(),
            "signCount": 0,
        }
