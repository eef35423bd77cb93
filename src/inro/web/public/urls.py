"""Addresses of the public process."""

from django.urls import include, path

from inro.web.public import views

urlpatterns = [
    path("", views.repository, name="repository"),
    path("", include("inro.web.language")),
]
handler404 = "inro.web.public.views.missing"
