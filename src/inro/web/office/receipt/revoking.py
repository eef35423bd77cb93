"""The revocation that time alone brings: two officers confirm it with their keys (18.7, 22.1(1), 35.3)."""

import secrets
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.configuration.errors import ConfigurationRefused
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.approval import ApprovalContent, Purpose
from inro.practice.approval import revocation as to_revoke
from inro.practice.grounds import Invoker
from inro.practice.revocation import RefusalReason, RevocationFindings
from inro.store.reads.receipt_board import revocation_of
from inro.store.reads.revocation import RevocationRecord
from inro.store.states import RevocationState
from inro.usecases.decision import Officers, content_to_approve, latest_approvals
from inro.usecases.revocation import decide_revocation, examine_revocation, refuse_revocation
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import answer, question
from inro.web.office.decisions.officers import officers
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.case import LetterCase, allows, case_or_404
from inro.web.office.queue.purpose import reads_case

_REFUSALS = (*REFUSALS, ConfigurationRefused)
# Whose turn it is: what is signed next, and the act it is.
_TURN = {
    RevocationState.REQUESTED: (Purpose.REVOCATION_EXAMINATION, Act.EXAMINE_REVOCATION),
    RevocationState.EXAMINED: (Purpose.REVOCATION, Act.DECIDE_REVOCATION),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.VIEW_RECEIPTS)
@reads_case
def revocation(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is confirmed by two officers one after the other; record what a key signed, or its end."""
    case = case_or_404(number)
    record = _found(case)
    if request.method != "POST":
        return _show(request, case, record, [])
    try:
        if text_of(request.POST, "do") == "stop":
            _stop(request, case, record)
        else:
            _sign(request, case, record)
    except _REFUSALS as refusal:
        return _show(request, case, record, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("receipt", args=[number]))


def _sign(request: HttpRequest, case: LetterCase, record: RevocationRecord) -> None:
    approval, now = answer(request), clock.now()
    signed: dict[str, Any] = {
        "case": record.case_id,
        "approval": approval,
        "officers": officers(now),
        "actor": actor_of(request),
        "now": now,
    }
    if approval.content.purpose is Purpose.REVOCATION_EXAMINATION:
        examine_revocation(**signed, findings=RevocationFindings())
    else:
        decide_revocation(**signed, terms=case.terms, calendar=case.calendar)


def _stop(request: HttpRequest, case: LetterCase, record: RevocationRecord) -> None:
    """Close the case because the slip came, or doubts were told in time; nothing else stops 18.7."""
    reason = RefusalReason.SLIP_NOT_OVERDUE
    refuse_revocation(
        case=record.case_id,
        reason=reason,
        reason_sha256=canonical_sha256({"reason": reason.value}),
        terms=case.terms,
        calendar=case.calendar,
        actor=actor_of(request),
        now=clock.now(),
    )


def _show(
    request: HttpRequest,
    case: LetterCase,
    record: RevocationRecord,
    errors: list[Said],
    *,
    status: int = 200,
) -> HttpResponse:
    now, wrong, put = clock.now(), list(errors), None
    turn = _TURN.get(record.state)
    if turn is not None and allows(request, turn[1]):
        try:
            among = officers(now)
            put = question(request, _asked(case, record, turn[0], among, now), among)
        except _REFUSALS as refusal:
            wrong.append(said(refusal))
    context = {
        "place": "receipts",
        "case": case,
        "revocation": record,
        "question": put,
        "to_examine": record.state is RevocationState.REQUESTED,
        "to_decide": record.state is RevocationState.EXAMINED,
        "stops": turn is not None and allows(request, Act.REFUSE_REVOCATION),
        "same_person": record.examiner == actor_of(request).name,
        "sign_to": reverse("receipt_revocation", args=[case.number]),
        "errors": wrong,
    }
    return render(request, "office/receipt/revocation.html", context, status=422 if wrong else status)


def _asked(
    case: LetterCase, record: RevocationRecord, purpose: Purpose, among: Officers, now: datetime
) -> ApprovalContent:
    earlier = (Purpose.REVOCATION_EXAMINATION,) if purpose is Purpose.REVOCATION else ()
    before = latest_approvals(case=record.case_id, purposes=earlier)
    return content_to_approve(
        purpose=purpose,
        case=record.number,
        content=to_revoke(serial=record.serial, ground=record.ground, requested_at=record.requested_at),
        after=before[-1] if before else None,
        edition=(case.record.edition, case.record.edition_sha256),
        profile_sha256=house().policy.profile.sha256,
        roster=among.roster,
        random_bytes=secrets.token_bytes,
        now=now,
    )


def _found(case: LetterCase) -> RevocationRecord:
    record = revocation_of(case.application_id)
    if record is None or record.invoker is not Invoker.CA:
        raise Http404
    return record
