"""Puts the signer's room together from the installation, the ceremony's folder and the PIN."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from inro.adapters.ca_token import CaToken
from inro.adapters.locked_memory import wipe
from inro.adapters.token_address import read_address
from inro.configuration.installation import Installation
from inro.configuration.policy import Policy, load_policy
from inro.configuration.trust import read_signed_roster, read_trust
from inro.pki.issuer import Issuer, issuer_of
from inro.pki.roster import Roster, verify_roster
from inro.ports.errors import PortError
from inro.signer.journal import Journal, Kind
from inro.signer.room import OcspKey, Room
from inro.usecases.actor import process


class TrustMissing(PortError):
    """A file of the ceremony is not what the token says."""


@contextmanager
def opened_room(*, installation: Installation, pin: bytearray, now: datetime) -> Iterator[Room]:
    """Log in to the CA token, open the journal, and yield the room; the PIN is wiped at once.

    Raises: PinRefused, TokenMissing, KeyRefused, JournalBroken, RosterRefused, TrustMissing,
    ConfigurationRefused.
    """
    places = installation.signer
    policy = load_policy(installation.policy)
    try:
        token = CaToken.open(read_address(places.token), pin)
    finally:
        wipe(pin)
    with token:
        issuer = issuer_of(read_trust(installation.trust / "ca.der"))
        _check_key(token, issuer)
        places.journal.parent.mkdir(parents=True, exist_ok=True)
        journal = Journal.open(places.journal, authenticator=token)
        try:
            yield Room(
                token=token,
                journal=journal,
                issuer=issuer,
                profile=policy.profile,
                list_profile=policy.list_profile,
                editions=policy.edition_hashes,
                roster=believed_roster(trust=installation.trust, journal=journal, now=now),
                station_key_info=read_trust(installation.trust / "station-key.der"),
                random_bytes=secrets.token_bytes,
                virtual_allowed=installation.demonstration,
                archive=places.archive,
                actor=process(places.name),
                name=places.name,
                ocsp=_ocsp_key(installation, policy),
            )
        finally:
            journal.close()


def believed_roster(*, trust: Path, journal: Journal, now: datetime) -> Roster:
    """Return the roster if the ceremony's key signed it and the journal knows no newer one.

    Raises: RosterRefused, ConfigurationRefused, JournalConflict if a version was signed twice with other
    officers.
    """
    last, signed = journal.last(Kind.ROSTER), read_signed_roster(trust)
    roster = verify_roster(
        document=signed.document,
        signature=signed.signature,
        public_key_info=signed.public_key_info,
        now=now,
        minimum_version=int(last.key) if last else 1,
    )
    journal.remember(Kind.ROSTER, str(roster.version), sha256=roster.sha256)
    return roster


def _ocsp_key(installation: Installation, policy: Policy) -> OcspKey | None:
    if installation.ocsp is None:
        return None
    return OcspKey(
        public_key_info=read_trust(installation.trust / "ocsp-key.der"), profile=policy.ocsp_profile
    )


def _check_key(token: CaToken, issuer: Issuer) -> None:
    if token.public_key_info != issuer.public_key_info:
        raise TrustMissing("ca.der", "is not the certificate of this token's key", "name the right folder")
