"""A proxy recipient asked for after examination: taken in, examined, mended, decided on, lapsed (23, 24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inro.japanese.number_detector import holds_forbidden_number
from inro.pki.canonical import canonical_sha256
from inro.practice.acts import Act
from inro.practice.calendar import Calendar, jst_date
from inro.practice.deadlines import proxy_deficiency_deadline
from inro.practice.duties import Duty, Performed, check_separation
from inro.practice.editions import Terms
from inro.practice.events import EventKind
from inro.practice.intake import NumberInText
from inro.practice.letters import LetterRefused
from inro.practice.notices import Channel, Delivery, NoticeKind, deemed_arrival
from inro.practice.proxy import (
    ApprovalFacts,
    ProxyAct,
    ProxyPoint,
    ProxyState,
    ProxyVerdict,
    RequestFacts,
    check_proxy_approval,
    check_request,
    next_state,
)
from inro.practice.stated import StatedPerson
from inro.store.change import change
from inro.store.errors import Conflict, Unknown
from inro.store.ids import ApplicationId, ProxyRequestId
from inro.store.models import ProxyRequest
from inro.store.reads.proxy import overdue_proxy_requests, proxy_window
from inro.usecases.act import act
from inro.usecases.actor import Actor
from inro.usecases.application import find, subject
from inro.usecases.deficiency import add_call, check_texts
from inro.usecases.notice import NoticeText, add_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class DeficiencyCall:
    """The call in which the subscriber is told what is wrong: when, with whom, what was said (24.2)."""

    called_at: datetime
    spoken_to: str
    said: str


def receive_proxy_request(
    *,
    application: ApplicationId,
    proxy: StatedPerson,
    reason: str,
    arrived_on: date,
    actor: Actor,
    now: datetime,
) -> ProxyRequestId:
    """Take in a request, with who is to collect the card as its form states; the deadline of 18.7 stays (23).

    Raises: DutyMissing, LetterRefused, NumberInText, GuardRefused outside its window, Unknown, Conflict while
    another is open.
    """
    actor.check(Act.RECEIVE_PROXY_REQUEST)
    check_texts(reason=reason)
    _check_person(proxy)
    row = find(application)
    window = proxy_window(application)
    check_request(
        RequestFacts(
            issued_on=window.issued_on,
            slip_arrived_on=window.slip_arrived_on,
            arrived_on=arrived_on,
            today=jst_date(now),
            reason=reason,
        )
    )
    stated = proxy.as_record()
    with act(actor=actor, now=now) as doing:
        request = ProxyRequest.objects.create(
            application=row,
            state=ProxyState.RECEIVED,
            arrived_on=arrived_on,
            received_at=now,
            received_by=actor.name,
            proxy=stated,
            reason=reason.strip(),
        )
        doing.record(
            EventKind.PROXY_REQUEST_RECEIVED,
            subject=subject(row.number),
            request=request.pk,
            arrived_on=arrived_on.isoformat(),
            proxy_sha256=canonical_sha256(stated),
        )
    return ProxyRequestId(request.pk)


def examine_proxy_request(
    *,
    request: ProxyRequestId,
    verdicts: Mapping[ProxyPoint, ProxyVerdict],
    actor: Actor,
    now: datetime,
) -> None:
    """Record what the examining officer finds of each point: seals, certificate, both addresses (23.2, 24.1).

    Raises: DutyMissing, LetterRefused while a point is left out, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.EXAMINE_PROXY_REQUEST)
    for point in ProxyPoint:
        if point not in verdicts:
            raise LetterRefused(field=point.value, problem="missing")
    row = _request(request)
    found = {point.value: verdicts[point].value for point in ProxyPoint}
    with act(actor=actor, now=now) as doing:
        _move(row, ProxyAct.EXAMINE, verdicts=found, examiner=actor.name)
        doing.record(
            EventKind.PROXY_REQUEST_EXAMINED,
            subject=subject(row.application.number),
            request=row.pk,
            verdicts=found,
        )


def notify_proxy_deficiency(
    *,
    request: ProxyRequestId,
    call: DeficiencyCall,
    terms: Terms,
    calendar: Calendar,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the call about what is deficient: twenty days count from it (24.2).

    Raises: DutyMissing, LetterRefused, NumberInText, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.NOTIFY_PROXY_DEFICIENCY)
    row = _request(request)
    if ProxyVerdict.DEFICIENT.value not in row.verdicts.values():
        raise LetterRefused(field="points", problem="none_deficient")
    told_on = deemed_arrival(Delivery(channel=Channel.TELEPHONE, confirmed_at=call.called_at))
    with act(actor=actor, now=now) as doing:
        due = proxy_deficiency_deadline(notified_on=told_on, terms=terms, calendar=calendar)
        _move(row, ProxyAct.NOTIFY_DEFICIENCY, notified_on=told_on, due_on=due.day)
        add_call(
            doing,
            application=row.application,
            about=NoticeKind.PROXY_DEFICIENCY,
            called_at=call.called_at,
            called_by=actor.name,
            spoken_to=call.spoken_to,
            said=call.said,
            recorded_at=now,
        )
        add_notice(
            doing,
            application=ApplicationId(row.application_id),
            kind=NoticeKind.PROXY_DEFICIENCY,
            clause="24.2",
            channel=Channel.TELEPHONE,
            text=NoticeText(template="call", sha256=canonical_sha256({"said": call.said.strip()})),
            sent_on=told_on,
            arrived_on=told_on,
            released_by=actor.name,
        )
        doing.record(
            EventKind.PROXY_REQUEST_DEFICIENT,
            subject=subject(row.application.number),
            request=row.pk,
            notified_on=told_on.isoformat(),
            due_on=due.day.isoformat(),
        )


def resubmit_proxy_request(
    *, request: ProxyRequestId, proxy: StatedPerson, actor: Actor, now: datetime
) -> None:
    """Record corrected papers and what they now state; every point is looked at anew (24.2).

    Raises: DutyMissing, LetterRefused, NumberInText, ActNotAllowed, Unknown, Conflict.
    """
    actor.check(Act.RESUBMIT_PROXY_REQUEST)
    _check_person(proxy)
    row, stated = _request(request), proxy.as_record()
    with act(actor=actor, now=now) as doing:
        _move(row, ProxyAct.RESUBMIT, proxy=stated, verdicts={}, examiner=None)
        doing.record(
            EventKind.PROXY_REQUEST_RESUBMITTED,
            subject=subject(row.application.number),
            request=row.pk,
            proxy_sha256=canonical_sha256(stated),
        )


def decide_proxy_request(
    *, request: ProxyRequestId, approve: bool, reason: str, actor: Actor, now: datetime
) -> None:
    """Let another officer approve a request, or refuse it with a reason; the contract stands (24.1).

    Once approved, the card goes to the proxy's address as it was verified.

    Raises: DutyMissing, LetterRefused, NumberInText, GuardRefused, SeparationBreached, ActNotAllowed,
    Unknown, Conflict.
    """
    actor.check(Act.DECIDE_PROXY_REQUEST)
    if not approve:
        check_texts(reason=reason)
    act_ = ProxyAct.APPROVE if approve else ProxyAct.REFUSE
    with act(actor=actor, now=now) as doing:
        # Locked: what was examined is what is decided on.
        ProxyRequest.objects.select_for_update().filter(pk=request).first()
        row = _request(request)
        next_state(ProxyState(row.state), act_)
        examined = Performed(duty=Duty.EXAMINATION, person=row.examiner or "")
        check_separation(duty=Duty.ACCEPTANCE, person=actor.name, performed=(examined,))
        if approve:
            _check_approval(row, actor, now)
        refusal = "" if approve else reason.strip()
        _move(row, act_, decider=actor.name, closed_at=now, refusal=refusal)
        doing.record(
            EventKind.PROXY_REQUEST_DECIDED,
            subject=subject(row.application.number),
            request=row.pk,
            verdict=act_.value,
            proxy_sha256=canonical_sha256(row.proxy or {}),
        )


def lapse_proxy_requests(*, actor: Actor, now: datetime) -> int:
    """Close the requests whose papers did not come in twenty days; return how many (24.2).

    The contracts stand.

    Raises: DutyMissing for a person.
    """
    actor.check_process()
    lapsed = 0
    for record in overdue_proxy_requests(today=jst_date(now)):
        row = _request(record.request_id)
        try:
            with act(actor=actor, now=now) as doing:
                _move(row, ProxyAct.LAPSE, seen={"due_on": record.due_on}, closed_at=now)
                doing.record(
                    EventKind.PROXY_REQUEST_LAPSED, subject=subject(row.application.number), request=row.pk
                )
        except Conflict:
            continue  # Another worker, or papers that came, were first: the next run looks again.
        lapsed += 1
    return lapsed


def _check_approval(row: ProxyRequest, actor: Actor, now: datetime) -> None:
    window = proxy_window(ApplicationId(row.application_id))
    check_proxy_approval(
        ApprovalFacts(
            issued_on=window.issued_on,
            slip_arrived_on=window.slip_arrived_on,
            today=jst_date(now),
            verdicts={ProxyPoint(point): ProxyVerdict(found) for point, found in row.verdicts.items()},
            examiner=row.examiner or "",
            decider=actor.name,
        )
    )


def _check_person(proxy: StatedPerson) -> None:
    home = proxy.home
    needed = {
        "name": proxy.name,
        "postal_code": home.postal_code,
        "prefecture": home.prefecture,
        "city": home.city,
        "street": home.street,
    }
    for field, text in needed.items():
        if not text.strip():
            raise LetterRefused(field=field, problem="missing")
    for field, text in (needed | {"kana": proxy.kana, "building": home.building}).items():
        if holds_forbidden_number(text):
            raise NumberInText(field=field)


def _move(
    row: ProxyRequest, act_: ProxyAct, *, seen: Mapping[str, Any] | None = None, **columns: Any
) -> None:
    state = next_state(ProxyState(row.state), act_)
    expected = {"state": row.state, **(seen or {})}
    change(ProxyRequest, row=row.pk, expected=expected, to={"state": state, **columns})


def _request(request: ProxyRequestId) -> ProxyRequest:
    row = ProxyRequest.objects.select_related("application").filter(pk=request).first()
    if row is None:
        raise Unknown(what="proxy request", detail=str(request))
    return row
