"""Accept, reject, send back, approve issuing, give an approval anew (9.1, 9.2, 16, 17.1)."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from inro.configuration.errors import ConfigurationRefused
from inro.practice.acts import Act
from inro.practice.application import ApplicationState
from inro.practice.approval import (
    ACCEPT,
    REJECT,
    TO_ISSUE,
    ApprovalContent,
    Purpose,
    certification,
    rejection,
)
from inro.practice.content import CertifiedContent
from inro.practice.deadlines import issuing_deadline
from inro.practice.examination import ExaminationFindings
from inro.practice.fees import certificate_line, invoice_sum
from inro.store.reads.application import ApplicationRecord
from inro.store.reads.deficiency import rejection_proposal
from inro.store.reads.examination import examination_result
from inro.usecases.application import begin_examination, find
from inro.usecases.decision import Approval, Officers, content_to_approve, latest_approvals
from inro.usecases.examination import (
    accept_application,
    conclude_examination,
    conditions_lacking,
    examined_content,
)
from inro.usecases.issuance_order import has_order, order_issuance, repeat_approval
from inro.usecases.rejection import reject_application
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import Question, answer, question
from inro.web.office.decisions.officers import officers
from inro.web.office.decisions.shown import shown
from inro.web.office.found_case import found_case
from inro.web.office.house import house
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.queue.purpose import reads_case
from inro.words.conditions import condition_words

_REFUSALS = (*REFUSALS, ConfigurationRefused)
_TO_DECIDE = (ApplicationState.EXAMINED, ApplicationState.DEFICIENT)


@require_http_methods(["GET", "HEAD"])
@needs(Act.CONCLUDE_EXAMINATION)
@reads_case
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the examination has come to, to the officer who concludes it (9.1)."""
    return _conclusion_page(request, found_case(number))


@require_http_methods(["GET", "HEAD"])
@needs(Act.ACCEPT_APPLICATION)
@reads_case
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Show an examined case whole to the officer who decides on it (9.1)."""
    return _decision_page(request, found_case(number))


@require_POST
@needs(Act.REJECT_APPLICATION)
def reject(request: HttpRequest, number: str) -> HttpResponse:
    """Show the reason of a rejection as it will be signed and told (9.2)."""
    case, reason = found_case(number), request.POST.get("reason", "").strip()
    if not reason:
        return _decision_page(request, case, reason_missing=True)
    return _sign_page(
        request, case, lambda among, now: _to_reject(case, reason, among, now), template="reject.html"
    )


@require_POST
@needs(Act.BEGIN_EXAMINATION)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Send an examined case back to examination; what was signed for it does not serve again (9.1)."""
    case = found_case(number)
    try:
        begin_examination(application=case.application_id, actor=actor_of(request), now=clock.now())
    except _REFUSALS as refusal:
        return _decision_page(request, case, errors=[said(refusal)])
    return HttpResponseRedirect(reverse("case", args=[number]))


@require_http_methods(["GET", "HEAD"])
@needs(Act.ORDER_ISSUANCE)
@reads_case
def approve_issuance(request: HttpRequest, number: str) -> HttpResponse:
    """Show an accepted case to the officer who lets the secure room make its card (17.1)."""
    return _issuance_page(request, found_case(number))


@require_http_methods(["GET", "HEAD"])
@needs(Act.REPEAT_APPROVAL)
@reads_case
def repeat(request: HttpRequest, number: str, purpose: str) -> HttpResponse:
    """Show an approval that ran out before the card was made, to be given anew by its officer (9.1)."""
    case = found_case(number)
    if case.state is not ApplicationState.ACCEPTED or purpose not in list(TO_ISSUE):
        raise Http404
    return _sign_page(
        request,
        case,
        lambda among, now: _to_approve(case, Purpose(purpose), among, now),
        template="issue.html",
    )


@require_POST
@needs(Act.VIEW_APPLICATION)
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """Record what the officer's security key signed; the use case has the last word on it (9.1)."""
    case, now = found_case(number), clock.now()
    try:
        _record(answer(request), case, request, now)
    except _REFUSALS as refusal:
        page = _PAGE_OF.get(case.state, _decision_page)
        return page(request, case, errors=[said(refusal)])
    return HttpResponseRedirect(reverse("case", args=[number]))


def _record(approval: Approval, case: ApplicationRecord, request: HttpRequest, now: datetime) -> None:
    purpose, accepted = approval.content.purpose, case.state is ApplicationState.ACCEPTED
    signed: dict[str, Any] = {
        "application": case.application_id,
        "approval": approval,
        "officers": officers(now),
        "actor": actor_of(request),
        "now": now,
    }
    if purpose is Purpose.REJECTION:
        policy = house().policy
        reject_application(
            **signed,
            reason=approval.content.content["reason"],
            terms=policy.editions[case.edition].terms,
            calendar=policy.calendar,
        )
    elif purpose is Purpose.EXAMINATION and not accepted:
        conclude_examination(
            **signed,
            content=CertifiedContent.from_record(approval.content.content["certificate"]),
            findings=ExaminationFindings.from_record(approval.content.content["findings"]),
        )
    elif purpose is Purpose.ACCEPTANCE and not accepted:
        accept_application(**signed)
    elif purpose is Purpose.ISSUANCE and not has_order(case.application_id):
        order_issuance(**signed)
    else:
        repeat_approval(**signed)


def _conclusion_page(
    request: HttpRequest, case: ApplicationRecord, *, errors: Sequence[Said] = ()
) -> HttpResponse:
    if case.state is not ApplicationState.EXAMINING:
        return render(request, "office/decisions/not_now.html", _of(case), status=409)
    result = examination_result(case.application_id)
    return _sign_page(
        request,
        case,
        lambda among, now: _asked(
            case,
            Purpose.EXAMINATION,
            certification(content=result.content, period=case.period, findings=result.findings),
            among,
            now,
        ),
        template="conclude.html",
        errors=errors,
        besides={"open_items": result.open_items},
    )


def _decision_page(
    request: HttpRequest,
    case: ApplicationRecord,
    *,
    errors: Sequence[Said] = (),
    reason_missing: bool = False,
) -> HttpResponse:
    if case.state not in _TO_DECIDE:
        return render(request, "office/decisions/not_now.html", _of(case), status=409)
    person, now = actor_of(request).name, clock.now()
    context = _of(case) | {
        "lacking": _lacking(case, person, now),
        "examined": case.state is ApplicationState.EXAMINED,
        "reason": request.POST.get("reason") or _proposed_reason(case, now),
        "reason_missing": reason_missing,
    }
    if case.state is not ApplicationState.EXAMINED:
        status = 422 if errors or reason_missing else 200
        return render(request, "office/decisions/decide.html", context | {"errors": errors}, status=status)
    return _sign_page(
        request,
        case,
        lambda among, now: _to_approve(case, Purpose.ACCEPTANCE, among, now),
        template="decide.html",
        errors=errors,
        besides=context,
    )


def _proposed_reason(case: ApplicationRecord, now: datetime) -> str:
    """Return the reason that lapsed papers or a match propose, empty where there is neither (9.2, 46)."""
    policy = house().policy
    proposal = rejection_proposal(
        case.application_id,
        terms=policy.editions[case.edition].terms,
        calendar=policy.calendar,
        now=now,
    )
    return proposal.reason if proposal is not None else ""


def _lacking(case: ApplicationRecord, person: str, now: datetime) -> list[tuple[str, str]]:
    lacking = conditions_lacking(application=case.application_id, decider=person, now=now)
    language = get_language() or "ja"
    return [(guard.clause, condition_words(guard.name, language)) for guard in lacking]


def _issuance_page(
    request: HttpRequest, case: ApplicationRecord, *, errors: Sequence[Said] = ()
) -> HttpResponse:
    if case.state is not ApplicationState.ACCEPTED or (not errors and has_order(case.application_id)):
        return render(request, "office/decisions/not_now.html", _of(case), status=409)
    return _sign_page(
        request,
        case,
        lambda among, now: _to_approve(case, Purpose.ISSUANCE, among, now),
        template="issue.html",
        errors=errors,
    )


def _sign_page(
    request: HttpRequest,
    case: ApplicationRecord,
    asked: Callable[[Officers, datetime], ApprovalContent],
    *,
    template: str,
    errors: Sequence[Said] = (),
    besides: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    now, wrong, put = clock.now(), list(errors), None
    try:
        among = officers(now)
        put = question(request, asked(among, now), among)
    except _REFUSALS as refusal:
        wrong.append(said(refusal))
    status = 422 if wrong or besides.get("reason_missing") else 200
    of = _of(case) | _signed(put, case) | dict(besides) | {"errors": wrong}
    return render(request, f"office/decisions/{template}", of, status=status)


def _signed(put: Question | None, case: ApplicationRecord) -> dict[str, Any]:
    if put is None:
        return {"question": None}
    ended = case.examination_ended_at or clock.now()
    terms = house().policy.editions[case.edition].terms
    return {
        "question": put,
        "shown": shown(put.content),
        "last_day": issuing_deadline(examination_ended_at=ended, period=case.period),
        "price": invoice_sum([certificate_line(period=case.period, terms=terms)]),
    }


def _to_approve(case: ApplicationRecord, purpose: Purpose, among: Officers, now: datetime) -> ApprovalContent:
    return _asked(case, purpose, examined_content(find(case.application_id)), among, now)


def _to_reject(case: ApplicationRecord, reason: str, among: Officers, now: datetime) -> ApprovalContent:
    return _asked(case, Purpose.REJECTION, rejection(reason=reason), among, now)


def _asked(
    case: ApplicationRecord, purpose: Purpose, content: dict[str, Any], among: Officers, now: datetime
) -> ApprovalContent:
    earlier = TO_ISSUE[: TO_ISSUE.index(purpose)] if purpose in TO_ISSUE else ()
    before = latest_approvals(application=case.application_id, purposes=earlier)
    # The end of the examination is the acceptance's instant, and stays when that is given anew.
    ended = case.examination_ended_at or now.replace(microsecond=0)
    return content_to_approve(
        purpose=purpose,
        verdict=REJECT if purpose is Purpose.REJECTION else ACCEPT,
        case=case.number,
        content=content,
        after=before[-1] if before else None,
        edition=(case.edition, case.edition_sha256),
        profile_sha256=house().policy.profile.sha256,
        roster=among.roster,
        random_bytes=secrets.token_bytes,
        now=now,
        examination_ended_at=ended if purpose is Purpose.ACCEPTANCE else None,
    )


def _of(case: ApplicationRecord) -> dict[str, Any]:
    return {"place": "cases", "case": case, "sign_to": reverse("sign", args=[case.number])}


_PAGE_OF = {
    ApplicationState.EXAMINING: _conclusion_page,
    ApplicationState.ACCEPTED: _issuance_page,
}
