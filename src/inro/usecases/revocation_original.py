"""What always follows a fax: the form itself and its documents, received or asked for (21.2, 22.2)."""

from datetime import date, datetime

from inro.practice.acts import Act
from inro.practice.calendar import jst_date
from inro.practice.events import EventKind
from inro.practice.grounds import ground as ground_of
from inro.practice.revocation import FollowingPaper, OriginalFacts, check_original
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.ids import CaseId, EnclosureId
from inro.store.models import RevocationCase
from inro.store.reads.revocation import revocation_case
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.revocation import case_subject, check_enclosure
from inro.usecases.revocation_letters import add_original_reminder

_COLUMNS = {
    FollowingPaper.FORM: "original_arrived_on",
    FollowingPaper.DOCUMENTS: "documents_arrived_on",
}


def receive_original(
    *,
    case: CaseId,
    arrived_on: date,
    actor: Actor,
    now: datetime,
    paper: FollowingPaper = FollowingPaper.FORM,
    enclosure: EnclosureId | None = None,
) -> None:
    """Record that a paper followed a fax; what was revoked on the fax stays revoked (21.2, 22.2).

    `enclosure` is the form where the intake desk scanned it.

    Raises: DutyMissing, GuardRefused when no fax waits for it, Unknown, Conflict.
    """
    actor.check(Act.RECEIVE_ORIGINAL)
    record = revocation_case(case)
    check_original(
        OriginalFacts(
            paper=record.paper,
            arrived_before_on=record.arrived_on(paper),
            requested_on=jst_date(record.requested_at),
            arrives_on=arrived_on,
            today=jst_date(now),
        )
    )
    to: dict[str, date | int] = {_COLUMNS[paper]: arrived_on}
    with act(actor=actor, now=now) as doing:
        if enclosure is not None:
            form = ground_of(record.ground).form
            check_enclosure(enclosure, application=record.application_id, form=form)
            to["original_id"] = enclosure
        change(RevocationCase, row=case, expected={_COLUMNS[paper]: None}, to=to)
        doing.record(
            EventKind.REVOCATION_ORIGINAL_RECEIVED,
            subject=case_subject(record.number),
            paper=paper.value,
            arrived_on=arrived_on.isoformat(),
            enclosure=enclosure,
        )


def write_original_reminder(*, case: CaseId, actor: Actor, now: datetime) -> None:
    """Write the letter that asks for what must still follow a fax, to whoever sent it (21.2, 22.2).

    Raises: DutyMissing, Unknown, Conflict where nothing is outstanding or one waits to be posted.
    """
    actor.check(Act.WRITE_ORIGINAL_REMINDER)
    record = revocation_case(case)
    if not record.outstanding or record.application_id is None:
        raise Conflict(what="case", detail=f"{record.number} waits for nothing after a fax")
    with act(actor=actor, now=now) as doing:
        add_original_reminder(doing, record=record, by=actor.name, at=now)
