"""The officers' roster as the office sees it: the ceremony's signed file, never the database (9.1)."""

from datetime import datetime

from inro.configuration.trust import read_signed_roster
from inro.pki.assertion import encode_octets
from inro.pki.roster import verify_roster
from inro.usecases.decision import Officers
from inro.web.office.house import house


def officers(now: datetime) -> Officers:
    """Return the roster in force; it is read anew each time, since a ceremony may have left a newer one.

    Raises: RosterRefused, ConfigurationRefused, SeparationBreached.
    """
    installation = house().installation
    signed = read_signed_roster(installation.trust)
    roster = verify_roster(
        document=signed.document,
        signature=signed.signature,
        public_key_info=signed.public_key_info,
        now=now,
    )
    return Officers(roster=roster, virtual_allowed=installation.demonstration)


def credentials_of(person: str, among: Officers) -> list[str]:
    """Return the security keys the roster gives a person, base64url; none where it does not name them."""
    return [
        encode_octets(credential.credential_id)
        for officer in among.roster.officers
        if officer.person == person
        for credential in officer.credentials
    ]
