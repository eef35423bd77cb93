"""Addresses of the office's process; every page is an act that the table of duties knows (40(7))."""

from django.urls import include, path

from inro.web.office import case_documents, clerk, views
from inro.web.office.decisions import disclosure_pages, house_pages

urlpatterns = [
    path("", include("inro.web.office.queue.urls")),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/certificate/", views.certificate, name="certificate"),
    path("cases/<str:number>/documents/", case_documents.case_documents, name="documents"),
    path(
        "cases/<str:number>/documents/<str:reference>/<int:width>.jpg",
        case_documents.document_picture,
        name="document_picture",
    ),
    path("cases/<str:number>/", include("inro.web.office.decisions.urls")),
    path("cases/<str:number>/examination/", include("inro.web.office.examination.urls")),
    path("intake/", include("inro.web.office.intake.urls")),
    path("", include("inro.web.office.deadlines.urls")),
    path("", include("inro.web.office.letters.urls")),
    path("", include("inro.web.office.campaigns.urls")),
    path("", include("inro.web.office.discontinuation.urls")),
    path("mass-revocations/", include("inro.web.office.mass_revocation.urls")),
    path("", include("inro.web.office.notices.urls")),
    path("dispatch/", include("inro.web.office.dispatch.urls")),
    path("receipts/", include("inro.web.office.receipt.urls")),
    path("", include("inro.web.office.revocation.urls")),
    path("editions/", include("inro.web.office.editions.urls")),
    path("figures/", include("inro.web.office.figures.urls")),
    path("desk/", clerk.desk, name="desk"),
    path("", include("inro.web.office.staff.urls")),
    path("policy/", house_pages.policy, name="policy"),
    path("policy/sign/", house_pages.sign_policy, name="sign_policy"),
    path("roster/", house_pages.roster, name="roster"),
    path("roster/sign/", house_pages.sign_roster, name="sign_roster"),
    path("disclosures/", disclosure_pages.register, name="legal_disclosures"),
    path("repository/", views.repository, name="repository"),
    path("", include("inro.web.language")),
]
handler404 = "inro.web.office.views.missing"
