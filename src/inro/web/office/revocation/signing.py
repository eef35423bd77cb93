"""What each of the two officers signs, and what was found before the first one does (21, 22.1, 39.4)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from inro.pki.canonical import canonical_sha256
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.approval import revocation as to_revoke
from inro.practice.calendar import Calendar, jst_date
from inro.practice.editions import Terms
from inro.practice.grounds import ground as ground_of
from inro.practice.revocation import RevocationFindings
from inro.practice.revocation_checklist import RevocationItem, findings_of
from inro.practice.stated import NameChoice
from inro.store.reads.revocation import RevocationRecord
from inro.usecases.decision import Officers, OtherMatter, content_to_approve, latest_approvals
from inro.usecases.revocation import decide_revocation, examine_revocation
from inro.usecases.revocation_findings import find_revocation_lacking
from inro.web.office import clock
from inro.web.office.clerk import actor_of
from inro.web.office.decisions.asking import answer
from inro.web.office.decisions.officers import officers
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.letters.case import LetterCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a revocation is decided under: the contract's terms and edition, or the day's for a CA's."""

    terms: Terms
    calendar: Calendar
    edition: tuple[str, str]
    former_surname: bool = False


def matter_of(case: LetterCase) -> Matter:
    """Return what an application's certificate stands under."""
    form = case.record.form
    return Matter(
        terms=case.terms,
        calendar=case.calendar,
        edition=(case.record.edition, case.record.edition_sha256),
        former_surname=form is not None and form.name_choice is NameChoice.FORMER_SURNAME,
    )


def matter_of_ca(now: datetime) -> Matter:
    """Return what a CA's own certificate stands under: it has no contract, so the edition of the day.

    Raises: NoEditionInForce.
    """
    policy = house().policy
    edition = policy.edition_on(jst_date(now))
    return Matter(
        terms=edition.terms, calendar=policy.calendar, edition=(edition.terms.edition, edition.sha256)
    )


def sign(request: HttpRequest, matter: Matter, record: RevocationRecord) -> None:
    """Record what an officer's key signed: the examination with its answers, or the decision.

    Raises: AskedTooLongAgo, RequestRefused, OtherMatter, AssertionRefused, GuardRefused, Conflict.
    """
    approval, now = answer(request), clock.now()
    if approval.content.purpose is Purpose.REVOCATION_EXAMINATION:
        examine_revocation(
            case=record.case_id,
            findings=_found(request, matter, record),
            checklist=house().policy.revocation_checklist,
            approval=approval,
            officers=officers(now),
            actor=actor_of(request),
            now=now,
        )
        return
    if approval.content.purpose is not Purpose.REVOCATION:
        raise OtherMatter(part="purpose")
    decide_revocation(
        case=record.case_id,
        approval=approval,
        officers=officers(now),
        terms=matter.terms,
        calendar=matter.calendar,
        actor=actor_of(request),
        now=now,
    )


def record_lacking(request: HttpRequest, matter: Matter, record: RevocationRecord) -> None:
    """Record what the examining officer found lacking.

    Raises: RequestRefused, Conflict.
    """
    find_revocation_lacking(
        case=record.case_id,
        findings=_found(request, matter, record),
        checklist=house().policy.revocation_checklist,
        actor=actor_of(request),
        now=clock.now(),
    )


def items_of(matter: Matter, record: RevocationRecord) -> tuple[RevocationItem, ...]:
    """Return what the examining officer is asked of a case."""
    checklist = house().policy.revocation_checklist
    return checklist.asked(ground_of(record.ground), former_surname=matter.former_surname)


def to_sign(
    matter: Matter, record: RevocationRecord, purpose: Purpose, among: Officers, now: datetime
) -> ApprovalContent:
    """Return what an officer is asked to sign: serial, ground and arrival, after the earlier approval."""
    earlier = (Purpose.REVOCATION_EXAMINATION,) if purpose is Purpose.REVOCATION else ()
    before = latest_approvals(case=record.case_id, purposes=earlier)
    return content_to_approve(
        purpose=purpose,
        case=record.number,
        content=to_revoke(serial=record.serial, ground=record.ground, requested_at=record.requested_at),
        after=before[-1] if before else None,
        edition=matter.edition,
        profile_sha256=house().policy.profile.sha256,
        roster=among.roster,
        random_bytes=secrets.token_bytes,
        now=now,
    )


def _found(request: HttpRequest, matter: Matter, record: RevocationRecord) -> RevocationFindings:
    items = items_of(matter, record)
    return findings_of(
        items=items,
        answers={one.item: text_of(request.POST, one.item) for one in items},
        checklist_sha256=canonical_sha256(house().policy.revocation_checklist.as_record()),
    )
