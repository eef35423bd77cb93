"""Addresses of the revocation desk; a case's own pages lie below its application."""

from django.urls import path

from inro.web.office.revocation import board, ca_certificates, card, case, entry, touch

urlpatterns = [
    path("revocations/", board.revocations, name="revocations"),
    path("revocations/find/", board.find, name="find_revocation"),
    path("revocations/ca/", ca_certificates.ca_certificates, name="ca_certificates"),
    path("revocations/ca/<str:serial>/", ca_certificates.ca_certificate, name="ca_certificate"),
    path("revocations/cards/", card.cards, name="revoked_cards"),
    path("cases/<str:number>/revocation/card/", card.revoked_card, name="revoked_card"),
    path("cases/<str:number>/revocation/", case.revocation, name="revocation"),
    path("cases/<str:number>/revocation/new/<str:invoker>/", entry.new_revocation, name="new_revocation"),
    path("cases/<str:number>/revocation/touched/", touch.touched_by, name="revocation_touches"),
]
