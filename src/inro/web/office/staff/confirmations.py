"""The second administrator's word on what a first proposed (40(7))."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from inro.practice.acts import Act
from inro.practice.errors import Refused
from inro.store.errors import StoreError
from inro.store.ids import ProposalId
from inro.store.reads.staff import proposal_record
from inro.usecases.staff import add_key, appoint_staff, dismiss_staff, end_duty, withdraw_proposal
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.staff.administration import code_half, staff_page, told_half


@require_POST
@needs(Act.APPOINT_STAFF)
def confirm_appointment(request: HttpRequest, proposal: int) -> HttpResponse:
    """Confirm an appointment; the second half of a new person's code is told here, once."""
    half = code_half()
    try:
        with_code = appoint_staff(
            proposal=ProposalId(proposal), half=half, actor=actor_of(request), now=clock.now()
        )
    except (Refused, StoreError) as refusal:
        return staff_page(request, refusal)
    if not with_code:
        return HttpResponseRedirect(reverse("staff"))
    return told_half(request, half, name=proposal_record(ProposalId(proposal)).name, first=False)


@require_POST
@needs(Act.ADD_KEY)
def confirm_new_key(request: HttpRequest, proposal: int) -> HttpResponse:
    """Confirm a further passkey; the second half of the code is told here, once."""
    half = code_half()
    try:
        add_key(proposal=ProposalId(proposal), half=half, actor=actor_of(request), now=clock.now())
    except (Refused, StoreError) as refusal:
        return staff_page(request, refusal)
    return told_half(request, half, name=proposal_record(ProposalId(proposal)).name, first=False)


@require_POST
@needs(Act.END_DUTY)
def confirm_end_of_duty(request: HttpRequest, proposal: int) -> HttpResponse:
    """Confirm the last day of a duty."""
    try:
        end_duty(proposal=ProposalId(proposal), actor=actor_of(request), now=clock.now())
    except (Refused, StoreError) as refusal:
        return staff_page(request, refusal)
    return HttpResponseRedirect(reverse("staff"))


@require_POST
@needs(Act.DISMISS_STAFF)
def confirm_dismissal(request: HttpRequest, proposal: int) -> HttpResponse:
    """Confirm a dismissal."""
    try:
        dismiss_staff(proposal=ProposalId(proposal), actor=actor_of(request), now=clock.now())
    except (Refused, StoreError) as refusal:
        return staff_page(request, refusal)
    return HttpResponseRedirect(reverse("staff"))


@require_POST
@needs(Act.WITHDRAW_PROPOSAL)
def withdraw(request: HttpRequest, proposal: int) -> HttpResponse:
    """Withdraw a proposal."""
    try:
        withdraw_proposal(proposal=ProposalId(proposal), actor=actor_of(request), now=clock.now())
    except (Refused, StoreError) as refusal:
        return staff_page(request, refusal)
    return HttpResponseRedirect(reverse("staff"))
