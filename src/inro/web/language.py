"""Japanese unless the visitor chose English; the choice is a cookie, not the browser's guess."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.web.acts import anyone

LANGUAGES = ("ja", "en")
COOKIE = "inro_language"
_A_YEAR = 365 * 24 * 3600


def language_middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put every request under the language its cookie names, Japanese without one."""

    def in_language(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in LANGUAGES else LANGUAGES[0]
        with override(language):
            response = answer(request)
        response.headers["Content-Language"] = language
        return response

    return in_language


@require_safe
@anyone(Act.CHOOSE_LANGUAGE)
def choose(request: HttpRequest, language: str) -> HttpResponse:
    """Remember a language and go back to the page of this site that asked."""
    if language not in LANGUAGES:
        raise Http404
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(COOKIE, language, max_age=_A_YEAR, httponly=True, samesite="Lax")
    return response


urlpatterns = [path("language/<str:language>/", choose, name="language")]
