"""Addresses of the examination."""

from django.urls import path

from inro.web.office.examination import page

urlpatterns = [path("", page.examination, name="examination")]
