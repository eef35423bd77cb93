"""Officers whose security keys are real to a browser: a roster in the ceremony's folder, keys in Chromium."""

import base64
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Page

from inro.configuration.policy import load_policy
from inro.pki.roster import encode_roster
from inro.practice.duties import Duty
from inro.store.ids import ApplicationId
from inro.usecases.actor import Actor
from tests import given
from tests.pki import material
from tests.web.installation import POLICY

# Clerks of the demonstration, so that a visitor can say who they are.
CLERKS = MappingProxyType(
    {
        "ishikawa": (Duty.EXAMINATION, Duty.REVOCATION_EXAMINATION),
        "nishimura": (Duty.ACCEPTANCE, Duty.REVOCATION_DECISION),
        "hayama": (Duty.ISSUANCE_APPROVAL,),
    }
)

_A_KEY_ON_USB = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def officers_of(home: Path, *, origin: str = given.ORIGIN, rp_id: str = given.RP_ID) -> given.Office:
    """Sign a roster of the clerks into an installation's folder of the ceremony, and return their office."""
    house = given.office(
        rp_id=rp_id, origin=origin, profile_sha256=load_policy(POLICY).profile.sha256, more=CLERKS
    )
    document = encode_roster(house.officers.roster)
    trust = home / "room"
    trust.mkdir(parents=True, exist_ok=True)
    (trust / "roster.json").write_bytes(document)
    (trust / "roster.sig").write_bytes(material.signer("roster")(document))
    (trust / "roster-key.der").write_bytes(material.public_key_info("roster"))
    return house


def examined(house: given.Office, **how: Any) -> ApplicationId:
    """Return an examined application that the desk's deciding officer has looked into, too (46)."""
    application = given.examined(house, **how)
    decider = Actor(name="nishimura", duties=frozenset(CLERKS["nishimura"]))
    given.look_for_forces(application, by=decider)
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
