"""What an officer approves: a decision's content as the office and the secure room both see it (9.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from inro.practice.content import CertifiedContent
from inro.practice.examination import ExaminationFindings
from inro.practice.validity import ValidityPeriod


class Purpose(StrEnum):
    """What a decision is for; an assertion made for one purpose serves no other."""

    EXAMINATION = "examination"
    ACCEPTANCE = "acceptance"
    ISSUANCE = "issuance"
    REJECTION = "rejection"
    REVOCATION_EXAMINATION = "revocation-examination"
    REVOCATION = "revocation"
    LEGAL_DISCLOSURE = "legal-disclosure"
    POLICY_CHANGE = "policy-change"
    ROSTER_CHANGE = "roster-change"
    DISCONTINUATION_PROPOSAL = "discontinuation-proposal"
    DISCONTINUATION = "discontinuation"
    LAST_LISTS_PROPOSAL = "last-lists-proposal"
    LAST_LISTS = "last-lists"


# Whose approvals the secure room asks for, in the order in which they are given.
TO_ISSUE = (Purpose.EXAMINATION, Purpose.ACCEPTANCE, Purpose.ISSUANCE)
TO_REVOKE = (Purpose.REVOCATION_EXAMINATION, Purpose.REVOCATION)
# Two officers end the service, and two let the lists be signed after which there are no others (11).
TO_DISCONTINUE = (Purpose.DISCONTINUATION_PROPOSAL, Purpose.DISCONTINUATION)
TO_SIGN_LAST_LISTS = (Purpose.LAST_LISTS_PROPOSAL, Purpose.LAST_LISTS)
# Of the house itself: neither of an application nor of a revocation.
OF_THE_HOUSE = (
    Purpose.POLICY_CHANGE,
    Purpose.ROSTER_CHANGE,
    *TO_DISCONTINUE,
    *TO_SIGN_LAST_LISTS,
)

# An approval serves until the card is made; after four weeks it is given anew.
APPROVAL_STANDS = timedelta(days=28)

ACCEPT, REJECT = "accept", "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalContent:
    """The content of one decision; its canonical form (RFC 8785) is what the security key signs.

    `content` is what will be certified, or the serial and ground of a revocation. `follows` is the hash of
    the assertion before this one, empty for the first of a case: who decides has seen who examined. Hashes
    are lower-case hexadecimal SHA-256. `examination_ended_at` is empty where no examination ends with it.
    """

    purpose: Purpose
    case: str
    decision: str
    verdict: str
    duty: str
    content: dict[str, Any]
    follows: str
    profile_sha256: str
    edition: str
    edition_sha256: str
    roster_version: int
    roster_sha256: str
    examination_ended_at: str
    nonce: str
    expires_at: datetime

    def as_record(self) -> dict[str, Any]:
        """Return the content as JSON values."""
        record = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return record | {
            "purpose": self.purpose.value,
            "expires_at": self.expires_at.isoformat(timespec="seconds"),
        }

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """Return the content that `as_record` wrote.

        Raises: KeyError, TypeError and ValueError for a record of another shape.
        """
        known = {name: record[name] for name in cls.__dataclass_fields__}
        if known.keys() != record.keys():
            raise ValueError(sorted(record.keys() - known.keys()))
        return cls(
            **known
            | {
                "purpose": Purpose(record["purpose"]),
                "expires_at": datetime.fromisoformat(record["expires_at"]),
            }
        )


def certification(
    *, content: CertifiedContent, period: ValidityPeriod, findings: ExaminationFindings
) -> dict[str, Any]:
    """Return what officers approve of an application: the certificate's content and period (6.1, 8.2).

    The findings are part of it, so that nobody can be shown others than the examining officer signed.
    """
    return {
        "certificate": content.as_record(),
        "period": period.value,
        "findings": findings.as_record(),
    }


def rejection(*, reason: str) -> dict[str, Any]:
    """Return what an officer signs who rejects an application: why, as the applicant is told (9.2)."""
    return {"reason": reason}


def revocation(*, serial: bytes, ground: str, requested_at: datetime) -> dict[str, Any]:
    """Return what officers approve of a revocation: which certificate, on which ground (21.1, 22.1, 39.4)."""
    return {
        "serial": serial.hex(),
        "ground": ground,
        "requested_at": requested_at.isoformat(timespec="seconds"),
    }


def mass_revocation(
    *, serials_sha256: str, count: int, ground: str, requested_at: datetime, criterion: dict[str, Any]
) -> dict[str, Any]:
    """Return what officers approve of a mass revocation: the list of serials by its hash (22.1, 39.4).

    The list is the serials in hexadecimal, in their order, one a line; the criterion says how it came.
    """
    return {
        "serials_sha256": serials_sha256,
        "count": count,
        "ground": ground,
        "requested_at": requested_at.isoformat(timespec="seconds"),
        "criterion": criterion,
    }


def policy_change(*, sha256: str, files: Mapping[str, str]) -> dict[str, Any]:
    """Return what an officer signs who puts a policy in force: its hash, and that of each of its files."""
    return {"sha256": sha256, "files": dict(sorted(files.items()))}


def roster_change(*, version: int, sha256: str) -> dict[str, Any]:
    """Return what an officer signs who puts the next roster in force: its version and hash (40(7))."""
    return {"version": version, "sha256": sha256}
