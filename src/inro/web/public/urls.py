"""Addresses of the public process."""

from django.urls import include, path, re_path

from inro.practice.wizard import Step
from inro.web.public import repository, views
from inro.web.public.correction import reply_sheet
from inro.web.public.notices import feed, notices
from inro.web.public.status import status
from inro.web.public.wizard import entrance, finishing

_STEPS = "|".join(Step)

urlpatterns = [
    path("", views.front, name="front"),
    path("repository/", repository.repository, name="repository"),
    # What certificates print as the address of the practice statement (RFC 5280 4.2.1.4).
    path("cps/", repository.repository, name="cps"),
    path(f"repository/{repository.SUMS_FILE}", repository.sums, name="repository_sums"),
    re_path(r"^repository/texts/(?P<file>[a-z0-9-]+\.txt)$", repository.text, name="repository_text"),
    re_path(
        r"^repository/certificates/(?P<sha256>[0-9a-f]{64})\.cer$",
        repository.certificate,
        name="repository_certificate",
    ),
    path("notices/", notices, name="public_notices"),
    path("notices/feed.atom", feed, name="notices_feed"),
    path("status/", status, name="status"),
    path("apply/", entrance.start, name="apply"),
    path("apply/resume/", entrance.resume, name="resume"),
    path("apply/leave/", entrance.leave, name="leave"),
    path("apply/again/", entrance.again, name="again"),
    path("apply/continue/", finishing.carry_on, name="apply-continue"),
    path("apply/papers.pdf", finishing.papers, name="papers"),
    path("apply/reply-sheet.pdf", reply_sheet, name="reply-sheet"),
    re_path(rf"^apply/(?P<step>{_STEPS})/$", finishing.page, name="apply-step"),
    path("", include("inro.web.language")),
]
handler400 = "inro.web.public.views.unreadable"
handler404 = "inro.web.public.views.missing"
