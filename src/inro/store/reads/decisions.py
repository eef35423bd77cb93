"""Officers' decisions as the secure room reads them (9.1, 21, 22)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inro.practice.approval import Purpose
from inro.practice.duties import Duty
from inro.store.plain_sql import instant, rows, select

_COLUMNS = (
    *("decision", "purpose", "verdict", "duty", "person", "credential_id", "content", "challenge"),
    *("authenticator_data", "client_data_json", "signature", "assertion_sha256", "decided_at"),
)
_SELECT = select(_COLUMNS, "store_decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """One decision with its assertion; `content` is the canonical form, empty once disposed of."""

    decision: str
    purpose: Purpose
    verdict: str
    duty: Duty
    person: str
    credential_id: bytes
    content: bytes
    challenge: bytes
    authenticator_data: bytes
    client_data_json: bytes
    signature: bytes
    assertion_sha256: str
    decided_at: datetime


def decisions_of_application(application: int) -> tuple[DecisionRecord, ...]:
    """Return an application's decisions in the order they were made."""
    return _decisions("application_id", application)


def decisions_of_case(case: int) -> tuple[DecisionRecord, ...]:
    """Return a revocation case's decisions in the order they were made."""
    return _decisions("case_id", case)


def decisions_of(rows_of: Sequence[int]) -> tuple[DecisionRecord, ...]:
    """Return decisions by their rows, in the order they were made."""
    return tuple(found for row in sorted(rows_of) for found in _decisions("id", row))


def decisions_of_the_house(case: str) -> tuple[DecisionRecord, ...]:
    """Return the decisions on a matter of the house itself, by the name that officers signed."""
    found = rows(f"{_SELECT} WHERE application_id IS NULL AND case_id IS NULL ORDER BY id", [])
    records = (_decision(dict(zip(_COLUMNS, row, strict=True))) for row in found)
    return tuple(one for one in records if one.content and json.loads(one.content).get("case") == case)


def _decisions(column: str, value: int) -> tuple[DecisionRecord, ...]:
    found = rows(f"{_SELECT} WHERE {column} = %s ORDER BY id", [value])
    return tuple(_decision(dict(zip(_COLUMNS, row, strict=True))) for row in found)


def _decision(row: dict[str, Any]) -> DecisionRecord:
    return DecisionRecord(
        decision=row["decision"],
        purpose=Purpose(row["purpose"]),
        verdict=row["verdict"],
        duty=Duty(row["duty"]),
        person=row["person"],
        credential_id=bytes(row["credential_id"]),
        content=bytes(row["content"] or b""),
        challenge=bytes(row["challenge"]),
        authenticator_data=bytes(row["authenticator_data"]),
        client_data_json=bytes(row["client_data_json"]),
        signature=bytes(row["signature"]),
        assertion_sha256=row["assertion_sha256"],
        decided_at=instant(row["decided_at"]),
    )
