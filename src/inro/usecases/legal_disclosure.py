"""What is handed to an authority by law: an officer's assertion over ground, paper and scope (41, 44.2)."""

from datetime import datetime

from inro.japanese.number_detector import holds_forbidden_number
from inro.practice.acts import Act
from inro.practice.approval import Purpose
from inro.practice.calendar import jst_date
from inro.practice.disclosure import AuthorityRequest, check_authority_request
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.store.ids import ApplicationId
from inro.store.models import LegalDisclosure
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.decision import Approval, Officers, check_approval, insert_decision


def check_request(*, request: AuthorityRequest, now: datetime) -> None:
    """Refuse a request that nobody should be asked to sign (41, 44.2).

    Raises: LetterRefused, NumberInText.
    """
    check_authority_request(request=request, on=jst_date(now))
    for field in ("authority", "ground", "reference"):
        if holds_forbidden_number(getattr(request, field)):
            raise NumberInText(field=field)


def make_legal_disclosure(
    *,
    application: ApplicationId,
    request: AuthorityRequest,
    approval: Approval,
    officers: Officers,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that data of a case are handed to an authority, with the officer's assertion (41, 44.2).

    Raises: DutyMissing, LetterRefused, NumberInText, OtherMatter, ApprovalRefused, AssertionRefused,
    Unknown, Conflict.
    """
    actor.check(Act.MAKE_LEGAL_DISCLOSURE)
    check_request(request=request, now=now)
    with act(actor=actor, now=now) as doing:
        row = find(application)
        check_approval(
            approval=approval,
            purpose=Purpose.LEGAL_DISCLOSURE,
            case=row.number,
            content=request.as_record(),
            earlier=(),
            officers=officers,
            actor=actor,
            now=now,
        )
        assertion_sha256 = insert_decision(
            approval=approval, person=actor.name, now=now, application=application
        )
        made = LegalDisclosure.objects.create(
            application=row,
            authority=request.authority,
            ground=request.ground,
            reference=request.reference,
            asked_on=request.asked_on,
            scope=[one.value for one in request.scope],
            made_at=now,
            made_by=actor.name,
            assertion_sha256=assertion_sha256,
        )
        doing.record(
            EventKind.LEGAL_DISCLOSURE_MADE,
            subject=subject(row.number),
            disclosure=made.pk,
            scope=[one.value for one in request.scope],
            assertion_sha256=assertion_sha256,
        )
