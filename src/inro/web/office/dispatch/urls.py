"""Addresses of the dispatch desk."""

from django.urls import path

from inro.web.office.dispatch import desk, lists, numbers, packing, parcels, sheets

urlpatterns = [
    path("", desk.dispatch, name="dispatch"),
    path("find/", packing.find, name="find_parcel"),
    path("pack/<str:number>/<str:holds>/", packing.pack, name="pack"),
    path("pack/<str:number>/slip.pdf", sheets.slip, name="slip_pdf"),
    path("pack/<str:number>/unopened.pdf", sheets.unopened, name="unopened_pdf"),
    path("packed/<str:number>/open/", packing.open_again, name="open_packed"),
    path("numbers/", numbers.numbers, name="tracking_numbers"),
    path("lists/<str:number>/", lists.posting_list, name="posting_list"),
    path("lists/<str:number>/list.pdf", lists.sheet, name="posting_list_pdf"),
    path("parcels/<int:parcel>/", parcels.returned, name="returned_parcel"),
]
