"""Addresses of the figures."""

from django.urls import path

from inro.web.office.figures import pages

urlpatterns = [
    path("", pages.figures, name="figures"),
    path("<str:name>.csv", pages.file, name="figure_file"),
]
