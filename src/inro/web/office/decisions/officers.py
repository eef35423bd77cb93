"""The officers' roster as the office sees it: the ceremony's signed file, never the database (9.1)."""

from datetime import datetime

from inro.configuration.trust import read_signed_roster, read_trust
from inro.pki.assertion import encode_octets
from inro.pki.roster import verify_roster
from inro.usecases.decision import Officers
from inro.usecases.policy import check_policy
from inro.usecases.roster import check_released, roster_in_force
from inro.web.office.decisions.standing import rosters_on_record
from inro.web.office.house import house


def officers(now: datetime) -> Officers:
    """Return who may decide on cases, under a policy and a roster that an officer has released.

    Raises: PolicyUnconfirmed, RosterNotReleased, RosterRefused, ConfigurationRefused, SeparationBreached.
    """
    check_policy(sha256=house().policy.sha256, rosters=rosters_on_record())
    return officers_of_the_house(now)


def officers_of_the_house(now: datetime) -> Officers:
    """Return the roster of the ceremony's folder, read anew each time, if it is released.

    Raises: RosterNotReleased, RosterRefused, ConfigurationRefused, SeparationBreached.
    """
    among = ceremony_officers(now)
    check_released(among.roster)
    return among


def ceremony_officers(now: datetime) -> Officers:
    """Return the roster that the newest ceremony left, released or not.

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


def officers_before(now: datetime) -> Officers | None:
    """Return the roster on record, whose officers release the next one; None where there is none in force.

    Raises: ConfigurationRefused.
    """
    installation = house().installation
    key = read_trust(installation.trust / "roster-key.der")
    roster = roster_in_force(public_key_info=key, now=now)
    return Officers(roster=roster, virtual_allowed=installation.demonstration) if roster else None


def credentials_of(person: str, among: Officers) -> list[str]:
    """Return the security keys the roster gives a person, base64url; none where it does not name them."""
    return [
        encode_octets(credential.credential_id)
        for officer in among.roster.officers
        if officer.person == person
        for credential in officer.credentials
    ]
