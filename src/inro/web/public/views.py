"""The front page, and the answers where a page is not there or a request cannot be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.web.acts import anyone


@require_safe
@anyone(Act.VIEW_FRONT_PAGE)
def front(request: HttpRequest) -> HttpResponse:
    """Show what one can do here."""
    return render(request, "public/front.html")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer for an address that is not there."""
    return render(request, "public/missing.html", status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that is too large or cannot be read."""
    return render(request, "public/unreadable.html", status=400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that did not come from a page of ours, or whose page is too old."""
    return render(request, "public/forged.html", status=403)
