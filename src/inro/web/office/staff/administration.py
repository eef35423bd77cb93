"""Staff come, change and go: what one administrator proposes waits here for another (40(7))."""

import secrets
from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inro.japanese.eras import read_date
from inro.pki.roster import RosterRefused
from inro.practice.acts import Act
from inro.practice.calendar import JST, jst_date
from inro.practice.duties import Duty
from inro.practice.enrolment import CodeHalf, new_half
from inro.practice.errors import Refused
from inro.practice.passphrase import SALT_OCTETS
from inro.practice.permission import ACT_DUTIES
from inro.practice.staff import StaffFault, StaffRefused
from inro.store.errors import Conflict, StoreError, Unknown
from inro.store.ids import HeldDutyId, PasskeyId
from inro.store.reads.staff import (
    StaffRecord,
    decided_proposals,
    open_proposals,
    staff_record,
    staff_records,
)
from inro.usecases.roster import OverdueChange, overdue_changes
from inro.usecases.staff import (
    end_passkey,
    propose_appointment,
    propose_dismissal,
    propose_end_of_duty,
    propose_new_key,
)
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.staff.saying import said_of_staff

_FIELDS = ("person", "name", "first_day", "last_day")


@require_safe
@needs(Act.VIEW_STAFF)
def staff(request: HttpRequest) -> HttpResponse:
    """List everybody with duties and keys, what waits for a second administrator, and what was decided."""
    return staff_page(request)


@require_safe
@needs(Act.VIEW_STAFF)
def person_page(request: HttpRequest, person: str) -> HttpResponse:
    """Show one member of staff, with what can be proposed about them."""
    return _show(request, person)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.PROPOSE_APPOINTMENT)
def appointment(request: HttpRequest) -> HttpResponse:
    """Propose duties for a person; the first half of a new person's code is told here, once."""
    asked = request.POST if request.method == "POST" else request.GET
    context: dict[str, object] = {
        "place": "staff",
        "typed": _typed(asked),
        "chosen": asked.getlist("duties"),
        "duties": list(Duty),
    }
    if request.method != "POST":
        return render(request, "office/staff/appointment.html", context)
    half = code_half()
    try:
        proposed = propose_appointment(
            person=request.POST.get("person", ""),
            name=request.POST.get("name", ""),
            duties=[Duty(duty) for duty in request.POST.getlist("duties") if duty in list(Duty)],
            first_day=_day(request, "first_day"),
            last_day=_day(request, "last_day") if request.POST.get("last_day", "").strip() else None,
            half=half,
            actor=actor_of(request),
            now=clock.now(),
        )
    except (Refused, StoreError) as refusal:
        context["errors"] = [said_of_staff(refusal)]
        return render(request, "office/staff/appointment.html", context, status=422)
    if not proposed.with_code:
        return HttpResponseRedirect(reverse("staff"))
    return told_half(request, half, name=request.POST.get("name", ""), first=True)


@require_POST
@needs(Act.PROPOSE_NEW_KEY)
def new_key(request: HttpRequest, person: str) -> HttpResponse:
    """Propose a further passkey for a person; the first half of the code is told here, once."""
    half = code_half()
    try:
        propose_new_key(person=person, half=half, actor=actor_of(request), now=clock.now())
    except (Refused, StoreError) as refusal:
        return _show(request, person, refusal)
    return told_half(request, half, name=_record(person).name, first=True)


@require_POST
@needs(Act.PROPOSE_DISMISSAL)
def dismissal(request: HttpRequest, person: str) -> HttpResponse:
    """Propose that a person leaves."""
    try:
        propose_dismissal(person=person, actor=actor_of(request), now=clock.now())
    except (Refused, StoreError) as refusal:
        return _show(request, person, refusal)
    return HttpResponseRedirect(reverse("staff"))


@require_POST
@needs(Act.PROPOSE_END_OF_DUTY)
def end_of_duty(request: HttpRequest, person: str, held: int) -> HttpResponse:
    """Propose the last day of a duty."""
    try:
        propose_end_of_duty(
            held_duty=HeldDutyId(held),
            last_day=_day(request, "last_day"),
            actor=actor_of(request),
            now=clock.now(),
        )
    except (Refused, StoreError) as refusal:
        return _show(request, person, refusal)
    return HttpResponseRedirect(reverse("staff"))


@require_POST
@needs(Act.END_PASSKEY)
def ended_passkey(request: HttpRequest, person: str, passkey: int) -> HttpResponse:
    """End a passkey that was lost or stolen, at once."""
    try:
        end_passkey(passkey=PasskeyId(passkey), actor=actor_of(request), now=clock.now())
    except (Refused, StoreError) as refusal:
        return _show(request, person, refusal)
    return HttpResponseRedirect(reverse("person", args=[person]))


def staff_page(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    """Return the list of the staff, with a refusal above it if there is one."""
    actor, today = actor_of(request), jst_date(clock.now())
    overdue, unread = _overdue_changes()
    context = {
        "place": "staff",
        "overdue": overdue,
        "people": [(one, one.duties_on(today)) for one in staff_records()],
        "waiting": [
            (one, actor.name not in (one.proposed_by, one.person), _confirmation(one.kind))
            for one in open_proposals()
        ],
        "decided": decided_proposals(),
        "now": clock.now(),
        "may_appoint": bool(actor.duties & ACT_DUTIES[Act.APPOINT_STAFF]),
        "errors": [said_of_staff(one) for one in (refusal, unread) if one],
    }
    return render(request, "office/staff/staff.html", context, status=_status(refusal))


def told_half(request: HttpRequest, half: CodeHalf, *, name: str, first: bool) -> HttpResponse:
    """Tell one half of a code, this once: no page shows it again."""
    context = {"place": "staff", "half": half.text, "name": name, "first": first}
    return render(request, "office/staff/code_half.html", context)


def code_half() -> CodeHalf:
    """Return half a code, drawn now."""
    return CodeHalf(text=new_half(secrets.choice), salt=secrets.token_bytes(SALT_OCTETS))


def _overdue_changes() -> tuple[tuple[OverdueChange, ...], RosterRefused | None]:
    try:
        return overdue_changes(now=clock.now()), None
    except RosterRefused as refused:
        return (), refused


def _confirmation(kind: str) -> str:
    return f"confirm_{kind}"


def _show(request: HttpRequest, person: str, refusal: Exception | None = None) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "place": "staff",
        "member": _record(person),
        "today": jst_date(clock.now()),
        "may_appoint": bool(actor.duties & ACT_DUTIES[Act.APPOINT_STAFF]),
        "oneself": actor.name == person,
        "waiting": [one for one in open_proposals() if one.person == person],
        "errors": [said_of_staff(refusal)] if refusal else [],
    }
    return render(request, "office/staff/person.html", context, status=_status(refusal))


def _record(person: str) -> StaffRecord:
    try:
        return staff_record(person)
    except Unknown as unknown:
        raise Http404 from unknown


def _status(refusal: Exception | None) -> int:
    if refusal is None:
        return 200
    return 409 if isinstance(refusal, Conflict) else 422


def _typed(asked: Mapping[str, str]) -> dict[str, str]:
    today = clock.now().astimezone(JST).strftime("%Y/%m/%d")
    return {name: asked.get(name, today if name == "first_day" else "") for name in _FIELDS}


def _day(request: HttpRequest, name: str) -> date:
    day = read_date(request.POST.get(name, "")[:40]).day
    if day is None:
        raise StaffRefused(field=name, fault=StaffFault.NOT_A_DAY)
    return day
