"""Addresses of the receipt desk."""

from django.urls import path

from inro.web.office.receipt import board, case

urlpatterns = [
    path("", board.receipts, name="receipts"),
    path("slip/", board.slip_scanned, name="find_slip"),
    path("<str:number>/", case.receipt, name="receipt"),
    path("<str:number>/documents/", case.open_papers, name="receipt_documents"),
]
