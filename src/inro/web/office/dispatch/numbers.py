"""The numbers under which the post takes parcels, from its software's file: all of it or nothing (17.4)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.packing import PackingRefused
from inro.practice.post_file import LinesRefused, accepted_numbers
from inro.usecases.packing import import_tracking_numbers
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.dispatch.desk import faults_said
from inro.web.office.intake.saying import REFUSALS, Said, said

_MOST_OCTETS = 1_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.IMPORT_TRACKING_NUMBERS)
def numbers(request: HttpRequest) -> HttpResponse:
    """Take a file in, or say of every wrong line where and why."""
    if request.method != "POST":
        return _show(request, [])
    try:
        import_tracking_numbers(
            lines=accepted_numbers(_content(request)), actor=actor_of(request), now=clock.now()
        )
    except LinesRefused as refusal:
        return _show(request, faults_said(refusal), status=422)
    except REFUSALS as refusal:
        return _show(request, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("dispatch") + "#packed")


def _content(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise PackingRefused(field="file", problem="missing")
    content: bytes = file.read(_MOST_OCTETS + 1)
    if len(content) > _MOST_OCTETS:
        raise PackingRefused(field="file", problem="too_large")
    return content


def _show(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    context = {"place": "dispatch", "errors": errors}
    return render(request, "office/dispatch/numbers.html", context, status=status)
