"""What an examination found lacking of a request for revocation; it may be mended (21.2, 22.1)."""

from datetime import datetime

from inro.practice.acts import Act
from inro.practice.events import EventKind
from inro.practice.revocation import RequestRefused, RevocationFindings
from inro.practice.revocation_checklist import RevocationChecklist
from inro.store.change import change
from inro.store.ids import CaseId
from inro.store.models import RevocationCase
from inro.store.reads.revocation import revocation_case
from inro.store.states import RevocationState
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.checklist import keep_checklist
from inro.usecases.revocation import case_subject


def find_revocation_lacking(
    *,
    case: CaseId,
    findings: RevocationFindings,
    checklist: RevocationChecklist,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what an examination found lacking: nobody signs for it, and it is examined anew (21.2, 22.1).

    Raises: DutyMissing, RequestRefused where nothing is lacking, Unknown, Conflict once it is examined.
    """
    actor.check(Act.FIND_REVOCATION_LACKING)
    if findings.bear_it:
        raise RequestRefused(field="sign", problem="nothing_lacks")
    record = revocation_case(case)
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": RevocationState.REQUESTED},
            to={"examiner": actor.name, "findings": findings.as_record()},
        )
        keep_checklist(checklist.as_record(), now=now)
        doing.record(
            EventKind.REVOCATION_EXAMINED, subject=case_subject(record.number), **findings.as_record()
        )
