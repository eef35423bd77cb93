"""What the house itself goes by: a changed policy and the next roster, each signed for (2.1, 9.1, 40(7))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.trust import read_signed_roster
from inro.pki.roster import Officer, Roster
from inro.practice.acts import Act
from inro.practice.approval import Purpose, policy_change, roster_change
from inro.practice.duties import DutyPeriod
from inro.store.reads.policy import policy_in_force
from inro.usecases.policy import confirm_policy, policy_case
from inro.usecases.roster import release_roster, roster_case
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.decisions.asking import answer, content_of_today, question
from inro.web.office.decisions.officers import ceremony_officers, officers_before, officers_of_the_house
from inro.web.office.house import house
from inro.web.office.intake.saying import REFUSALS, Said, said

_REFUSALS = (*REFUSALS, ConfigurationRefused)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """A file of the policy whose hash is another than in force; empty where it came or went."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedOfficer:
    """A person whose place on the roster changes: duties and security keys before and after."""

    name: str
    before: tuple[DutyPeriod, ...]
    after: tuple[DutyPeriod, ...]
    keys_changed: bool


@require_safe
@needs(Act.CONFIRM_POLICY)
def policy(request: HttpRequest) -> HttpResponse:
    """Show which files of the policy changed since an officer last signed for it."""
    return _policy_page(request)


@require_POST
@needs(Act.CONFIRM_POLICY)
def sign_policy(request: HttpRequest) -> HttpResponse:
    """Put the changed policy in force by what the officer's security key signed."""
    now, made = clock.now(), house().policy
    try:
        confirm_policy(
            sha256=made.sha256,
            files=made.files,
            approval=answer(request),
            officers=officers_of_the_house(now),
            actor=actor_of(request),
            now=now,
        )
    except _REFUSALS as refusal:
        return _policy_page(request, errors=[said(refusal)])
    return HttpResponseRedirect(reverse("policy"))


@require_safe
@needs(Act.RELEASE_ROSTER)
def roster(request: HttpRequest) -> HttpResponse:
    """Show what the next roster changes, to an officer of the one in force."""
    return _roster_page(request)


@require_POST
@needs(Act.RELEASE_ROSTER)
def sign_roster(request: HttpRequest) -> HttpResponse:
    """Put the next roster in force by what an officer of the present one signed."""
    now = clock.now()
    try:
        signed = read_signed_roster(house().installation.trust)
        present = officers_before(now) or ceremony_officers(now)
        release_roster(
            document=signed.document,
            signature=signed.signature,
            public_key_info=signed.public_key_info,
            approval=answer(request),
            officers=present,
            actor=actor_of(request),
            now=now,
        )
    except _REFUSALS as refusal:
        return _roster_page(request, errors=[said(refusal)])
    return HttpResponseRedirect(reverse("roster"))


def _policy_page(request: HttpRequest, *, errors: Sequence[Said] = ()) -> HttpResponse:
    made, standing = house().policy, policy_in_force()
    in_force = standing is not None and standing.sha256 == made.sha256
    context: dict[str, Any] = {
        "place": "policy",
        "standing": standing,
        "sha256": made.sha256,
        "in_force": in_force,
        "changed": changed_files(standing.files if standing else {}, made.files),
        "sign_to": reverse("sign_policy"),
    }
    asked = policy_change(sha256=made.sha256, files=made.files)
    return _page(
        request,
        "policy.html",
        context,
        errors,
        among=None if in_force else officers_of_the_house,
        purpose=Purpose.POLICY_CHANGE,
        case=policy_case(made.sha256),
        content=asked,
    )


def _roster_page(request: HttpRequest, *, errors: Sequence[Said] = ()) -> HttpResponse:
    now, wrong = clock.now(), list(errors)
    present, following = None, None
    try:
        present, following = officers_before(now), ceremony_officers(now).roster
    except _REFUSALS as refusal:
        wrong.append(said(refusal))
    is_next = bool(present and following and following.version > present.roster.version)
    context: dict[str, Any] = {
        "place": "roster",
        "present": present.roster if present else None,
        "next": following if is_next else None,
        "changed": changed_officers(present.roster, following) if present and following else (),
        "sign_to": reverse("sign_roster"),
    }
    asked = roster_change(version=following.version, sha256=following.sha256) if following else {}
    return _page(
        request,
        "roster.html",
        context,
        wrong,
        among=(lambda _: present) if is_next and present else None,
        purpose=Purpose.ROSTER_CHANGE,
        case=roster_case(following.version) if following else "",
        content=asked,
    )


def _page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    errors: Sequence[Said],
    *,
    among: Any,
    purpose: Purpose,
    case: str,
    content: dict[str, Any],
) -> HttpResponse:
    now, wrong, put = clock.now(), list(errors), None
    if among is not None:
        try:
            signers = among(now)
            asked = content_of_today(purpose=purpose, case=case, content=content, among=signers, now=now)
            put = question(request, asked, signers)
        except _REFUSALS as refusal:
            wrong.append(said(refusal))
    context |= {"question": put, "errors": wrong}
    return render(request, f"office/decisions/{template}", context, status=422 if wrong else 200)


def changed_files(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[ChangedFile, ...]:
    """Return the files of two policies that differ, by name."""
    return tuple(
        ChangedFile(name=name, before=before.get(name, ""), after=after.get(name, ""))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def changed_officers(before: Roster, after: Roster) -> tuple[ChangedOfficer, ...]:
    """Return the persons whose duties or security keys two rosters give differently, by id."""
    old = {officer.person: officer for officer in before.officers}
    new = {officer.person: officer for officer in after.officers}
    return tuple(
        _changed(old.get(person), new.get(person))
        for person in sorted(old.keys() | new.keys())
        if old.get(person) != new.get(person)
    )


def _changed(old: Officer | None, new: Officer | None) -> ChangedOfficer:
    known = new or old
    return ChangedOfficer(
        name=known.name if known else "",
        before=old.duties if old else (),
        after=new.duties if new else (),
        keys_changed=(old.credentials if old else ()) != (new.credentials if new else ()),
    )
