"""A later ceremony: the next version of the officers' roster (Ordinance 6(15)ro, 6(17)).

The roster in force is read from the ceremony's folder; what changes against it is said line by line before
anything is signed. Custodians bring the token's PIN back, so no one person changes who may approve.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inro.adapters.roster_token import RosterToken
from inro.adapters.token_address import TokenAddress
from inro.ceremony.plan import PlannedRoster
from inro.ceremony.run import CeremonyRefused
from inro.ceremony.transcript import Transcript
from inro.configuration.trust import SignedRoster
from inro.pki.roster import (
    Credential,
    Officer,
    Roster,
    RosterFault,
    RosterRefused,
    decode_roster,
    encode_roster,
    verify_roster,
)
from inro.pki.signature import SignatureAlgorithm, verify_signature


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterHall:
    """What the ceremony is held with: the token's address, its PIN, the hour, where lines are shown."""

    address: TokenAddress
    pin: bytearray
    now: datetime
    show: Callable[[str], None]


def sign_next_roster(
    *, plan: PlannedRoster, present: SignedRoster, destination: Path, hall: RosterHall
) -> Roster:
    """Sign the plan's roster and leave it with its transcript in `destination`, whole or not at all.

    Raises: CeremonyRefused, RosterRefused, SeparationBreached, PortError, OSError.
    """
    if destination.exists():
        raise CeremonyRefused(problem="there is something already", detail=str(destination))
    before, roster = _trusted(present), plan.roster.complete(_no_enrolment)
    if roster.version != before.version + 1:
        detail = f"version {roster.version} does not follow {before.version}"
        raise CeremonyRefused(problem="the roster is not the next one", detail=detail)
    transcript, document = Transcript(hall.show), encode_roster(roster)
    transcript.write("roster-title", title=plan.title)
    transcript.write("held", at=hall.now.isoformat(timespec="seconds"))
    transcript.write("plan", sha256=plan.sha256)
    transcript.write("roster-before", version=before.version, sha256=before.sha256)
    for key, person in _changes(before, roster):
        transcript.write(key, person=person)
    with RosterToken.open(hall.address, hall.pin) as token:
        if token.public_key_info != present.public_key_info:
            raise CeremonyRefused(problem="the token holds another key", detail="roster-key.der")
        signature = token.sign(document)
        verify_roster(
            document=document,
            signature=signature,
            public_key_info=present.public_key_info,
            now=hall.now,
            minimum_version=roster.version,
        )
        transcript.write(
            "roster",
            version=roster.version,
            valid_from=roster.valid_from,
            valid_until=roster.valid_until,
            sha256=hashlib.sha256(document).hexdigest(),
        )
        transcript.write("end")
        record = transcript.document()
        files = {
            "roster.json": document,
            "roster.sig": signature,
            "plan.toml": plan.source,
            "transcript.txt": record,
            "transcript.sig": token.sign(record),
        }
    _leave(files, destination)
    return roster


def _trusted(present: SignedRoster) -> Roster:
    # Whether it is still in force does not matter: one that has run out is what a ceremony is held for.
    signed = verify_signature(
        data=present.document,
        signature=present.signature,
        public_key_info=present.public_key_info,
        algorithm=SignatureAlgorithm.SHA256,
    )
    if not signed:
        raise RosterRefused(reason=RosterFault.SIGNATURE)
    return decode_roster(present.document)


def _changes(before: Roster, after: Roster) -> Iterator[tuple[str, str]]:
    old = {officer.person: officer for officer in before.officers}
    new = {officer.person: officer for officer in after.officers}
    for person, officer in new.items():
        if person not in old:
            yield "officer-added", f"{officer.name}（{person}）"
        elif officer.duties != old[person].duties:
            yield "officer-duties", f"{officer.name}（{person}）"
        if person in old and officer.credentials != old[person].credentials:
            yield "officer-keys", f"{officer.name}（{person}）"
    for person, officer in old.items():
        if person not in new:
            yield "officer-removed", f"{officer.name}（{person}）"


def _no_enrolment(officer: Officer) -> Credential:
    raise CeremonyRefused(problem="the plan gives an officer no security key", detail=officer.person)


def _leave(files: dict[str, bytes], destination: Path) -> None:
    work = destination.with_name(f".{destination.name}.unfinished")
    work.mkdir(mode=0o700, parents=True)
    try:
        for name, octets in files.items():
            (work / name).write_bytes(octets)
        work.rename(destination)
    finally:
        shutil.rmtree(work, ignore_errors=True)
