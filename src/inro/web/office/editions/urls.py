"""Addresses of the editions."""

from django.urls import path

from inro.web.office.editions import pages

urlpatterns = [
    path("", pages.editions, name="editions"),
    path("register/", pages.register, name="register_editions"),
    path("<str:name>/activate/", pages.activate, name="activate_edition"),
]
