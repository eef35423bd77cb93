"""Addresses of the page of the service's end."""

from django.urls import path

from inro.web.office.discontinuation import acts, page

_AT = "discontinuation"
urlpatterns = [
    path(f"{_AT}/", page.discontinuation, name="discontinuation"),
    path(f"{_AT}/propose/<str:campaign>/", acts.propose, name="propose_discontinuation"),
    path(f"{_AT}/decide/", acts.decide, name="decide_discontinuation"),
    path(f"{_AT}/withdraw/", acts.withdraw, name="withdraw_discontinuation"),
    path(f"{_AT}/told/", acts.told, name="confirm_told"),
    path(f"{_AT}/cases/", acts.cases, name="open_last_cases"),
    path(f"{_AT}/revoked/", acts.revoked, name="confirm_all_revoked"),
    path(f"{_AT}/lists/propose/", acts.propose_lists, name="propose_last_lists"),
    path(f"{_AT}/lists/decide/", acts.decide_lists, name="decide_last_lists"),
]
