"""Addresses of the office's process; the repository page is the public's own."""

from django.urls import include, path

from inro.web.office import views
from inro.web.public.views import repository

urlpatterns = [
    path("", views.cases, name="cases"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/certificate/", views.certificate, name="certificate"),
    path("repository/", repository, name="repository"),
    path("", include("inro.web.language")),
]
handler404 = "inro.web.office.views.missing"
