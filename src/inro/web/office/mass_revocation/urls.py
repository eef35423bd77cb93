"""Addresses of the mass revocations."""

from django.urls import path

from inro.web.office.mass_revocation import acts, new, one

urlpatterns = [
    path("", one.mass_revocations, name="mass_revocations"),
    path("new/", new.new, name="new_mass_revocation"),
    path("discontinuation/", new.discontinuation, name="plan_discontinuation"),
    path("<str:number>/", one.mass_revocation, name="mass_revocation"),
    path("<str:number>/rehearse/", acts.rehearse, name="rehearse_mass_revocation"),
    path("<str:number>/examine/", acts.examine, name="examine_mass_revocation"),
    path("<str:number>/decide/", acts.decide, name="decide_mass_revocation"),
    path("<str:number>/drop/", acts.drop, name="drop_mass_revocation"),
    path("<str:number>/notices/", acts.notices, name="mass_revocation_notices"),
    path("<str:number>/list.csv", acts.list_csv, name="mass_revocation_csv"),
]
