"""A notice for the public page: begun with the words of its kind, posted as it is typed (30, 31, 43)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inro.practice.acts import Act
from inro.practice.notices import CHANNELS, Channel, NoticeKind
from inro.usecases.notice_page import post_page
from inro.web.office import clock
from inro.web.office.clerk import actor_of, needs
from inro.web.office.house import house
from inro.web.office.intake.answers import text_of
from inro.web.office.intake.saying import REFUSALS, Said, said
from inro.web.office.letters.answers import chosen_of

_KINDS = tuple(kind for kind, ways in CHANNELS.items() if Channel.WEB in ways)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.POST_PAGE)
def page(request: HttpRequest) -> HttpResponse:
    """Offer the words of a kind of notice; post what is typed."""
    if request.method != "POST":
        return _show(request, [])
    try:
        words = house().policy.notice_words[chosen_of(NoticeKind, request.POST, "kind")]
        made = post_page(
            words=words,
            title=text_of(request.POST, "title"),
            text=request.POST.get("text", ""),
            actor=actor_of(request),
            now=clock.now(),
        )
    except REFUSALS as refusal:
        return _show(request, [said(refusal)], status=422)
    return HttpResponseRedirect(reverse("notice", args=[made]))


def _show(request: HttpRequest, errors: list[Said], *, status: int = 200) -> HttpResponse:
    chosen = request.POST.get("kind", "") or request.GET.get("kind", "")
    kind = NoticeKind(chosen) if chosen in _KINDS else NoticeKind.MAINTENANCE
    words = house().policy.notice_words[kind]
    subject, text = words.filled({})
    context = {
        "place": "notices",
        "errors": errors,
        "kinds": _KINDS,
        "kind": kind,
        "clause": words.clause,
        "title": request.POST.get("title", subject),
        "text": request.POST.get("text", text),
    }
    return render(request, "office/notices/web_page.html", context, status=status)
