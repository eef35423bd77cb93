"""Addresses of the decisions on a case."""

from django.urls import path

from inro.web.office.decisions import disclosure_pages, pages

urlpatterns = [
    path("examination/conclude/", pages.conclude, name="conclude_examination"),
    path("decision/", pages.decide, name="decide"),
    path("decision/rejection/", pages.reject, name="reject"),
    path("decision/return/", pages.send_back, name="send_back"),
    path("issuance/", pages.approve_issuance, name="approve_issuance"),
    path("approvals/<str:purpose>/", pages.repeat, name="repeat_approval"),
    path("sign/", pages.sign, name="sign"),
    path("disclosure/authority/", disclosure_pages.legal_disclosure, name="legal_disclosure"),
    path("disclosure/authority/sign/", disclosure_pages.sign_legal_disclosure, name="sign_legal_disclosure"),
]
