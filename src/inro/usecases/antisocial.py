"""Each of the two officers looks for anti-social forces before the decision, and says where (46)."""

from datetime import datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.antisocial import CheckResult, CheckSource, check_remark
from inro.practice.application import ApplicationAct
from inro.practice.duties import Duty
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.store.ids import ApplicationId
from inro.store.models import AntisocialCheck
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import step, subject


def record_antisocial_check(
    *,
    application: ApplicationId,
    source: CheckSource,
    result: CheckResult,
    remark: str,
    checked_at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """Record what an officer found of applicant, organization and representative in one source (46).

    A match stops the acceptance. The officer's later word on the same source takes its place; both stay on
    record.

    Raises: DutyMissing, LetterRefused, NumberInText, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.RECORD_ANTISOCIAL_CHECK)
    check_remark(result=result, remark=remark)
    if holds_forbidden_number(remark):
        raise NumberInText(field="remark")
    if checked_at > now:
        raise LetterRefused(field="checked_at", problem="later")
    with act(actor=actor, now=now) as doing:
        row = step(application, ApplicationAct.CHECK_ANTISOCIAL)
        duty = Duty.EXAMINATION if Duty.EXAMINATION in actor.duties else Duty.ACCEPTANCE
        check = AntisocialCheck.objects.create(
            application=row,
            person=actor.name,
            duty=duty,
            source=source,
            result=result,
            remark=remark.strip(),
            checked_at=checked_at,
        )
        doing.record(
            EventKind.ANTISOCIAL_CHECKED,
            subject=subject(row.number),
            check=check.pk,
            duty=duty.value,
            source=source.value,
            result=result.value,
            checked_at=checked_at.isoformat(),
        )
