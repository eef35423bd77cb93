"""Addresses of the intake desk."""

from django.urls import path

from inro.web.office.intake import batches, case_pages, envelopes, redaction_pages, separators

_BATCH = "batches/<str:number>"
urlpatterns = [
    path("", batches.intake, name="intake"),
    path("batches/", batches.upload, name="upload"),
    path(f"{_BATCH}/", batches.batch, name="batch"),
    path(f"{_BATCH}/progress/", batches.progress, name="progress"),
    path(f"{_BATCH}/pages/", batches.handle_pages, name="handle_pages"),
    path(f"{_BATCH}/forms/", batches.file_forms, name="file_forms"),
    path(f"{_BATCH}/cases/<str:case>/", case_pages.case_pages, name="case_pages"),
    path(f"{_BATCH}/pages/<int:place>/<int:width>.jpg", batches.picture, name="picture"),
    path(f"{_BATCH}/pages/<int:place>/redaction/", redaction_pages.redaction, name="redaction"),
    path(f"{_BATCH}/pages/<int:place>/proposal/", redaction_pages.proposal, name="proposal"),
    path("envelopes/new/", envelopes.new, name="new_envelope"),
    path("envelopes/<str:number>/", envelopes.envelope, name="envelope"),
    path("separators/", separators.separators, name="separators"),
]
