"""A request that is turned down: why, in words for the person, and the notice of it (18.7, 21, 22.1)."""

from datetime import datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.calendar import Calendar
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.grounds import Invoker
from inro.practice.grounds import ground as ground_of
from inro.practice.intake import NumberInText
from inro.practice.revocation import RefusalReason, check_refusal, check_refusal_text
from inro.store.change import change
from inro.store.errors import Conflict
from inro.store.ids import CaseId
from inro.store.models import RevocationCase
from inro.store.reads.revocation import revocation_case
from inro.store.states import RevocationState
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.revocation import case_subject, is_wait_over, text_hash
from inro.usecases.revocation_letters import add_revocation_refusal

REFUSABLE = (RevocationState.REQUESTED, RevocationState.EXAMINED)


def refuse_revocation(
    *,
    case: CaseId,
    reason: RefusalReason,
    text: str,
    seen: RevocationState,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> None:
    """Refuse a request, a mandatory one for lack of authenticity or form alone (18.7, 22.1).

    `text` is what the person is told: it is kept with the case and goes into the notice, which waits to be
    printed, its hash into the log. `seen` is the state in which the officer saw the case.

    Raises: DutyMissing, RequestRefused, NumberInText, RequestNotRefusable, Unknown, Conflict.
    """
    actor.check(Act.REFUSE_REVOCATION)
    check_refusal_text(reason=reason, text=text)
    if holds_forbidden_number(text):
        raise NumberInText(field="refusal")
    record, told = revocation_case(case), text.strip()
    if seen not in REFUSABLE:
        raise Conflict(what="case", detail=f"{record.number} is {record.state}")
    with act(actor=actor, now=now) as doing:
        change(
            RevocationCase,
            row=case,
            expected={"state": seen},
            to={
                "state": RevocationState.REFUSED,
                "refused_for": reason,
                "refusal": told,
                "decided_at": now,
            },
        )
        over = is_wait_over(record, terms, calendar, now)
        check_refusal(ground=ground_of(record.ground), reason=reason, receipt_period_over=over)
        doing.record(
            EventKind.REVOCATION_REFUSED,
            subject=case_subject(record.number),
            reason=reason.value,
            reason_sha256=text_hash(told),
        )
        if record.invoker is not Invoker.CA:
            add_revocation_refusal(doing, record=record, reason=told, by=actor.name, at=now)
