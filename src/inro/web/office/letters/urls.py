"""Addresses of letters, deficiencies, proxy recipients, the check of 46, and an end before issuance."""

from django.urls import path

from inro.web.office.letters import antisocial, deficiency, letter_list, letter_page, proxy, termination

_CASE = "cases/<str:number>"
urlpatterns = [
    path(f"{_CASE}/deficiency/", deficiency.deficiency, name="deficiency"),
    path(f"{_CASE}/proxy/", proxy.proxy, name="proxy"),
    path(f"{_CASE}/antisocial/", antisocial.antisocial, name="antisocial"),
    path(f"{_CASE}/termination/", termination.termination, name="termination"),
    path("letters/", letter_list.letters, name="letters"),
    path("letters/<str:number>/", letter_page.letter, name="letter"),
    path("letters/<str:number>/sheets.pdf", letter_page.sheets, name="letter_sheets"),
    path("letters/<str:number>/<int:page>.png", letter_page.picture, name="letter_picture"),
]
