"""The table of duties and acts, and which duties never meet in one person; one's own account (40(7))."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from inro.practice.acts import Act
from inro.practice.duties import SEPARATIONS, Duty, Meeting
from inro.practice.permission import ACT_DUTIES
from inro.web.office import clock
from inro.web.office.clerk import clerks, needs
from inro.web.office.keys import keep_keys
from inro.web.office.staff.session import Presence
from inro.words.acts import act_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty with the acts that belong to it, in words, and who holds it today."""

    duty: Duty
    acts: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparationRow:
    """Where duties must not meet, and the pairs."""

    meeting: Meeting
    pairs: tuple[tuple[Duty, Duty], ...]


@require_safe
@needs(Act.VIEW_DUTIES)
def duties(request: HttpRequest) -> HttpResponse:
    """Show the whole table, as `practice/duties.py` and `practice/acts.py` hold it and every act asks it."""
    context = {
        "place": "duties",
        "rows": duty_rows(),
        "separations": separation_rows(),
        "printed_at": clock.now(),
    }
    return render(request, "office/staff/duties.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.SIGN_OUT)
def account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, with duties, passkeys and the way out; keep whether single keys serve."""
    if request.method == "POST":
        back = request.POST.get("next", "")
        here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        response = HttpResponseRedirect(back if here else reverse("account"))
        keep_keys(request, response)
        return response
    presence: Presence | None = getattr(request, "presence", None)
    context = {"place": "account", "member": presence.member if presence else None}
    return render(request, "office/staff/account.html", context)


def duty_rows() -> tuple[DutyRow, ...]:
    """Return every duty in its order, with its acts in the page's language."""
    language, staff = get_language() or "ja", clerks()
    return tuple(
        DutyRow(
            duty=duty,
            acts=tuple(act_words(act, language) for act in Act if duty in ACT_DUTIES.get(act, frozenset())),
            people=tuple(one.name for one in staff if duty in one.duties),
        )
        for duty in Duty
    )


def separation_rows() -> tuple[SeparationRow, ...]:
    """Return what must be kept apart, by where the duties would meet."""
    return tuple(
        SeparationRow(
            meeting=meeting, pairs=tuple(one.duties for one in SEPARATIONS if one.meeting is meeting)
        )
        for meeting in Meeting
    )
