"""Notices on the public pages, and the same as an Atom feed (10, 30, 31, 43; RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.store.reads.notice_pages import posted_notices
from inro.web.acts import anyone
from inro.web.frame import address_of
from inro.web.public.house import operator


@require_safe
@anyone(Act.VIEW_POSTED_NOTICES)
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices, newest first."""
    return render(request, "public/notices.html", {"notices": posted_notices()})


@require_safe
@anyone(Act.VIEW_POSTED_NOTICES)
def feed(request: HttpRequest) -> HttpResponse:
    """Give the notices as a feed, in the language they were written in."""
    page = address_of(request, reverse("public_notices"))
    made = Atom1Feed(
        title=f"{operator().service} お知らせ",
        link=page,
        description=None,
        language="ja",
        feed_url=address_of(request, request.path),
        author_name=operator().name,
    )
    for one in posted_notices():
        address = f"{page}#notice-{one.notice_id}"
        made.add_item(
            title=one.title,
            link=address,
            description=one.text,
            pubdate=one.posted_at,
            updateddate=one.posted_at,
            unique_id=address,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
