"""Whether pages listen to single keys: each person switches that off for themselves (WCAG 2.2, 2.1.4)."""

from django.http import HttpRequest, HttpResponse

_A_YEAR = 365 * 24 * 3600


def listens_to_keys(request: HttpRequest) -> bool:
    """Return whether the person at the desk wants single keys; they do until they say otherwise."""
    return request.COOKIES.get(_cookie(request)) != "off"


def keep_keys(request: HttpRequest, response: HttpResponse) -> None:
    """Keep what the form says, on this machine for this person."""
    value = "on" if request.POST.get("keys") == "on" else "off"
    response.set_cookie(
        _cookie(request),
        value,
        max_age=_A_YEAR,
        httponly=True,
        secure=request.is_secure(),
        samesite="Strict",
    )


def _cookie(request: HttpRequest) -> str:
    clerk = getattr(request, "clerk", None)
    return f"inro_keys_{clerk.person if clerk else ''}"
