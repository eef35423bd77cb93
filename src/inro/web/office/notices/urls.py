"""Addresses of the register of notices."""

from django.urls import path

from inro.web.office.notices import notice_page, register, release, web_page

urlpatterns = [
    path("notices/", register.notices, name="notices"),
    path("notices/register.csv", register.file, name="notices_file"),
    path("notices/release/", release.release, name="release_notices"),
    path("notices/page/", web_page.page, name="post_page"),
    path("notices/<int:notice>/", notice_page.notice, name="notice"),
    path("notices/<int:notice>/content", notice_page.content, name="notice_content"),
]
