"""One case's decisions with all that a stranger needs to verify them: contents, assertions, rosters (9.1).

The form is read by `docs/operations/verify_decisions.py`, which knows nothing of this house.
"""

from collections.abc import Iterator
from typing import Any

from inro.pki.assertion import encode_octets
from inro.store.audit_verify import Connection

FORM = "inro decisions 1"
_OCTETS = ("credential_id", "authenticator_data", "client_data_json", "signature")
_DECISIONS = (
    "SELECT d.content, d.person, d.credential_id, d.authenticator_data, d.client_data_json, d.signature,"
    " d.decided_at FROM store_decision d JOIN store_application a ON a.id = d.application_id"
    " WHERE a.number = {place} AND d.content IS NOT NULL ORDER BY d.id"
)
_ROSTERS = "SELECT document, signature FROM store_installedroster WHERE document IS NOT NULL ORDER BY version"


def exported_decisions(connection: Connection, *, application: str, roster_key: bytes) -> dict[str, Any]:
    """Return an application's decisions and every roster on record, as JSON values; octets are base64url.

    Nothing is verified here. What was disposed of (40(4)) is left out.

    Raises: what the connection raises.
    """
    return {
        "form": FORM,
        "application": application,
        "roster_key": encode_octets(roster_key),
        "rosters": [
            {"document": bytes(document).decode(), "signature": encode_octets(bytes(signature))}
            for document, signature in _selected(connection, _ROSTERS)
        ],
        "decisions": [
            {
                "content": bytes(content).decode(),
                "person": person,
                "decided_at": str(decided_at),
                **{name: encode_octets(bytes(octets)) for name, octets in zip(_OCTETS, parts, strict=True)},
            }
            for content, person, *parts, decided_at in _selected(
                connection, _DECISIONS.format(place=_place(connection)), application
            )
        ],
    }


def _place(connection: Connection) -> str:
    return "?" if type(connection).__module__.startswith("sqlite3") else "%s"


def _selected(connection: Connection, statement: str, *values: str) -> Iterator[Any]:
    cursor = connection.cursor()
    try:
        cursor.execute(statement, values)
        yield from cursor.fetchall()
    finally:
        cursor.close()
