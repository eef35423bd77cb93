"""Enrolling a passkey: the code of two halves, then the key, and the code is used up (40(7))."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from inro.pki.assertion import encode_octets
from inro.pki.passkey import user_handle
from inro.practice.acts import Act
from inro.practice.errors import Refused
from inro.store.errors import StoreError
from inro.store.ids import CodeId
from inro.store.reads.staff import credential_ids, staff_of_code
from inro.usecases.enrolment import enrol_passkey, open_enrolment
from inro.usecases.entry import EntryClosedForAWhile
from inro.web.acts import anyone
from inro.web.office import clock
from inro.web.office.house import house
from inro.web.office.intake.saying import said
from inro.web.office.staff.challenges import (
    Purpose,
    draw_challenge,
    read_registration,
    relying_party,
    take_challenge,
)
from inro.web.office.staff.session import OFFICE

_KEY = "enrolling"
_SERVES = timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@anyone(Act.OPEN_ENROLMENT)
def enrol(request: HttpRequest) -> HttpResponse:
    """Ask for person and both halves of the code."""
    if house().installation.demonstration:
        return HttpResponseRedirect(reverse("desk"))
    context: dict[str, object] = {"place": "enrol", "person": ""}
    if request.method != "POST":
        return render(request, "office/staff/enrol.html", context)
    person = request.POST.get("person", "")[:80]
    try:
        code = open_enrolment(
            person=person,
            first=request.POST.get("first", ""),
            second=request.POST.get("second", ""),
            actor=OFFICE,
            now=clock.now(),
        )
    except (Refused, StoreError) as refusal:
        status = 429 if isinstance(refusal, EntryClosedForAWhile) else 403
        context |= {"person": person, "errors": [said(refusal)]}
        return render(request, "office/staff/enrol.html", context, status=status)
    request.session.flush()
    request.session[_KEY] = {"code": code, "at": clock.now().isoformat()}
    request.session.set_expiry(int(_SERVES.total_seconds()))
    return render(request, "office/staff/enrol_key.html", {"place": "enrol", "member": staff_of_code(code)})


@require_POST
@anyone(Act.ENROL_PASSKEY)
def enrol_challenge(request: HttpRequest) -> HttpResponse:
    """Ask the browser to make a passkey for whoever's code was opened."""
    code = _opened(request)
    if code is None:
        return JsonResponse({"problem": ""}, status=401)
    member = staff_of_code(code)
    drawn = draw_challenge(request, Purpose.ENROL)
    known = credential_ids(member.staff)
    return JsonResponse(
        {
            "challenge": drawn,
            "rp": {"id": relying_party().rp_id, "name": house().installation.operator.service},
            "user": {
                "id": encode_octets(user_handle(member.person)),
                "name": member.person,
                "displayName": member.name,
            },
            "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
            "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
            "attestation": "none",
            "timeout": 120_000,
            "excludeCredentials": [{"type": "public-key", "id": encode_octets(one)} for one in known],
        }
    )


@require_POST
@anyone(Act.ENROL_PASSKEY)
def enrol_key(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser made, and lead to the sign-in."""
    code = _opened(request)
    if code is None:
        return HttpResponseRedirect(reverse("enrol"))
    try:
        enrol_passkey(
            code=code,
            challenge=take_challenge(request, Purpose.ENROL),
            registration=read_registration(request.POST.get("response", "")),
            relying_party=relying_party(),
            label=request.POST.get("label", ""),
            actor=OFFICE,
            now=clock.now(),
        )
    except (Refused, StoreError) as refusal:
        context = {"place": "enrol", "member": staff_of_code(code), "errors": [said(refusal)]}
        return render(request, "office/staff/enrol_key.html", context, status=403)
    request.session.flush()
    return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'said': 'enrolled'})}")


def _opened(request: HttpRequest) -> CodeId | None:
    kept = request.session.get(_KEY)
    if kept is None or not timedelta(0) <= clock.now() - datetime.fromisoformat(kept["at"]) < _SERVES:
        return None
    return CodeId(kept["code"])
