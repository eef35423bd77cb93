"""What every page carries: the site it belongs to, and no copy in any cache."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def site_of_page(_request: HttpRequest) -> dict[str, Any]:
    """Give every template the site it belongs to."""
    return {"site": settings.SITE}


def address_of(request: HttpRequest, path: str) -> str:
    """Return the whole address of a path of this site, as a browser reaches it."""
    address: str = settings.ADDRESS
    return f"{address}{path}" if address else request.build_absolute_uri(path)


def no_store_middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep pages with personal data out of caches (40(7))."""

    def unstored(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return unstored
