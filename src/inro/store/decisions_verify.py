"""A reader of the decisions on record: each assertion held against the rosters the ceremonies signed (9.1).

Nothing is believed but the roster key given from outside. It says years later what it said on the day; a
decision whose content was disposed of (40(4)) is counted and can't be held against anything any more.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from inro.pki.approvers import DUTY_OF
from inro.pki.assertion import Assertion, AssertionRefused, challenge_of, verify_assertion
from inro.pki.canonical import CanonicalRefused, canonical_bytes
from inro.pki.roster import Roster, RosterRefused, decode_roster
from inro.pki.signature import SignatureAlgorithm, verify_signature
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.calendar import jst_date
from inro.practice.duties import SeparationBreached, may
from inro.store.audit_verify import Connection
from inro.store.plain_sql import select

_AT_ONCE = 5_000
_COLUMNS = (
    *("decision", "purpose", "verdict", "duty", "person", "credential_id", "content", "challenge"),
    *("authenticator_data", "client_data_json", "signature", "assertion_sha256", "decided_at"),
)
_DECISIONS = select(_COLUMNS, "store_decision ORDER BY id")
_DECISIONS_OF = select(
    _COLUMNS,
    "store_decision WHERE application_id = (SELECT id FROM store_application WHERE number = %s) ORDER BY id",
)
_DECISION = select(_COLUMNS, "store_decision WHERE decision = %s")
# What a mass revocation was decided for, and the cases that it has now.
_MASS_DECISIONS = (
    "SELECT m.id, d.decision, d.content FROM store_massrevocation m "
    "JOIN store_decision d ON d.id = m.examination_id OR d.id = m.decision_id "
    "WHERE m.state IN ('decided', 'revoked', 'published') AND d.content IS NOT NULL"
)
_MASS_SERIALS = (
    "SELECT r.mass_id, s.serial FROM store_revocationcase r "
    "JOIN store_certificate c ON c.id = r.certificate_id JOIN store_serialnumber s ON s.id = c.serial_id "
    "WHERE r.mass_id IS NOT NULL AND r.state <> 'refused' ORDER BY r.mass_id, s.serial"
)
_ROSTERS = "SELECT sha256, document, signature FROM store_installedroster ORDER BY version"


class DecisionDamage(StrEnum):
    """What is wrong with a decision on record."""

    CONTENT = "content"
    COLUMNS = "columns"
    ROSTER = "roster"
    CREDENTIAL = "credential"
    DUTY = "duty"
    ASSERTION = "assertion"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFinding:
    """One decision that does not stand; `decision` is its id."""

    damage: DecisionDamage
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionStanding:
    """One decision on an application; `damage` says why it does not stand, None where it does."""

    purpose: Purpose
    verdict: str
    person: str
    decided_at: datetime
    damage: DecisionDamage | None
    disposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsVerdict:
    """How many decisions stand, how many were disposed of, and which do not stand."""

    standing: int
    disposed: int
    findings: tuple[DecisionFinding, ...]

    @property
    def sound(self) -> bool:
        """Whether every decision that still has a content stands."""
        return not self.findings


def verify_decisions(connection: Connection, *, roster_key: bytes) -> DecisionsVerdict:
    """Hold every decision against its own content and the roster it names; `roster_key` is DER.

    Raises: what the connection raises.
    """
    rosters = signed_rosters(connection, roster_key=roster_key)
    of_other_lists = _of_other_lists(connection)
    standing, disposed, findings = 0, 0, []
    for row in _rows(connection, _DECISIONS, _COLUMNS):
        if row["content"] is None:
            disposed += 1
            continue
        damage = _damage(row, rosters) or (DecisionDamage.LIST if row["decision"] in of_other_lists else None)
        if damage is None:
            standing += 1
        else:
            findings.append(DecisionFinding(damage=damage, decision=row["decision"]))
    return DecisionsVerdict(standing=standing, disposed=disposed, findings=tuple(findings))


def _of_other_lists(connection: Connection) -> set[str]:
    """Return the decisions on mass revocations whose cases are not the list that was signed (22.1)."""
    listed = dict(_lists(connection))
    found = set()
    for mass, decision, content in _fetched(connection, _MASS_DECISIONS):
        approved = _content(_octets(content))
        signed = approved.content.get("serials_sha256") if approved else None
        if signed != listed.get(mass, hashlib.sha256().hexdigest()):
            found.add(decision)
    return found


def _lists(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield each mass revocation with the SHA-256 of its serials, one a line."""
    for mass, rows in groupby(_fetched(connection, _MASS_SERIALS), key=itemgetter(0)):
        hashed = hashlib.sha256()
        for _, serial in rows:
            hashed.update(f"{bytes(serial).hex()}\n".encode())
        yield mass, hashed.hexdigest()


def decisions_of_application(
    connection: Connection, *, application: str, rosters: Mapping[str, Roster]
) -> tuple[DecisionStanding, ...]:
    """Return how each decision on an application stands, in the order they were made.

    `rosters` are those of `signed_rosters`.

    Raises: what the connection raises.
    """
    return tuple(
        DecisionStanding(
            purpose=Purpose(row["purpose"]),
            verdict=row["verdict"],
            person=row["person"],
            decided_at=_instant(row["decided_at"]),
            damage=None if row["content"] is None else _damage(row, rosters),
            disposed=row["content"] is None,
        )
        for row in _rows(connection, _DECISIONS_OF, _COLUMNS, application)
    )


def decision_stands(connection: Connection, *, decision: str, rosters: Mapping[str, Roster]) -> bool:
    """Return whether the decision of this id is on record and its assertion holds against a roster.

    Raises: what the connection raises.
    """
    rows = list(_rows(connection, _DECISION, _COLUMNS, decision))
    return len(rows) == 1 and rows[0]["content"] is not None and _damage(rows[0], rosters) is None


def signed_rosters(connection: Connection, *, roster_key: bytes) -> dict[str, Roster]:
    """Return the rosters on record that the ceremony's key signed, by the hash of their bytes."""
    found = {}
    for row in _rows(connection, _ROSTERS, ("sha256", "document", "signature")):
        if row["document"] is None or row["signature"] is None:
            continue
        document, signature = _octets(row["document"]), _octets(row["signature"])
        signed = verify_signature(
            data=document,
            signature=signature,
            public_key_info=roster_key,
            algorithm=SignatureAlgorithm.SHA256,
        )
        roster = _roster(document) if signed else None
        if roster is not None:
            found[roster.sha256] = roster
    return found


def _roster(document: bytes) -> Roster | None:
    try:
        return decode_roster(document)
    except (RosterRefused, SeparationBreached):
        return None


def _damage(row: dict[str, Any], rosters: Mapping[str, Roster]) -> DecisionDamage | None:
    content = _content(_octets(row["content"]))
    if content is None:
        return DecisionDamage.CONTENT
    assertion = Assertion(
        credential_id=_octets(row["credential_id"]),
        authenticator_data=_octets(row["authenticator_data"]),
        client_data_json=_octets(row["client_data_json"]),
        signature=_octets(row["signature"]),
    )
    if not _columns_agree(row, content, assertion):
        return DecisionDamage.COLUMNS
    roster = rosters.get(content.roster_sha256)
    if roster is None:
        return DecisionDamage.ROSTER
    found = roster.holder(assertion.credential_id)
    if found is None or found[0].person != row["person"]:
        return DecisionDamage.CREDENTIAL
    officer, credential = found
    decided_on = jst_date(_instant(row["decided_at"]))
    if not may(officer.duties, DUTY_OF[content.purpose], on=decided_on):
        return DecisionDamage.DUTY
    try:
        verify_assertion(
            assertion=assertion,
            public_key=credential.public_key,
            challenge=challenge_of(content),
            rp_id=roster.rp_id,
            origins=roster.origins,
        )
    except AssertionRefused:
        return DecisionDamage.ASSERTION
    return None


def _content(octets: bytes) -> ApprovalContent | None:
    try:
        record = json.loads(octets)
        content = ApprovalContent.from_record(record)
        return content if canonical_bytes(record) == octets else None
    except (ValueError, KeyError, TypeError, CanonicalRefused):
        return None


def _columns_agree(row: dict[str, Any], content: ApprovalContent, assertion: Assertion) -> bool:
    return (
        row["decision"] == content.decision
        and Purpose(row["purpose"]) is content.purpose
        and row["verdict"] == content.verdict
        and row["duty"] == content.duty == DUTY_OF[content.purpose].value
        and _octets(row["challenge"]) == hashlib.sha256(_octets(row["content"])).digest()
        and row["assertion_sha256"] == assertion.sha256.hex()
    )


def _octets(value: Any) -> bytes:
    # SQLite keeps what it is given: whoever owns the database may have written text.
    return value.encode() if isinstance(value, str) else bytes(value)


def _instant(value: datetime | str) -> datetime:
    # A plain connection to SQLite gives text, and no zone: the record's instants are UTC.
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def _fetched(connection: Connection, statement: str) -> Iterator[Any]:
    """Yield rows some thousand at a time: of a mass revocation there are many."""
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some
    finally:
        cursor.close()


def _rows(
    connection: Connection, statement: str, columns: tuple[str, ...], *values: str
) -> Iterator[dict[str, Any]]:
    cursor = connection.cursor()
    try:
        cursor.execute(statement, values)
        for row in cursor.fetchall():
            yield dict(zip(columns, row, strict=True))
    finally:
        cursor.close()
