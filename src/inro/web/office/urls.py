"""Addresses of the office's process; every page is an act that the table of duties knows (40(7))."""

from django.urls import include, path

from inro.web.office import case_documents, clerk, views

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
    path("", include("inro.web.office.letters.urls")),
    path("", include("inro.web.office.notices.urls")),
    path("desk/", clerk.desk, name="desk"),
    path("", include("inro.web.office.staff.urls")),
    path("repository/", views.repository, name="repository"),
    path("", include("inro.web.language")),
]
handler404 = "inro.web.office.views.missing"
