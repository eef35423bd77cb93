"""What is told of a revocation: that it was made, why it was not, what must follow a fax (21.2, 22.2, 27)."""

from datetime import datetime
from typing import Any

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.grounds import Invoker
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterState
from inro.practice.notices import CHANNELS, NoticeKind, RevocationAddressee, revocation_addressee
from inro.practice.revocation import LONGEST_TEXT, RequestRefused
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, CaseId
from inro.store.reads.address import organization_address
from inro.store.reads.revocation import RevocationRecord, revocation_case
from inro.store.states import RevocationState
from inro.usecases.act import Doing, act
from inro.usecases.actor import Actor
from inro.usecases.application import find
from inro.usecases.letters import add_letter


def write_revocation_notice(*, case: CaseId, unreachable: str, actor: Actor, now: datetime) -> None:
    """Write the notice of a revocation, with the duty of 27, ready to be printed and posted (22.2, 27).

    It goes to the subscriber; to the organization where `unreachable` records why informing the subscriber is
    impossible.

    Raises: DutyMissing, RequestRefused, NumberInText, Unknown where there is no organization to be told,
    Conflict before the certificate is revoked, or where a notice waits to be posted.
    """
    actor.check(Act.WRITE_REVOCATION_NOTICE)
    record, why = revocation_case(case), unreachable.strip()
    _check_why(why)
    if record.state not in (RevocationState.REVOKED, RevocationState.PUBLISHED):
        raise Conflict(what="case", detail=f"{record.number} is {record.state}")
    with act(actor=actor, now=now) as doing:
        add_revocation_notice(doing, record=record, unreachable=why, by=actor.name, at=now)


def add_revocation_notice(
    doing: Doing, *, record: RevocationRecord, unreachable: str = "", by: str, at: datetime
) -> None:
    """Add the notice of a revocation inside the caller's act, to whom it goes (22.2, 27).

    Raises: Unknown, Conflict where one waits to be posted.
    """
    to = revocation_addressee(subscriber_reachable=not unreachable)
    content = {"unreachable": unreachable} if unreachable else {}
    _add(doing, record, kind=NoticeKind.REVOCATION, to=to, content=content, by=by, at=at)


def add_revocation_refusal(
    doing: Doing, *, record: RevocationRecord, reason: str, by: str, at: datetime
) -> None:
    """Add the notice that a paper was turned down inside the act that does so, to who sent it (21, 22.1).

    Raises: Unknown, Conflict where one waits to be posted.
    """
    kind, to = NoticeKind.REVOCATION_REFUSAL, sender_of(record)
    _add(doing, record, kind=kind, to=to, content={"reason": reason}, by=by, at=at)


def add_original_reminder(doing: Doing, *, record: RevocationRecord, by: str, at: datetime) -> None:
    """Add the letter that asks for what must still follow a fax, to who sent it (21.2, 22.2).

    Raises: Unknown, Conflict where one waits to be posted.
    """
    kind, to = NoticeKind.ORIGINAL_REMINDER, sender_of(record)
    content = {"papers": [paper.value for paper in record.outstanding]}
    _add(doing, record, kind=kind, to=to, content=content, by=by, at=at)


def sender_of(record: RevocationRecord) -> RevocationAddressee:
    """Return who sent a case's paper: the organization its request, the subscriber everything else."""
    by_organization = record.invoker is Invoker.ORGANIZATION
    return RevocationAddressee.ORGANIZATION if by_organization else RevocationAddressee.SUBSCRIBER


_CLAUSES = {
    NoticeKind.REVOCATION: "22.2",
    NoticeKind.REVOCATION_REFUSAL: "22.1",
    NoticeKind.ORIGINAL_REMINDER: "21.2",
}


def _add(
    doing: Doing,
    record: RevocationRecord,
    *,
    kind: NoticeKind,
    to: RevocationAddressee,
    content: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    if record.application_id is None:
        raise Unknown(what="application", detail=f"{record.number} is of a CA's certificate")
    if to is RevocationAddressee.ORGANIZATION:
        organization_address(ApplicationId(record.application_id))
    add_letter(
        doing,
        application=find(record.application_id),
        kind=kind,
        clause=_CLAUSES[kind],
        channel=CHANNELS[kind][0],
        state=LetterState.RELEASED,
        content={"revocation": record.number, "to": to.value} | content,
        written_by=by,
        written_at=at,
    )


def _check_why(why: str) -> None:
    if len(why) > LONGEST_TEXT:
        raise RequestRefused(field="unreachable", problem="too_long")
    if holds_forbidden_number(why):
        raise NumberInText(field="unreachable")
